"""Spot the names of a sentence that could be places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from watchfloor.parse import Page, ordinary_words
from watchfloor.where.countries import peoples
from watchfloor.where.gazetteer import Candidate, Gazetteer
from watchfloor.where.names import key_of
from watchfloor.where.words import (
    BEFORE,
    BODY_WORDS,
    CALENDAR,
    FACILITY_WORDS,
    GENERIC_ENDS,
    KIND_WORDS,
    LINKS,
    PARTICLES,
    SMALL,
    TITLES,
    abbreviations,
    not_places,
)

#: A word of a name: dotted initials, a capitalised word, or a small word between such.
WORD = re.compile(
    r"(?<!\w)(?:(?:[A-Z]\.(?:[A-Z][a-z]{0,2}\.)+)|d['’][A-ZÀ-Þ][\w’']*|[A-ZÀ-Þ][\w’']*\.?"
    rf"|(?:{'|'.join(sorted(SMALL))})(?![\w’'])|(?<=\w-)(?:{'|'.join(sorted(LINKS))})(?=-[A-ZÀ-Þ]))"
)
MOST_WORDS = 5
#: What only leads on to the next word of a name.
INNER = SMALL | LINKS
#: Kinds of unknown areas whose whole name counts before the known names inside it.
AREAS_NAMED = frozenset({"district", "town"})
GAPS = frozenset({" ", "-", ""})
#: First words of names that are written short.
OPENINGS = {"mt": "mount", "ft": "fort", "st": "saint", "ste": "sainte", "pt": "point"}
FULL_NAME = re.compile(r"\b([A-Z][a-zà-þ]+\.?) (?:[A-Z]\. )?([A-Z][a-zà-þ]+)\b(?! [A-Z])")
#: A capitalised run with a word behind it that only places have: "Harbour Road", "Karo district".
GENERIC = re.compile(
    r"(?<![\w-])((?:[A-ZÀ-Þ][\w’'-]+ ){1,3})((?i:" + "|".join(GENERIC_ENDS) + r"))\b"
)
#: Words of a run that say whose or of what kind a place is: "the Serb-held town of Karo".
WHOSE = re.compile(r"-[a-z]+(?:ed|ing|held|run|led|majority)$")
#: A capitalised run where a place would stand: "in Karo", "near Old Karo", "the village of Karo".
_RUN = (
    r"[A-ZÀ-Þ][\w’-]+"
    rf"(?:[ -](?:(?:{'|'.join(sorted(PARTICLES))}) ){{0,2}}[A-ZÀ-Þ][\w’-]+){{0,4}}"
)
PLACED_RUN = re.compile(
    rf"\b(?:in|near|at|outside|around|from|of|to|village|town|hamlet) ({_RUN})"
    r"(?![\w’-])(?! [A-ZÀ-Þ])"
)
#: Who wrote the report, at the head of a line: "By Chad Writer".
BYLINE = re.compile(
    rf"\s*(?:By|BY) (?!(?i:{'|'.join(sorted(CALENDAR))})\b)"
    r"[A-ZÀ-Þ][\w.’'-]+ [A-ZÀ-Þ][\w.’'-]+(?=\s|$)"
)
#: A point of the compass is a province only where the text says so ("North province").
COMPASS = frozenset("north south east west central northern southern eastern western".split())
AREA_BEHIND = re.compile(r" (?:province|region|state|governorate|department)\b", re.IGNORECASE)
#: What stands behind a dateline's place, and the word behind a name that is a building's or works'.
DATELINE_END = re.compile(r"\s*(?:—|–|--|-\s)")
FACILITY = re.compile(rf"[\"”]?(?: [\w-]+)? (?i:{'|'.join(sorted(FACILITY_WORDS))})\b")
STREET = re.compile(r"\b(?i:rue|calle|avenida|via|jalan|ulitsa|carrera) $")
NAME_RUN = re.compile(rf"(?<![\w’-]){_RUN}(?![\w’-])")
#: What a telex's restored case may leave small of a name: "Tingo maria", "la union".
REST = re.compile(r"(?: [a-z]{2,}){1,3}(?![\w’'-])")
LOWERED = re.compile(
    r"\b(?:la|las|los|el|puerto|villa|nueva|nuevo|santa) [a-z]{3,}(?: [a-z]{3,})?\b"
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


def pieces(text: str, gazetteer: Gazetteer, telex: bool = False) -> list[Piece]:
    """The longest known names of a sentence, none overlapping, and the unknown ones that say what
    they are ("Harbour Road") or stand where a place would.

    `telex` says that the case of the text was restored, so that some names may have lost theirs.
    """
    found = list(_restored(text, gazetteer)) if telex else []
    known, generic = list(_known(text, gazetteer)), list(_generic(text))
    ends = {p.end for p in known}
    wider = [
        g
        for g in generic
        if g.end not in ends and g.kind in AREAS_NAMED and not _names_known(g, text, known)
    ]
    writer = BYLINE.match(text)
    for piece in (*wider, *known, *generic, *_placed(text)):
        if writer is not None and piece.start < writer.end():
            continue
        if not any(p.start < piece.end and piece.start < p.end for p in found):
            found.append(piece)
    return sorted(found, key=lambda p: p.start)


def _generic(text: str) -> Iterator[Piece]:
    """Capitalised runs with a word behind them that only places have."""
    for match in GENERIC.finditer(text):
        start, words = match.start(), match[1].split()
        own = max(
            (n for n, w in enumerate(words, 1) if re.search(r"['’]s$|(?<!s)['’]$", w)), default=0
        )
        while words and (own > 0 or words[0].lower() in SMALL | BEFORE | CALENDAR):
            start += len(words.pop(0)) + 1
            own -= 1
        bodies = any(w.lower() in BODY_WORDS or w in peoples() for w in words)
        if any(WHOSE.search(w) for w in words):
            continue
        if bodies or all(_is_common(w) for w in words):
            continue
        kind = GENERIC_ENDS[match[2].lower()]
        yield Piece(start, match.end(), (), key_of(text[start : match.end()]), kind)


def _names_known(piece: Piece, text: str, known: list[Piece]) -> bool:
    """Whether an area's name is known: all of it ("Kandahar" in "Kandahar district", "former
    Kandahar district"), or a part that is an area's name itself; or whether the run only begins
    within a known name ("Angeles city").
    """
    end = text.rindex(" ", piece.start, piece.end)
    inside = [p for p in known if p.start < piece.end and piece.start < p.end]
    return any(
        all(map(_is_common, f"{text[piece.start : p.start]} {text[p.end : end]}".split()))
        or p.key.rpartition(" ")[2] in KIND_WORDS
        for p in inside
    )


def _restored(text: str, gazetteer: Gazetteer) -> Iterator[Piece]:
    """Names of several words of which a telex's restored case left some small."""
    for word in WORD.finditer(text):
        rest = REST.match(text, word.end()) if word[0][0].isupper() else None
        if rest is not None:
            yield from _lowered(text, word.start(), word.end() + 1, rest.end(), gazetteer)
    for match in LOWERED.finditer(text):
        yield from _lowered(text, match.start(), match.start() + 1, match.end(), gazetteer)


