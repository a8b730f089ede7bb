"""GeoJSON for the map: an area is a polygon, never a pin; a point is as wide as it is rough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from watchfloor.geometry import ring_around

Feature = dict[str, Any]
#: Corners of a circle.
CORNERS = 48
#: A town wider than this (km) is drawn as an area.
AREA_KM = 40.0
AREAS = frozenset({"district", "province", "country", "region", "water", "line"})


def circle(lat: float, lon: float, km: float) -> dict[str, Any]:
    """A polygon around a point on the globe."""
    ring = [[x, y] for y, x in ring_around((lat, lon), km, CORNERS)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def spot(
    lat: float, lon: float, kind: str | None, radius_km: float | None, **facts: Any
) -> list[Feature]:
    """Where an incident is: a point; where only an area is known the area, and a haze that marks
    it where the map is too small to show it.
    """
    wide = radius_km or 0.0
    here = {"type": "Point", "coordinates": [lon, lat]}
    if kind in AREAS or wide > AREA_KM:
        area = feature(circle(lat, lon, max(wide, 1.0)), layer="area", **facts)
        return [area, feature(here, layer="haze", **facts)]
    return [feature(here, layer="point", **facts)]


def site(one: Any, **facts: Any) -> list[Feature]:
    """A site of the register: its point, and the ring within which it wants to hear."""
    if one.lat is None or one.lon is None:
        return []
    facts = {"name": one.name, "to": f"/register/sites/{one.id}", **facts}
    corners = [[lon, lat] for lat, lon in one.outline]
    area = {"type": "Polygon", "coordinates": [[*corners, *corners[:1]]]}
    return [
        *([feature(area, layer="ring", **facts)] if corners else []),
        feature(circle(one.lat, one.lon, one.radius_km), layer="ring", **facts),
        feature({"type": "Point", "coordinates": [one.lon, one.lat]}, layer="site", **facts),
    ]


def route(points: Sequence[tuple[float, float]], **facts: Any) -> Feature:
    """A journey's waypoints (latitude, longitude) as a line."""
    return feature(
        {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in points]},
        layer="route", **facts,
    )  # fmt: skip


def feature(geometry: dict[str, Any], **facts: Any) -> Feature:
    """One feature with what is told of it."""
    return {"type": "Feature", "geometry": geometry, "properties": facts}


def collection(features: Iterable[Feature]) -> dict[str, Any]:
    """Features as GeoJSON."""
    return {"type": "FeatureCollection", "features": list(features)}
