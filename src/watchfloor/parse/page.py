"""What the parse stage hands on: the report cut into sentences, with trees where they matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from watchfloor.records import Report, Span

if TYPE_CHECKING:
    from watchfloor.parse.reader import Reading
    from watchfloor.parse.tree import Doc, Token

#: Code points below which a report is a flash: a line or two, with no room to speak at large.
FLASH = 240


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    `start` and `end` are code points in `report.text`. `text` is what the parser sees: as long
    as `report.text[start:end]`, but with case restored where the report is in capitals. `doc`
    is its tree, None where `skipped` says why it was not parsed. `headline` is a line that stands
    as a title.
    """

    index: int
    start: int
    end: int
    paragraph: int
    text: str
    headline: bool = False
    skipped: str | None = None
    doc: Doc | None = None

    def span(self, first: Token, last: Token, page: Page) -> Span:
        """The stretch of the report from one token of this sentence through another."""
        start = self.start + int(first.idx)
        return page.span(start, self.start + int(last.idx) + len(last))


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, marks left out; `closed` is False where the closing mark is missing."""

    start: int
    end: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Dateline:
    """The line before the news: "KABUL, 15 June (Agency) -". Any part may be missing."""

    start: int
    end: int
    place: Span | None = None
    date: Span | None = None
    outlet: Span | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A report cut up. `reading` is the learned reader's, None where no model is at hand."""

    report: Report
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    dateline: Dateline | None = None
    capitals: bool = False
    reading: Reading | None = None
    problems: tuple[str, ...] = field(default=())

    def span(self, start: int, end: int) -> Span:
        """The span of the report's own text between two offsets."""
        return Span(start=start, end=end, text=self.report.text[start:end])

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character, or None where the offset lies between them."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= offset:
            return self.sentences[low]
        return None
