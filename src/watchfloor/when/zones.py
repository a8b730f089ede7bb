"""Time zones: a place's, and those that are written behind a clock time.

A place has the zone of its country whose own town lies nearest. The towns are those of the IANA
database's `zone.tab` (public domain), which comes with `tzdata`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from watchfloor.geometry import Point, distance_km
from watchfloor.records import Place
from watchfloor.when.context import Context
from watchfloor.when.values import Value

#: Hours ahead of UTC of zones that are written one way only; IST, BST and the like mean several.
OFFSETS = {
    "gmt": 0, "utc": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "wat": 1, "cat": 2, "sast": 2, "eet": 2, "eest": 3,
    "eat": 3, "msk": 3, "pkt": 5, "npt": 5.75, "wib": 7, "pht": 8, "jst": 9, "kst": 9, "aest": 10,
}  # fmt: skip
_POSITION = re.compile(r"([+-]\d{4,6})([+-]\d{5,7})")


def zone_of(place: Place) -> ZoneInfo | None:
    """The zone of a place; None where it has no point or country, or the country no zone."""
    if place.lat is None or place.lon is None or place.country is None:
        return None
    here = (place.lat, place.lon)
    towns = zone_towns().get(place.country, [])
    nearest = min(towns, key=lambda town: distance_km(town[0], here), default=None)
    return ZoneInfo(nearest[1]) if nearest is not None else None


def ahead_of_utc(written: str) -> int | None:
    """Minutes that a zone is ahead of UTC; None where it is the place's own or is not written."""
    hours = OFFSETS.get(written.strip(" ()").lower())
    return round(60 * hours) if hours is not None else None


def on_the_spot(value: Value, at: Context) -> Value:
    """A time told in another zone, in the time and of the day of the dateline's place.

    "2330 GMT on Monday" is half past four on Tuesday in Karachi. A day that the text does not say
    stays the report's own. Where the dateline's zone is not known the time stays as said.
    """
    said = value.clock
    if said is None or value.first is None or at.zone is None:
        return value
    there = datetime.combine(
        value.first, datetime.min.time(), timezone(timedelta(minutes=said.ahead))
    )
    here = (there + timedelta(minutes=said.minutes)).astimezone(at.zone)
    day = here.date() if said.day_said else value.first
    return replace(value, timex=f"{day.isoformat()}T{here:%H:%M}", first=day, last=day)


@cache
def zone_towns() -> dict[str, list[tuple[Point, str]]]:
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
