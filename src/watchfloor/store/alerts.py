"""Alerts in the record: raised, changed, withdrawn; acknowledged, snoozed, closed by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, insert, or_, select, update

from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.store import watch_tables as w
from watchfloor.store.database import Session
from watchfloor.store.memory import some

STATES = ("open", "acknowledged", "snoozed", "closed", "withdrawn")
#: What makes another revision of an alert; each is a line of its log.
CHANGES = ("raised", "updated", "escalated", "downgraded", "withdrawn", "raised again")
#: What closing an alert may find.
DISPOSITIONS = ("no impact", "some impact", "significant impact", "duplicate", "false")


class KeptAlert(Record, frozen=True, kw_only=True):
    """An alert as the record holds it; `doc` is the alert itself (see formats.md)."""

    n: int
    id: str
    incident: str
    register: str
    severity: str
    state: str
    revision: int
    first_at: datetime
    updated_at: datetime
    doc: dict[str, Any]
    snoozed_until: datetime | None = None
    disposition: str | None = None


class LogLine(Record, frozen=True, kw_only=True):
    """One thing that happened to an alert."""

    at: datetime
    what: str
    author: str
    note: str | None = None


def keep_alert(session: Session, alert: dict[str, Any], at: datetime) -> int:
    """Keep a new alert, open; its revision, 1."""
    session.execute(
        insert(w.alert).values(
            id=alert["id"], incident=alert["incident"], register=alert["register"],
            severity=alert["severity"], state="open", revision=1, first_at=at, updated_at=at,
            doc=_encoded(alert),
        )
    )  # fmt: skip
    log(session, alert["id"], at, "raised")
    return 1


def change_alert(
    session: Session, kept: KeptAlert, alert: dict[str, Any], at: datetime, what: str | None
) -> int:
    """Replace what an alert says; `what` names the change, None where it is not worth telling.

    A change that is told reopens an alert that was acknowledged, snoozed or closed.
    """
    values: dict[str, Any] = {
        "doc": _encoded({**alert, "id": kept.id}), "severity": alert["severity"],
        "incident": alert["incident"], "updated_at": at,
    }  # fmt: skip
    revision = kept.revision
    if what is not None:
        revision += 1
        values |= {
            "revision": revision, "state": "open", "snoozed_until": None, "disposition": None,
        }  # fmt: skip
        log(session, kept.id, at, what)
    session.execute(update(w.alert).where(w.alert.c.n == kept.n).values(values))
    return revision


def withdraw(session: Session, kept: KeptAlert, at: datetime, why: str) -> int:
    """Mark an alert that nothing gives cause for any more."""
    revision = kept.revision + 1
    values = {"state": "withdrawn", "revision": revision, "updated_at": at}
    session.execute(update(w.alert).where(w.alert.c.n == kept.n).values(values))
    log(session, kept.id, at, "withdrawn", note=why)
    return revision


def acknowledge(session: Session, id: str, author: str, at: datetime, note: str = "") -> None:
    """Say that a person has seen it; it comes back when something new is known."""
    _move(session, id, author, at, "acknowledged", note)


def snooze(
    session: Session, id: str, author: str, at: datetime, until: datetime | None, note: str = ""
) -> None:
    """Put it away until a time, or (None) until something new is known."""
    _move(session, id, author, at, "snoozed", note, snoozed_until=until)


def close(
    session: Session, id: str, author: str, at: datetime, disposition: str, note: str = ""
) -> None:
    """Close it with what it came to. Raises InputError for an unknown disposition."""
    if disposition not in DISPOSITIONS:
        right = f"one of {', '.join(DISPOSITIONS)}"
        raise InputError(f"no such disposition {disposition!r}", where=id, right=right)
    _move(session, id, author, at, "closed", note or disposition, disposition=disposition)


def reopen(session: Session, id: str, author: str, at: datetime, note: str = "") -> None:
    """Take back an acknowledgement, a snooze or a closing."""
    _move(session, id, author, at, "open", note, disposition=None, snoozed_until=None)


def wake(session: Session, at: datetime) -> None:
    """Open again what was put away until a time that has come."""
    due = select(w.alert.c.id).where(w.alert.c.state == "snoozed", w.alert.c.snoozed_until <= at)
    for id in session.scalars(due).all():
        _move(session, id, "watchfloor", at, "open", "the time it was put away for is over")


def find_alerts(
    session: Session,
    states: Sequence[str] = (),
    register: str | None = None,
    severities: Sequence[str] = (),
    before: int | None = None,
    limit: int | None = 100,
) -> list[KeptAlert]:
    """Alerts, the newest first; `before` is the `n` of the last one seen."""
    a = w.alert.c
    query = select(w.alert).order_by(a.n.desc()).limit(limit)
    if states:
        query = query.where(a.state.in_(states))
    if severities:
        query = query.where(a.severity.in_(severities))
    if register:
        query = query.where(or_(a.register == register, a.register.like(f"{register}:%")))
    if before is not None:
        query = query.where(a.n < before)
    return [kept_alert(row) for row in session.execute(query)]


def latest_change(session: Session) -> datetime | None:
    """When an alert was last raised or changed, None where there is none."""
    latest: datetime | None = session.scalar(select(func.max(w.alert.c.updated_at)))
    return latest


def changed_alerts(session: Session, since: datetime, limit: int = 200) -> list[KeptAlert]:
    """Alerts that were raised or changed after a time, the oldest change first."""
    changed = w.alert.c.updated_at
    query = select(w.alert).where(changed > since).order_by(changed, w.alert.c.n).limit(limit)
    return [kept_alert(row) for row in session.execute(query)]


def alert_of(session: Session, id: str) -> KeptAlert | None:
    """An alert by its id, None where there is none."""
    row = session.execute(select(w.alert).where(w.alert.c.id == id)).one_or_none()
    return kept_alert(row) if row else None


def alerts_of(session: Session, incidents: Iterable[str]) -> list[KeptAlert]:
    """The alerts of these incidents, withdrawn ones too."""
    found: list[KeptAlert] = []
    for part in some(sorted(set(incidents))):
        rows = session.execute(select(w.alert).where(w.alert.c.incident.in_(part)))
        found += [kept_alert(row) for row in rows]
    return found


def live_alerts(session: Session, mark: str) -> list[KeptAlert]:
    """The alerts that want a person, of incidents whose id begins so."""
    a = w.alert.c
    query = select(w.alert).where(
        a.state.in_(["open", "acknowledged", "snoozed"]),
        a.incident.startswith(mark, autoescape=True),
    )
    return [kept_alert(row) for row in session.execute(query.order_by(a.n))]


def log_of(session: Session, id: str) -> list[LogLine]:
    """Everything that happened to an alert, the oldest first."""
    rows = session.execute(
        select(w.alert_log)
        .where(w.alert_log.c.alert == id)
        .order_by(w.alert_log.c.at, w.alert_log.c.n)
    )
    return [LogLine(at=r.at, what=r.what, author=r.author, note=r.note) for r in rows]


def touch(session: Session, id: str, at: datetime) -> None:
    """Say that something about an alert changed. Raises StoreError where there is none."""
    done = session.execute(update(w.alert).where(w.alert.c.id == id).values(updated_at=at))
    if done.rowcount == 0:
        raise StoreError("no such alert", where=id)


def told_at(session: Session, id: str) -> list[datetime]:
    """When each revision of an alert came about, the first first."""
    return [line.at for line in log_of(session, id) if line.what in CHANGES]


def open_since(session: Session, id: str) -> datetime | None:
    """From when on nobody has taken an alert up; None where somebody has, or it was withdrawn."""
    since = None
    for line in log_of(session, id):
        taken = line.what in {"acknowledged", "snoozed", "closed", "withdrawn"}
        since = None if taken else since or line.at
    return since


def log(
    session: Session, id: str, at: datetime, what: str, author: str = "watchfloor",
    note: str | None = None,
) -> None:  # fmt: skip
    """Add a line to what happened to an alert."""
    values = {"alert": id, "at": at, "what": what, "author": author, "note": note or None}
    session.execute(insert(w.alert_log).values(values))


def _move(
    session: Session, id: str, author: str, at: datetime, state: str, note: str, **more: Any
) -> None:
    if not author.strip():
        raise InputError("nobody named", where=id, right="say who decides")
    values = {"state": state, "updated_at": at, **more}
    done = session.execute(update(w.alert).where(w.alert.c.id == id).values(values))
    if done.rowcount == 0:
        raise StoreError("no such alert", where=id)
    log(session, id, at, state, author, note)


def _encoded(alert: dict[str, Any]) -> str:
    return msgspec.json.encode(alert).decode()


def kept_alert(row: Any) -> KeptAlert:
    """The alert of a row of its table."""
    return KeptAlert(
        n=row.n, id=row.id, incident=row.incident, register=row.register, severity=row.severity,
        state=row.state, revision=row.revision, first_at=row.first_at, updated_at=row.updated_at,
        doc=msgspec.json.decode(row.doc), snoozed_until=row.snoozed_until,
        disposition=row.disposition,
    )  # fmt: skip
