"""What is to be told: queued with the change that gives cause, sent after, never twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from watchfloor.errors import StoreError
from watchfloor.records import Record
from watchfloor.store import watch_tables as w
from watchfloor.store.alerts import KeptAlert, alert_of
from watchfloor.store.database import Session

STATES = ("waiting", "sent", "spared", "dead")
#: Seconds after which a telling that a process claimed is due for the others.
LEASE_S = 120.0


class Delivery(Record, frozen=True, kw_only=True):
    """One telling of one revision of an alert on one channel. `what`: raised, escalated, updated,
    downgraded, withdrawn. `before`: whether the channel was told of the alert before.
    """

    n: int
    alert: KeptAlert
    revision: int
    channel: str
    what: str
    tries: int
    before: bool = False


class Line(Record, frozen=True, kw_only=True):
    """A line of the log of tellings. `state`: waiting, sent, spared or dead."""

    n: int
    alert: str
    revision: int
    channel: str
    what: str
    state: str
    tries: int
    due_at: datetime
    sent_at: datetime | None = None
    error: str | None = None


def deliveries(
    session: Session, states: Collection[str] = (), alert: str | None = None,
    limit: int | None = 100,
) -> list[Line]:  # fmt: skip
    """The log of tellings, the newest first; of some states or of one alert only."""
    d = w.delivery.c
    query = select(w.delivery).order_by(d.n.desc()).limit(limit)
    if states:
        query = query.where(d.state.in_(states))
    if alert:
        query = query.where(d.alert == alert)
    return [Line(**row._mapping) for row in session.execute(query)]


def try_again(session: Session, at: datetime, n: int | None = None) -> int:
    """Queue dead letters anew (one, or None: all of them); how many there were. Raises StoreError
    where the one is none.
    """
    d = w.delivery.c
    dead = update(w.delivery).where(d.state == "dead")
    if n is not None:
        dead = dead.where(d.n == n)
    done: int = session.execute(dead.values(state="waiting", tries=0, due_at=at)).rowcount
    if n is not None and not done:
        raise StoreError("no such dead letter", where=str(n), right="`deliveries --state dead`")
    return done


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
    told = select(d.n).where(d.alert == row.alert, d.channel == row.channel, d.state == "sent")
    return Delivery(
        n=row.n, alert=alert, revision=row.revision, channel=row.channel, what=row.what,
        tries=row.tries, before=session.scalar(told.limit(1)) is not None,
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
