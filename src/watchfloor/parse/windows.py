"""Cut a page into the windows that the learned reader takes: a paragraph, or as much as fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from watchfloor.parse.page import Page

#: Word pieces in a window; attention grows with its square, and few paragraphs are longer.
MOST_PIECES = 224


def windows(page: Page, pieces: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    """The windows of a page as (start, end), whole sentences of one paragraph each.

    `pieces` says how many word pieces a text has. A sentence that is too long by itself is a
    window of its own, and the reader cuts it off.
    """
    start = end = used = 0
    paragraph = -1
    for sentence in page.sentences:
        if sentence.skipped is not None:
            continue
        size = pieces(page.report.text[sentence.start : sentence.end])
        if sentence.paragraph != paragraph or used + size > MOST_PIECES:
            if used:
                yield start, end
            start, used = sentence.start, 0
        end, used, paragraph = sentence.end, used + size, sentence.paragraph
    if used:
        yield start, end
