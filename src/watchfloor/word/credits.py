"""Agencies named in parentheses: whose report a sentence, a paragraph or all of it passes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watchfloor.parse import Page, Sentence
from watchfloor.records import Span
from watchfloor.word.cues import WORD, Cues
from watchfloor.word.found import Found

#: "(Northwire)", "(ACAN-EFE)", "(Coast Daily/Reuters)", with an opening mark as its cue.
_CREDIT = re.compile(r"(?P<cue>\()(?P<name>[A-Z][\w&.’' /\-]{1,40})\)")
#: What may stand between a credit and the end of its sentence.
_REST = re.compile(r"[\s.!?”\"]*")


def credited(page: Page, cues: Cues) -> Iterator[Found]:
    """Every credit of an agency that is no dateline, in order of the text.

    One that ends a sentence covers it; one that stands alone or heads a paragraph covers that
    paragraph; one on a line of its own at the end covers the report.
    """
    begin = page.dateline.end if page.dateline is not None else 0
    for sentence in page.sentences:
        for match in _CREDIT.finditer(page.report.text, max(sentence.start, begin), sentence.end):
            if not _is_outlet(match["name"], cues):
                continue
            over = _covered(page, sentence, match.start(), match.end())
            if over is not None and over.text.strip():
                yield Found(page.span(*match.span("name")), page.span(*match.span("cue")), (over,))


def without_credits(page: Page, one: Found, credits: Sequence[Found]) -> Found:
    """An attribution whose content begins or ends with a credit, without that."""
    marks = [page.span(c.cue.start, c.source.end + 1) for c in credits if c.source is not None]
    content = list(one.content)
    for mark in marks:
        for n, span in enumerate(content):
            if span.start <= mark.start and mark.end <= span.end:
                head, tail = page.span(span.start, mark.start), page.span(mark.end, span.end)
                content[n] = head if len(head.text) > len(tail.text) else _trimmed(page, tail)
    return replace(one, content=tuple(content))


def _trimmed(page: Page, span: Span) -> Span:
    return page.span(span.end - len(span.text.lstrip(" -–—\n")), span.end)


def _is_outlet(name: str, cues: Cues) -> bool:
    """Whether a name is an agency's or names an outlet by its kind: "Radio Marina"."""
    words = [w.lower() for w in WORD.findall(name)]
    return cues.is_agency(name) or bool(words and {words[0], words[-1]} & cues.outlets)


def _covered(page: Page, sentence: Sentence, start: int, end: int) -> Span | None:
    """What a credit covers; None where it explains a name: "the agency Northwire (NW) said"."""
    text = page.report.text
    paragraph = [s for s in page.sentences if s.paragraph == sentence.paragraph]
    heads = not text[paragraph[0].start : start].strip()
    ends = _REST.fullmatch(text, end, sentence.end) is not None
    if heads and ends:
        return page.span(page.sentences[0].start, _before(text, start))
    if heads:
        return _trimmed(page, page.span(end, paragraph[-1].end))
    if not ends:
        return None
    alone = not text[sentence.start : start].strip()
    return page.span(paragraph[0].start if alone else sentence.start, _before(text, start))


def _before(text: str, start: int) -> int:
    return len(text[:start].rstrip())
