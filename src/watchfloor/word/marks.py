"""Claims as the learned reader saw them, mended by the tree, and by rule where it has no say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watchfloor.parse import Page, Token
from watchfloor.parse.reader import CueMark, Mark
from watchfloor.records import Span
from watchfloor.word.credits import credited, without_credits
from watchfloor.word.cues import Cues, lemmas_of, load
from watchfloor.word.found import Found
from watchfloor.word.gate import standing
from watchfloor.word.grammar import (
    RELATIVES,
    clause_of,
    grown,
    head_verb,
    is_passive,
    is_told,
    speaker_of,
    spoken_of,
    tokens_in,
    whole_name,
)
from watchfloor.word.kinds import PRONOUNS
from watchfloor.word.mend import mended, tidied
from watchfloor.word.nouns import said_by_noun
from watchfloor.word.quotes import opened
from watchfloor.word.ruled import BLAMING, ruled
from watchfloor.word.shapes import colon_datelines, shapes, signed_lines

#: How and when it was said, which is no part of who said it: "the army in a press release".
_ASIDE = re.compile(
    r",? (?:in|on|at|during) (?:(?:an?|the|his|her|its|their) )?(?:[\w-]+ ){0,3}?(?:statement|"
    r"release|interview|briefing|report|letter|message|tweet|post|email|note|speech|communiqu[eé]|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b.*",
    re.DOTALL,
)
#: How a document comes to hand.
_GETTING = frozenset("receive obtain get see view review".split())
#: What somebody is told to hold, not to tell: "she said her client believes that".
HOLDING = frozenset({"believe", "think", "know", "fear", "suspect"})


def attributions(page: Page, places: Sequence[Span] = ()) -> list[Found]:
    """Every attribution of a page, in order of its cue; `places` are the report's."""
    cues = load()
    if page.reading is None:
        found = list(ruled(page, cues))
    else:
        found = standing(page, _distinct(list(_read(page, cues)), cues), cues)
        found += [f for f in ruled(page, cues) if _is_missed(page, f, found, cues)]
    found = _with_nouns(found, list(said_by_noun(page, cues)))
    ends = list(signed_lines(page, cues))
    found = [f for f in found if not any(f.cue.overlaps(end.cue) for end in ends)] + ends
    from_there = colon_datelines(page, places)
    found = [f for f in found if not any(f.cue.overlaps(line) for line in from_there)]
    found += [f for f in shapes(page, from_there) if not any(f.cue.overlaps(o.cue) for o in found)]
    credits = list(credited(page, cues))
    found = [tidied(page, without_credits(page, f, credits)) for f in found] + credits
    asides = [f for f in found if _answers(f, cues)]
    found = [f if f in asides else _without_answers(page, f, asides) for f in found]
    return sorted(found, key=lambda f: f.cue.start)


def _with_nouns(found: list[Found], nouns: list[Found]) -> list[Found]:
    """The attributions with those that a noun makes and that name a source, where none of the
    others does.
    """
    better = [
        noun
        for noun in nouns
        if noun.source is not None
        and not any(f.source is not None and f.cue.overlaps(noun.cue) for f in found)
        and not any(f.source == noun.source for f in found)
    ]
    return [f for f in found if not any(f.cue.overlaps(n.cue) for n in better)] + better


def _read(page: Page, cues: Cues) -> Iterator[Found]:
    assert page.reading is not None
    for mark in page.reading.cues:
        cue = _whole_cue(page, mark)
        _, tokens = tokens_in(page, cue)
        verb = head_verb(tokens)
        content = (
            tuple(_rebutted(page, verb, cue, cues))
            or tuple(_joined(page, mark, mark.content))
            or tuple(opened(page, cue))
            or tuple(_said(page, verb, cue))
        )
        own = _by_tree(page, verb, cue)
        source = _source(page, mark, own) or own
        if _is_of_it(tokens, content) or (verb is not None and _is_got(verb, cues)):
            continue
        if source is not None and verb is not None and is_told(verb):
            source = source if own is None or own.overlaps(source) else own
        if source is not None and source.text.lower() == "it" and verb and is_passive(verb):
            source = None
        yield mended(page, Found(source, cue, content, mark.score), verb)


