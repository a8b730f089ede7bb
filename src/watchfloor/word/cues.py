"""The words by which something is attributed, loaded once from `data/word_cues.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Cues:
    """Lemmas: `verbs` of saying and knowing, `stances` by stance, words of source kinds."""

    verbs: frozenset[str]
    stances: dict[str, frozenset[str]]
    unnamed: frozenset[str]
    documents: frozenset[str]
    outlets: frozenset[str]


@cache
def load() -> Cues:
    """The vocabulary."""
    raw = yaml.safe_load(
        files("watchfloor.data").joinpath("word_cues.yaml").read_text(encoding="utf-8")
    )
    return Cues(
        verbs=frozenset(raw["verbs"]),
        stances={name: frozenset(words) for name, words in raw["stances"].items()},
        unnamed=frozenset(raw["unnamed"]),
        documents=frozenset(raw["documents"]),
        outlets=frozenset(raw["outlets"]),
    )
