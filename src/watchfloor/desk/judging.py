"""Decisions taken from a page: kept as judgements, with the alerts brought in step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from fastapi import Request
from msgspec.structs import replace

from watchfloor.desk.orders import orders
from watchfloor.desk.serve import must, record
from watchfloor.errors import InputError, StoreError, without_secrets
from watchfloor.merge import MergedIncident
from watchfloor.store import (
    Anchor,
    Judgement,
    Session,
    anchors_of,
    commitment_of,
    grade_feed,
    judge,
    report_of,
    undo,
)
from watchfloor.store import anchor_of as anchor_in_ledger
from watchfloor.store.feeds import Feed, feeds

#: How a judgement names the outlet that it grades.
OUTLET = "outlet:"


def decided(request: Request, session: Session, kind: str, reason: str, **says: Any) -> Judgement:
    """Keep a judgement by who is signed in, and act on it."""
    made = Judgement(
        kind=kind, author=must(request), reason=reason, made_at=datetime.now(UTC), **says
    )
    kept, changed = judge(session, made)
    orders(request).in_step(session, changed)
    return kept


def moved(
    request: Request,
    session: Session,
    between: tuple[MergedIncident, MergedIncident],
    reports: Iterable[str],
    reason: str,
) -> Judgement:
    """Say that what some reports of the first incident tell belongs to the second.

    Raises InputError where they are one incident, or none of its reports is named. All of them may
    go: then nothing is left of the first.
    """
    home, into = between
    out = set(reports) & set(home.reports)
    if home.incident == into.incident:
        raise InputError("is this incident itself", where=into.incident, right="another incident")
    if not out:
        raise InputError("nothing to move", where="report", right="some of its reports")
    if out == set(home.reports):
        ours, theirs = anchors_of(session, home), anchors_of(session, into)
        return decided(request, session, "merge", reason, events=ours, others=theirs)
    return decided(
        request, session, "move", reason, events=anchors_of(session, home, out),
        others=anchors_of(session, home, set(home.reports) - out),
        into=anchors_of(session, into),
    )  # fmt: skip


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
    with record(request).writing() as session:
        return decided(
            request, session, "settle", reason, events=(anchor_in_ledger(line),), value=status
        )


def taken_back(request: Request, id: str, reason: str) -> Judgement:
    """Undo a judgement, in the name of who is signed in."""
    at = datetime.now(UTC)
    with record(request).writing() as session:
        undone, changed = undo(session, id, must(request), reason or "taken back at once", at)
        orders(request).in_step(session, changed)
    return undone


def anchor_of(session: Session, report: str, event: str) -> Anchor:
    """The anchor of an event of a report. Raises StoreError where there is none."""
    stored = report_of(session, report)
    for one in stored.coded.events if stored else ():
        if one.id == event:
            return Anchor(report=report, start=one.trigger.start, end=one.trigger.end)
    raise StoreError(f"no event {event!r}", where=f"report {report}")
