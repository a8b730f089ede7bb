"""The audit log: lines that each hold the hash of the line before, only ever added."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import delete, insert, or_, select

from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.store import audit_tables as a
from watchfloor.store.database import Session

#: What the first line holds in place of the hash of a line before it.
START = "0" * 64
#: The line that says that the particulars of another were erased; its subject is `#n`.
ERASED = "particulars erased"


class Line(Record, frozen=True, kw_only=True):
    """One line. `particulars` are None where they were erased."""

    n: int
    at: str
    who: str
    what: str
    subject: str
    payload: str
    prev: str
    digest: str
    particulars: dict[str, Any] | None = None


class Checked(Record, frozen=True, kw_only=True):
    """What checking the log found: how many lines, the hash of the last, and what is wrong."""

    lines: int
    head: str
    erased: int
    problems: tuple[str, ...] = ()


def note(
    session: Session,
    who: str,
    what: str,
    subject: str,
    at: datetime,
    particulars: Mapping[str, Any] | None = None,
) -> Line:
    """Add a line. The session must be one that writes, so that no other line comes between."""
    last = session.execute(select(a.audit.c.n, a.audit.c.digest).order_by(a.audit.c.n.desc()))
    row = last.first()
    n, prev = (row.n + 1, row.digest) if row else (1, START)
    doc = _encoded({**(particulars or {}), "salt": secrets.token_hex(16)})
    payload = sha256(doc).hexdigest()
    values: dict[str, Any] = {
        "n": n, "at": at.astimezone(UTC).isoformat(timespec="microseconds"), "who": who,
        "what": what, "subject": subject, "payload": payload, "prev": prev,
    }  # fmt: skip
    made = {**values, "digest": _digest(values)}
    session.execute(insert(a.audit).values(made))
    session.execute(insert(a.audit_payload).values(digest=payload, doc=doc.decode()))
    return Line(**made, particulars=dict(particulars or {}))


def lines(
    session: Session, before: int | None = None, limit: int | None = 100,
    who: str | None = None, what: str | None = None,
) -> list[Line]:  # fmt: skip
    """Lines, the newest first; `before` is the `n` of the last one seen, `what` how it begins."""
    c = a.audit.c
    query = _whole().order_by(c.n.desc()).limit(limit)
    if before is not None:
        query = query.where(c.n < before)
    if who:
        query = query.where(c.who == who)
    if what:
        query = query.where(c.what.startswith(what, autoescape=True))
    return [_line(row) for row in session.execute(query)]


def verify(session: Session, head: str | None = None) -> Checked:
    """Check every line against the one before it, and its particulars against their hash.

    `head` is the hash of a line that was noted elsewhere: it must still be there, else the end of
    the log was cut off or the whole of it written anew.
    """
    c = a.audit.c
    prev, n, missing, problems = START, 0, set[int](), list[str]()
    seen = head is None or head == START
    erased = set(session.scalars(select(c.subject).where(c.what == ERASED)))
    for row in session.execute(_whole().order_by(c.n)):
        n += 1
        if row.n != n:
            problems.append(f"line {n} is missing: line {row.n} comes next")
            n = row.n
        values = {name: getattr(row, name) for name in Line.__struct_fields__[:7]}
        if row.prev != prev:
            problems.append(f"line {n} does not follow the line before it")
        if _digest(values) != row.digest:
            problems.append(f"line {n} was changed")
        if row.doc is None:
            missing.add(n)
        elif sha256(row.doc.encode()).hexdigest() != row.payload:
            problems.append(f"the particulars of line {n} were changed")
        prev, seen = row.digest, seen or row.digest == head
    lost = sorted(m for m in missing if f"#{m}" not in erased)
    problems += [f"the particulars of line {m} are gone and no line says why" for m in lost]
    if not seen:
        problems.append(f"no line has the hash {head}: the end is cut off, or all is written anew")
    return Checked(lines=n, head=prev, erased=len(missing) - len(lost), problems=tuple(problems))


def erase_particulars(session: Session, n: int, who: str, reason: str, at: datetime) -> Line:
    """Erase the particulars of a line; the chain stays whole, and a new line says who and why.

    Raises StoreError where there is no such line or they are erased, InputError without a reason.
    """
    if not reason.strip():
        raise InputError("has no reason", where=f"line {n}", right="say why, in a few words")
    payload = session.scalar(select(a.audit.c.payload).where(a.audit.c.n == n))
    gone = session.execute(delete(a.audit_payload).where(a.audit_payload.c.digest == payload))
    if payload is None or gone.rowcount == 0:
        raise StoreError("has no particulars", where=f"line {n}")
    return note(session, who, ERASED, f"#{n}", at, {"reason": reason})


def about_report(session: Session, id: str) -> list[int]:
    """The lines that tell what was done to a report and have their particulars: requests to its
    pages, and those whose particulars name it.
    """
    c, p, word = a.audit.c, a.audit_payload.c, _encoded(id).decode()
    named = re.compile(rf"/reports/{re.escape(id)}(/|$)")
    likely = or_(c.subject.contains(id, autoescape=True), p.doc.contains(word, autoescape=True))
    rows = session.execute(
        select(c.n, c.subject, p.doc).join(a.audit_payload, c.payload == p.digest).where(likely)
    )
    return [
        n for n, subject, doc in rows
        if subject == id or named.search(subject) or id in msgspec.json.decode(doc).values()
    ]  # fmt: skip


def _whole() -> Any:
    joined = a.audit.outerjoin(a.audit_payload, a.audit.c.payload == a.audit_payload.c.digest)
    return select(a.audit, a.audit_payload.c.doc).select_from(joined)


def _line(row: Any) -> Line:
    found = None if row.doc is None else msgspec.json.decode(row.doc, type=dict[str, Any])
    if found is not None:
        found.pop("salt", None)
    values = {name: getattr(row, name) for name in Line.__struct_fields__[:8]}
    return Line(**values, particulars=found)


def _digest(values: Mapping[str, Any]) -> str:
    return sha256(_encoded(["audit", *values.values()])).hexdigest()


def _encoded(thing: Any) -> bytes:
    return msgspec.json.encode(thing)
