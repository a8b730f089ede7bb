"""Quotations and their speakers: those that a cue opens, and those that run on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watchfloor.parse import Page
from watchfloor.records import Span
from watchfloor.word.found import Found
from watchfloor.word.kinds import quotation_of

#: Fewer words than this in quotation marks are a term or a title, not a sentence said.
SENTENCE = 4
#: A quotation belongs to a speaker whose cue ended at most this many characters before it.
REACH = 400
#: What may stand between a cue and the quotation that it opens: "said in a statement:".
_OPENS = re.compile(r"(?:[^\n.!?“”\"]{0,80}:|(?<=:))\s*(?=[“\"])")


def opened(page: Page, cue: Span) -> Iterator[Span]:
    """The quotation that a cue and a colon open, in the same paragraph or the next."""
    match = _OPENS.match(page.report.text, cue.end)
    if match is not None:
        for quote in page.quotations:
            if quote.start == match.end() + 1:
                yield page.span(quote.start, quote.end)


def whole(page: Page, one: Found) -> Found:
    """The same with every quotation that its content touches taken in to its marks."""
    content = list(one.content)
    for quote in page.quotations:
        inside = page.span(quote.start, quote.end)
        if len(inside.text.split()) < SENTENCE or inside.contains(one.cue):
            continue
        touched = [s for s in content if s.overlaps(inside)]
        if touched and any(_shared(s, inside) > 0.3 for s in touched):
            start = min(inside.start, *(s.start for s in touched))
            end = max(inside.end, *(s.end for s in touched))
            if not start <= one.cue.start < end:
                content = [s for s in content if s not in touched] + [page.span(start, end)]
    return replace(one, content=tuple(sorted(content, key=lambda s: s.start)))


def _shared(span: Span, quote: Span) -> float:
    shared = min(span.end, quote.end) - max(span.start, quote.start)
    return shared / min(span.end - span.start, quote.end - quote.start)


def run_on(page: Page, found: Sequence[Found]) -> list[Found]:
    """Quoted sentences of their own keep the speaker of the quotation before, or of the one that
    the same paragraph names after; the reporter's own words never do.
    """
    taken = [span for one in found for span in one.content]
    grown: dict[int, list[Span]] = {}
    for quote in page.quotations:
        inside = page.span(quote.start, quote.end)
        if len(inside.text.split()) < SENTENCE or any(inside.overlaps(span) for span in taken):
            continue
        owner = _speaker(page, found, inside)
        if owner is not None:
            grown.setdefault(owner, []).append(inside)
    return [
        one if n not in grown else replace(one, content=_sorted((*one.content, *grown[n])))
        for n, one in enumerate(found)
    ]


def _sorted(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda s: s.start))


def _speaker(page: Page, found: Sequence[Found], quote: Span) -> int | None:
    """Whose a quotation is that has no cue of its own."""
    ahead = [
        n
        for n, one in enumerate(found)
        if quote.end <= one.cue.start and _same_paragraph(page, quote, one.cue)
        if any(span.start > quote.start for span in one.content) and _quotes(page, one)
    ]
    best = None
    for n, one in enumerate(found):
        last = max(one.cue.end, *(s.end for s in one.content if s.end <= quote.start), 0)
        near = one.cue.end <= quote.start and quote.start - last < REACH
        if near and _quotes(page, one):
            best = n
    if best is not None and not (ahead and _broken(page, found[best], quote)):
        return best
    return ahead[0] if ahead else None


def _quotes(page: Page, one: Found) -> bool:
    return bool(one.content) and quotation_of(one.content, page) != "indirect"


def _same_paragraph(page: Page, one: Span, two: Span) -> bool:
    return "\n" not in page.report.text[one.end : two.start]


def _broken(page: Page, one: Found, quote: Span) -> bool:
    """Whether a paragraph ends between a speaker and a quotation."""
    return "\n" in page.report.text[one.cue.end : quote.start]
