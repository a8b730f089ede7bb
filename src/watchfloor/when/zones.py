"""The time zone of a place: the zone of its country whose own town lies nearest.

The towns are those of the IANA database's `zone.tab` (public domain), which comes with `tzdata`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from watchfloor.geometry import Point, distance_km
from watchfloor.records import Place

_POSITION = re.compile(r"([+-]\d{4,6})([+-]\d{5,7})")


def zone_of(place: Place) -> ZoneInfo | None:
    """The zone of a place; None where it has no point or country, or the country no zone."""
    if place.lat is None or place.lon is None or place.country is None:
        return None
    here = (place.lat, place.lon)
    towns = _towns().get(place.country, [])
    nearest = min(towns, key=lambda town: distance_km(town[0], here), default=None)
    return ZoneInfo(nearest[1]) if nearest is not None else None


@cache
def _towns() -> dict[str, list[tuple[Point, str]]]:
    """(latitude, longitude) and zone by country, ISO 3166-1 alpha-3."""
    rows = _rows(files("watchfloor.data").joinpath("places_countries.tsv").read_text("utf-8"))
    alpha3 = {row[0]: row[1] for row in rows[1:]}
    found: dict[str, list[tuple[Point, str]]] = {}
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    for country, position, zone, *_ in _rows(table):
        match = _POSITION.fullmatch(position)
        if match and country in alpha3:
            point = (_degrees(match[1], 2), _degrees(match[2], 3))
            found.setdefault(alpha3[country], []).append((point, zone))
    return found


def _rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines]


def _degrees(written: str, width: int) -> float:
    """ISO 6709 degrees, minutes and seconds (+DDMM, +DDMMSS; three digits of longitude)."""
    whole, rest = written[1 : 1 + width], written[1 + width :]
    size = int(whole) + int(rest[:2]) / 60 + int(rest[2:] or 0) / 3600
    return -size if written[0] == "-" else size
