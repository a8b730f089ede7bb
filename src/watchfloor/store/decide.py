"""Take or take back a decision: it is kept, and what it touches is merged anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from watchfloor.merge import MergedIncident
from watchfloor.store.database import Session
from watchfloor.store.feeds import set_grade
from watchfloor.store.grades import reports_by, reports_told_by
from watchfloor.store.ingest import retake
from watchfloor.store.judgements import Anchor, Judgement, mark_undone, record
from watchfloor.store.queries import report_of


def judge(session: Session, judgement: Judgement) -> tuple[Judgement, tuple[str, ...]]:
    """Keep a judgement and act on it; with the incidents that changed."""
    made = record(session, judgement)
    return made, retake(session, _touched(session, made), made.made_at)


def undo(
    session: Session, id: str, author: str, reason: str, at: datetime
) -> tuple[Judgement, tuple[str, ...]]:
    """Take a judgement back, with a reason of its own; with the incidents that changed."""
    undone = mark_undone(session, id, author, reason, at)
    return undone, retake(session, _touched(session, undone), at)


def grade_feed(session: Session, address: str, grade: str | None, at: datetime) -> tuple[str, ...]:
    """Set how reliable a person holds a feed, None takes it back; the incidents that changed with
    the accounts of the reports that came by it. Raises StoreError where there is no such feed.
    """
    set_grade(session, address, grade)
    return retake(session, reports_by(session, address), at)


def _touched(session: Session, made: Judgement) -> list[str]:
    """The reports that a judgement changes."""
    told = reports_told_by(session, made) if made.kind == "grade" else set()
    return sorted(made.reports | told)


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