def _lowered(
    text: str, start: int, least: int, end: int, gazetteer: Gazetteer
) -> Iterator[Piece]:  # fmt: skip
    """The longest name known from `start` on that ends between `least` and `end`."""
    while end > least:
        name = text[start:end]
        if name.rsplit(maxsplit=1)[-1] not in SMALL and (some := named(key_of(name), gazetteer)):
            yield Piece(start, end, some, key_of(name))
            return
        end = text.rfind(" ", start, end)


def _placed(text: str) -> Iterator[Piece]:
    """Capitalised runs behind a preposition of place."""
    for match in PLACED_RUN.finditer(text):
        name = match[1]
        while name.rpartition(" ")[2].lower() in CALENDAR:
            name = name.rpartition(" ")[0]
        words, key = name.replace("-", " ").split(), key_of(name)
        if not words or key in not_places() or words[-1].lower() in BODY_WORDS:
            continue
        if not _is_common(words[0]):
            yield Piece(match.start(1), match.start(1) + len(name), (), key)


def marked(text: str, start: int, end: int, gazetteer: Gazetteer) -> Piece | None:
    """The name in a stretch that is known to be a place, all of it where it goes on behind the
    stretch ("San Luis" of "San Luis de la Reina"); None where it holds none.
    """
    run = NAME_RUN.search(text, start)
    if run is None or run.start() >= end or DATELINE_END.match(text, run.end()):
        return None
    words = run[0].split(" ")
    at, last = run.start(), run.end()
    while words and (_is_common(words[0]) or words[0].lower() in BEFORE):
        at += len(words.pop(0)) + 1
    while words and last > end and _is_common(words[-1]):
        last -= len(words.pop()) + 1
    if not words or words[-1] in peoples():
        return None
    names_building = len(words) > 1 and words[-1].lower() in FACILITY_WORDS
    if any(w.lower() in BODY_WORDS for w in words[: len(words) - names_building]):
        return None
    key = key_of(text[at:last])
    if key in not_places():
        return None
    built = names_building or FACILITY.match(text, last) or STREET.search(text, max(0, at - 12), at)
    kind = "facility" if built else None
    return Piece(at, last, () if kind else named(key, gazetteer), key, kind)


