"""A report's text with the words that values rest on marked, ready for a page."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from markupsafe import Markup, escape

from watchfloor.records import Record, Span


class Lit(Record, frozen=True, kw_only=True):
    """Words to mark: `key` names the value that rests on them, `field` its kind."""

    span: Span
    key: str
    field: str


def lit(text: str, marks: Iterable[Lit], start: int = 0, end: int | None = None) -> Markup:
    """The text from `start` to `end`, escaped; each stretch carries the keys of all its marks.

    Marks may overlap: the text is parted where any begins or ends.
    """
    last = len(text) if end is None else end
    kept = [m for m in marks if m.span.start < last and m.span.end > start]
    edges = {start, last}
    for mark in kept:
        edges |= {max(start, mark.span.start), min(last, mark.span.end)}
    points = sorted(edges)
    out = Markup("")
    for left, right in itertools.pairwise(points):
        over = [m for m in kept if m.span.start <= left and right <= m.span.end]
        piece = escape(text[left:right])
        out += _marked(piece, over) if over else piece
    return out


def found(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """The text, escaped, with the stretches from (start to end) that a search found marked."""
    out, at = Markup(""), 0
    for start, end in marks:
        out += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        at = end
    return out + escape(text[at:])


def _marked(piece: Markup, over: list[Lit]) -> Markup:
    narrowest = min(over, key=lambda m: m.span.end - m.span.start)
    keys = " ".join(dict.fromkeys(m.key for m in over))
    kind = narrowest.field.split(".")[0]
    return Markup('<mark data-keys="{}" class="{}">{}</mark>').format(keys, kind, piece)
