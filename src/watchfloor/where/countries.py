"""Country names to ISO 3166-1 alpha-3 codes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from watchfloor.where.names import key_of


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
