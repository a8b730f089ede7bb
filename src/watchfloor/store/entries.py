"""What feeds offered before: so a page is got once, an edit is seen, and nothing comes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from watchfloor.records import Record
from watchfloor.store import watch_tables as w
from watchfloor.store.database import Session
from watchfloor.store.memory import some

#: For so long after a feed offered something last that is known of it; a report that comes back
#: after that is coded anew, and is still the same report.
MEMORY = timedelta(days=90)
#: That something is still offered is noted once in so long.
NOTED = timedelta(days=1)


class Known(Record, frozen=True, kw_only=True):
    """What stood at a key: its digest, when it was got last, how many times in a row it was the
    same then, and when it was last offered (to within `NOTED`).
    """

    digest: str
    asked_at: datetime
    seen_at: datetime
    steady: int = 0


def entries(session: Session, feed: int, since: datetime) -> dict[str, Known]:
    """What a feed offered since a time, by key."""
    e = w.entry.c
    query = select(e.key, e.digest, e.asked_at, e.seen_at, e.steady)
    rows = session.execute(query.where(e.feed == feed, e.seen_at >= since))
    return {
        r.key: Known(digest=r.digest, asked_at=r.asked_at, seen_at=r.seen_at, steady=r.steady)
        for r in rows
    }


def note_entries(
    session: Session, feed: int, seen: Iterable[tuple[str, str, str | None]], at: datetime
) -> None:
    """Keep what was got of a feed: keys, digests, and the report that each became (None: what it
    was before).
    """
    make = sqlite.insert if session.dialect.name == "sqlite" else postgresql.insert
    rows: list[dict[str, Any]] = [
        {"feed": feed, "key": key, "digest": digest, "report": report, "seen_at": at,
         "asked_at": at, "steady": 0}
        for key, digest, report in seen
    ]  # fmt: skip
    if rows:
        new, old = make(w.entry), w.entry.c
        changed = {
            "digest": new.excluded.digest, "seen_at": at, "asked_at": at,
            "report": func.coalesce(new.excluded.report, old.report),
            "steady": case((old.digest == new.excluded.digest, old.steady + 1), else_=0),
        }  # fmt: skip
        session.execute(
            new.on_conflict_do_update(index_elements=["feed", "key"], set_=changed), rows
        )


def note_offered(session: Session, feed: int, keys: Iterable[str], at: datetime) -> None:
    """Keep that a feed still offers what it offered before."""
    e = w.entry.c
    for part in some(list(keys)):
        still = update(w.entry).where(e.feed == feed, e.key.in_(part))
        session.execute(still.values(seen_at=at))