def _is_common(word: str) -> bool:
    low = word.lower()
    return low in SMALL or low in CALENDAR or low in TITLES or low in ordinary_words()


def _known(text: str, gazetteer: Gazetteer) -> Iterator[Piece]:
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        size, piece = 1, None
        if words[at][0].lower() not in INNER or words[at][0][0].isupper():
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
        if last[0].lower() in INNER and size > 1:
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
        if set(key.split()) <= COMPASS and not AREA_BEHIND.match(text, end):
            break
        candidates = named(key, gazetteer)
        if candidates:
            whole = trimmed == name and not any(c.kind == "country" for c in candidates)
            longer = _goes_on(words[at : at + reach], size, gazetteer) if whole else size
            if longer > size:
                return longer, None
            return size, Piece(start, start + len(trimmed), candidates, key)
    return 1, None


def _goes_on(words: list[re.Match[str]], size: int, gazetteer: Gazetteer) -> int:
    """How many words the name has of which the first `size` are known as a place by themselves.

    "San Luis" is a part of "San Luis de la Reina" and "Cano" one of "Cano Limon-Covenas": places
    that nobody knows are not those whose names theirs begin with. What is no part of a name (a kind
    of place or body, a title, a weekday, an ordinary word) ends it, and so does another place by
    its own name.
    """
    if _ends_name(words[size - 1][0]) or all(_is_common(w[0]) for w in words[:size]):
        return size
    last = size
    for number in range(size, len(words)):
        word = words[number][0]
        if word in PARTICLES:
            continue
        after = words[number].string[words[number].end() : words[number].end() + 1]
        joined = words[number - 1][0] in PARTICLES or (after == "-" and number + 1 < len(words))
        key = key_of(word)
        place = any(key_of(c.name) == key for c in gazetteer.lookup(key))
        if _ends_name(word) or (place and not joined):
            break
        last = number + 1
    return last


def _ends_name(word: str) -> bool:
    """Whether a word is no part of a name, or the last one."""
    low = word.lower()
    beside = low in KIND_WORDS | BODY_WORDS | BEFORE or low in GENERIC_ENDS or word in peoples()
    return beside or _is_common(word) or word.isupper() or not word.isalpha() or word.islower()


def named(key: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The places of a key, also where its first word is written short ("Mt Hagen") or left out
    ("Ciudad").
    """
    found = gazetteer.lookup(key)
    first, _, rest = key.partition(" ")
    if not found and rest:
        return gazetteer.lookup(
            f"{OPENINGS[first]} {rest}" if first in OPENINGS else f"ciudad {key}"
        )
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
                or low in ordinary_words()
                or gazetteer.named(first)
                or gazetteer.named(f"{first} {last}")
            ):
                found.add(last)
    return frozenset(found)
