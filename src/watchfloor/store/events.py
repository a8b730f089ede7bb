"""Events in the record, as a list over all reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from watchfloor.records import Record
from watchfloor.store import tables as t
from watchfloor.store.database import Session


class ListedEvent(Record, frozen=True, kw_only=True):
    """An event with what it is searched by; the report holds the whole of it."""

    report: str
    id: str
    type: str
    mode: str | None
    cameo: str | None
    status: str
    background: bool
    trigger: str
    start: int
    end: int
    day_from: date | None
    day_to: date | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    confidence: float
    incident: str | None


def find_events(
    session: Session, report: str | None = None, types: Sequence[str] = (),
    countries: Sequence[str] = (), before: int | None = None, limit: int = 50,
) -> tuple[list[ListedEvent], int | None]:  # fmt: skip
    """Events of the newest reports first, whole reports at a time: at least `limit` where there
    are so many; and the `n` of the last report told, None where nothing comes after it.
    """
    e, r = t.event.c, t.report.c
    names = ListedEvent.__struct_fields__
    query = select(r.n.label("report_n"), *(e[name] for name in names)).join(
        t.report, r.id == e.report
    )
    if report:
        query = query.where(e.report == report)
    if types:
        query = query.where(e.type.in_(types))
    if countries:
        query = query.where(e.country.in_(countries))
    if before is not None:
        query = query.where(r.n < before)
    found: list[ListedEvent] = []
    last: int | None = None
    for row in session.execute(query.order_by(r.n.desc(), e.start, e.id)):
        if len(found) >= limit and row.report_n != last:
            return found, last
        found.append(ListedEvent(**{name: getattr(row, name) for name in names}))
        last = row.report_n
    return found, None