def _is_missed(page: Page, one: Found, found: list[Found], cues: Cues) -> bool:
    """Whether a rule saw a source within a source, which the reader was never taught to see."""
    if one.source is None or any(one.cue.overlaps(other.cue) for other in found):
        return False
    if "learn" in lemmas_of(one.cue.text) and one.source.text[:1].isupper():
        return True
    lemmas = lemmas_of(one.cue.text)
    alone = lemmas & BLAMING or one.cue.text.lower().endswith(" of") or "per" in lemmas
    if one.source.text.lower() in {"you", "we", "i"}:
        return False
    if _answers(one, cues):
        return True
    if alone or one.content[0].start >= (_sentence_end(page, one) or 0):
        return not any(s.overlaps(o) for f in found for s in f.content for o in one.content)
    held = HOLDING if one.source.text.lower() not in PRONOUNS else frozenset()
    known = cues.telling | cues.voicing | held
    if not (lemmas & known or cues.is_preposition(one.cue)):
        return False
    if any(q.start <= one.cue.start < q.end for q in page.quotations):
        return False
    _, tokens = tokens_in(page, one.cue)
    if tokens[:1] and tokens[0].lemma_.lower() in cues.voicing:
        return True
    if not cues.is_preposition(one.cue) and not all(is_told(t) for t in tokens):
        return False
    around = [s for other in found for s in other.content if s.contains(one.cue)]
    return bool(around) and not any(one.source == other.source for other in found)


def _answers(one: Found, cues: Cues) -> bool:
    """Whether an aside denies or doubts what stands before it: "a version disputed by the army"."""
    against = cues.stances["denies"] | cues.stances["doubts"]
    return bool(lemmas_of(one.cue.text) & against) and one.content[-1].end <= one.cue.start


def _without_answers(page: Page, one: Found, asides: Sequence[Found]) -> Found:
    """An attribution whose content ends where another's aside on it begins."""
    content = one.content
    for aside in asides:
        end = aside.content[-1].end
        content = tuple(
            page.span(s.start, end) if s.contains(aside.cue) and s.start < end else s
            for s in content
        )
    return replace(one, content=content)


def _sentence_end(page: Page, one: Found) -> int | None:
    sentence = page.sentence_at(one.cue.start)
    return sentence.end if sentence is not None else None


def _distinct(found: list[Found], cues: Cues) -> list[Found]:
    """Neighbouring cues of one source and content are one: "also", "said"."""
    kept: list[Found] = []
    for one in found:
        last = kept[-1] if kept else None
        if last is not None and _is_same(last, one, cues):
            kept[-1] = max(last, one, key=lambda f: (f.score, len(f.cue.text)))
        else:
            kept.append(one)
    return kept


def _is_same(one: Found, two: Found, cues: Cues) -> bool:
    if one.cue.overlaps(two.cue):
        return True
    if cues.is_known(one.cue) and cues.is_known(two.cue):
        return False
    near = two.cue.start - one.cue.end < 40
    joint = any(a.overlaps(b) for a in one.content for b in two.content)
    alike = one.source is not None and two.source is not None and one.source.overlaps(two.source)
    return near and joint and (alike or one.source is None or two.source is None)


def _whole_cue(page: Page, mark: CueMark) -> Span:
    """The cue's span, "according" put back before a "to" that stands alone, "on" after "went"."""
    before = page.report.text[max(0, mark.start - 10) : mark.start].lower()
    start = mark.start - len(before) if before.endswith("according ") else mark.start
    goes = re.search(r"(?i)\b(?:went|goes|go|going)$", page.report.text[start : mark.end])
    on = goes is not None and page.report.text[mark.end : mark.end + 3].lower() == " on"
    return whole_name(page, page.span(start, mark.end + 3 if on else mark.end))


