"""The register in the record: its entries as documents, each with who changed it and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select

from watchfloor.errors import InputError
from watchfloor.records import Record
from watchfloor.store import desk_tables as d
from watchfloor.store.database import Session

KINDS = ("sites", "groups", "journeys")


class Entry(Record, frozen=True, kw_only=True):
    """One entry; `doc` holds the fields of its line (see formats.md)."""

    kind: str
    id: str
    name: str
    doc: dict[str, Any]
    changed_at: datetime | None = None
    changed_by: str | None = None


def replace_entries(session: Session, given: Iterable[Entry], author: str, at: datetime) -> None:
    """Make these the whole register; an entry that says what it said keeps who changed it."""
    before = {(e.kind, e.id): e for e in entries(session)}
    session.execute(delete(d.register_entry))
    rows = []
    for entry in given:
        if entry.kind not in KINDS:
            right = f"one of {', '.join(KINDS)}"
            raise InputError(f"no such kind {entry.kind!r}", where=entry.id, right=right)
        old = before.get((entry.kind, entry.id))
        same = old is not None and old.doc == entry.doc
        rows.append(
            {"kind": entry.kind, "id": entry.id, "name": entry.name,
             "changed_at": old.changed_at if old and same else at,
             "changed_by": old.changed_by if old and same else author,
             "doc": msgspec.json.encode(entry.doc).decode()}
        )  # fmt: skip
    if rows:
        session.execute(insert(d.register_entry), rows)


def entries(session: Session) -> list[Entry]:
    """The whole register, by kind and name."""
    e = d.register_entry.c
    rows = session.execute(select(d.register_entry).order_by(e.kind, e.id)).all()
    return [
        Entry(kind=r.kind, id=r.id, name=r.name, doc=msgspec.json.decode(r.doc),
              changed_at=r.changed_at, changed_by=r.changed_by)
        for r in sorted(rows, key=lambda r: (r.kind, r.name, r.id))  # a sealed name has no order
    ]  # fmt: skip


def seal_anew(session: Session) -> int:
    """Write every entry again, sealed by the key that is set now; how many."""
    rows = session.execute(select(d.register_entry)).all()
    session.execute(delete(d.register_entry))
    if rows:
        session.execute(insert(d.register_entry), [dict(row._mapping) for row in rows])
    return len(rows)


def entry_names(session: Session) -> dict[str, str]:
    """The name of each entry by `kind:id`, as alerts write it."""
    e = d.register_entry.c
    return {
        f"{kind}:{id}": name for kind, id, name in session.execute(select(e.kind, e.id, e.name))
    }
