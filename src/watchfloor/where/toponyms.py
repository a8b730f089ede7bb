"""Find the names in a text that are used as places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from watchfloor.parse import Page
from watchfloor.where.gazetteer import Candidate, Gazetteer
from watchfloor.where.judge import Spotted
from watchfloor.where.names import key_of
from watchfloor.where.spot import Piece, named, people, pieces
from watchfloor.where.words import SAID_KINDS, abbreviations


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name used as a place, with what it may stand for.

    `within` are the keys of the larger places that the text puts behind it. `kind` is what the
    text says it is ("the town of Gao", "Gao province"), None where it does not.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    key: str
    within: tuple[str, ...] = ()
    kind: str | None = None


def spotted(page: Page, gazetteer: Gazetteer) -> Spotted:
    """The names of a page's sentences that could be places, with what speaks for each."""
    found = [(s, some) for s in page.sentences if (some := pieces(s.text, gazetteer))]
    return Spotted(found, people(page, gazetteer))


def toponyms(page: Page, gazetteer: Gazetteer, learned: bool = True) -> Iterator[Toponym]:
    """The toponyms of a page in order; the dateline's place first."""
    first = _dateline(page, gazetteer)
    if first is not None:
        yield first
    kept = spotted(page, gazetteer).kept(learned)
    for n, (sentence, piece) in enumerate(kept):
        start, end = sentence.start + piece.start, sentence.start + piece.end
        if first is not None and start < first.end:
            continue
        later = [p for s, p in kept[n + 1 : n + 3] if s is sentence]
        within = _within(sentence.text, piece, later)
        kind = piece.kind or _said_kind(sentence.text, piece)
        text = page.report.text[start:end]
        yield Toponym(start, end, text, piece.candidates, piece.key, within, kind)


def _dateline(page: Page, gazetteer: Gazetteer) -> Toponym | None:
    """The place that a dateline names, within the province or country behind it or in brackets."""
    if page.dateline is None or page.dateline.place is None:
        return None
    span = page.dateline.place
    first, _, rest = span.text.partition(",")
    candidates = named(key_of(first), gazetteer)
    if not candidates:
        return None
    bracket = re.match(r" ?\(([A-Z][A-Za-z .]+)\),", page.report.text[span.end : span.end + 40])
    larger = [rest, bracket[1] if bracket else ""]
    within = tuple(_in_full(name) for name in larger if name.strip())
    return Toponym(span.start, span.start + len(first), first, candidates, key_of(first), within)


def _in_full(name: str) -> str:
    short = abbreviations().get(name.strip().removesuffix("."))
    return short.key if short else key_of(name)


def _within(text: str, piece: Piece, later: list[Piece]) -> tuple[str, ...]:
    """The names that the text puts behind a comma or bracket: "Bangor, Maine"."""
    keys: list[str] = []
    end = piece.end
    for other in later[:2]:
        gap = text[end : other.start]
        if gap.strip() not in {",", "(", ", in", "in", "of"} or len(gap) > 5:
            break
        keys.append(other.key)
        end = other.end
    return tuple(keys)


def _said_kind(text: str, piece: Piece) -> str | None:
    """The kind of place that the words around a name say it is."""
    behind = re.match(r"['’]?s? ([A-Za-z]+)", text[piece.end : piece.end + 20])
    if behind and behind[1].lower() in SAID_KINDS:
        return SAID_KINDS[behind[1].lower()]
    ahead = re.search(r"([A-Za-z]+) of $", text[max(0, piece.start - 20) : piece.start])
    if ahead is None:
        ahead = re.search(r"([A-Za-z]+) $", text[max(0, piece.start - 20) : piece.start])
    return SAID_KINDS.get(ahead[1].lower()) if ahead else None
