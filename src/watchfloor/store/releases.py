"""Leave to give things out, and who is named to see what is RED."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.store import audit_tables as a
from watchfloor.store.database import Session
from watchfloor.store.markings import MARKINGS

#: Up to this marking one person may release.
ALONE = "AMBER"


class Release(Record, frozen=True, kw_only=True):
    """Leave to give `kind` `subject`, marked so, to somebody. `state`: proposed, approved, refused.

    Above AMBER `decided_by` is never who proposed it.
    """

    n: int
    kind: str
    subject: str
    marking: str
    to: str
    reason: str
    state: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None


class Wanted(Record, frozen=True, kw_only=True):
    """What is to be released: something of a kind, as it is marked, to whom and why."""

    kind: str
    subject: str
    marking: str
    to: str
    reason: str


def takes_two(marking: str) -> bool:
    """Whether releasing it takes two people."""
    return MARKINGS.index(marking) > MARKINGS.index(ALONE)


def propose(session: Session, wanted: Wanted, who: str, at: datetime) -> Release:
    """Ask for leave to release; up to AMBER it is given at once.

    Raises InputError for an unknown marking, or where nobody or no reason is named.
    """
    if wanted.marking not in MARKINGS:
        right = f"one of {', '.join(MARKINGS)}"
        raise InputError("no such TLP label", where=wanted.marking, right=right)
    for name in ("to", "reason"):
        if not getattr(wanted, name).strip():
            raise InputError(f"says no {name}", where=f"{wanted.kind} {wanted.subject}")
    alone = not takes_two(wanted.marking)
    decided = {"decided_by": who, "decided_at": at} if alone else {}
    n = session.scalar(
        insert(a.release)
        .values(
            **{f: getattr(wanted, f) for f in Wanted.__struct_fields__}, **decided,
            state="approved" if alone else "proposed", proposed_by=who, proposed_at=at,
        )
        .returning(a.release.c.n)
    )  # fmt: skip
    return _release(session, n)


def decide(session: Session, n: int, who: str, at: datetime, approve: bool) -> Release:
    """Approve or refuse what another proposed.

    Raises StoreError where there is no such release or it was decided, InputError where it takes
    two people and this is the one who proposed it.
    """
    found = _release(session, n)
    if found.state != "proposed":
        raise StoreError(f"was {found.state} by {found.decided_by} already", where=f"release {n}")
    if approve and found.proposed_by.lower() == who.lower():
        right = "another person approves it"
        raise InputError(f"is marked {found.marking}", where=f"release {n}", right=right)
    values = {"state": "approved" if approve else "refused", "decided_by": who, "decided_at": at}
    session.execute(update(a.release).where(a.release.c.n == n).values(values))
    return _release(session, n)


def releases(
    session: Session, kind: str | None = None, subject: str | None = None, state: str | None = None
) -> list[Release]:
    """Releases, the newest first."""
    query = select(a.release).order_by(a.release.c.n.desc())
    for column, value in (("kind", kind), ("subject", subject), ("state", state)):
        if value is not None:
            query = query.where(a.release.c[column] == value)
    return [Release(**row._mapping) for row in session.execute(query)]


def is_released(session: Session, kind: str, subject: str, marking: str) -> bool:
    """Whether somebody gave leave to release it as it is marked now."""
    found = releases(session, kind, subject, "approved")
    return any(one.marking == marking for one in found)


def name_readers(
    session: Session, kind: str, subject: str, users: Iterable[str], who: str, at: datetime
) -> None:
    """Say who, by name, may see something RED; whoever was named before and is not now may not."""
    c = a.reader.c
    session.execute(delete(a.reader).where(c.kind == kind, c.subject == subject))
    rows = [
        {"kind": kind, "subject": subject, "user": user, "named_by": who, "named_at": at}
        for user in sorted(set(users))
    ]
    if rows:
        session.execute(insert(a.reader), rows)


def readers(session: Session, kind: str, subject: str) -> tuple[str, ...]:
    """Who is named to see it."""
    c = a.reader.c
    query = select(c.user).where(c.kind == kind, c.subject == subject).order_by(c.user)
    return tuple(session.scalars(query))


def named_for(session: Session, user: str) -> tuple[tuple[str, str], ...]:
    """What somebody is named to see, as (kind, subject)."""
    c = a.reader.c
    query = select(c.kind, c.subject).where(c.user == user).order_by(c.kind, c.subject)
    return tuple((kind, subject) for kind, subject in session.execute(query))


def _release(session: Session, n: int | None) -> Release:
    row = session.execute(select(a.release).where(a.release.c.n == n)).one_or_none()
    if row is None:
        raise StoreError("no such release", where=str(n))
    return Release(**row._mapping)
