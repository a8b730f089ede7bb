"""Areas that a report draws beside its text (messages of CAP do): the places that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from watchfloor.geometry import middle_of, to_areas_km
from watchfloor.records import Area, Place, Report

#: Kinds that an area keeps; what is drawn of anything else is somewhere in a district.
KINDS = frozenset({"district", "province", "country", "region", "water"})


def drawn(places: Sequence[Place], report: Report) -> tuple[Place, ...]:
    """The places, with those that the report draws as it draws them.

    An area's description names a place ("Gao, Mali" names Gao), which takes its outlines, middle
    and radius; one that names nothing known is a place of its own. A mention elsewhere that bears
    the name of such a place, and was found on no map or on the map far from it, is the same place.
    """
    if not report.areas:
        return tuple(places)
    found = list(places)
    for area in report.areas:
        start = report.text.rfind(area.name)
        if start < 0:
            continue
        end = start + len(area.name)
        own = next(_named(found, report.text, start, end), None)
        inside = [p for p in found if start <= p.start and p.end <= end]
        made = _as_drawn(own or _new(area, start, end, inside, len(found)), area)
        found = [_same(p, made, area) for p in found if p.id != made.id] + [made]
    return tuple(sorted(found, key=lambda p: (p.start, p.end)))


def _named(places: Sequence[Place], text: str, start: int, end: int) -> Iterator[Place]:
    """The place that a description begins with, where nothing but what it lies in follows."""
    for place in places:
        if place.start == start and (place.end == end or text[place.end : end].startswith(",")):
            yield place


def _new(area: Area, start: int, end: int, inside: Sequence[Place], count: int) -> Place:
    """A place of which only its name and outlines are known, and the country named with it."""
    country = next((p.country for p in reversed(inside) if p.country), None)
    return Place(
        id=f"p{count + 1}", start=start, end=end, text=area.name, name=area.name, country=country
    )


def _as_drawn(place: Place, area: Area) -> Place:
    """A place where and as large as it is drawn; of what lies elsewhere on the map it is none."""
    (lat, lon), radius = middle_of(area.outlines)
    known = place.gazetteer_id if _lies_in(place, area) else None
    return replace(
        place, kind=place.kind if place.kind in KINDS else "district", lat=lat, lon=lon,
        radius_km=radius, outlines=area.outlines, gazetteer_id=known, confidence=1.0,
    )  # fmt: skip


def _same(place: Place, made: Place, area: Area) -> Place:
    """Another mention by the name of what is drawn, unless it is known to lie inside it."""
    if place.text != made.text or _lies_in(place, area):
        return place
    return replace(made, id=place.id, start=place.start, end=place.end, text=place.text)


def _lies_in(place: Place, area: Area) -> bool:
    """Whether a place's point lies in an area; False where it has none."""
    if place.lat is None or place.lon is None:
        return False
    return to_areas_km((place.lat, place.lon), area.outlines) == 0
