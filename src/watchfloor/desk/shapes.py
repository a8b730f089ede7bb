"""GeoJSON for the map: an area is a polygon, never a pin; a point is as wide as it is rough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import asin, atan2, cos, degrees, pi, radians, sin
from typing import Any

from watchfloor.geometry import EARTH_KM

Feature = dict[str, Any]
#: Corners of a circle.
CORNERS = 48
#: A town wider than this (km) is drawn as an area.
AREA_KM = 40.0
AREAS = frozenset({"district", "province", "country", "region", "water", "line"})


def circle(lat: float, lon: float, km: float) -> dict[str, Any]:
    """A polygon around a point on the globe."""
    away = km / EARTH_KM
    up = radians(lat)
    ring = []
    for n in range(CORNERS + 1):
        turn = 2 * pi * n / CORNERS
        y = asin(sin(up) * cos(away) + cos(up) * sin(away) * cos(turn))
        x = radians(lon) + atan2(sin(turn) * sin(away) * cos(up), cos(away) - sin(up) * sin(y))
        ring.append([round(degrees(x), 4), round(degrees(y), 4)])
    return {"type": "Polygon", "coordinates": [ring]}


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
