"""The register between the record, which keeps documents, and the watch, which holds entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from watchfloor.errors import InputError
from watchfloor.store import Session
from watchfloor.store.register import Entry, entries, replace_entries
from watchfloor.watch import Register
from watchfloor.watch.register import Group, Journey, Site

_RECORDS: dict[str, type[Site | Group | Journey]] = {
    "sites": Site, "groups": Group, "journeys": Journey,
}  # fmt: skip


def keep_register(session: Session, register: Register, author: str, at: datetime) -> None:
    """Make this the record's register."""
    given = [
        Entry(kind=kind, id=one.id, name=one.name, doc=msgspec.to_builtins(one))
        for kind in _RECORDS
        for one in getattr(register, kind)
    ]
    replace_entries(session, given, author, at)


def keep_entries(session: Session, given: Sequence[Entry], author: str, at: datetime) -> None:
    """Make these entries the record's register. Raises InputError for one that is none."""
    for one in given:
        right = _RECORDS.get(one.kind)
        try:
            made = msgspec.convert(one.doc, right) if right else None
        except msgspec.ValidationError as error:
            raise InputError(str(error), where=f"{one.kind}:{one.id}") from error
        if made is not None and (made.id, made.name) != (one.id, one.name):
            raise InputError("its fields have another id or name", where=f"{one.kind}:{one.id}")
    replace_entries(session, given, author, at)


def kept_register(session: Session) -> Register:
    """The record's register; empty where none was ever kept."""
    found: dict[str, list[Site | Group | Journey]] = {kind: [] for kind in _RECORDS}
    for entry in entries(session):
        found[entry.kind].append(msgspec.convert(entry.doc, _RECORDS[entry.kind]))
    return msgspec.convert({k: tuple(v) for k, v in found.items()}, Register, from_attributes=True)
