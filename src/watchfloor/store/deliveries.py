"""What is to be told: queued with the change that gives cause, sent after, never twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from watchfloor.records import Record
from watchfloor.store import watch_tables as w
from watchfloor.store.alerts import KeptAlert, alert_of
from watchfloor.store.database import Session

#: Seconds after which a telling that a process claimed is due for the others.
LEASE_S = 120.0


class Delivery(Record, frozen=True, kw_only=True):
    """One telling of one revision of an alert on one channel. `what`: raised, escalated, updated,
    downgraded, withdrawn.
    """

    n: int
    alert: KeptAlert
    revision: int
    channel: str
    what: str
    tries: int


def queue(
    session: Session, alert: str, revision: int, channel: str, what: str, due_at: datetime
) -> None:
    """Queue a telling."""
    session.execute(
        insert(w.delivery).values(
            alert=alert, revision=revision, channel=channel, what=what, state="waiting", tries=0,
            due_at=due_at,
        )
    )  # fmt: skip


def claim(session: Session, at: datetime, busy: Iterable[str] = ()) -> Delivery | None:
    """Of the tellings whose time has come the oldest on a channel that is not `busy`, so that no
    other process tells it for `LEASE_S`; None where none is due. A process that dies lets the claim
    lapse.
    """
    d = w.delivery.c
    query = select(w.delivery).where(d.state == "waiting", d.due_at <= at)
    query = query.where(d.channel.not_in(list(busy)))
    query = query.order_by(d.due_at, d.n).limit(1).with_for_update(skip_locked=True)
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    lapses = at + timedelta(seconds=LEASE_S)
    session.execute(update(w.delivery).where(d.n == row.n).values(due_at=lapses))
    alert = alert_of(session, row.alert)
    assert alert is not None
    return Delivery(
        n=row.n, alert=alert, revision=row.revision, channel=row.channel, what=row.what,
        tries=row.tries,
    )  # fmt: skip


def sent(session: Session, n: int, at: datetime) -> None:
    """It was taken by the channel."""
    values = {"state": "sent", "sent_at": at, "tries": w.delivery.c.tries + 1, "error": None}
    session.execute(update(w.delivery).where(w.delivery.c.n == n).values(values))


def spare(session: Session, n: int, why: str) -> None:
    """It need not be told any more."""
    values = {"state": "spared", "error": why}
    session.execute(update(w.delivery).where(w.delivery.c.n == n).values(values))


def failed(session: Session, n: int, error: str, again_at: datetime | None) -> None:
    """It was not taken; tried again at that time, or (None) laid with the dead letters."""
    values: dict[str, Any] = {"tries": w.delivery.c.tries + 1, "error": error}
    values["state"] = "waiting" if again_at else "dead"
    if again_at:
        values["due_at"] = again_at
    session.execute(update(w.delivery).where(w.delivery.c.n == n).values(values))


def counts(session: Session) -> dict[str, int]:
    """How many tellings are in each state."""
    rows = session.execute(select(w.delivery.c.state, func.count()).group_by(w.delivery.c.state))
    return {row[0]: row[1] for row in rows}
