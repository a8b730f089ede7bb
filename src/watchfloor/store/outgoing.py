"""What leaves the record beside incidents: their events one by one, and whose names are private."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from watchfloor.records import Record
from watchfloor.store import tables as t
from watchfloor.store.database import Session
from watchfloor.store.memory import some

#: Sectors whose persons act in an office; a person of any other, or of none, is private.
#: After PLOVER's list of sectors.
OFFICES = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY", "OPP", "REB", "UAF", "IGO", "PRE"}
)
#: Which role comes first where an event has several who bore it.
BORE = ("recipient", "victim", "target")


class Side(Record, frozen=True, kw_only=True):
    """Who did it, or who bore it, as far as it is known."""

    text: str
    name: str | None = None
    country: str | None = None
    sector: str | None = None


class OutgoingEvent(Record, frozen=True, kw_only=True):
    """One event with its report; `fields` are the columns of the event table by name."""

    report: str
    event: str
    incident: str
    published: str | None
    outlet: str | None
    fields: dict[str, Any]
    actor: Side | None = None
    bearer: Side | None = None


def events_of(session: Session, incidents: Iterable[str]) -> list[OutgoingEvent]:
    """The events of these incidents, by incident, report and place in its text."""
    made: list[OutgoingEvent] = []
    for part in some(incidents):
        sides = _sides(session, part)
        query = (
            select(t.event, t.report.c.published, t.report.c.outlet)
            .join(t.report, t.report.c.id == t.event.c.report)
            .where(t.event.c.incident.in_(part))
            .order_by(t.event.c.incident, t.report.c.n, t.event.c.start, t.event.c.id)
        )
        for row in session.execute(query):
            both = sides.get((row.report, row.id), {})
            made.append(
                OutgoingEvent(
                    report=row.report, event=row.id, incident=row.incident,
                    published=row.published, outlet=row.outlet,
                    fields={c.name: row._mapping[c.name] for c in t.event.c},
                    actor=both.get("actor"),
                    bearer=next((both[r] for r in BORE if r in both), None),
                )
            )  # fmt: skip
    return made


def private_names(session: Session, reports: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By report, the names of persons in it who hold no office and speak for none."""
    a = t.actor.c
    found: dict[str, list[str]] = {}
    for part in some(sorted(set(reports))):
        query = select(a.report, a.name, a.sector).where(a.report.in_(part), a.kind == "person")
        for report, name, sector in session.execute(query):
            if sector not in OFFICES:
                found.setdefault(report, []).append(name)
    return {report: tuple(names) for report, names in found.items()}


def _sides(session: Session, incidents: Sequence[str]) -> dict[tuple[str, str], dict[str, Side]]:
    """The first participant of each role, by report and event."""
    p = t.party.c
    query = (
        select(p.report, p.event, p.role, p.text, p.name, p.country, p.sector)
        .join(t.event, (t.event.c.report == p.report) & (t.event.c.id == p.event))
        .where(t.event.c.incident.in_(incidents))
        .order_by(p.report, p.event, p.number)
    )
    found: dict[tuple[str, str], dict[str, Side]] = {}
    for report, event, role, text, name, country, sector in session.execute(query):
        side = Side(text=text, name=name, country=country, sector=sector)
        found.setdefault((report, event), {}).setdefault(role, side)
    return found
