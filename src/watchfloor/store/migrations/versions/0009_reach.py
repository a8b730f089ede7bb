"""Areas are in the index of space by all of their extent, so that a search needs no other look."""

from collections.abc import Iterator
from datetime import date
from math import cos, radians
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

AREAS = ("district", "province", "country", "region", "water")

#: Degrees up and across of an area; none over the date line.
_UP = "(radius_km / 111.0)"
_ACROSS = f"({_UP} / greatest(0.01, cos(radians(least(89.9, abs(lat) + {_UP})))))"
_OVER = f"(lon - {_ACROSS} < -180 OR lon + {_ACROSS} > 180)"
POSTGRESQL = (
    f"""
ALTER TABLE incident ADD COLUMN reach geometry(Geometry, 4326) GENERATED ALWAYS AS (
    CASE WHEN lat IS NULL OR lon IS NULL THEN NULL
    WHEN place_kind IN {AREAS} AND radius_km > 0 THEN ST_MakeEnvelope(
        CASE WHEN {_OVER} THEN -180 ELSE lon - {_ACROSS} END, greatest(-90, lat - {_UP}),
        CASE WHEN {_OVER} THEN 180 ELSE lon + {_ACROSS} END, least(90, lat + {_UP}), 4326)
    ELSE ST_SetSRID(ST_MakePoint(lon, lat), 4326) END) STORED""",
    """
ALTER TABLE incident ADD COLUMN days daterange GENERATED ALWAYS AS (
    CASE WHEN day_from > day_to THEN daterange(day_to, day_from, '[]')
    ELSE daterange(day_from, day_to, '[]') END) STORED""",
    "CREATE INDEX ix_incident_reach_days ON incident USING gist (reach, days)",
    "ALTER TABLE incident DROP COLUMN spot",
)


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name == "sqlite":
        op.get_bind().execute(sa.text("DELETE FROM incident_space"))
        for some in _boxes():
            op.get_bind().execute(
                sa.text("INSERT INTO incident_space VALUES (:n, :s, :t, :w, :e, :first, :last)"),
                some,
            )
        return
    for statement in POSTGRESQL:
        op.execute(statement)


def _boxes() -> Iterator[list[dict[str, Any]]]:
    """The boxes of all incidents that have a point, a few at a time."""
    columns = "n, lat, lon, radius_km, place_kind, day_from, day_to"
    query = sa.text(f"SELECT {columns} FROM incident WHERE gone_into IS NULL AND lat IS NOT NULL")
    rows = op.get_bind().execute(query).all()
    for n in range(0, len(rows), 1000):
        yield [_box(row) for row in rows[n : n + 1000]]


def _box(row: Any) -> dict[str, Any]:
    up = (row.radius_km or 0.0) / 111.0 if row.place_kind in AREAS else 0.0
    across = min(360.0, up / max(0.01, cos(radians(min(89.9, abs(row.lat) + up)))))
    over = row.lon - across < -180 or row.lon + across > 180
    return {
        "n": row.n, "s": max(-90.0, row.lat - up), "t": min(90.0, row.lat + up),
        "w": -180.0 if over else row.lon - across, "e": 180.0 if over else row.lon + across,
        "first": date.fromisoformat(row.day_from or "0001-01-01").toordinal(),
        "last": date.fromisoformat(row.day_to or "9999-12-31").toordinal(),
    }  # fmt: skip


def downgrade() -> None:
    """Take back; the boxes of areas hold their points too."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("DROP INDEX ix_incident_reach_days")
    op.execute("ALTER TABLE incident DROP COLUMN reach, DROP COLUMN days")
    op.execute(
        "ALTER TABLE incident ADD COLUMN spot geography(Point, 4326) GENERATED ALWAYS AS ("
        "ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography) STORED"
    )
    op.execute("CREATE INDEX ix_incident_spot_day_from ON incident USING gist (spot, day_from)")
