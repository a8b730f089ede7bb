"""Feeds in the record: what they are, how they fared, what they offered before."""

from __future__ import annotations

from collections.abc import Collection, Container
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from watchfloor.errors import StoreError
from watchfloor.records import Record
from watchfloor.store import watch_tables as w
from watchfloor.store.database import Session

#: Seconds after which a feed that a process claimed is due for the others.
LEASE_S = 300.0


class Feed(Record, frozen=True, kw_only=True):
    """Where reports come from. `kind`: feed page folder mailbox. `state`: new healthy quiet blind
    broken. `gap_s` is the usual time between its reports, None until it is known. `grade` is an
    Admiralty reliability that a person gave.
    """

    address: str
    kind: str
    name: str
    country: str | None = None
    grade: str | None = None
    every_s: float = 300.0
    marking: str = "CLEAR"
    etag: str | None = None
    modified: str | None = None
    state: str = "new"
    error: str | None = None
    failures: int = 0
    gap_s: float | None = None
    tried_at: datetime | None = None
    answered_at: datetime | None = None
    fresh_at: datetime | None = None
    next_at: datetime | None = None
    n: int = 0

    @property
    def host(self) -> str:
        """Whom its address asks: a host, or the folder itself."""
        return urlsplit(self.address).netloc.rpartition("@")[2] or self.address


class Spell(Record, frozen=True, kw_only=True):
    """From when a feed was in a state; until the next one begins."""

    feed: int
    state: str
    at: datetime
    error: str | None = None


def add_feed(session: Session, feed: Feed, at: datetime) -> None:
    """Add a feed, due at once; one whose address is there already keeps how it fared."""
    make = sqlite.insert if session.dialect.name == "sqlite" else postgresql.insert
    values = {
        "address": feed.address, "kind": feed.kind, "name": feed.name, "country": feed.country,
        "grade": feed.grade, "every_s": feed.every_s, "marking": feed.marking, "state": "new",
        "failures": 0, "next_at": at,
    }  # fmt: skip
    said = {k: values[k] for k in ("kind", "name", "country", "every_s", "marking")}
    session.execute(
        make(w.feed).values(values).on_conflict_do_update(index_elements=["address"], set_=said)
    )


def remove_feed(session: Session, address: str) -> None:
    """Forget a feed; its reports stay. Raises StoreError where there is none."""
    if session.execute(delete(w.feed).where(w.feed.c.address == address)).rowcount == 0:
        raise StoreError("no such feed", where=address)


def set_grade(session: Session, address: str, grade: str | None) -> None:
    """Set or take back the grade that a person gives a feed, itself alone. Raises StoreError."""
    done = session.execute(update(w.feed).where(w.feed.c.address == address).values(grade=grade))
    if done.rowcount == 0:
        raise StoreError("no such feed", where=address)


def feeds(session: Session) -> list[Feed]:
    """All feeds by name."""
    return [Feed(**r._mapping) for r in session.execute(select(w.feed).order_by(w.feed.c.name))]


def claim(
    session: Session, due: datetime, at: datetime, busy: Container[str] = (), most: int = 1
) -> list[Feed]:
    """Of the feeds due by a time the longest overdue, one a host and none of a `busy` host, so that
    no other process asks them for `LEASE_S` from `at`. How a feed fared, once noted, ends its
    claim; a process that dies lets it lapse.
    """
    query = select(w.feed).where(w.feed.c.next_at <= due).order_by(w.feed.c.next_at, w.feed.c.n)
    taken: dict[str, Feed] = {}
    for row in session.execute(query.with_for_update(skip_locked=True)):
        feed = Feed(**row._mapping)
        if len(taken) < most and feed.host not in busy:
            taken.setdefault(feed.host, feed)
    if taken:
        claimed = w.feed.c.n.in_([feed.n for feed in taken.values()])
        lapses = at + timedelta(seconds=LEASE_S)
        session.execute(update(w.feed).where(claimed).values(next_at=lapses))
    return list(taken.values())


def renew(session: Session, claimed: Collection[int], at: datetime) -> None:
    """Keep the claim on feeds for another `LEASE_S` from a time: asking them is not done yet."""
    lapses = at + timedelta(seconds=LEASE_S)
    session.execute(update(w.feed).where(w.feed.c.n.in_(claimed)).values(next_at=lapses))


def note_try(session: Session, feed: Feed, at: datetime) -> None:
    """Keep how a feed fared; a change of state begins a new spell."""
    values = {
        name: getattr(feed, name)
        for name in (
            "etag", "modified", "state", "error", "failures", "gap_s", "tried_at", "answered_at",
            "fresh_at", "next_at",
        )
    }  # fmt: skip
    old = session.scalar(select(w.feed.c.state).where(w.feed.c.n == feed.n))
    session.execute(update(w.feed).where(w.feed.c.n == feed.n).values(values))
    if old != feed.state:
        spell = {"feed": feed.n, "state": feed.state, "at": at, "error": feed.error}
        session.execute(insert(w.feed_state).values(spell))


def spells(session: Session, feed: int | None = None) -> list[Spell]:
    """The states that feeds were in, the oldest first."""
    query = select(w.feed_state).order_by(w.feed_state.c.n)
    if feed is not None:
        query = query.where(w.feed_state.c.feed == feed)
    rows = session.execute(query)
    return [Spell(feed=r.feed, state=r.state, at=r.at, error=r.error) for r in rows]
