"""Verifying an alert from a page or by a program: whom the desk asked, and what was found."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Request

from watchfloor.desk.response.forms import visible
from watchfloor.desk.seen import alert_seen
from watchfloor.desk.serve import must, record
from watchfloor.records import Record
from watchfloor.response.records import Verification
from watchfloor.store.verify import find, verify


class Asked(Record, frozen=True, kw_only=True):
    """Whom the desk asked, until when it wants an answer, and what was found if anything was."""

    of: str
    due_at: datetime | None = None
    finding: str | None = None
    note: str | None = None


def verified(request: Request, alert: str, asked: Asked) -> Verification:
    """Keep a verification of an alert. Raises 404 for one that whoever asks may not see."""
    kept = alert_seen(request, alert)
    who, now = must(request), datetime.now(UTC)
    one = Verification(
        alert=alert, revision=kept.revision, asked_of=asked.of.strip(), due_at=asked.due_at,
        finding=asked.finding or None, note=(asked.note or "").strip() or None,
        found_by=who if asked.finding else None, found_at=now if asked.finding else None,
        made_by=who, made_at=now,
    )  # fmt: skip
    with record(request).writing() as session:
        return verify(session, one)


def found(request: Request, n: int, finding: str, note: str) -> Verification:
    """Keep what a verification found; empty takes it back. Raises 404 for one that whoever asks may
    not see.
    """
    visible(request, Verification, n)
    with record(request).writing() as session:
        return find(session, n, finding, note, must(request), datetime.now(UTC))
