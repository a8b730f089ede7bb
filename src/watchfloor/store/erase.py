"""Erase a report and everything that was found in it; incidents are merged anew without it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, select, update

from watchfloor.errors import StoreError
from watchfloor.ledger import COMMITMENT
from watchfloor.merge import Merger, NodeKey
from watchfloor.records import Record
from watchfloor.store import audit_tables as a
from watchfloor.store import response_tables as r
from watchfloor.store import tables as t
from watchfloor.store import watch_tables as w
from watchfloor.store.alerts import alerts_of
from watchfloor.store.database import Session
from watchfloor.store.incidents import refresh
from watchfloor.store.judgements import Judged


class Erased(Record, frozen=True, kw_only=True):
    """`changed`: the incidents that changed; `gone`: what is no longer in the record, as the
    evidence of a paper names it: the report, incidents, alerts with their verifications.
    """

    changed: tuple[str, ...]
    gone: frozenset[tuple[str, str]]


def once_told(session: Session, id: str) -> set[str]:
    """The incidents that a report ever told of, as their history has it. Reads all of it."""
    h = t.history.c
    word = msgspec.json.encode(id).decode()
    rows = session.execute(select(h.incident, h.doc).where(h.doc.contains(word, autoescape=True)))
    return {incident for incident, doc in rows if id in msgspec.json.decode(doc)["reports"]}


def erase_report(session: Session, id: str, at: datetime, also: Collection[str] = ()) -> Erased:
    """Erase a report with its revisions, its raw bytes, the judgements that speak of it alone, and
    the history of its incidents, `also` of those that it told of once (`once_told`).

    An incident that no other report tells of is gone, with its alerts. Raises StoreError where
    there is no such report.
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
    told |= set(also)
    touched |= {key for key in _members(session, told) if key[0] != id}
    memory.drop(id)
    blobs = _blobs(session, id)
    session.execute(delete(t.report).where(t.report.c.id == id))
    for digest in blobs:
        if not _is_used(session, digest):
            session.execute(delete(t.blob).where(t.blob.c.digest == digest))
    session.execute(delete(t.history).where(t.history.c.incident.in_(told)))
    changed = refresh(session, merger, touched, left, at)
    _forget_judgements(session, id)
    gone = {("report", id), *_forget_empty(session, told)}
    gone |= _forget_words(session, id, told | set(changed))
    return Erased(changed=changed, gone=frozenset(gone))


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


def _forget_judgements(session: Session, report: str) -> None:
    """Delete the judgements that speak of no other report: what they say is what it said."""
    j = t.judged.c
    named = select(j.judgement).where(j.report == report)
    others = select(j.judgement).where(j.report != report)
    alone = session.scalars(named.where(j.judgement.not_in(others))).all()
    session.execute(delete(t.judged).where(j.judgement.in_(alone)))
    session.execute(delete(t.judgement).where(t.judgement.c.id.in_(alone)))


def _forget_empty(session: Session, incidents: set[str]) -> set[tuple[str, str]]:
    """Delete the incidents that nothing tells of any more, with their alerts; what is gone."""
    gone: set[tuple[str, str]] = set()
    for id in sorted(incidents):
        row = session.execute(
            select(t.incident.c.n, t.incident.c.gone_into).where(t.incident.c.id == id)
        ).one_or_none()
        if row is None or row.gone_into != "":
            continue
        session.execute(delete(t.incident).where(t.incident.c.n == row.n))
        gone |= {("incident", id)} | _delete_alerts(session, w.alert.c.incident == id)
    return gone


def _delete_alerts(session: Session, which: ColumnElement[bool]) -> set[tuple[str, str]]:
    told = session.scalars(select(w.alert.c.id).where(which)).all()
    asked = session.scalars(
        select(r.verification.c.n).where(r.verification.c.alert.in_(told))
    ).all()
    for table in (w.alert_log, r.verification):
        session.execute(delete(table).where(table.c.alert.in_(told)))
    session.execute(delete(w.alert).where(which))
    return {("alert", id) for id in told} | {("verification", str(n)) for n in asked}


def _forget_words(session: Session, report: str, incidents: set[str]) -> set[tuple[str, str]]:
    """Take the report, and what it says, out of the reasons of the alerts of these incidents; those
    of what it promised are gone, and come back.
    """
    own = w.alert.c.incident.startswith(f"{COMMITMENT}{report}:", autoescape=True)
    gone = _delete_alerts(session, own)
    for alert in alerts_of(session, incidents):
        doc = alert.doc
        reasons = [
            {**reason, "evidence": [e for e in reason.get("evidence", ()) if e["report"] != report]}
            for reason in doc.get("reasons", ())
        ]
        told = [r for r in doc.get("reports", ()) if r != report]
        made = msgspec.json.encode({**doc, "reasons": reasons, "reports": told}).decode()
        session.execute(update(w.alert).where(w.alert.c.n == alert.n).values(doc=made))
    return gone


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
