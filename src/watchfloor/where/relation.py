"""Places that are told by their distance or direction from named ones.

"40 km north of X" is a point with a radius that tells how rough it is; "on the road between A and
B" a line, given by its middle and a radius that covers it; "off the coast of X" is water.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.records import Place, Relation

KM_PER_DEGREE = 111.2
#: Kilometres in a unit, by its first letters.
UNITS = {"km": 1.0, "kilom": 1.0, "kms": 1.0, "mile": 1.609, "mi": 1.609}
BEARINGS = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180,
            "southwest": 225, "west": 270, "northwest": 315}  # fmt: skip
SHORT = {"north": "N", "northeast": "NE", "east": "E", "southeast": "SE", "south": "S",
         "southwest": "SW", "west": "W", "northwest": "NW"}  # fmt: skip
#: A distance is told roughly: this share of it may be wrong, and never less than so many km.
ROUGH_SHARE, ROUGH_KM = 0.15, 3.0
FROM = re.compile(
    r"(?P<n>\d+(?:[.,]\d+)?) ?(?P<u>km|kms|kilomet(?:er|re)s?|miles?|mi)\.? (?:\([^)]{2,20}\) )?"
    r"(?:(?:to the )?(?P<b>(?:north|south)(?:[ -]?(?:east|west))?|east|west) of|"
    r"(?:away |outside )?from|outside|off) (?:the (?:city|town|village|capital)(?: of)? )?$",
    re.IGNORECASE,
)
ROADS = r"(?:road|highway|motorway|route|track|railway|line|stretch|section|pipeline|way)"
BETWEEN = re.compile(
    rf"\b{ROADS} (?:that runs |running )?(?:between|from|linking|connecting) $", re.I
)
ROAD_BEHIND = re.compile(rf"^ (?:\w+ )?{ROADS}\b", re.I)
JOINED = re.compile(r"^(?: and | to | with |[-–—])$")
OFF = re.compile(
    r"(?:(?<=\w )|(?<=, ))off (?:(?:the )?(?:\w+ )?(?:coast|shores?) of )?(?:the )?$", re.IGNORECASE
)
#: Verbs that "off" belongs to ("cut off Karu", "sealed off Karu").
HELD_OFF = re.compile(
    r"\b(?:cut\w*|seal\w*|cordon\w*|clos\w*|block\w*|fenc\w*|put|call\w*|\d+|kms?|miles?) off "
    r"(?:the )?$",
    re.IGNORECASE,
)
#: How far off a coast things happen, in km.
OFFSHORE_KM = 60.0
#: Kinds that a distance can be measured from.
FINE = frozenset({"town", "facility", "point", "district"})


def related(places: Sequence[Place], text: str) -> tuple[Place, ...]:
    """The places, those that are told by others being put where they are."""
    made: list[Place] = []
    taken = False
    for number, place in enumerate(places):
        if taken:
            taken = False
            continue
        line = None
        if number + 1 < len(places):
            line = _line(place, places[number + 1], text)
        taken = line is not None
        made.append(line or _off(place, text) or _from(place, text) or place)
    return tuple(made)


def _from(place: Place, text: str) -> Place | None:
    """ "40 km north of X", "25 miles from X"."""
    told = FROM.search(text, max(0, place.start - 70), place.start)
    if told is None or place.lat is None or place.lon is None or place.kind not in FINE:
        return None
    unit = next(size for name, size in UNITS.items() if told["u"].lower().startswith(name))
    km = float(told["n"].replace(",", ".")) * unit
    bearing = re.sub(r"[ -]", "", told["b"].lower()) if told["b"] else None
    lat, lon = (place.lat, place.lon) if bearing is None else _moved(place, km, bearing)
    rough = max(ROUGH_KM, ROUGH_SHARE * km) + (km if bearing is None else 0.0)
    start = told.start()
    whole = text[start : place.end]
    return replace(
        place, start=start, text=whole, name=" ".join(whole.split()), gazetteer_id=None,
        kind="point", lat=round(lat, 4), lon=round(lon, 4), radius_km=round(rough, 1),
        relation=Relation(
            km=round(km, 1), bearing=SHORT[bearing] if bearing else None, from_=place.name
        ),
    )  # fmt: skip


def _moved(place: Place, km: float, bearing: str) -> tuple[float, float]:
    """The point so far away in a direction, on a sphere flat enough for such distances."""
    assert place.lat is not None and place.lon is not None
    angle = math.radians(BEARINGS[bearing])
    lat = place.lat + km * math.cos(angle) / KM_PER_DEGREE
    width = KM_PER_DEGREE * max(0.05, math.cos(math.radians(place.lat)))
    lon = place.lon + km * math.sin(angle) / width
    return max(-90.0, min(90.0, lat)), (lon + 180) % 360 - 180


def _line(one: Place, other: Place, text: str) -> Place | None:
    """ "the road between A and B", "the A-B highway"."""
    if not {one.kind, other.kind} <= FINE or not JOINED.match(text[one.end : other.start]):
        return None
    ahead = BETWEEN.search(text, max(0, one.start - 50), one.start)
    if ahead is None and not ROAD_BEHIND.match(text[other.end : other.end + 30]):
        return None
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat, lon = (one.lat + other.lat) / 2, (one.lon + other.lon) / 2
    height = (one.lat - other.lat) * KM_PER_DEGREE
    width = (one.lon - other.lon) * KM_PER_DEGREE * math.cos(math.radians(lat))
    half = math.hypot(height, width) / 2
    if abs(one.lon - other.lon) > 180:
        return None
    same = one.country == other.country
    return replace(
        one, end=other.end, text=text[one.start : other.end],
        name=f"between {one.name} and {other.name}", gazetteer_id=None, kind="line",
        country=one.country if same else None,
        admin1=one.admin1 if same and one.admin1 == other.admin1 else None,
        lat=round(lat, 4), lon=round(lon, 4), radius_km=round(half + ROUGH_KM, 1),
        confidence=min(one.confidence, other.confidence),
    )  # fmt: skip


def _off(place: Place, text: str) -> Place | None:
    """ "off the coast of X", "off X": water, as far around X as its own reach and some more."""
    before = text[max(0, place.start - 40) : place.start]
    if place.lat is None or not OFF.search(before) or HELD_OFF.search(before):
        return None
    if place.kind not in {*FINE, "province", "country", "region"}:
        return None
    reach = (place.radius_km or 0.0) + OFFSHORE_KM
    return replace(place, kind="water", gazetteer_id=None, radius_km=round(reach, 1))
