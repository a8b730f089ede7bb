"""What countries are called, by their ISO 3166-1 alpha-3 codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def countries() -> Mapping[str, str]:
    """The English name of each country, by code."""
    text = files("watchfloor.data").joinpath("places_countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {code: name for _, code, name in rows[1:]}
