"""Cut a report into dateline, paragraphs and sentences without reading it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from watchfloor.parse.dateline import find_dateline
from watchfloor.parse.letter_case import is_capitals, is_small, restore, restore_small
from watchfloor.parse.lines import goes_on
from watchfloor.parse.page import Page, Quotation, Sentence
from watchfloor.records import Report

PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
LINE = re.compile(r"[^\n]+")
#: A line break between two words, which is no word of the sentence that it falls in.
BREAK = re.compile(r"(?<=\S)\n(?=\S)")
#: A line of this many characters at most can be a title or heading.
HEADLINE_LENGTH = 160

TITLES = (
    "mr mrs ms dr prof gen lt col maj capt sgt cpl cmdr adm brig rev hon sen rep gov pres "
    "st jr sr messrs no nos vs etc inc ltd co corp bros dept est fig al cf approx art sec "
    "ph ave blvd rd"
).split()
MONTHS = (
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri"
).split()
ABBREVIATIONS = frozenset(TITLES + MONTHS)
#: A sentence may end here: the mark, closing quotes or brackets, then space and a new beginning.
STOP = re.compile(r"""([.!?…]+)(["'”’)\]]*)(\s+)(?=["'“‘(\[]*[\w"“‘])""")
QUOTES = re.compile(r"“(?P<curly>[^“”]*)(?P<end>”|\Z)|\"(?P<straight>[^\"]*)(?P<end2>\"|\Z)")


def segment(report: Report) -> Page:
    """Cut a report up; every sentence is still without a tree."""
    text = report.text
    capitals = is_capitals(text)
    shown = restore(text) if capitals else restore_small(text) if is_small(text) else text
    shown = BREAK.sub(" ", shown)
    dateline = find_dateline(text)
    sentences: list[Sentence] = []
    for number, (start, end, headline) in enumerate(_blocks(text)):
        begin = dateline.end if dateline and start <= dateline.start < end else start
        for first, last in _sentences(shown, begin, end):
            sentences.append(
                Sentence(
                    index=len(sentences),
                    start=first,
                    end=last,
                    paragraph=number,
                    text=shown[first:last],
                    headline=headline,
                )
            )
    return Page(report, tuple(sentences), tuple(_quotations(text)), dateline, capitals)


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs as (start, end, is it a headline).

    A line break ends a paragraph unless the text is hard-wrapped: lines of much the same length,
    the next of which goes on in the middle of a sentence.
    """
    for block in PARAGRAPH.finditer(text):
        lines = [
            (m.start() + block.start(), m.end() + block.start()) for m in LINE.finditer(block[0])
        ]
        merged = [lines[0]]
        for start, end in lines[1:]:
            before_start, before_end = merged[-1]
            if goes_on(text[before_start:before_end], text[start:end]):
                merged[-1] = (before_start, end)
            else:
                merged.append((start, end))
        for start, end in merged:
            yield start, end, _is_headline(text[start:end])


def _is_headline(block: str) -> bool:
    stripped = block.strip()
    return len(stripped) <= HEADLINE_LENGTH and bool(stripped) and stripped[-1] not in '.!?”"…;,'


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentence bounds inside a paragraph, white space trimmed."""
    begin = start
    for stop in STOP.finditer(text, start, end):
        if _ends_sentence(text, begin, stop):
            yield from _trim(text, begin, stop.end(2))
            begin = stop.end(3)
    yield from _trim(text, begin, end)


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    if right > left:
        yield start + left, start + right


def _ends_sentence(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence rather than an abbreviation or an initial."""
    following = text[stop.end(3)]
    if stop[1] != ".":
        return not following.islower()
    word = text[begin : stop.start()].rsplit(None, 1)[-1:] or [""]
    before = word[0].lstrip("(\"'“‘[")
    if before.lower() in ABBREVIATIONS and not stop[2]:
        return before.lower() == "no" and not following.isdigit()
    if re.fullmatch(r"[A-Z]", before) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", before):
        return (
            before.lower() in {"a.m", "p.m", "u.s", "u.n", "u.k", "d.c"}
            and following.isupper()
            and (
                text[stop.end(3) :].split(None, 1)[0]
                in {"The", "A", "In", "On", "But", "He", "She", "It"}
            )
        )
    return not following.islower()


def _quotations(text: str) -> Iterator[Quotation]:
    """Quoted stretches, each within its paragraph."""
    for block in LINE.finditer(text):
        for quote in QUOTES.finditer(block[0]):
            name = "curly" if quote["curly"] is not None else "straight"
            start, end = quote.span(name)
            closed = bool(quote["end"] or quote["end2"])
            if end > start:
                yield Quotation(block.start() + start, block.start() + end, closed)
