"""Find the names in a text that are used as places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from watchfloor.parse import Page, Sentence
from watchfloor.where.countries import codes
from watchfloor.where.gazetteer import Candidate, Gazetteer
from watchfloor.where.names import key_of

#: A name: capitalised words, with small ones between them.
SMALL = frozenset(
    "de del della la las los el al ar az ez as es ad du da do dos das di ben bin of the and upon "
    "sur am an der den von".split()
)
WORD = re.compile(rf"[A-ZÀ-Þ][\w’'-]*\.?|\b(?:{'|'.join(SMALL)})\b")
MOST_WORDS = 5
BEFORE = frozenset(
    "in at near from outside around across towards toward to into between throughout within of "
    "off inside via through over reach reached visit visiting left central northern southern "
    "eastern western downtown nearby neighboring neighbouring".split()
)
#: Words after a name that tell that it is a place.
KIND_WORDS = frozenset(
    "province city district county town village region state department municipality airport "
    "island islands river lake valley peninsula governorate prefecture mountains desert area "
    "suburb neighborhood neighbourhood port harbor harbour border coast canton parish".split()
)
#: Words beside a name that tell which kind of place it is.
SAID_KINDS = {
    **dict.fromkeys(
        ("province", "region", "state", "governorate", "oblast", "prefecture"), "province"
    ),
    **dict.fromkeys(("district", "county", "raion", "cercle", "tehsil", "subdistrict"), "district"),
    **dict.fromkeys(("town", "city", "village", "capital", "port", "suburb", "hamlet"), "town"),
}  # fmt: skip
#: Words after a name that tell that it is a body's, a person's or a thing's.
BODY_WORDS = frozenset(
    "police university times post herald tribune army ministry bank department news daily united "
    "fc club college school hospital institute court council accord accords agreement treaty "
    "declaration protocol convention summit group company corporation party cartel front brigade "
    "battalion division institute foundation stock exchange airlines airways railway journal star "
    "gazette chronicle globe sun telegraph press radio television tv regiment church cathedral "
    "mosque museum hotel stadium team league cup open championship marathon bulls giants".split()
)
TITLES = frozenset(
    "mr mrs ms miss dr president senator minister general colonel captain lieutenant sergeant "
    "judge governor mayor king queen prince princess sir lady lord pope bishop archbishop cardinal "
    "professor gen col capt lt sgt sen gov rep secretary chancellor premier spokesman "
    "spokeswoman coach detective officer deputy sheriff ambassador reverend rev st".split()
)
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)
FULL_NAME = re.compile(r"\b([A-Z][a-zà-þ]+\.?) (?:[A-Z]\. )?([A-Z][a-zà-þ]+)\b(?! [A-Z])")
#: A name is taken for a place from this score on.
ENOUGH = 2.0
#: A name that is a place elsewhere in the report needs no more than this.
REPEATED = 0.3


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name used as a place, with what it may stand for.

    `kind` is what the text says it is ("the town of Gao", "Gao province"), None where it does not.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    within: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    candidates: tuple[Candidate, ...]


def toponyms(page: Page, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """The toponyms of a page in order; the dateline's place first."""
    if page.dateline is not None and page.dateline.place is not None:
        span = page.dateline.place
        first, _, rest = span.text.partition(",")
        candidates = gazetteer.named(first)
        if candidates:
            within: tuple[str, ...] = (key_of(rest),) if rest else ()
            yield Toponym(span.start, span.start + len(first), first, candidates, within)
    people = _people(page, gazetteer)
    judged = [
        (sentence, piece, _score(sentence, piece, pieces, people))
        for sentence in page.sentences
        if (pieces := list(_pieces(sentence.text, gazetteer)))
        for piece in pieces
    ]
    sure = {_text(s, p) for s, p, score in judged if score >= ENOUGH}
    kept = [
        (s, p) for s, p, score in judged if score >= (REPEATED if _text(s, p) in sure else ENOUGH)
    ]
    for n, (sentence, piece) in enumerate(kept):
        later = [p for s, p in kept[n + 1 : n + 3] if s is sentence]
        within = _within(sentence.text, piece, later)
        start, end = sentence.start + piece.start, sentence.start + piece.end
        kind = _said_kind(sentence.text, piece)
        yield Toponym(start, end, page.report.text[start:end], piece.candidates, within, kind)


def _text(sentence: Sentence, piece: _Piece) -> str:
    return sentence.text[piece.start : piece.end]


def _people(page: Page, gazetteer: Gazetteer) -> frozenset[str]:
    """Surnames of the report: words that stand behind a first name or title somewhere in it."""
    found: set[str] = set()
    for sentence in page.sentences:
        for match in FULL_NAME.finditer(sentence.text):
            first, last = match[1], match[2]
            whole = gazetteer.named(f"{first} {last}")
            low = first.lower()
            ordinary = low in _ordinary() or low in CALENDAR or low in BEFORE
            if first.rstrip(".").lower() in TITLES or not (
                whole or ordinary or gazetteer.named(first)
            ):
                found.add(last)
    return frozenset(found)


def _pieces(text: str, gazetteer: Gazetteer) -> Iterator[_Piece]:
    """The longest known names of a sentence, none overlapping."""
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        found = None
        if words[at][0].lower() not in SMALL:
            found = _longest(text, words, at, gazetteer)
        if found is None:
            at += 1
            continue
        size, piece = found
        yield piece
        at += size


