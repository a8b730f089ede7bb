"""Report -> sentences, trees, quotations, datelines.

`segment` cuts a report up, `sift` marks what need not be read, `read` gives the rest its trees
and the learned reader's marks. What the other stages may use stands in `page`.
"""

from watchfloor.parse.byline import find_byline, printed_of
from watchfloor.parse.dateline import find_dateline
from watchfloor.parse.letter_case import ordinary_words
from watchfloor.parse.page import FLASH, Dateline, Page, Quotation, Sentence
from watchfloor.parse.segment import segment
from watchfloor.parse.sift import sift
from watchfloor.parse.tree import Chunk, Doc, Token
from watchfloor.parse.trees import forgetting, read

__all__ = [
    "FLASH",
    "Chunk",
    "Dateline",
    "Doc",
    "Page",
    "Quotation",
    "Sentence",
    "Token",
    "find_byline",
    "find_dateline",
    "forgetting",
    "ordinary_words",
    "printed_of",
    "read",
    "segment",
    "sift",
]
