"""Decisions taken from a page: kept as judgements, with the alerts brought in step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from fastapi import HTTPException, Request
from msgspec.structs import replace

from watchfloor.desk.frame import settings
from watchfloor.desk.orders import orders
from watchfloor.desk.seen import incident_seen, report_seen
from watchfloor.desk.serve import must, record
from watchfloor.errors import InputError, StoreError, without_secrets
from watchfloor.store import (
    Anchor,
    Judgement,
    Session,
    anchors_of,
    commitment_of,
    grade_feed,
    judge,
    judgements,
    parted,
    undo,
)
from watchfloor.store import anchor_of as anchor_in_ledger
from watchfloor.store.feeds import Feed, feeds
from watchfloor.store.written import value_of

#: How a judgement names the outlet that it grades.
OUTLET = "outlet:"


def decided(request: Request, kind: str, reason: str, **says: Any) -> Judgement:
    """Keep a judgement by who is signed in, and act on it."""
    made = Judgement(
        kind=kind, author=must(request), reason=reason, made_at=datetime.now(UTC), **says
    )
    with record(request).writing() as session:
        kept, changed = judge(session, made)
        orders(request).in_step(session, changed)
    return kept


def merged(request: Request, one: str, other: str, reason: str) -> Judgement:
    """Say that two incidents are one happening. Raises InputError where they are one already."""
    ours, theirs = incident_seen(request, one).incident, incident_seen(request, other).incident
    if ours.incident == theirs.incident:
        raise InputError("is this incident itself", where=other, right="another incident")
    with record(request).reading() as session:
        events, others = anchors_of(session, ours), anchors_of(session, theirs)
    return decided(request, "merge", reason, events=events, others=others)


def split_off(request: Request, home: str, parts: Iterable[str], reason: str) -> Judgement:
    """Say that what some reports, or some events written REPORT/EVENT, tell is another happening
    than the rest of an incident. Raises InputError where that is all of it, or none.
    """
    incident = incident_seen(request, home).incident
    with record(request).reading() as session:
        out, rest = parted(session, incident, parts)
    if not rest:
        raise InputError("all of it is meant", where=home, right="a part of the incident")
    return decided(request, "split", reason, events=out, others=rest)


def moved(
    request: Request, home: str, into: str, parts: Iterable[str], reason: str
) -> Judgement:  # fmt: skip
    """Say that what some reports, or some events written REPORT/EVENT, of one incident tell belongs
    to another. All of it may go: then nothing is left of the first.

    Raises InputError where they are one incident, or none of it is named.
    """
    source, target = incident_seen(request, home).incident, incident_seen(request, into).incident
    if source.incident == target.incident:
        raise InputError("is this incident itself", where=into, right="another incident")
    with record(request).reading() as session:
        out, rest = parted(session, source, parts)
        there = anchors_of(session, target)
    if not rest:
        return decided(request, "merge", reason, events=out, others=there)
    return decided(request, "move", reason, events=out, others=rest, into=there)


def misread(request: Request, id: str, reason: str) -> Judgement:
    """Say that no report of an incident tells of any such thing."""
    incident = incident_seen(request, id).incident
    with record(request).reading() as session:
        events = anchors_of(session, incident)
    return decided(request, "false", reason, events=events)


def misread_event(request: Request, report: str, event: str, reason: str) -> Judgement:
    """Say that an event of a report is none. Raises StoreError where there is no such event."""
    return decided(request, "false", reason, events=(_anchor(request, report, event),))


def corrected(
    request: Request, of: tuple[str, str], field: str, value: str, reason: str
) -> Judgement:  # fmt: skip
    """Say what a field of an event (report, event) is, written as on the pages. Raises StoreError
    where there is no such event, InputError for a value that makes no sense.
    """
    made, anchor = value_of(field, value, settings(request)), _anchor(request, *of)
    return decided(request, "correct", reason, events=(anchor,), field=field, value=made)


def copied(request: Request, copy: str, of: str, reason: str) -> Judgement:
    """Say that a report is a copy of another, and no source of its own. Raises InputError where
    they are one report.
    """
    one, other = (report_seen(request, id).coded.report.id for id in (copy, of))
    if one == other:
        raise InputError("is this report itself", where=of, right="the report that it copies")
    return decided(request, "duplicate", reason, field=one, value=other)


def public_feeds(session: Session) -> list[Feed]:
    """The feeds as they may be shown: without the users, passwords and keys of their addresses."""
    return [replace(f, address=without_secrets(f.address)) for f in feeds(session)]


def graded(request: Request, address: str, grade: str | None) -> Feed:
    """Say how reliable a feed is, None takes it back. It is named by its address as it is shown, or
    as it is. Raises StoreError where there is none.
    """
    with record(request).writing() as session:
        known = {without_secrets(f.address): f.address for f in feeds(session)}
        own = known.get(address, address)
        changed = grade_feed(session, own, grade, datetime.now(UTC))
        orders(request).in_step(session, changed)
        return next(f for f in public_feeds(session) if f.address == without_secrets(own))


def settled(request: Request, id: str, status: str, reason: str) -> Judgement:
    """Say what became of a line of the ledger. Raises StoreError where there is none."""
    with record(request).reading() as session:
        line = commitment_of(session, id, datetime.now(UTC).date())
    if line is None:
        raise StoreError("no such line of the ledger", where=id)
    return decided(request, "settle", reason, events=(anchor_in_ledger(line),), value=status)


def taken_back(request: Request, id: str, reason: str) -> Judgement:
    """Undo a judgement, in the name of who is signed in. Raises 404 for one that is not to be seen
    by them.
    """
    with record(request).reading() as session:
        if not judgements(session, ids=[id], undone=True):
            raise HTTPException(404, f"no such judgement: {id}")
    at = datetime.now(UTC)
    with record(request).writing() as session:
        undone, changed = undo(session, id, must(request), reason or "taken back at once", at)
        orders(request).in_step(session, changed)
    return undone


def _anchor(request: Request, report: str, event: str) -> Anchor:
    """The anchor of an event of a report. Raises StoreError where there is none."""
    for one in report_seen(request, report).coded.events:
        if one.id == event:
            return Anchor(report=report, start=one.trigger.start, end=one.trigger.end)
    raise StoreError(f"no such event {event!r}", where=f"report {report}")
