"""What kind of source, what stance, what quotation: read off the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Actor, Source, Span, actor_at
from watchfloor.word.cues import WORD, Cues, lemmas_of

PRONOUNS = frozenset("he she it they we i him her them his their who".split())
#: Of a source's words only those before these say who it is: "a spokesman for the daily".
BREAKS = frozenset(
    "of in at from with for who which that on near close familiar by seen obtained released "
    "published issued posted shared supplied sent given compiled written signed".split()
)
#: How a source begins that could be anyone of its kind: "some deputies", "a neighbour".
INDEFINITE = frozenset(
    "a an one two three four five six seven eight nine ten some several many most other another "
    "few both".split()
)
#: Kinds of actor that a word in the plural can name: "Rebels".
BODIES = frozenset({"group", "organisation", "state", "person"})
#: How a phrase begins that says whose they are.
_OWNERS = frozenset("the this its his her their our my your".split())
#: A name beside an office, with a rank or without.
_NAMED = re.compile(r"\s*(?:[A-Z][\w.]* )?[A-Z][\w’'-]+ [A-Z][\w’'-]+")
AUTHORITY = frozenset({"GOV", "MIL", "COP", "JUD", "SPY", "LEG"})


def source_of(span: Span, actors: Sequence[Actor], cues: Cues) -> Source:
    """A span as the source that it names."""
    actor = actor_at(span, actors)
    kind = kind_of(span, actor, cues)
    return Source(
        start=span.start, end=span.end, text=span.text, actor=actor.id if actor else None,
        kind=kind, standing=standing_of(span.text, actor, kind, cues),
    )  # fmt: skip


def kind_of(source: Span, actor: Actor | None, cues: Cues) -> str:
    """named, unnamed, outlet or document."""
    alone, _, beside = source.text.partition(",")
    written = WORD.findall(alone)
    words = [w.lower() for w in written]
    cut = next((n for n, w in enumerate(words) if n and w in BREAKS), len(words))
    known = cues.documents | cues.unnamed
    if cues.is_agency(source.text):
        return "outlet"
    head = next((w for w in reversed(words[:cut]) if w in known), "")
    last = words[cut - 1] if words else ""
    if last not in cues.unnamed and (
        (actor is not None and actor.sector == "JRN") or cues.is_outlet(written[:cut])
    ):
        return "outlet"
    if head in cues.documents and last in cues.documents:
        return "document"
    if words and words[0] in PRONOUNS and actor is not None:
        return "named" if actor.kind in {"person", "organisation", "state"} else "unnamed"
    names = [w for w in WORD.findall(source.text)[1:] if w[:1].isupper()]
    named = (
        not source.text.isupper() and cut > 1 and WORD.findall(source.text)[cut - 1][:1].isupper()
    )
    if named and last in cues.unnamed:
        return "named"  # "Tarsa Police"
    if last in cues.unnamed and _NAMED.match(beside):
        return "named"  # "an army spokeswoman, Mira Sen"
    if last in cues.unnamed and not any(w[:1].isupper() for w in _after(source.text, last)):
        return "unnamed"
    if words[:1] and words[0] in INDEFINITE and written[cut - 1].islower():
        return "unnamed"
    if _is_plural(written[:cut]) and (actor is None or actor.kind not in BODIES):
        return "unnamed"
    if actor is not None and actor.kind in {"person", "state"}:
        return "named"
    if head in cues.unnamed and not names:
        return "unnamed"
    return "named" if names or source.text[:1].isupper() or words[:1] == ["the"] else "unnamed"


def _is_plural(words: Sequence[str]) -> bool:
    """Whether words are several of a kind and no name: "Human rights groups", "lawmakers"; but
    "Democrats" may be a name, and "its guards" are its own.
    """
    if not words or words[0].lower() in _OWNERS or not re.fullmatch(r"[a-z]+s", words[-1]):
        return False
    return all(w.islower() for w in words[1:])


def _after(text: str, word: str) -> list[str]:
    """The words that follow one right away: "the spokesman Idris Bello"."""
    words = WORD.findall(text.lower() if text.isupper() else text)
    at = max(n for n, w in enumerate(words) if w.lower() == word)
    return words[at + 1 : at + 2]


def stance_of(cue: Span, content: Sequence[Span], cues: Cues) -> str:
    """asserts, denies, doubts or asks; who calls a charge absurd denies it."""
    lemmas = lemmas_of(cue.text)
    if lemmas & cues.calling and any(lemmas_of(span.text) & cues.untrue for span in content):
        return "denies"
    return next((name for name, words in cues.stances.items() if words & lemmas), "asserts")


def quotation_of(content: Sequence[Span], page: Page) -> str:
    """direct where all of the content is quoted, mixed where some is, else indirect."""
    total = sum(span.end - span.start for span in content)
    quoted = sum(
        max(0, min(span.end, q.end) - max(span.start, q.start))
        for span in content
        for q in page.quotations
    )
    if not total or not quoted:
        return "indirect"
    return "direct" if quoted >= 0.8 * total else "mixed"


def standing_of(text: str, actor: Actor | None, kind: str, cues: Cues) -> str | None:
    """Who a source is by nature: outlet, rights_group, witness, victim, authority, or None."""
    if kind == "outlet":
        return "outlet"
    words = f" {' '.join(w.lower() for w in WORD.findall(text))} "
    said = next((s for s, terms in cues.standings.items() if _names(words, terms)), None)
    if actor is not None and actor.sector == "NGO" and said is None:
        return "rights_group"
    if actor is not None and actor.sector in AUTHORITY and said is None:
        return "authority"
    return said


def _names(words: str, terms: Sequence[str]) -> bool:
    return any(f" {term} " in words for term in terms)
