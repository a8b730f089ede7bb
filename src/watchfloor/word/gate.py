"""Which of the learned reader's attributions stand."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.word.cues import LETTER, WORD, Cues
from watchfloor.word.found import Found
from watchfloor.word.grammar import head_verb, is_clause, tokens_in

#: A cue stands from this probability on; chosen on one half of held-out articles.
LEAST = 0.4
#: Marks that can stand for a verb of saying.
MARKS = frozenset([":", "-", "--", "–", "—", "―"])
#: What is asked on top: of a cue without a known word, without a verb, without a source; of one
#: inside the content of another, or around another's, which the reader often marks twice.
UNKNOWN, VERBLESS, SOURCELESS, NESTED, SHORT = 0.12, 0.12, 0.07, 0.25, 0.08


def standing(page: Page, found: Sequence[Found], cues: Cues) -> list[Found]:
    """Those that say who or what, sure enough for what they look like."""
    whole = [one for one in found if one.content]
    kept = [one for one in whole if LETTER.search(one.cue.text) or _speaks(page, one, cues)]
    return [one for one in kept if one.score >= _needed(page, one, whole, cues)]


def _speaks(page: Page, one: Found, cues: Cues) -> bool:
    """Whether who stands before a colon or a dash can speak: a name or a kind of source, and no
    clause ("his wish was clear:").
    """
    if one.source is None or one.cue.text.strip() not in MARKS:
        return False
    words = WORD.findall(one.source.text)
    named = any(w[:1].isupper() for w in words[1:]) or any(w.lower() in cues.kinds for w in words)
    return (named or len(words) == 1) and not is_clause(page, one.source)


def _needed(page: Page, one: Found, others: Sequence[Found], cues: Cues) -> float:
    _, tokens = tokens_in(page, one.cue)
    known = cues.is_known(one.cue)
    needed = LEAST
    if not known:
        needed += UNKNOWN
        if tokens and head_verb(tokens) is None:
            needed += VERBLESS
    if one.source is None:
        needed += SOURCELESS
    if sum(span.end - span.start for span in one.content) < 20:
        needed += SHORT
    if any(_nested(one, other) for other in others if other is not one):
        needed += NESTED / 3 if cues.tells(one.cue) else NESTED
    return needed


def _nested(one: Found, other: Found) -> bool:
    """Whether either cue lies in the other's content."""
    return any(s.contains(other.cue) for s in one.content) or any(
        s.contains(one.cue) for s in other.content
    )
