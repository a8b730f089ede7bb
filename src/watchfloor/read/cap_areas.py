"""The areas that a CAP 1.2 message draws: polygons and circles (3.2.4), as outlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from watchfloor.geometry import ring_around
from watchfloor.read.xml import name_of, text_of
from watchfloor.records import Area, Ring

#: Corners that a circle is drawn with.
CORNERS = 24
#: The longest radius of a circle, km: half way round the globe.
MOST_KM = 20_000.0


def areas_of(info: Any, origin: str, problems: list[str]) -> Iterator[Area]:
    """The areas with an outline; one that is only named has none. `problems` learns of polygons and
    circles that are none, which are left out.
    """
    for area in info:
        if name_of(area) != "area":
            continue
        name, outlines = text_of(area, "areaDesc"), []
        for shape in area:
            read = _SHAPES.get(name_of(shape))
            if read is None:
                continue
            try:
                outlines.append(read((shape.text or "").strip()))
            except ValueError as error:
                problems.append(f"{origin}: {name_of(shape)} of {name or 'an area'}: {error}")
        if name and outlines:
            yield Area(name=name, outlines=tuple(outlines))


def _polygon(written: str) -> Ring:
    corners = tuple(_point(part) for part in written.split())
    if len(corners) < 4 or corners[0] != corners[-1]:
        raise ValueError("four points or more, the last the same as the first, would be right")
    return corners[:-1]


def _circle(written: str) -> Ring:
    centre, _, radius = written.partition(" ")
    middle = _point(centre)
    try:
        km = float(radius)
    except ValueError as error:
        raise ValueError(f"radius {radius!r} is no number of km") from error
    if not 0 <= km <= MOST_KM:
        raise ValueError(f"radius {radius} is not between 0 and {MOST_KM:g} km")
    return ring_around(middle, km, CORNERS)


def _point(written: str) -> tuple[float, float]:
    try:
        lat, lon = map(float, written.split(","))
    except ValueError as error:
        raise ValueError(f"{written!r} is no point; write 'latitude,longitude'") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{written!r} lies nowhere; latitude is -90 to 90, longitude -180 to 180")
    return lat, lon


_SHAPES = {"polygon": _polygon, "circle": _circle}
