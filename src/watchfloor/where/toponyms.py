"""Find the names in a text that are used as places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor.parse import Page, Sentence
from watchfloor.where.gazetteer import Candidate, Gazetteer
from watchfloor.where.judge import Spotted
from watchfloor.where.names import key_of
from watchfloor.where.spot import FACILITY, Piece, marked, named, people, pieces
from watchfloor.where.words import LIES_IN, PLURALS, QUARTERS, SAID_KINDS, abbreviations

_NAME = r"(?:[A-ZÀ-Þ][\w’'-]*(?: (?=[A-ZÀ-Þ]))?){1,3}"
#: A name's further ones and the kind they share: "Kandahar, Zabul and Helmand provinces".
LISTED = re.compile(rf"(?:(?:, | and |, and | or ){_NAME}){{0,4}} ([A-Za-z]+s)\b")
LISTED_OF = re.compile(rf"\b([A-Za-z]+s) of (?:{_NAME}(?:, | and |, and | or ))*$")
JOINED = re.compile(r"[\w’'](?:, | and |, and | or )$")
#: Kinds that "the provinces of A and B" names; "the streets of A" are in A.
WHOLE = frozenset({"province", "town"})
#: The reader's mark of a place counts from this probability on, and where that of no event is less.
SURE_PLACE, NO_EVENT = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name used as a place, with what it may stand for.

    `within` are the keys of the larger places that the text puts behind it. `kind` is what the
    text says it is ("the town of Gao", "Gao province"), None where it does not. `quarter` says
    that it is a part of a town, `dateline` that the report was written there, `built` that it is
    a building's or works' name ("Santa Cruz station").
    """

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    key: str
    within: tuple[str, ...] = ()
    kind: str | None = None
    quarter: bool = False
    dateline: bool = False
    built: bool = False


def spotted(page: Page, gazetteer: Gazetteer) -> Spotted:
    """The names of a page's sentences that could be places, with what speaks for each."""
    found = [
        (s, some) for s in page.sentences if (some := pieces(s.text, gazetteer, page.capitals))
    ]
    return Spotted(found, people(page, gazetteer))


def toponyms(page: Page, gazetteer: Gazetteer, learned: bool = True) -> Iterator[Toponym]:
    """The toponyms of a page in order; the dateline's place first."""
    first = _dateline(page, gazetteer)
    if first is not None:
        yield first
    seen = spotted(page, gazetteer)
    kept = _with_marked(seen, seen.kept(learned), page, gazetteer)
    for n, (sentence, piece) in enumerate(kept):
        start, end = sentence.start + piece.start, sentence.start + piece.end
        if first is not None and start < first.end:
            continue
        later = [p for s, p in kept[n + 1 : n + 3] if s is sentence]
        within = _within(sentence.text, piece, later)
        said = _kind_word(sentence.text, piece)
        kind = piece.kind or SAID_KINDS.get(said)
        text = page.report.text[start:end]
        built = FACILITY.match(sentence.text, piece.end) is not None
        yield Toponym(
            start, end, text, piece.candidates, piece.key, within, kind, said in QUARTERS,
            built=built,
        )  # fmt: skip


def _with_marked(
    seen: Spotted, kept: list[tuple[Sentence, Piece]], page: Page, gazetteer: Gazetteer
) -> list[tuple[Sentence, Piece]]:
    """The names that were kept, and those no gazetteer knows that the reader holds for the place
    of an event, in order.
    """
    known = [item for item in seen.items if item[1].candidates]
    spans = _spans((*known, *kept))
    found = list(kept)
    triggers = page.reading.triggers if page.reading is not None else ()
    marks = [m for t in triggers if t.none < NO_EVENT for m in t.roles.get("place", ())]
    for mark in marks:
        sentence = page.sentence_at(mark.start)
        if sentence is None or mark.score < SURE_PLACE:
            continue
        piece = marked(
            sentence.text, mark.start - sentence.start, mark.end - sentence.start, gazetteer
        )
        if piece is None:
            continue
        start, end = sentence.start + piece.start, sentence.start + piece.end
        others = _spans(kept) if piece.kind == "facility" else spans
        if not any(a < end and start < b for a, b in others):
            found.append((sentence, piece))
            spans.append((start, end))
    return sorted(found, key=lambda item: item[0].start + item[1].start)


def _spans(items: Sequence[tuple[Sentence, Piece]]) -> list[tuple[int, int]]:
    """Where names stand in the report."""
    return [(s.start + p.start, s.start + p.end) for s, p in items]


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
    return Toponym(
        span.start, span.start + len(first), first, candidates, key_of(first), within,
        dateline=True,
    )  # fmt: skip


def _in_full(name: str) -> str:
    short = abbreviations().get(name.strip().removesuffix("."))
    return short.key if short else key_of(name)


def _within(text: str, piece: Piece, later: list[Piece]) -> tuple[str, ...]:
    """The names that the text puts behind a comma or bracket: "Bangor, Maine"."""
    keys: list[str] = []
    end = piece.end
    for other in later[:2]:
        gap = text[end : other.start]
        if not LIES_IN.fullmatch(gap):
            break
        keys.append(other.key)
        end = other.end
    return tuple(keys)


def _kind_word(text: str, piece: Piece) -> str:
    """The word beside a name that says which kind of place it is; empty where none does.

    In "Karo district of Gao" the district is Karo; in "Gao and Karo districts" both are.
    """
    several = LISTED.match(text, piece.end)
    alone = several is None or (
        " " not in several[0].strip() and not JOINED.search(text[: piece.start])
    )
    if several is not None and not alone and several[1].lower() in PLURALS:
        return PLURALS[several[1].lower()]
    listed = LISTED_OF.search(text[: piece.start])
    word = PLURALS.get(listed[1].lower(), "") if listed is not None else ""
    if SAID_KINDS.get(word) in WHOLE and word not in QUARTERS:
        return word
    behind = re.match(r"['’]?s? ([A-Za-z]+)", text[piece.end : piece.end + 20])
    if behind and behind[1].lower() in SAID_KINDS:
        return behind[1].lower()
    before = text[max(0, piece.start - 30) : piece.start]
    ahead = re.search(r"(?:(\S+) )?([A-Za-z]+) (of )?$", before)
    if ahead is None or ahead[2].lower() not in SAID_KINDS:
        return ""
    of_another = ahead[1] and ahead[1][0].isupper() and ahead[1] != "The" and ahead[3]
    return "" if of_another else ahead[2].lower()