def _source(page: Page, mark: CueMark, own: Span | None) -> Span | None:
    """The source that the reader marked: of several one that is no clause, then the cue's subject,
    then the longest.
    """

    def worth(m: Mark) -> tuple[bool, bool, int, float]:
        is_own = own is not None and m.start < own.end and own.start < m.end
        return not _is_clause(page, m), is_own, m.end - m.start, m.score

    best = max(mark.source, key=worth, default=None)
    if best is None:
        return None
    aside = _ASIDE.search(page.report.text, best.start + 1, best.end)
    return grown(page, page.span(best.start, aside.start() if aside else best.end))


def _is_of_it(cue: Sequence[Token], content: Sequence[Span]) -> bool:
    """Whether a noun of saying is what somebody speaks of: "a claim that the army [rejects]"."""
    words = {span.text for span in content}
    return any(c.dep_ == "relcl" and words == {c.text} for t in cue for c in t.children)


def _is_got(verb: Token, cues: Cues) -> bool:
    """Whether a verb tells how a document came to hand: "a statement seen by the Coast Daily"."""
    noun = verb.head
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.lower_ == "which":
        noun = noun.head.head
    aside = verb.dep_ in {"relcl", "acl"} and noun.lemma_.lower() in cues.documents
    return aside and verb.lemma_.lower() in _GETTING


def _is_clause(page: Page, mark: Mark) -> bool:
    """Whether a mark is an aside on a source: "attacked by rebels", "which cites the police"."""
    _, tokens = tokens_in(page, page.span(mark.start, mark.end))
    relative = len(tokens) > 1 and tokens[0].lower_ in RELATIVES
    return bool(tokens) and (tokens[0].pos_ == "VERB" or relative) and head_verb(tokens) is not None


def _by_tree(page: Page, verb: Token | None, cue: Span) -> Span | None:
    """Who speaks by the tree, where the reader saw nobody."""
    ends = speaker_of(verb) if verb is not None else None
    sentence = page.sentence_at(cue.start)
    return sentence.span(*ends, page) if ends and sentence else None


def _said(page: Page, verb: Token | None, cue: Span) -> Iterator[Span]:
    """What is said by the tree, where the reader saw nothing."""
    ends = clause_of(verb) if verb is not None else None
    sentence = page.sentence_at(cue.start)
    if ends and sentence:
        yield sentence.span(*ends, page)


def _rebutted(page: Page, verb: Token | None, cue: Span, cues: Cues) -> Iterator[Span]:
    """What an aside denies or doubts: all that its sentence says before it."""
    against = cues.stances["denies"] | cues.stances["doubts"]
    sentence = page.sentence_at(cue.start)
    end = spoken_of(verb) if verb is not None and verb.lemma_.lower() in against else None
    if end is not None and sentence is not None:
        yield page.span(sentence.start, sentence.start + int(end.idx))


def _joined(page: Page, cue: CueMark, marks: tuple[Mark, ...]) -> Iterator[Span]:
    """Content marks, those with only a word or two between them taken together."""
    whole: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda m: m.start):
        if whole and mark.start - whole[-1][1] <= 12 and not whole[-1][1] <= cue.start < mark.start:
            whole[-1] = (whole[-1][0], mark.end)
        else:
            whole.append((mark.start, mark.end))
    spans = [page.span(start, end) for start, end in whole if end - start > 2]
    own = page.sentence_at(cue.start)
    here = [s for s in spans if own is not None and own.start <= s.start < own.end]
    yield from (s for s in spans if s in here or not here or _is_quoted(page, s))


def _is_quoted(page: Page, span: Span) -> bool:
    """Whether quotation marks carry a content into another sentence than its cue's."""
    return any(q.start < span.end and span.start < q.end for q in page.quotations)
