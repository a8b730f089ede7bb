"""The queue of the floor: alerts with their incidents, by one filter; counts, days and places."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from watchfloor.merge import MergedIncident
from watchfloor.records import Record
from watchfloor.response.verified import NO_ANSWER, NOBODY
from watchfloor.store import tables as t
from watchfloor.store import watch_tables as w
from watchfloor.store.alerts import KeptAlert, kept_alert
from watchfloor.store.database import Session
from watchfloor.store.queries import has_words
from watchfloor.store.response_tables import verification as v

#: The severities from the least to the greatest (CAP 1.2's, and `info`).
SEVERITIES = ("info", "minor", "moderate", "severe", "extreme")
ORDERS = ("newest", "severest")


class Wanted(Record, frozen=True, kw_only=True):
    """Which alerts. None and empty mean any.

    `first` to `last`: days in which it may have happened. `entry`: `sites`, `sites:ID`, …
    `place`: part of the name of the place. `words`: in the reports of the incident.
    `verified`: of `response.verified.STANDINGS`.
    """

    states: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    verified: tuple[str, ...] = ()
    place: str | None = None
    entry: str | None = None
    first: date | None = None
    last: date | None = None
    words: str | None = None
    incident: str | None = None
    order: str = "newest"


class Queued(Record, frozen=True, kw_only=True):
    """An alert in the queue; `incident` is None where it is no more."""

    alert: KeptAlert
    incident: MergedIncident | None
    marking: str | None


class Spotted(Record, frozen=True, kw_only=True):
    """Where incidents with alerts are: one incident, or (`id` None) how many near a point."""

    lat: float
    lon: float
    count: int
    rank: int
    id: str | None = None
    place: str | None = None
    kind: str | None = None
    radius_km: float | None = None
    type: str | None = None


_rank = case({name: n for n, name in enumerate(SEVERITIES)}, value=w.alert.c.severity, else_=0)
#: How each alert stands as to its verification, as `response.verified.last_of` has it.
_found = (
    select(func.coalesce(v.c.finding, NO_ANSWER))
    .where(v.c.alert == w.alert.c.id, v.c.dropped_at.is_(None))
    .order_by(v.c.finding.is_(None), v.c.found_at.desc(), v.c.n.desc())
    .limit(1)
    .scalar_subquery()
)
_verified = func.coalesce(_found, NOBODY)
#: What `queue_counts` counts: the filter's own field of it, and what an alert has there.
_COUNTED: dict[str, tuple[str, ColumnElement[Any]]] = {
    "state": ("states", w.alert.c.state), "severity": ("severities", w.alert.c.severity),
    "type": ("types", t.incident.c.type), "country": ("countries", t.incident.c.country),
    "verified": ("verified", _verified),
}  # fmt: skip


def queue_changed(session: Session) -> list[Any]:
    """What differs whenever the queue does: the last thing done to an alert, and the last changes
    of alerts and incidents.
    """
    latest = (
        func.max(w.alert_log.c.n), func.max(w.alert.c.updated_at), func.max(t.incident.c.updated_at)
    )  # fmt: skip
    return [session.scalar(select(one)) for one in latest]


def queued(
    session: Session, wanted: Wanted, after: tuple[int, int] | None = None, limit: int = 60
) -> list[Queued]:
    """The alerts in the order wanted; `after` is (rank, n) of the last one seen."""
    a, i = w.alert.c, t.incident.c
    query = matching(
        session, wanted, select(w.alert, i.doc.label("incident_doc"), i.marking, i.gone_into)
    )
    by_rank = wanted.order == "severest"
    query = query.order_by(*([_rank.desc()] if by_rank else []), a.n.desc()).limit(limit)
    if after is not None:
        rank, n = after
        older = a.n < n
        query = query.where(or_(_rank < rank, and_(_rank == rank, older)) if by_rank else older)
    return [_queued(row) for row in session.execute(query)]


def rank_of(severity: str) -> int:
    """The place of a severity among all, the least first."""
    return SEVERITIES.index(severity)


def queue_counts(session: Session, wanted: Wanted, field: str) -> dict[str, int]:
    """How many alerts match for each value of `state`, `severity`, `type`, `country` or `verified`,
    with the filter's own choice of that field left out, so that each choice says what it would
    show.
    """
    of_filter, column = _COUNTED[field]
    without = msgspec.structs.replace(wanted, **{of_filter: ()})
    each = matching(session, without, select(column.label("value"))).subquery()
    query = select(each.c.value, func.count()).group_by(each.c.value)
    return {value: n for value, n in session.execute(query) if value is not None}


def queue_days(session: Session, wanted: Wanted) -> list[tuple[date, str, int]]:
    """How many alerts on each day on which it happened (where unknown: was raised), by severity;
    the filter's own days are left out.
    """
    happened = func.coalesce(t.incident.c.day_from, func.date(w.alert.c.first_at))
    without = msgspec.structs.replace(wanted, first=None, last=None)
    query = matching(session, without, select(happened, w.alert.c.severity, func.count()))
    rows = session.execute(query.group_by(happened, w.alert.c.severity))
    found = [(_day(day), severity, n) for day, severity, n in rows if day is not None]
    return sorted(found)


def queue_spots(
    session: Session, wanted: Wanted, box: tuple[float, float, float, float], limit: int = 400
) -> list[Spotted]:
    """Where the alerts' incidents are, within (west, south, east, north) degrees.

    Up to `limit` incidents one by one; where there are more, counted on a grid of the box.
    """
    i = t.incident.c
    west, south, east, north = box
    inside = and_(i.lat.between(south, north), i.lon.between(west, east))
    one = select(
        i.id, i.lat, i.lon, i.place, i.place_kind, i.radius_km, i.type, func.max(_rank).label("r"),
        func.count().label("c"),
    )  # fmt: skip
    query = matching(session, wanted, one).where(inside)
    rows = session.execute(query.group_by(i.n).limit(limit + 1)).all()
    if len(rows) <= limit:
        return [
            Spotted(id=r.id, lat=r.lat, lon=r.lon, count=r.c, rank=r.r, place=r.place,
                    kind=r.place_kind, radius_km=r.radius_km, type=r.type)
            for r in rows
        ]  # fmt: skip
    size = max(east - west, north - south) / 24
    column, row = func.floor(i.lon / size), func.floor(i.lat / size)
    cells = select(
        func.avg(i.lat), func.avg(i.lon), func.count(func.distinct(i.n)), func.max(_rank)
    )
    query = matching(session, wanted, cells).where(inside).group_by(column, row)
    return [
        Spotted(lat=lat, lon=lon, count=n, rank=rank)
        for lat, lon, n, rank in session.execute(query)
    ]


def matching(session: Session, wanted: Wanted, query: Select[Any]) -> Select[Any]:
    """The query over alerts and their incidents, narrowed by the filter."""
    a, i = w.alert.c, t.incident.c
    query = query.select_from(w.alert.outerjoin(t.incident, i.id == a.incident))
    for column, values in (
        (a.state, wanted.states), (a.severity, wanted.severities), (i.type, wanted.types),
        (i.country, wanted.countries), (_verified, wanted.verified),
    ):  # fmt: skip
        if values:
            query = query.where(column.in_(values))
    if wanted.entry:
        query = query.where(
            or_(
                a.register == wanted.entry,
                a.register.startswith(f"{wanted.entry}:", autoescape=True),
            )
        )
    if wanted.incident:
        query = query.where(a.incident == wanted.incident)
    if wanted.place:
        query = query.where(func.lower(i.place).contains(wanted.place.lower(), autoescape=True))
    if wanted.first:
        query = query.where(or_(i.day_to >= wanted.first, i.day_to.is_(None)))
    if wanted.last:
        query = query.where(or_(i.day_from <= wanted.last, i.day_from.is_(None)))
    if wanted.words:
        reports = select(t.report.c.id).where(has_words(session, wanted.words))
        told = select(t.event.c.incident).where(t.event.c.report.in_(reports))
        query = query.where(a.incident.in_(told))
    return query


def _queued(row: Any) -> Queued:
    doc = row.incident_doc
    return Queued(
        alert=kept_alert(row), marking=row.marking,
        incident=msgspec.json.decode(doc, type=MergedIncident) if doc else None,
    )  # fmt: skip


def _day(value: Any) -> date:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def queue_entries(session: Session, wanted: Wanted) -> dict[str, Counter[str]]:
    """How many alerts match for each entry of the register, by severity, the severest first."""
    a = w.alert.c
    query = matching(session, wanted, select(a.register, a.severity, func.count().label("n")))
    found: dict[str, Counter[str]] = {}
    rows = session.execute(query.group_by(a.register, a.severity)).all()
    for row in sorted(rows, key=lambda r: -rank_of(r.severity)):
        found.setdefault(row.register, Counter())[row.severity] = row.n
    return found


def queue_months(session: Session, wanted: Wanted) -> dict[str, Counter[str]]:
    """How many alerts match for each month in which it happened (`2031-03`), by severity."""
    found: dict[str, Counter[str]] = {}
    for day, severity, n in queue_days(session, wanted):
        found.setdefault(f"{day:%Y-%m}", Counter())[severity] += n
    return found
