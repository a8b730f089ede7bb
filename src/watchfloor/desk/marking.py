"""Who may see what is kept, changed from a page or by a program: markings, readers, erasure; with
the alerts brought in step.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from fastapi import HTTPException, Request
from sqlalchemy import select

from watchfloor.desk.access import Who
from watchfloor.desk.orders import orders
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.response.records import Case, Paper
from watchfloor.store import incident_of, report_of, retention
from watchfloor.store.database import Session
from watchfloor.store.releases import Release, decide, name_readers, readers, releases
from watchfloor.store.remark import REMARK, remark, remark_approved
from watchfloor.store.response import TABLES
from watchfloor.store.users import the_user

#: What readers can be named for.
READABLE = ("report", "incident", "case", "paper")


def readers_named(
    request: Request, kind: str, subject: str, names: Iterable[str], who: Who
) -> tuple[str, ...]:
    """Say who, by name, may see something RED; the names as their users write them.

    Raises 404 for what they may not see themselves, StoreError for a name that is no user's.
    """
    _seen(request, kind, subject)
    with record(request).writing() as session:
        users = [the_user(session, name).name for name in names]
        name_readers(session, kind, subject, users, who.name, datetime.now(UTC))
        return readers(session, kind, subject)


def readers_of(request: Request, kind: str, subject: str) -> tuple[str, ...]:
    """Who is named to see something. Raises 404 for what they may not see themselves."""
    _seen(request, kind, subject)
    with record(request).reading() as session:
        return readers(session, kind, subject)


def _seen(request: Request, kind: str, subject: str) -> None:
    """Raise 404 unless whoever asks may see it, InputError for a kind that has no readers."""
    if kind not in READABLE:
        raise InputError(f"no such kind {kind!r}", right=f"one of {', '.join(READABLE)}")
    with record(request).reading() as session:
        if not _is_there(session, kind, subject):
            raise HTTPException(404, f"no such {kind}, or not for you")


def _is_there(session: Session, kind: str, subject: str) -> bool:
    if kind == "report":
        return report_of(session, subject) is not None
    if kind == "incident":
        return incident_of(session, subject) is not None
    table = TABLES[Case if kind == "case" else Paper]
    n = int(subject) if subject.isascii() and subject.isdigit() and len(subject) < 16 else -1
    return session.execute(select(table.c.n).where(table.c.n == n)).first() is not None


def erased(request: Request, report: str, reason: str, who: Who) -> tuple[str, ...]:
    """Erase a report on request; the incidents that changed. Raises as `retention.erase` does."""
    with record(request).writing() as session:
        changed = retention.erase(session, report, reason, who.name, datetime.now(UTC))
        orders(request).in_step(session, changed)
    return changed


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
    """Approve or refuse what another proposed; a marking that is approved holds at once.

    Raises 404 for a proposal of what they may not see.
    """
    now = datetime.now(UTC)
    with record(request).reading() as session:
        if n not in {one.n for one in releases(session)}:
            raise HTTPException(404, "no such release, or not for you")
    with record(request).writing() as session:
        made = decide(session, n, who.name, now, approve)
        if made.kind == REMARK:
            orders(request).in_step(session, remark_approved(session, made, now))
    return made
