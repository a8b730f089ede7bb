"""The words that tell of events, loaded once from `data/what_*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from watchfloor.data import load_yaml
from watchfloor.parse import Token


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word tells of: PLOVER type and mode."""

    type: str
    mode: str | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by (lemma, "verb" or "noun"); those of several words by their first lemma."""

    single: dict[tuple[str, str], Entry]
    phrases: dict[str, list[tuple[list[str], str, Entry]]]


def pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Whole words in any case; a `+` at the end lets more letters follow; `\\d` is a digit."""
    return re.compile(rf"\b(?:{_alternatives(words)})\b", re.I)


def patterns(lists: Sequence[Sequence[str]]) -> re.Pattern[str]:
    """Words of several lists, that have none in common, in one pass over a text in small letters.

    A match's `lastindex` is the number of its list, from 1. Six times as fast as one pass a list.
    """
    groups = "|".join(f"({_alternatives(words)})" for words in lists)
    return re.compile(rf"\b(?:{groups})\b")


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(
        re.escape(w[:-1]) + r"[\w-]*" if w.endswith("+") else w if "\\d" in w else re.escape(w)
        for w in words
    )


@cache
def triggers() -> Lexicon:
    """Words that tell of events: our own list, then those that WordNet sets beside it."""
    single: dict[tuple[str, str], Entry] = {}
    phrases: dict[str, list[tuple[list[str], str, Entry]]] = {}
    for row in [*load_yaml("what_triggers.yaml"), *load_yaml("what_triggers_wordnet.yaml")]:
        entry = Entry(row["type"], row.get("mode"))
        for part, key in (("verb", "verbs"), ("noun", "nouns")):
            for word in row.get(key, []):
                words = word.split()
                if len(words) == 1:
                    single.setdefault((word, part), entry)
                else:
                    phrases.setdefault(words[0], []).append((words, part, entry))
    return Lexicon(single, phrases)


def is_known(token: Token) -> bool:
    """Whether the lexicon has a word, of whatever type."""
    part = {"VERB": "verb", "AUX": "verb"}.get(token.pos_, "noun")
    lemma = token.lemma_.lower()
    return (lemma, part) in triggers().single or lemma in triggers().phrases


@dataclass(frozen=True, slots=True)
class HarmWord:
    """The field of harm that a word counts for, and as what: verbs, dying, hits, states, ..."""

    field: str
    parts: frozenset[str]


@cache
def harm_words() -> dict[str, HarmWord]:
    """Words of harm by lemma (states by their form), and those that tell of tolls."""
    parts: dict[str, tuple[str, set[str]]] = {}
    for name, lists in load_yaml("what_harm.yaml").items():
        for part, words in lists.items():
            for word in words:
                parts.setdefault(word, (name, set()))[1].add(part)
    return {word: HarmWord(name, frozenset(found)) for word, (name, found) in parts.items()}


#: Nouns of the actor table for what people travel in.
VEHICLES = frozenset("helicopter helicopters convoy motorcade column".split())


@cache
def people_nouns() -> frozenset[str]:
    """Nouns for people, the last words of the actor table's entries."""
    raw = files("watchfloor.data").joinpath("actors_roles.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in raw.splitlines() if line and not line.startswith("#"))
    return frozenset(
        entry.split()[-1]
        for cells in rows
        if cells[2] in {"person", "population", "group"}
        for entry in cells[0].split(";")
    ) - VEHICLES | {"others"}
