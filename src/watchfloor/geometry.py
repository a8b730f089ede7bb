"""Distances on the globe, in km."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
EARTH_KM = 6371.0


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance between two (latitude, longitude) points by the haversine formula."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def to_route_km(point: Point, route: Sequence[Point]) -> float:
    """Distance from a point to the nearest stretch of a route, on a plane around the point.

    Good to a percent for stretches of some hundred km. A route of one waypoint is that point.
    """
    scale = math.cos(math.radians(point[0]))
    flat = [((lon - point[1]) * scale * 111.195, (lat - point[0]) * 111.195) for lat, lon in route]
    if len(flat) == 1:
        return math.hypot(*flat[0])
    return min(_to_stretch(a, b) for a, b in pairwise(flat))


def to_area_km(point: Point, ring: Sequence[Point]) -> float:
    """Distance from a point to an area, 0 inside it; `ring` are its corners, in order. An area may
    lie across the 180th meridian, as long as it is less than half the globe wide.
    """
    first = ring[0][1]
    point, *ring = [(lat, first + (lon - first + 180) % 360 - 180) for lat, lon in (point, *ring)]
    if _inside(point, ring):
        return 0.0
    return to_route_km(point, [*ring, ring[0]])


def to_areas_km(point: Point, rings: Sequence[Sequence[Point]]) -> float:
    """Distance from a point to the nearest of some areas, one at least."""
    return min(to_area_km(point, ring) for ring in rings)


def ring_around(centre: Point, km: float, corners: int) -> tuple[Point, ...]:
    """The corners of a circle on the globe, in order."""
    away, up = km / EARTH_KM, math.radians(centre[0])
    found = []
    for n in range(corners):
        turn = 2 * math.pi * n / corners
        lat = math.asin(
            math.sin(up) * math.cos(away) + math.cos(up) * math.sin(away) * math.cos(turn)
        )
        lon = math.radians(centre[1]) + math.atan2(
            math.sin(turn) * math.sin(away) * math.cos(up),
            math.cos(away) - math.sin(up) * math.sin(lat),
        )
        found.append((round(math.degrees(lat), 4), round(math.degrees(lon), 4)))
    return tuple(found)


def middle_of(rings: Sequence[Sequence[Point]]) -> tuple[Point, float]:
    """The middle of some areas, and how many km from it the farthest of their corners lies."""
    first = rings[0][0][1]
    corners = [(lat, (lon - first + 180) % 360 - 180) for ring in rings for lat, lon in ring]
    lat, lon = ((min(c[n] for c in corners) + max(c[n] for c in corners)) / 2 for n in (0, 1))
    middle = round(lat, 4), round((lon + first + 180) % 360 - 180, 4)
    return middle, round(max(distance_km(middle, (a, b + first)) for a, b in corners), 1)


def _inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies in an area: a ray from it crosses an odd number of sides."""
    lat, lon = point
    odd = False
    for (lat1, lon1), (lat2, lon2) in pairwise([*ring, ring[0]]):
        if (lon1 > lon) != (lon2 > lon):
            odd ^= lat < lat1 + (lon - lon1) * (lat2 - lat1) / (lon2 - lon1)
    return odd


def _to_stretch(a: Point, b: Point) -> float:
    """Distance from the origin to the stretch from a to b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if not length else max(0.0, min(1.0, -(a[0] * dx + a[1] * dy) / length))
    return math.hypot(a[0] + along * dx, a[1] + along * dy)
