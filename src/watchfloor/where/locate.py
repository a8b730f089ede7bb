"""Where a name within a country is, for registers: a place, or nothing rather than a guess."""

from __future__ import annotations

from watchfloor.settings import Settings
from watchfloor.where.gazetteer import load


def locate(name: str, country: str | None, settings: Settings) -> tuple[float, float] | None:
    """(latitude, longitude) of the place that bears a name in a country.

    None where there is no such place, or where the two largest are about equally large.
    """
    found = [c for c in load(settings.home).named(name) if country in {None, c.country}]
    towns = [c for c in found if c.kind == "town"] or found
    if not towns:
        return None
    if len(towns) > 1 and towns[1].population * 3 > towns[0].population:
        return None
    return towns[0].lat, towns[0].lon
