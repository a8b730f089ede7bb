"""Where and when incidents may lie, as boxes: an R*Tree on SQLite, a gist index on PostgreSQL.

A box holds what it stands for and some more; `queries.near` measures exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import cos, radians
from typing import Any, NamedTuple

from sqlalchemy import or_, text

from watchfloor.merge import AREAS
from watchfloor.store.database import Session

#: Kilometres in a degree of latitude, a little less than there are, so that boxes are too large.
DEGREE_KM = 111.0


class Box(NamedTuple):
    """Degrees; west is never more than east."""

    south: float
    north: float
    west: float
    east: float


def boxes_of(lat: float, lon: float, km: float) -> list[Box]:
    """What holds everything within so many km of a point; two boxes over the date line."""
    up = km / DEGREE_KM
    across = up / max(0.01, cos(radians(min(89.9, abs(lat) + up))))
    south, north, west, east = max(-90.0, lat - up), min(90.0, lat + up), lon - across, lon + across
    if across >= 180:
        return [Box(south, north, -180.0, 180.0)]
    if west < -180:
        return [Box(south, north, -180.0, east), Box(south, north, west + 360, 180.0)]
    if east > 180:
        return [Box(south, north, west, 180.0), Box(south, north, -180.0, east - 360)]
    return [Box(south, north, west, east)]


def may_lie(
    session: Session,
    within: tuple[float, float, float],
    first: date | None = None,
    last: date | None = None,
) -> Any:
    """The condition that an incident may lie within (lat, lon, km), and in these days, by index."""
    lite = session.dialect.name == "sqlite"
    conditions = []
    for n, box in enumerate(boxes_of(*within)):
        given = {f"{name}{n}": value for name, value in box._asdict().items()}
        if lite:
            given[f"first{n}"] = (first or date.min).toordinal()
            given[f"last{n}"] = (last or date.max).toordinal()
        else:
            given[f"first{n}"], given[f"last{n}"] = first, last
        conditions.append(text((_LITE if lite else _GIST).format(n=n)).bindparams(**given))
    return or_(*conditions)


_LITE = (
    "incident.n IN (SELECT n FROM incident_space WHERE min_lat <= :north{n} AND "
    "max_lat >= :south{n} AND min_lon <= :east{n} AND max_lon >= :west{n} AND "
    "min_day <= :last{n} AND max_day >= :first{n})"
)
_GIST = (
    "(incident.reach && ST_MakeEnvelope(:west{n}, :south{n}, :east{n}, :north{n}, 4326) AND "
    "incident.days && daterange(CAST(:first{n} AS date), CAST(:last{n} AS date), '[]'))"
)


def index(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put the boxes of incidents; `which` is their number. PostgreSQL makes them itself."""
    if session.dialect.name != "sqlite":
        return
    session.execute(
        text("DELETE FROM incident_space WHERE n = :n"), [{"n": row["which"]} for row in rows]
    )
    boxes = [
        {"n": row["which"], **reach(row)._asdict(),
         "first": (row["day_from"] or date.min).toordinal(),
         "last": (row["day_to"] or date.max).toordinal()}
        for row in rows
        if row["lat"] is not None and row["lon"] is not None
    ]  # fmt: skip
    if boxes:
        session.execute(
            text(
                "INSERT INTO incident_space "
                "VALUES (:n, :south, :north, :west, :east, :first, :last)"
            ),
            boxes,
        )


def reach(row: Mapping[str, Any]) -> Box:
    """The box of an incident: a point, or, where only an area is known, around all of it; one
    over the date line goes around the globe.
    """
    area = row["place_kind"] in AREAS
    box, *more = boxes_of(row["lat"], row["lon"], (row["radius_km"] or 0.0) if area else 0.0)
    return box._replace(west=-180.0, east=180.0) if more else box
