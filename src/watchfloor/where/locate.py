"""Where a name within a country is, for registers: a place, or a question rather than a guess."""

from __future__ import annotations

from watchfloor.errors import InputError
from watchfloor.settings import Settings
from watchfloor.where.gazetteer import Candidate, load

#: The largest of several is taken where it is so many times the next one's size.
CLEARLY = 3
#: Candidates told of.
TOLD = 6


def locate(name: str, country: str | None, settings: Settings) -> tuple[float, float]:
    """(latitude, longitude) of the place that bears a name in a country.

    Raises InputError where there is no such place; and, with the candidates, where the two largest
    are about equally large.
    """
    towns = places_named(name, country, settings)
    if not towns:
        where = f" in {country}" if country else ""
        raise InputError(f"no place {name!r} is known{where}", right="its lat and lon")
    if len(towns) > 1 and towns[1].population * CLEARLY > towns[0].population:
        which = "; ".join(told(one) for one in towns[:TOLD])
        raise InputError(f"{name!r} is ambiguous", right=f"the lat and lon of one of: {which}")
    return towns[0].lat, towns[0].lon


def places_named(name: str, country: str | None, settings: Settings) -> list[Candidate]:
    """The places that bear a name in a country (None: anywhere), the largest first; towns where
    there are any.
    """
    known = load(settings.home, settings.worldview).named(name)
    found = [c for c in known if country in {None, c.country}]
    return [c for c in found if c.kind == "town"] or found


def told(place: Candidate) -> str:
    """A candidate in words that tell it from the others."""
    inside = ", ".join(x for x in (place.admin1, place.country) if x)
    people = f", {place.population} people" if place.population else ""
    return f"{place.name} ({place.kind}; {inside}{people}) {place.lat:.2f} {place.lon:.2f}"
