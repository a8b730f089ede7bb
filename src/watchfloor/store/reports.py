"""Reports in the record: what each became part of, and the outlets that they come from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from watchfloor.records import Record
from watchfloor.store import tables as t
from watchfloor.store.database import Session


class Outlet(Record, frozen=True, kw_only=True):
    """Who published reports: how many, from when to when they came. `name` None: not known."""

    name: str | None
    reports: int
    first_at: datetime
    last_at: datetime


def incidents_in(session: Session, report: str) -> dict[str, str]:
    """The incident of each event of a report that is part of one."""
    e = t.event.c
    query = select(e.id, e.incident).where(e.report == report, e.incident.is_not(None))
    return {row.id: row.incident for row in session.execute(query)}


def outlets(session: Session, limit: int = 200) -> list[Outlet]:
    """The outlets of the record, those with most reports first."""
    r = t.report.c
    counted = func.count().label("reports")
    query = (
        select(r.outlet.label("name"), counted, func.min(r.received_at).label("first_at"),
               func.max(r.received_at).label("last_at"))
        .group_by(r.outlet).order_by(counted.desc(), r.outlet).limit(limit)
    )  # fmt: skip
    return [Outlet(**row._mapping) for row in session.execute(query)]


def reports_by_month(session: Session, first: datetime, last: datetime) -> dict[str, int]:
    """How many reports came in each month, as `2031-03`."""
    r = t.report.c
    month = (
        func.strftime("%Y-%m", r.received_at)
        if session.dialect.name == "sqlite"
        else func.to_char(func.timezone("UTC", r.received_at), "YYYY-MM")
    )
    query = select(month.label("month"), func.count().label("n")).where(
        r.received_at >= first, r.received_at <= last
    )
    return {row.month: row.n for row in session.execute(query.group_by(month))}