def _longest(
    text: str, words: list[re.Match[str]], at: int, gazetteer: Gazetteer
) -> tuple[int, _Piece] | None:
    for size in range(min(MOST_WORDS, len(words) - at), 0, -1):
        last = words[at + size - 1]
        if last[0].lower() in SMALL:
            continue
        start, end = words[at].start(), last.end()
        gaps = [
            text[a.end() : b.start()]
            for a, b in zip(words[at:], words[at + 1 : at + size], strict=False)
        ]
        if any(gap not in {" ", "-", ""} for gap in gaps[: size - 1]):
            continue
        name = text[start:end]
        trimmed = re.sub(r"['’]s?$|\.$", "", name) if size > 1 or not name.isupper() else name
        trimmed = re.sub(r"['’]s$", "", trimmed)
        candidates = gazetteer.named(trimmed)
        if candidates:
            return size, _Piece(start, start + len(trimmed), candidates)
    return None


def _score(
    sentence: Sentence, piece: _Piece, pieces: list[_Piece], people: frozenset[str]
) -> float:
    """How much speaks for a name being used as a place here."""
    text = sentence.text
    name = text[piece.start : piece.end]
    before = re.findall(r"[\w’'-]+\.?|[,(;:]", text[max(0, piece.start - 40) : piece.start])[-2:]
    after = re.findall(r"[\w’'-]+|[,.;:()]", text[piece.end : piece.end + 30])[:2]
    previous = before[-1] if before else ""
    following = after[0] if after else ""
    score = _prior(piece)
    if previous.lower() in BEFORE or (
        previous.lower() == "the" and len(before) > 1 and before[0].lower() in BEFORE
    ):
        score += 1.5
    if following.lower() in KIND_WORDS:
        score += 2.0
    if following in {",", "("} and any(0 < p.start - piece.end <= 3 for p in pieces):
        score += 1.5
    if previous == "," and any(0 < piece.start - p.end <= 3 for p in pieces):
        score += 1.5
    if previous.lower().rstrip(".") in TITLES:
        score -= 4.0
    if following.lower() in BODY_WORDS and following[:1].isupper():
        score -= 3.0
    elif (
        following[:1].isupper()
        and following.isalpha()
        and following.lower() not in CALENDAR | KIND_WORDS
    ):
        score -= 1.5 if not following.isupper() or sentence.headline else 0.5
    if (
        previous[:1].isupper()
        and previous.isalpha()
        and len(before) > 1
        and previous.lower() not in CALENDAR
    ):
        score -= 1.5
    if name.lower().rstrip(".") in TITLES:
        score -= 4.0
    if " " in name and name.split()[-1].lower() in KIND_WORDS:
        score += 1.5
    if name in people:
        score -= 3.0
    return score - _oddity(name)


def _oddity(name: str) -> float:
    """What speaks against a name by itself: an ordinary word, or too short; not for countries."""
    if key_of(name) in codes():
        return 0.0
    odd = 0.0
    if name.lower() in _ordinary() or name.lower() in CALENDAR:
        odd += 3.0
    if len(name) < 3 or (name.isupper() and len(name) < 4):
        odd += 3.0
    return odd


def _prior(piece: _Piece) -> float:
    best = max(piece.candidates, key=lambda c: (c.kind == "country", c.population))
    if best.kind == "country" or best.id.startswith("watchfloor:"):
        return 3.5
    people = best.population
    if best.kind == "province":
        return 2.5
    return 0.4 if people < 1000 else 0.8 if people < 20_000 else 1.4 if people < 200_000 else 2.2


def _within(text: str, piece: _Piece, later: list[_Piece]) -> tuple[str, ...]:
    """The names that the text puts behind a comma or bracket: "Bangor, Maine"."""
    keys: list[str] = []
    end = piece.end
    for other in later[:2]:
        gap = text[end : other.start]
        if gap.strip() not in {",", "(", ", in", "in"} or len(gap) > 5:
            break
        keys.append(key_of(text[other.start : other.end]))
        end = other.end
    rest = re.match(
        r", ([A-Z][a-z]{1,5}\.|[A-Z]{2}\b|[A-Z]\.[A-Z]\.)", text[piece.end : piece.end + 9]
    )
    if rest and not keys:
        keys.append(rest[1].lower().rstrip("."))
    return tuple(keys)


def _said_kind(text: str, piece: _Piece) -> str | None:
    """The kind of place that the words around a name say it is."""
    behind = re.match(r"['’]?s? ([A-Za-z]+)", text[piece.end : piece.end + 20])
    if behind and behind[1].lower() in SAID_KINDS:
        return SAID_KINDS[behind[1].lower()]
    ahead = re.search(r"([A-Za-z]+) of $", text[max(0, piece.start - 20) : piece.start])
    if ahead is None:
        ahead = re.search(r"([A-Za-z]+) $", text[max(0, piece.start - 20) : piece.start])
    return SAID_KINDS.get(ahead[1].lower()) if ahead else None


@cache
def _ordinary() -> frozenset[str]:
    raw = files("watchfloor.data").joinpath("ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in raw.splitlines() if not line.startswith("#"))
