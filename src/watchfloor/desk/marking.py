"""Markings changed from a page or by a program, with the alerts brought in step."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import HTTPException, Request

from watchfloor.desk.access import Who
from watchfloor.desk.orders import orders
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.store import report_of
from watchfloor.store.releases import Release, decide
from watchfloor.store.remark import REMARK, remark, remark_approved


def remarked(
    request: Request, report: str, marking: str, reason: str, who: Who
) -> Release | None:  # fmt: skip
    """Mark a report otherwise. What comes back is a proposal that waits for another person, None
    where it is marked so now.

    Raises 404 for one that they may not see, InputError for a marking above what they see.
    """
    with record(request).reading() as session:
        if report_of(session, report) is None:
            raise HTTPException(404, "no such report, or not for you")
    if marking not in who.markings:
        right = f"one of {', '.join(who.markings)}"
        raise InputError(f"may not be marked {marking!r}", where=f"report {report}", right=right)
    with record(request).writing() as session:
        done = remark(session, report, marking, reason, who.name, datetime.now(UTC))
        if isinstance(done, Release):
            return done
        orders(request).in_step(session, done)
    return None


def decided_on(request: Request, n: int, who: Who, approve: bool) -> Release:
    """Approve or refuse what another proposed; a marking that is approved holds at once."""
    now = datetime.now(UTC)
    with record(request).writing() as session:
        made = decide(session, n, who.name, now, approve)
        if made.kind == REMARK:
            orders(request).in_step(session, remark_approved(session, made, now))
    return made
