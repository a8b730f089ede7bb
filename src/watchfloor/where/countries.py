"""Country names to ISO 3166-1 alpha-3 codes."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from watchfloor.where.names import key_of

#: What follows a language, and no "Spanish" of something.
SPOKEN = re.compile(r"(?: (?:to|at|on|and|by|for|with|over|that)\b|[.,;:)\"”]|$)")
CAPITALISED = re.compile(r"[A-Z][a-z]+")


@cache
def codes() -> dict[str, frozenset[str]]:
    """The codes that a country's name or alias may stand for, by normalised name."""
    raw = files("watchfloor.data").joinpath("actors_countries.tsv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in raw.splitlines():
        if not line.startswith("#") and "\t" in line:
            country, names = line.split("\t")[:2]
            for name in names.split(";"):
                found.setdefault(key_of(name), set()).add(country)
    return {name: frozenset(values) for name, values in found.items()}


@cache
def peoples() -> dict[str, str]:
    """Countries by the demonyms and adjectives that say whose: "Greek", "Greeks"."""
    raw = files("watchfloor.data").joinpath("actors_countries.tsv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in raw.splitlines():
        if not line.startswith("#") and line.count("\t") > 1:
            country, _, demonyms = line.split("\t")[:3]
            for word in filter(None, demonyms.split(";")):
                found |= {word: country, f"{word}s": country}
    return found


def peoples_named(text: str) -> Counter[str]:
    """How often a text says of each country that something or somebody is its own."""
    known = peoples()
    found = (m for m in CAPITALISED.finditer(text) if m[0] in known)
    return Counter(known[m[0]] for m in found if not _is_language(m, text))


def _is_language(word: re.Match[str], text: str) -> bool:
    """Whether "Spanish" is what is spoken: "broadcast in Spanish", "spoke in Arabic to"."""
    return text[: word.start()].endswith(" in ") and bool(SPOKEN.match(text, word.end()))
