"""Turns at hosts, shared by all processes over one record, so that together they hurry none."""

from __future__ import annotations

from sqlalchemy import Float, func, literal_column
from sqlalchemy.dialects import postgresql, sqlite

from watchfloor.store import watch_tables as w
from watchfloor.store.database import Database

#: Now by the record's own clock, seconds since 1970: processes may run on several machines.
_NOW = {
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
    "postgresql": "extract(epoch from clock_timestamp())::float",
}


def take_turn(database: Database, host: str, gap_s: float) -> float:
    """Take the next turn at a host, after which it is left alone for `gap_s`; the seconds until it
    comes, 0 where that is now. It is kept at once, and waits for nobody who writes the record.
    """
    with database.aside() as session:
        on_sqlite = session.dialect.name == "sqlite"
        now = literal_column(_NOW[session.dialect.name], Float)
        later = func.max if on_sqlite else func.greatest
        new = (sqlite.insert if on_sqlite else postgresql.insert)(w.host)
        taken = new.values(name=host, free_at=now + gap_s).on_conflict_do_update(
            index_elements=["name"], set_={"free_at": later(w.host.c.free_at, now) + gap_s}
        )
        waits = session.scalar(taken.returning(w.host.c.free_at - gap_s - now))
    return max(0.0, float(waits or 0.0))
