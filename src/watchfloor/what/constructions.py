"""Verbs that tell of an event together with a noun: "displayed reservations", "set up a cell"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from watchfloor.data import load_yaml
from watchfloor.parse import Doc, Token
from watchfloor.records import Status

#: What a measure's name may end in: "a security cell", "security measures".
CARRIERS = frozenset(
    "cell force unit measure arrangement post team detail presence personnel escort zone".split()
)
OBJECTS = frozenset({"dobj", "nsubjpass", "prep", "pobj", "conj", "dative"})


@dataclass(frozen=True, slots=True)
class Construction:
    """What a verb with one of some nouns tells of; `complement` takes a verb with "to" instead."""

    type: str
    mode: str | None
    status: Status | None
    nouns: frozenset[str]
    complement: bool


@dataclass(frozen=True, slots=True)
class Built:
    """A construction found: its verb, and the noun that completes it (None: a verb does)."""

    verb: Token
    noun: Token | None
    row: Construction


def constructions(doc: Doc) -> Iterator[Built]:
    """The constructions of a sentence, in order."""
    for token in doc:
        if token.pos_ != "VERB":
            continue
        for row in _rows().get(_with_particle(token), ()):
            noun = _completing(token, row)
            to = row.complement and any(c.dep_ == "xcomp" for c in token.children)
            if noun is not None or to:
                yield Built(token, noun, row)
                break


def _with_particle(token: Token) -> str:
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
    lemma = token.lemma_.lower()
    return f"{lemma} {particle}" if particle else lemma


def _completing(verb: Token, row: Construction) -> Token | None:
    """The noun under a verb that completes it, itself or before a noun such as "cell"."""
    stack = [c for c in verb.children if c.dep_ in OBJECTS]
    while stack:
        token = stack.pop(0)
        if token.lemma_.lower() in row.nouns:
            return token
        named = {c.lemma_.lower() for c in token.children if c.dep_ in {"compound", "amod"}}
        if token.lemma_.lower() in CARRIERS and named & row.nouns:
            return token
        stack += [c for c in token.children if c.dep_ in OBJECTS]
    return None


@cache
def _rows() -> dict[str, tuple[Construction, ...]]:
    found: dict[str, list[Construction]] = {}
    for row in load_yaml("what_constructions.yaml"):
        status = Status(row["status"]) if "status" in row else None
        nouns = frozenset(row.get("nouns", ()))
        made = Construction(row["type"], row.get("mode"), status, nouns, "complement" in row)
        for verb in row["verbs"]:
            found.setdefault(verb, []).append(made)
    return {verb: tuple(rows) for verb, rows in found.items()}
