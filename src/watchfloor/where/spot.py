"""Spot the names of a sentence that could be places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from watchfloor.parse import Page
from watchfloor.where.gazetteer import Candidate, Gazetteer
from watchfloor.where.names import key_of
from watchfloor.where.words import (
    BEFORE,
    BODY_WORDS,
    CALENDAR,
    GENERIC_ENDS,
    SMALL,
    TITLES,
    abbreviations,
    not_places,
    ordinary,
)

#: A word of a name: dotted initials, a capitalised word, or a small word between such.
WORD = re.compile(
    r"(?<!\w)(?:(?:[A-Z]\.(?:[A-Z][a-z]{0,2}\.)+)|d['’][A-ZÀ-Þ][\w’']*|[A-ZÀ-Þ][\w’']*\.?"
    rf"|(?:{'|'.join(sorted(SMALL))})(?![\w’']))"
)
MOST_WORDS = 5
GAPS = frozenset({" ", "-", ""})
#: First words of names that are written short.
OPENINGS = {"mt": "mount", "ft": "fort", "st": "saint", "ste": "sainte", "pt": "point"}
FULL_NAME = re.compile(r"\b([A-Z][a-zà-þ]+\.?) (?:[A-Z]\. )?([A-Z][a-zà-þ]+)\b(?! [A-Z])")
#: A capitalised run with a word behind it that only places have: "Harbour Road", "Karo district".
GENERIC = re.compile(
    r"(?<![\w-])((?:[A-ZÀ-Þ][\w’'-]+ ){1,3})((?i:" + "|".join(GENERIC_ENDS) + r"))\b"
)
#: A capitalised run where a place would stand: "in Karo", "near Old Karo".
PLACED_RUN = re.compile(
    r"\b(?:in|near|at|outside|around|from|of|to) ((?:[A-ZÀ-Þ][\w’-]+)(?:[ -][A-ZÀ-Þ][\w’-]+){0,3})"
    r"(?![\w’-])(?! [A-ZÀ-Þ])"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A name in a sentence (offsets within it), with what it may stand for.

    `key` is what was looked up; `kind` is set where only the name itself tells what it is.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    key: str
    kind: str | None = None
    short: bool = False


def pieces(text: str, gazetteer: Gazetteer) -> list[Piece]:
    """The longest known names of a sentence, none overlapping, and the unknown ones that say what
    they are ("Harbour Road") or stand where a place would.
    """
    found = list(_known(text, gazetteer))
    for piece in (*_generic(text), *_placed(text)):
        if not any(p.start < piece.end and piece.start < p.end for p in found):
            found.append(piece)
    return sorted(found, key=lambda p: p.start)


def _generic(text: str) -> Iterator[Piece]:
    """Capitalised runs with a word behind them that only places have."""
    for match in GENERIC.finditer(text):
        first = match[1].split()[0]
        if first[0].isupper() and not _is_common(first):
            kind = GENERIC_ENDS[match[2].lower()]
            yield Piece(match.start(), match.end(), (), key_of(match[0]), kind)


def _placed(text: str) -> Iterator[Piece]:
    """Capitalised runs behind a preposition of place."""
    for match in PLACED_RUN.finditer(text):
        words = match[1].replace("-", " ").split()
        key = key_of(match[1])
        if key in not_places() or words[-1].lower() in BODY_WORDS or _is_common(words[0]):
            continue
        yield Piece(match.start(1), match.end(1), (), key)


def _is_common(word: str) -> bool:
    low = word.lower()
    return low in SMALL or low in CALENDAR or low in TITLES or low in ordinary()


def _known(text: str, gazetteer: Gazetteer) -> Iterator[Piece]:
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        size, piece = 1, None
        if words[at][0].lower() not in SMALL or words[at][0][0].isupper():
            size, piece = _longest(text, words, at, gazetteer)
        if piece is not None:
            yield piece
        at += size


def _longest(
    text: str, words: list[re.Match[str]], at: int, gazetteer: Gazetteer
) -> tuple[int, Piece | None]:
    """How many words the longest name from here has, and the name; None for whose, not where."""
    short = _abbreviation(text, words[at], gazetteer)
    if short is not None:
        return 1, short
    reach = 1
    while (
        reach < min(MOST_WORDS, len(words) - at)
        and text[words[at + reach - 1].end() : words[at + reach].start()] in GAPS
    ):
        reach += 1
    for size in range(reach, 0, -1):
        last = words[at + size - 1]
        if last[0].lower() in SMALL and size > 1:
            continue
        start, end = words[at].start(), last.end()
        name = text[start:end]
        trimmed = re.sub(r"['’]s?$|\.$", "", name) if size > 1 or not name.isupper() else name
        trimmed = re.sub(r"['’]s$|\.$", "", trimmed)
        key = key_of(trimmed)
        if key in not_places():
            return size, None
        if size == 1 and key in GENERIC_ENDS:
            break
        candidates = named(key, gazetteer)
        if candidates:
            return size, Piece(start, start + len(trimmed), candidates, key)
    return 1, None


def named(key: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The places of a key, also where its first word is written short ("Mt Hagen")."""
    found = gazetteer.lookup(key)
    first, _, rest = key.partition(" ")
    if not found and rest and first in OPENINGS:
        return gazetteer.lookup(f"{OPENINGS[first]} {rest}")
    return found


def _abbreviation(text: str, word: re.Match[str], gazetteer: Gazetteer) -> Piece | None:
    """A state or country written short; most only count behind a comma."""
    inner = word[0].removesuffix(".")
    known = abbreviations().get(inner)
    if known is None:
        return None
    stopped = word[0].endswith(".")
    behind = text[: word.start()].rstrip()[-1:] in {",", "("}
    if not (stopped and known.bare) and not (behind and (stopped or inner.isupper())):
        return None
    places = tuple(c for c in gazetteer.lookup(known.key) if c.kind != "district")
    if not places:
        return None
    end = word.end() if "." in inner else word.start() + len(inner)
    return Piece(word.start(), end, places, known.key, short=True)


def people(page: Page, gazetteer: Gazetteer) -> frozenset[str]:
    """Surnames of the report: words that stand behind a first name or title somewhere in it."""
    found: set[str] = set()
    for sentence in page.sentences:
        for match in FULL_NAME.finditer(sentence.text):
            first, last = match[1], match[2]
            low = first.lower()
            if low.rstrip(".") in TITLES or not (
                low in BEFORE
                or low in CALENDAR
                or low in ordinary()
                or gazetteer.named(first)
                or gazetteer.named(f"{first} {last}")
            ):
                found.add(last)
    return frozenset(found)
