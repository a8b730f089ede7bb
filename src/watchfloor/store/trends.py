"""Counts of incidents by month, kind or where, and how far the feeds could see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from watchfloor.records import Record
from watchfloor.store import tables as t
from watchfloor.store.database import Session
from watchfloor.store.feeds import Spell, feeds, spells
from watchfloor.store.queries import Filter, matching

GROUPS = ("month", "kind", "country", "district", "place")
#: What a district is called of which the reports say no more than the country.
NOWHERE = "district unknown"
#: States in which a feed could not be heard.
DEAF = frozenset({"blind", "broken"})


def counted(session: Session, wanted: Filter, by: str) -> dict[str, int]:
    """How many incidents match, for each month (`2031-03`), kind, country, district (`Sindh, PAK`:
    the gazetteer's first level below the country) or place.

    An incident falls on its first day; one whose day is not known is not counted.
    """
    i = t.incident.c
    column = _column(session, by)
    query = matching(session, wanted).with_only_columns(
        column.label("group"), func.count().label("n")
    )
    query = query.where(i.day_from.is_not(None))
    if wanted.first:
        query = query.where(i.day_from >= wanted.first)
    rows = session.execute(query.group_by(column).order_by(func.count().desc(), column))
    return {row.group: row.n for row in rows if row.group is not None}


def first_published(session: Session) -> datetime | None:
    """When the first report of the record was published, None where none says."""
    first: datetime | None = session.scalar(select(func.min(t.report.c.published_at)))
    return first


def _column(session: Session, by: str) -> Any:
    i, here = t.incident.c, session.dialect.name == "sqlite"
    if by == "month":
        return func.strftime("%Y-%m", i.day_from) if here else func.to_char(i.day_from, "YYYY-MM")
    if by == "district":
        inside = (
            func.json_extract(i.doc, "$.place.admin1")
            if here
            else cast(i.doc, JSONB)["place"]["admin1"].astext
        )
        return func.coalesce(inside, NOWHERE).concat(", ").concat(i.country)
    return {"kind": i.type, "country": i.country, "place": i.place}[by]


class Coverage(Record, frozen=True, kw_only=True):
    """How many feeds were watched, and the share of the time in which they could not be heard, all
    of them taken together; None where none was watched.
    """

    feeds: int
    deaf: float | None


def coverage(
    session: Session, first: datetime, last: datetime, country: str | None = None
) -> Coverage:
    """What the feeds could hear from `first` to `last`; of a country, those that cover it, which
    feeds do that name no country.
    """
    of_feed: dict[int, list[Spell]] = {}
    for spell in spells(session):
        of_feed.setdefault(spell.feed, []).append(spell)
    covers = {f.n for f in feeds(session) if country is None or f.country in {None, country}}
    watched = deaf = 0.0
    heard = set()
    for feed in covers & of_feed.keys():
        for state, start, end in stretches(of_feed[feed], first, last):
            seconds = (end - start).total_seconds()
            watched += seconds
            deaf += seconds if state in DEAF else 0.0
            heard.add(feed)
    return Coverage(feeds=len(heard), deaf=deaf / watched if watched else None)


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
