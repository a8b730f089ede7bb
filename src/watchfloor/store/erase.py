"""Erase a report and everything that was found in it; incidents are merged anew without it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, select, update

from watchfloor.errors import StoreError
from watchfloor.ledger import COMMITMENT
from watchfloor.merge import Merger, NodeKey
from watchfloor.store import audit_tables as a
from watchfloor.store import response_tables as r
from watchfloor.store import tables as t
from watchfloor.store import watch_tables as w
from watchfloor.store.alerts import alerts_of
from watchfloor.store.database import Session
from watchfloor.store.incidents import refresh
from watchfloor.store.judgements import Judged


def erase_report(session: Session, id: str, at: datetime) -> tuple[str, ...]:
    """Erase a report with its revisions, its raw bytes and the history of its incidents.

    The incidents that changed come back; one that only this report told of is gone, with
    its alerts. Raises StoreError where there is no such report.
    """
    n = session.scalar(select(t.report.c.n).where(t.report.c.id == id))
    if n is None:
        raise StoreError("no such report", where=id)
    memory = Judged(session)
    merger = Merger(memory)
    known = memory.of_report(id) or ()
    near = memory.near(known) if known else {}
    touched: set[NodeKey] = {key for pairs in near.values() for key in pairs if key[0] != id}
    held = select(t.node.c.event, t.node.c.incident).where(t.node.c.report == id)
    left: dict[NodeKey, str] = {(id, e): i for e, i in session.execute(held) if i}
    told = set(left.values())
    touched |= {key for key in _members(session, told) if key[0] != id}
    memory.drop(id)
    blobs = _blobs(session, id)
    session.execute(delete(t.report).where(t.report.c.id == id))
    for digest in blobs:
        if not _is_used(session, digest):
            session.execute(delete(t.blob).where(t.blob.c.digest == digest))
    session.execute(delete(t.history).where(t.history.c.incident.in_(told)))
    changed = refresh(session, merger, touched, left, at)
    _forget_empty(session, told)
    _forget_words(session, id, told | set(changed))
    return changed


def _members(session: Session, incidents: set[str]) -> set[NodeKey]:
    query = select(t.node.c.report, t.node.c.event).where(t.node.c.incident.in_(incidents))
    return {(report, event) for report, event in session.execute(query)}


def _blobs(session: Session, id: str) -> set[str]:
    now = select(t.report.c.blob).where(t.report.c.id == id)
    before = select(t.revision.c.blob).where(t.revision.c.report == id)
    return {b for query in (now, before) for b in session.scalars(query) if b}


def _is_used(session: Session, digest: str) -> bool:
    return any(
        session.execute(select(table.c.blob).where(table.c.blob == digest).limit(1)).first()
        for table in (t.report, t.revision)
    )


def _forget_empty(session: Session, incidents: set[str]) -> None:
    """Delete the incidents that nothing tells of any more, and the particulars of their alerts."""
    for id in sorted(incidents):
        row = session.execute(
            select(t.incident.c.n, t.incident.c.gone_into).where(t.incident.c.id == id)
        ).one_or_none()
        if row is None or row.gone_into != "":
            continue
        session.execute(delete(t.incident).where(t.incident.c.n == row.n))
        _delete_alerts(session, w.alert.c.incident == id)


def _delete_alerts(session: Session, which: ColumnElement[bool]) -> None:
    told = select(w.alert.c.id).where(which)
    for table in (w.alert_log, r.verification):
        session.execute(delete(table).where(table.c.alert.in_(told)))
    session.execute(delete(w.alert).where(which))


def _forget_words(session: Session, report: str, incidents: set[str]) -> None:
    """Take the report, and what it says, out of the reasons of the alerts of these incidents; those
    of what it promised are gone.
    """
    own = w.alert.c.incident.startswith(f"{COMMITMENT}{report}:", autoescape=True)
    _delete_alerts(session, own)
    for alert in alerts_of(session, incidents):
        doc = alert.doc
        reasons = [
            {**reason, "evidence": [e for e in reason.get("evidence", ()) if e["report"] != report]}
            for reason in doc.get("reasons", ())
        ]
        told = [r for r in doc.get("reports", ()) if r != report]
        made = msgspec.json.encode({**doc, "reasons": reasons, "reports": told}).decode()
        session.execute(update(w.alert).where(w.alert.c.n == alert.n).values(doc=made))


def is_held(session: Session, kind: str, subject: Any) -> bool:
    """Whether it must be kept: a hold on it, on everything of its kind, or on everything."""
    h = a.hold.c
    query = select(h.n).where(
        h.lifted_at.is_(None),
        h.kind.in_((kind, "everything")),
        h.subject.in_((str(subject), "*")),
    )
    return session.execute(query.limit(1)).first() is not None


def held_reports(session: Session) -> set[str]:
    """Reports of the incidents on which there is a hold."""
    h = a.hold.c
    of = select(h.subject).where(h.kind == "incident", h.lifted_at.is_(None))
    return set(session.scalars(select(t.event.c.report).where(t.event.c.incident.in_(of))))
