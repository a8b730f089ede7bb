"""Searches that people keep, and take away again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select

from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.store import desk_tables as d
from watchfloor.store.database import Session


class SavedSearch(Record, frozen=True, kw_only=True):
    """A name for the query part of a search's address."""

    n: int
    name: str
    query: str
    author: str
    made_at: datetime


def save_search(session: Session, name: str, query: str, author: str, at: datetime) -> int:
    """Keep a search; its number. Raises InputError where it has no name or asks for nothing."""
    if not name.strip():
        raise InputError("the search has no name", right="a few words to find it by")
    if not query.strip():
        raise InputError("the search asks for nothing", right="words or a filter")
    values = {"name": name.strip(), "query": query, "author": author, "made_at": at}
    adding = insert(d.saved_search).values(values).returning(d.saved_search.c.n)
    return int(session.execute(adding).scalar_one())


def remove_search(session: Session, n: int) -> SavedSearch:
    """Take a search away; it comes back so that this can be undone."""
    row = session.execute(select(d.saved_search).where(d.saved_search.c.n == n)).one_or_none()
    if row is None:
        raise StoreError("no such saved search", where=str(n))
    session.execute(delete(d.saved_search).where(d.saved_search.c.n == n))
    return SavedSearch(**row._mapping)


def saved_searches(session: Session) -> list[SavedSearch]:
    """All of them, by name."""
    rows = session.execute(select(d.saved_search).order_by(d.saved_search.c.name))
    return [SavedSearch(**row._mapping) for row in rows]
