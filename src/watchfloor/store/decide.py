"""Take or take back a decision: it is kept, and what it touches is merged anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from watchfloor.errors import InputError
from watchfloor.grade import Table
from watchfloor.merge import MergedIncident
from watchfloor.store.audit import note
from watchfloor.store.database import Database, Session
from watchfloor.store.feeds import set_grade
from watchfloor.store.grades import (
    lines,
    reports_by,
    reports_graded,
    reports_telling,
    set_lines,
)
from watchfloor.store.incidents import regrade
from watchfloor.store.ingest import retake
from watchfloor.store.judgements import Anchor, Judgement, mark_undone, record
from watchfloor.store.queries import report_of


def judge(session: Session, judgement: Judgement) -> tuple[Judgement, tuple[str, ...]]:
    """Keep a judgement and act on it; with the incidents that changed."""
    made = record(session, judgement)
    return made, _acted_on(session, made, made.made_at)


def undo(
    session: Session, id: str, author: str, reason: str, at: datetime
) -> tuple[Judgement, tuple[str, ...]]:
    """Take a judgement back, with a reason of its own; with the incidents that changed."""
    undone = mark_undone(session, id, author, reason, at)
    return undone, _acted_on(session, undone, at)


def grade_feed(session: Session, address: str, grade: str | None, at: datetime) -> tuple[str, ...]:
    """Set how reliable a person holds a feed, None takes it back; the incidents that changed with
    the accounts of the reports that came by it. Raises StoreError where there is no such feed.
    """
    set_grade(session, address, grade)
    return regrade(session, reports_by(session, address), at)


def hold_table(database: Database, table: Table, at: datetime) -> tuple[str, ...]:
    """Hold the desk's table of outlets and bodies in the record; the incidents that changed with
    the accounts of those whose lines are new, gone or changed.
    """
    with database.reading() as session:
        if lines(session) == table.lines:
            return ()
    with database.writing() as session:
        old = Table(lines(session))
        set_lines(session, table.lines)
        both = (*old.lines, *table.lines)
        other = [k for k in both if old.of(k.name, "") != table.of(k.name, "")]
        names = sorted({known.name for known in other})
        note(session, "the desk's table", "graded", f"{len(names)} names", at, {"names": names})
        return regrade(session, reports_telling(session, other), at)


def _acted_on(session: Session, made: Judgement, at: datetime) -> tuple[str, ...]:
    """Do what a judgement asks, or what its undoing does; the incidents that changed."""
    if made.kind == "grade":
        return regrade(session, reports_graded(session, made), at)
    return retake(session, sorted(made.reports), at)


def parted(
    session: Session, incident: MergedIncident, only: Iterable[str]
) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...]]:
    """The events of an incident that these reports, or these events written REPORT/EVENT, name, and
    the others. Raises InputError where they name none of it.
    """
    wanted = set(only)
    here = {f"{m.report}/{m.event}": m.report for m in incident.members}
    out = {name for name, report in here.items() if {name, report} & wanted}
    if not out:
        right = "a report or an event of the incident"
        raise InputError("none of it is meant", where=incident.incident, right=right)
    return anchors_of(session, incident, out), anchors_of(session, incident, here.keys() - out)


def anchors_of(
    session: Session, incident: MergedIncident, only: Iterable[str] | None = None
) -> tuple[Anchor, ...]:
    """The anchors of an incident's events; `only` those of these reports, or these events, each
    written REPORT/EVENT.
    """
    wanted = None if only is None else set(only)
    found = []
    for report in incident.reports:
        events = [
            m.event
            for m in incident.members
            if m.report == report and (wanted is None or wanted & {report, f"{report}/{m.event}"})
        ]
        stored = report_of(session, report) if events else None
        triggers = {e.id: e.trigger for e in stored.coded.events} if stored else {}
        found += [
            Anchor(report=report, start=triggers[e].start, end=triggers[e].end)
            for e in events
            if e in triggers
        ]
    return tuple(found)
