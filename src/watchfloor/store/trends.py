"""Counts of incidents by month, kind, country or place; and how far the feeds could see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func

from watchfloor.store import tables as t
from watchfloor.store.database import Session
from watchfloor.store.feeds import Spell, spells
from watchfloor.store.queries import Filter, matching

GROUPS = ("month", "kind", "country", "place")
#: States in which a feed could not be heard.
DEAF = frozenset({"blind", "broken"})


def counted(session: Session, wanted: Filter, by: str) -> dict[str, int]:
    """How many incidents match, for each month (`2031-03`), kind, country or place.

    An incident falls on its first day; one whose day is not known is not counted.
    """
    i = t.incident.c
    month = (
        func.strftime("%Y-%m", i.day_from)
        if session.dialect.name == "sqlite"
        else func.to_char(i.day_from, "YYYY-MM")
    )
    column = {"month": month, "kind": i.type, "country": i.country, "place": i.place}[by]
    query = matching(session, wanted).with_only_columns(
        column.label("group"), func.count().label("n")
    )
    query = query.where(i.day_from.is_not(None))
    if wanted.first:
        query = query.where(i.day_from >= wanted.first)
    rows = session.execute(query.group_by(column).order_by(func.count().desc(), column))
    return {row.group: row.n for row in rows if row.group is not None}


def deaf_share(session: Session, first: datetime, last: datetime) -> float | None:
    """The share of the time from `first` to `last` in which the feeds could not be heard, all of
    them taken together; None where no feed was watched then.
    """
    of_feed: dict[int, list[Spell]] = {}
    for spell in spells(session):
        of_feed.setdefault(spell.feed, []).append(spell)
    watched = deaf = 0.0
    for line in of_feed.values():
        for state, start, end in stretches(line, first, last):
            seconds = (end - start).total_seconds()
            watched += seconds
            deaf += seconds if state in DEAF else 0.0
    return deaf / watched if watched else None


def stretches(
    line: Sequence[Spell], first: datetime, last: datetime
) -> list[tuple[str, datetime, datetime]]:
    """The states of one feed between two moments: each with its beginning and its end."""
    found = []
    for place, spell in enumerate(line):
        start = max(first, spell.at)
        end = min(last, line[place + 1].at if place + 1 < len(line) else last)
        if end > start:
            found.append((spell.state, start, end))
    return found
