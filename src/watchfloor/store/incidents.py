"""Keep the incidents in step with the merger: what changed, from when, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, insert, select, text, update

from watchfloor.grade import graded
from watchfloor.merge import MergedIncident, Merger, NodeKey
from watchfloor.store import tables as t
from watchfloor.store.database import Session
from watchfloor.store.grades import table_of
from watchfloor.store.markings import MARKINGS
from watchfloor.store.memory import some
from watchfloor.store.rows import day, harm_row, place_row


def refresh(
    session: Session,
    merger: Merger,
    touched: Iterable[NodeKey],
    left: Mapping[NodeKey, str],
    at: datetime,
) -> tuple[str, ...]:
    """Write every incident that these nodes are part of; the ids of those that changed.

    `left` are nodes that were taken out, and the incident that each was in.
    """
    table = table_of(session)
    seen: set[NodeKey] = set()
    made: dict[str, MergedIncident] = {}
    now: dict[NodeKey, str] = {}
    for key in sorted(touched):
        if key in seen:
            continue
        part = merger.part([key])
        seen.update(part)
        for group in merger.groups(part):
            found = graded(merger.incident(group), table)
            made[found.incident] = found
            now.update(dict.fromkeys(group, found.incident))
    before = {**_before(session, seen), **left}
    changed = [i for i, one in made.items() if _write(session, one, at)]
    _mark_members(session, {k: i for k, i in now.items() if before[k] != i or k in left}, made)
    of_report = {report: incident for (report, _), incident in sorted(now.items(), reverse=True)}
    heirs: dict[str, Counter[str]] = {}
    for key, old in before.items():
        if old:
            heir = now.get(key) or of_report.get(key[0])
            heirs.setdefault(old, Counter()).update([heir] if heir else [])
    for old in sorted(set(heirs) - set(made)):
        if not _has_members(session, old):
            heir = min(heirs[old], key=lambda i: (-heirs[old][i], i), default="")
            _close(session, old, heir, at)
            changed.append(old)
    return tuple(changed)


def row_of(found: MergedIncident) -> dict[str, Any]:
    """The columns of an incident, and the whole of it as JSON."""
    return {**incident_columns(found), "doc": msgspec.json.encode(found).decode()}


def incident_columns(found: MergedIncident) -> dict[str, Any]:
    """The columns by which an incident is searched."""
    when = found.when
    first = day(when.from_) if when else None
    return {
        "type": found.type,
        "mode": found.mode,
        "status": str(found.status),
        "background": found.background,
        "day_from": first,
        "day_to": (day(when.to) if when else None) or first,
        **place_row(found.place),
        **harm_row(found.harm),
        "sources": found.sources,
        "reports": len(found.reports),
    }


def _write(session: Session, found: MergedIncident, at: datetime) -> bool:
    """Write an incident where it is new or says something else than before."""
    row = {**row_of(found), "marking": _marking(session, found)}
    query = select(t.incident.c.n, t.incident.c.doc, t.incident.c.marking, t.incident.c.gone_into)
    old = session.execute(query.where(t.incident.c.id == found.incident)).one_or_none()
    said = (row["doc"], row["marking"], None)
    if old is not None and (old.doc, old.marking, old.gone_into) == said:
        return False
    if old is None:
        values = {**row, "id": found.incident, "first_at": at, "updated_at": at}
        n = session.scalar(insert(t.incident).values(values).returning(t.incident.c.n))
    else:
        n = old.n
        session.execute(
            update(t.incident)
            .where(t.incident.c.n == n)
            .values(updated_at=at, gone_into=None, **row)
        )
    session.execute(insert(t.history).values(incident=found.incident, at=at, doc=_values(found)))
    _index(session, n, row)
    return True


def _marking(session: Session, found: MergedIncident) -> str:
    """The strictest label of its reports."""
    query = select(t.report.c.marking).where(t.report.c.id.in_(found.reports)).distinct()
    return max(session.scalars(query), key=MARKINGS.index, default=MARKINGS[0])


def _values(found: MergedIncident) -> str:
    """What the history keeps: the values, not the accounts behind them."""
    names = ("type", "mode", "status", "place", "when", "harm", "sources", "reports", "differs")
    return msgspec.json.encode({name: getattr(found, name) for name in names}).decode()


def _index(session: Session, n: int | None, row: dict[str, Any]) -> None:
    """The box in space and days of an incident; PostgreSQL keeps its own index."""
    if session.dialect.name != "sqlite":
        return
    session.execute(text("DELETE FROM incident_space WHERE n = :n"), {"n": n})
    if row["lat"] is None or row["lon"] is None:
        return
    first, last = row["day_from"] or date.min, row["day_to"] or date.max
    session.execute(
        text("INSERT INTO incident_space VALUES (:n, :lat, :lat, :lon, :lon, :first, :last)"),
        {"n": n, "lat": row["lat"], "lon": row["lon"],
         "first": first.toordinal(), "last": last.toordinal()},
    )  # fmt: skip


def _before(session: Session, keys: set[NodeKey]) -> dict[NodeKey, str | None]:
    found: dict[NodeKey, str | None] = {}
    for part in some(sorted({report for report, _ in keys})):
        query = select(t.node.c.report, t.node.c.event, t.node.c.incident)
        for report, event, incident in session.execute(query.where(t.node.c.report.in_(part))):
            if (report, event) in keys:
                found[(report, event)] = incident
    return found


def _mark_members(
    session: Session, moved: dict[NodeKey, str], made: dict[str, MergedIncident]
) -> None:
    if not moved:
        return
    session.execute(
        update(t.node)
        .where(t.node.c.report == bindparam("r"), t.node.c.event == bindparam("e"))
        .values(incident=bindparam("i")),
        [{"r": report, "e": event, "i": i} for (report, event), i in moved.items()],
    )
    reports = {(report, i) for (report, _), i in moved.items()}
    session.execute(
        update(t.event)
        .where(t.event.c.report == bindparam("r"), t.event.c.id == bindparam("e"))
        .values(incident=bindparam("i")),
        [
            {"r": m.report, "e": m.event, "i": i}
            for i, found in made.items()
            for m in found.members
            if (m.report, i) in reports
        ],
    )


def _has_members(session: Session, incident: str) -> bool:
    query = select(t.node.c.n).where(t.node.c.incident == incident).limit(1)
    return session.execute(query).first() is not None


def _close(session: Session, incident: str, heir: str, at: datetime) -> None:
    """Mark an incident that has no members any more; `heir` took them over, "" where none did."""
    closed = update(t.incident).where(t.incident.c.id == incident)
    n = session.scalar(closed.values(gone_into=heir, updated_at=at).returning(t.incident.c.n))
    if session.dialect.name == "sqlite":
        session.execute(text("DELETE FROM incident_space WHERE n = :n"), {"n": n})
