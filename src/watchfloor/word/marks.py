"""Claims as the learned reader saw them, mended by the tree, and by rule where it has no say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from watchfloor.parse import Page
from watchfloor.parse.reader import CueMark, Mark
from watchfloor.records import Span
from watchfloor.word.cues import Cues, lemmas_of, load
from watchfloor.word.found import Found
from watchfloor.word.gate import standing
from watchfloor.word.grammar import (
    clause_of,
    grown,
    head_verb,
    is_told,
    speaker_of,
    tokens_in,
)
from watchfloor.word.quotes import opened
from watchfloor.word.ruled import ruled
from watchfloor.word.shapes import shapes

if TYPE_CHECKING:
    from spacy.tokens import Token


#: How and when it was said, which is no part of who said it: "the army in a press release".
_ASIDE = re.compile(
    r",? (?:in|on|at|during) (?:(?:an?|the|his|her|its|their) )?(?:[\w-]+ ){0,3}?(?:statement|"
    r"release|interview|briefing|report|letter|message|tweet|post|email|note|speech|communiqu[eé]|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b.*",
    re.DOTALL,
)


def attributions(page: Page) -> list[Found]:
    """Every attribution of a page, in order of its cue."""
    cues = load()
    if page.reading is None:
        found = list(ruled(page, cues))
    else:
        found = standing(page, _distinct(list(_read(page)), cues), cues)
        found += [f for f in ruled(page, cues) if _is_missed(page, f, found, cues)]
    found += [f for f in shapes(page) if not any(f.cue.overlaps(o.cue) for o in found)]
    return sorted(found, key=lambda f: f.cue.start)


def _read(page: Page) -> Iterator[Found]:
    assert page.reading is not None
    for mark in page.reading.cues:
        cue = _whole_cue(page, mark)
        _, tokens = tokens_in(page, cue)
        verb = head_verb(tokens)
        content = (
            tuple(_joined(page, mark, mark.content))
            or tuple(opened(page, cue))
            or tuple(_said(page, verb, cue))
        )
        source = _source(page, mark) or _by_tree(page, verb, cue)
        if source is not None and verb is not None and is_told(verb):
            own = _by_tree(page, verb, cue)
            source = source if own is None or own.overlaps(source) else own
        yield Found(source=source, cue=cue, content=content, score=mark.score)


def _is_missed(page: Page, one: Found, found: list[Found], cues: Cues) -> bool:
    """Whether a rule saw a source within a source, which the reader was never taught to see."""
    if one.source is None or any(one.cue.overlaps(other.cue) for other in found):
        return False
    if "learn" in lemmas_of(one.cue.text) and one.source.text[:1].isupper():
        return True
    lemmas = lemmas_of(one.cue.text)
    if not (lemmas & (cues.telling | cues.voicing) or cues.is_preposition(one.cue)):
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
    if cues.is_known(one.cue) and cues.is_known(two.cue):
        return False
    near = two.cue.start - one.cue.end < 40
    joint = any(a.overlaps(b) for a in one.content for b in two.content)
    alike = one.source is not None and two.source is not None and one.source.overlaps(two.source)
    return near and joint and (alike or one.source is None or two.source is None)


def _whole_cue(page: Page, mark: CueMark) -> Span:
    """The cue's span, "according" put back before a "to" that stands alone."""
    before = page.report.text[max(0, mark.start - 10) : mark.start].lower()
    start = mark.start - len(before) if before.endswith("according ") else mark.start
    return page.span(start, mark.end)


def _source(page: Page, mark: CueMark) -> Span | None:
    best = max(mark.source, key=lambda m: (m.end - m.start, m.score), default=None)
    if best is None:
        return None
    aside = _ASIDE.search(page.report.text, best.start + 1, best.end)
    return grown(page, page.span(best.start, aside.start() if aside else best.end))


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
