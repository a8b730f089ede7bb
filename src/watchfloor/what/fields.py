"""Fields in which force is a figure of speech: sport, markets, stage, law; and such figures."""

from __future__ import annotations

import re
from functools import cache

from watchfloor.data import load_yaml
from watchfloor.parse import Token
from watchfloor.what.lexicon import pattern

#: Sectors of those who use force.
FORCE = frozenset("MIL COP REB UAF PRM CRM SPY SEP INS".split())


def is_of_field(text: str) -> bool:
    """Whether a sentence has the words of a field where force is a figure, and none of force."""
    _, fields = _patterns()
    return fields.search(text) is not None and not is_loud(text)


def is_loud(text: str) -> bool:
    """Whether a sentence has words of real force."""
    loud, _ = _patterns()
    return loud.search(text) is not None


def is_figure(first: Token, last: Token) -> bool:
    """Whether an act's words stand in a way of speaking that means no force."""
    figures = _figures().finditer(first.doc.text)
    return any(m.start() < last.idx + len(last) and first.idx < m.end() for m in figures)


def is_at_idea(act: Token) -> bool:
    """Whether an act is done to an idea: "an assault on common sense", "fought inflation".

    So it is where an idea comes "under attack".
    """
    objects = [c for c in act.children if c.dep_ in {"dobj", "nsubjpass"}]
    preps = (c for c in act.children if c.dep_ == "prep" and c.lower_ in {"on", "against"})
    objects += [t for c in preps for t in c.children if t.dep_ == "pobj"]
    if act.dep_ == "pobj" and act.head.lower_ == "under":
        objects += [c for c in act.head.head.children if c.dep_ == "nsubj"]
    return any(t.pos_ == "NOUN" and t.lemma_.lower() in _words("ideas") for t in objects)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What tells of real force, and the words of the fields."""
    table: dict[str, list[str]] = load_yaml("what_quiet.yaml")
    apart = {"loud", "figures", "ideas"}
    fields = [word for name, words in table.items() if name not in apart for word in words]
    return pattern(table["loud"]), pattern(fields)


@cache
def _figures() -> re.Pattern[str]:
    return pattern(sorted(_words("figures")))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_yaml("what_quiet.yaml")[name])
