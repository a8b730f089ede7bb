"""The schema of the audit log, of releases, of readers and of what must not be deleted."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from watchfloor.store.tables import metadata
from watchfloor.store.types import Utc

#: What was done, each line holding the hash of the line before it; triggers refuse to change or
#: delete one, and no two lines may follow the same one. `at` is as it was hashed. `payload` is
#: the hash of what stands in `audit_payload`.
audit = Table(
    "audit",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False, index=True),
    Column("what", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("prev", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False, unique=True),
)

#: The particulars of a line, apart from it so that they can be erased; salted, so that what was
#: erased cannot be found again by guessing.
audit_payload = Table(
    "audit_payload",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("doc", Text, nullable=False),
)

#: Leave to give something out. Above AMBER another person than who proposed it must approve.
release = Table(
    "release",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("marking", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Utc, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Utc),
    Index("ix_release_kind_subject", "kind", "subject"),
)

#: Who was named to see something RED.
reader = Table(
    "reader",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("named_by", Text, nullable=False),
    Column("named_at", Utc, nullable=False),
)

#: What must be kept whatever its age, and why; lifted by a mark.
hold = Table(
    "hold",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("placed_at", Utc, nullable=False),
    Column("lifted_by", Text),
    Column("lifted_at", Utc),
    Index("ix_hold_kind_subject", "kind", "subject"),
)

#: How many days each kind is kept, where the desk has set it.
keeping = Table(
    "keeping",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("days", Integer, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", Utc, nullable=False),
)
