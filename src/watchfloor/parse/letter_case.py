"""Restore the case of reports in capitals only, character for character.

A word that the word list knows as an ordinary English word becomes lower case; others are taken
for names; abbreviations keep their capitals. The result is as long as the text, so offsets stay.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from watchfloor.parse.lines import goes_on

#: A text is "in capitals" when at least this share of its letters is.
CAPITALS_SHARE = 0.8
#: A text has lost its capitals when this share of its letters stands in sentences without one; the
#: rest may be a signature or an address in ordinary case.
SMALL_SHARE = 0.8
#: How much of a text is looked at to tell.
LOOK = 4000

_WORD = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’]*")
_NEW_SENTENCE = re.compile(r"""(?:\A|[.!?]["”')\]]*\s+|\n\s*\n\s*|--\s*)["“'(\[]*\Z""")
#: The first word of a line, behind opening marks.
_NEW_LINE = re.compile(r"""\n\s*["“'(\[]*\Z""")
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
#: Looking back this far is enough to see whether a sentence begins.
_BACK = 12
#: Looking back this far is enough to see whether the line before is a hard-wrapped one.
_LINE = 200
#: "NATIONAL LIBERATION ARMY (ELN)": an abbreviation in brackets behind what it stands for.
_BRACKETED = re.compile(r"([^()\[\]]{4,80})\s[(\[]([A-Z][A-Z0-9-]{1,11})[)\]]")
#: "ELN [NATIONAL LIBERATION ARMY]": an abbreviation in front of what it stands for.
_SPELT_OUT = re.compile(r"\b([A-Z][A-Z0-9-]{1,11})\s[(\[]([^()\[\]]{8,80})[)\]]")
_MONTHS = frozenset(
    (
        "JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL "
        "JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER"
    ).split()
)
_VOWEL = re.compile(r"[AEIOUYÀ-Þ]")


def is_capitals(text: str) -> bool:
    """Whether the text is a telex: nearly all of its letters are capitals."""
    letters = [c for c in text[:LOOK] if c.isalpha()]
    return len(letters) > 20 and sum(map(str.isupper, letters)) / len(letters) >= CAPITALS_SHARE


def is_small(text: str) -> bool:
    """Whether the text has lost its capitals: hardly a sentence has one."""
    counts = [(sum(map(str.isalpha, s)), s.islower()) for s in _SENTENCES.split(text[:LOOK])]
    letters = sum(count for count, _ in counts)
    return letters > 200 and sum(n for n, small in counts if small) >= SMALL_SHARE * letters


def restore_small(text: str) -> str:
    """A text without capitals in ordinary case, of the same length."""
    upper = text.upper()
    return restore(upper) if len(upper) == len(text) else text


def restore(text: str) -> str:
    """The text in ordinary case, of the same length."""
    kept = _abbreviations(text)
    names = _name_offsets(text)
    pieces: list[str] = []
    at = 0
    for word in _WORD.finditer(text):
        pieces.append(text[at : word.start()])
        at = word.end()
        if _is_kept(text, word, kept):
            pieces.append(word[0])
            continue
        back = text[max(0, word.start() - _BACK) : word.start()]
        begins = (
            word.start() in names
            or bool(_NEW_SENTENCE.search(back))
            or (bool(_NEW_LINE.search(back)) and not _is_wrapped(text, word))
            or (word[0] in _MONTHS and _is_by_number(text, word))
        )
        pieces.append(_cased(word[0], begins))
    return "".join(pieces) + text[at:]


def _is_kept(text: str, word: re.Match[str], kept: frozenset[str]) -> bool:
    """Whether a word is an abbreviation, or a part of one such as ELN in UC-ELN or S in U.S."""
    if word[0] in kept:
        return True
    if len(word[0]) == 1:
        return (
            text[word.end() : word.end() + 1] == "."
            and text[word.start() - 1 : word.start()] != "'"
        )
    return not _VOWEL.search(word[0]) and word[0].lower() not in ordinary_words()


def _is_wrapped(text: str, word: re.Match[str]) -> bool:
    """Whether the first word of a line goes on with the sentence of the line before."""
    before = text[max(0, word.start() - _LINE) : word.start()].rstrip(" \t\"“'([\n")
    return goes_on(before.rsplit("\n", 1)[-1], word[0])


def _is_by_number(text: str, word: re.Match[str]) -> bool:
    """Whether a number stands beside a word, as by a month."""
    before, after = text[max(0, word.start() - 3) : word.start()], text[word.end() : word.end() + 2]
    return bool(re.search(r"\d $", before) or re.match(r" \d", after))


def _abbreviations(text: str) -> frozenset[str]:
    """The listed abbreviations, and those that the text itself puts in brackets."""
    words = ordinary_words()
    bracketed = {
        part
        for before, short in (
            *_BRACKETED.findall(text),
            *((said, short) for short, said in _SPELT_OUT.findall(text)),
        )
        for part in short.split("-")
        if part.lower() not in words and _stands_for(part, before)
    }
    return _listed_abbreviations() | bracketed


def _stands_for(short: str, before: str) -> bool:
    """Whether at least half of an abbreviation's letters begin words in front of it."""
    initials = {word[0] for word in re.findall(r"[A-Z]+", before)}
    return sum(letter in initials for letter in short) * 2 >= len(short)


def _name_offsets(text: str) -> set[int]:
    """Where the words of known names such as "United States" begin."""
    offsets: set[int] = set()
    upper = text.upper()
    if len(upper) != len(text):
        return offsets
    for _, start, end in _ordinary_names().find_matches_as_indexes(upper):
        if not upper[start - 1 : start].isalnum() and not upper[end : end + 1].isalnum():
            offsets |= {
                start + word.start()
                for word in re.finditer(r"\S+", upper[start:end])
                if word[0] not in {"OF", "AND", "THE", "FOR", "ON", "IN"}
            }
    return offsets


def _cased(word: str, begins: bool) -> str:
    low = word.lower()
    if len(low) != len(word):
        return word
    owner = re.fullmatch(r"(.+)(['’]s?)", low)
    if owner:
        return _cased(word[: owner.end(1)], begins) + owner[2]
    if low in ordinary_words():
        return low.capitalize() if begins or low == "i" else low
    return low[:1].upper() + low[1:]


def _lines(name: str) -> list[str]:
    raw = files("watchfloor.data").joinpath(name).read_text(encoding="utf-8")
    return [line for line in raw.splitlines() if line and not line.startswith("#")]


@cache
def ordinary_words() -> frozenset[str]:
    """English words that are not names, with their inflections."""
    return frozenset(_lines("ordinary_words.txt"))


@cache
def _actor_names() -> tuple[str, ...]:
    """Bodies and groups as the actor vocabulary writes them."""
    cells = (line.split("\t")[0] for line in _lines("actors_bodies.tsv"))
    return tuple(name.strip() for cell in cells for name in cell.split(";"))


@cache
def _listed_abbreviations() -> frozenset[str]:
    found = {word for line in _lines("acronyms.txt") for word in line.split()}
    found |= {name for name in _actor_names() if name.isupper() and " " not in name}
    return frozenset(word for word in found if word.lower() not in ordinary_words())


@cache
def _ordinary_names() -> AhoCorasick:
    names = [name.upper() for name in (*_lines("ordinary_names.txt"), *_actor_names())]
    names = [name for name in names if " " in name]
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
