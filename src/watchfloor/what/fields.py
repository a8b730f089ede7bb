"""Fields in which force is a figure of speech: sport, markets, stage, law."""

from __future__ import annotations

import re
from functools import cache

from watchfloor.data import load_yaml
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


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_yaml("what_quiet.yaml")
    loud = pattern(table.pop("loud"))
    return loud, pattern([word for words in table.values() for word in words])
