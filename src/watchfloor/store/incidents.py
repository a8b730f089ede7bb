"""Keep the incidents in step with the merger: what changed, from when, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
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
from watchfloor.store.space import index


def refresh(
    session: Session,
    merger: Merger,
    touched: Iterable[NodeKey],
    left: Mapping[NodeKey, str],
    at: datetime,
) -> tuple[str, ...]:
    """Write every incident that these nodes are part of, or connected to, where it has other
    members than before or one of these; the ids of those that changed.

    `left` are nodes that were taken out, and the incident that each was in.
    """
    anew = set(touched)
    touched = merger.part(anew)  # all of them at once, then each by itself at hand
    merger.memory.wires({report for report, _ in touched})
    before = {**_before(session, set(touched)), **left}
    stood = _members(before)
    seen: set[NodeKey] = set()
    made: dict[str, MergedIncident] = {}
    now: dict[NodeKey, str] = {}
    for key in touched:
        if key in seen:
            continue
        part = merger.part([key])
        seen.update(part)
        for group in merger.groups(part):
            same = before.get(group[0])
            if same and anew.isdisjoint(group) and stood[same] == set(group):
                now.update(dict.fromkeys(group, same))
                continue
            found = merger.incident(group)
            made[found.incident] = found
            now.update(dict.fromkeys(group, found.incident))
    table = table_of(session, made.values())
    made = {id: graded(found, table) for id, found in made.items()}
    changed = _write(session, made, at)
    _mark_members(session, {k: i for k, i in now.items() if before[k] != i or k in left}, made)
    of_report = {report: incident for (report, _), incident in sorted(now.items(), reverse=True)}
    heirs: dict[str, Counter[str]] = {}
    for key, old in before.items():
        if old:
            heir = now.get(key) or of_report.get(key[0])
            heirs.setdefault(old, Counter()).update([heir] if heir else [])
    for old in sorted(set(heirs) - set(now.values())):
        if not _has_members(session, old):
            heir = min(heirs[old], key=lambda i: (-heirs[old][i], i), default="")
            _close(session, old, heir, at)
            changed.append(old)
    return tuple(changed)


def _members(of: Mapping[NodeKey, str | None]) -> dict[str | None, set[NodeKey]]:
    """The nodes of each incident."""
    found: dict[str | None, set[NodeKey]] = {}
    for key, incident in of.items():
        found.setdefault(incident, set()).add(key)
    return found


def regrade(session: Session, reports: Iterable[str], at: datetime) -> tuple[str, ...]:
    """Grade anew what these reports say, as it stands; the ids of the incidents that changed."""
    held = select(t.incident.c.id, t.incident.c.doc).where(t.incident.c.gone_into.is_(None))
    changed: list[str] = []
    for part in some(sorted(set(reports))):
        named = select(t.node.c.incident).where(t.node.c.report.in_(part))
        rows = session.execute(held.where(t.incident.c.id.in_(named))).all()
        found = {row.id: msgspec.json.decode(row.doc, type=MergedIncident) for row in rows}
        table = table_of(session, found.values())
        changed += _write(session, {id: graded(one, table) for id, one in found.items()}, at)
    return tuple(dict.fromkeys(changed))


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


def _write(session: Session, made: Mapping[str, MergedIncident], at: datetime) -> list[str]:
    """Write the incidents that are new or say something else than before; their ids."""
    marked = _markings(session, {r for found in made.values() for r in found.reports})
    before = _held(session, made)
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for id, found in made.items():
        marking = max((marked[r] for r in found.reports), key=MARKINGS.index)
        row = {**row_of(found), "id": id, "marking": marking, "updated_at": at, "gone_into": None}
        old = before.get(id)
        if old is None:
            fresh.append({**row, "first_at": at})
        elif (old.doc, old.marking, old.gone_into) != (row["doc"], marking, None):
            changed.append({**row, "which": old.n})
    if fresh:
        query = insert(t.incident).returning(t.incident.c.id, t.incident.c.n)
        numbers = {row.id: row.n for row in session.execute(query, fresh)}
        fresh = [{**row, "which": numbers[row["id"]]} for row in fresh]
    if changed:
        session.execute(update(t.incident).where(t.incident.c.n == bindparam("which")), changed)
    if written := [*fresh, *changed]:
        past = [{"incident": r["id"], "at": at, "doc": _values(made[r["id"]])} for r in written]
        session.execute(insert(t.history), past)
        index(session, written)
    return [row["id"] for row in written]


def _held(session: Session, ids: Iterable[str]) -> dict[str, Any]:
    """What the record holds of these incidents, by id."""
    i = t.incident.c
    query = select(i.id, i.n, i.doc, i.marking, i.gone_into)
    return {
        row.id: row for part in some(ids) for row in session.execute(query.where(i.id.in_(part)))
    }


def _markings(session: Session, reports: Iterable[str]) -> dict[str, str]:
    """The label of each report."""
    r = t.report.c
    return {
        id: marking
        for part in some(reports)
        for id, marking in session.execute(select(r.id, r.marking).where(r.id.in_(part)))
    }


def _values(found: MergedIncident) -> str:
    """What the history keeps: the values, not the accounts behind them."""
    names = ("type", "mode", "status", "place", "when", "harm", "sources", "reports", "differs")
    return msgspec.json.encode({name: getattr(found, name) for name in names}).decode()


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
