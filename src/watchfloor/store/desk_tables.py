"""The schema of the desk: the register, and searches that people keep."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from watchfloor.store.seal import Sealed
from watchfloor.store.tables import metadata
from watchfloor.store.types import Utc

#: What the desk answers for. `kind`: sites groups journeys; `doc` is the entry (see formats.md);
#: what it is called and where it lies is sealed where the operator gives a key.
register_entry = Table(
    "register_entry",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Sealed, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("doc", Sealed, nullable=False),
)

#: A search that somebody keeps: the query part of its address.
saved_search = Table(
    "saved_search",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
)
