"""The response in the record: kept, found, changed, taken back and put back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Table, insert, select, update

from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.response import records as r
from watchfloor.store import alerts
from watchfloor.store import response_tables as t
from watchfloor.store.database import Session

T = TypeVar("T", bound=Record)
D = TypeVar("D", bound=r.Droppable)
#: Where each record is kept.
TABLES: Mapping[type[Record], Table] = {
    r.Case: t.desk_case, r.Link: t.case_link, r.LogEntry: t.case_log, r.Task: t.task,
    r.HeadCount: t.head_count, r.CheckIn: t.check_in, r.Resource: t.resource, r.Need: t.need,
    r.Assignment: t.assignment, r.Turn: t.turn, r.Clearance: t.clearance, r.Inquiry: t.inquiry,
    r.Verification: t.verification, r.Assurance: t.assurance, r.Paper: t.paper,
    r.Version: t.paper_version,
}  # fmt: skip
#: The records that can be taken back, by the name that pages and the API have for them.
DROPPABLE: Mapping[str, type[r.Droppable]] = {
    "tasks": r.Task, "head-counts": r.HeadCount, "check-ins": r.CheckIn, "resources": r.Resource,
    "needs": r.Need, "assignments": r.Assignment, "turns": r.Turn, "inquiries": r.Inquiry,
    "verifications": r.Verification, "assurances": r.Assurance, "papers": r.Paper,
}  # fmt: skip


def keep(session: Session, one: T) -> T:
    """Keep something new; it comes back with its number.

    Raises InputError where a period ends before it begins, or nobody is named.
    """
    _check(one)
    table = TABLES[type(one)]
    values = _values(one)
    if "n" not in table.c:
        session.execute(insert(table).values(values))
        return one
    values.pop("n")
    n = session.scalar(insert(table).values(values).returning(table.c.n))
    return msgspec.structs.replace(one, n=n)


def found(session: Session, kind: type[T], *which: ColumnElement[bool]) -> list[T]:
    """All of a kind that meet the conditions, in the order kept."""
    table = TABLES[kind]
    query = select(table).where(*which).order_by(*table.primary_key.columns)
    return [_record(kind, row) for row in session.execute(query)]


def standing(session: Session, kind: type[D], *which: ColumnElement[bool]) -> list[D]:
    """All of a kind that meet the conditions and were not taken back."""
    return found(session, kind, TABLES[kind].c.dropped_at.is_(None), *which)


def one_of(session: Session, kind: type[T], n: int) -> T:
    """One of a kind by its number. Raises StoreError where there is none."""
    table = TABLES[kind]
    row = session.execute(select(table).where(table.c.n == n)).one_or_none()
    if row is None:
        raise StoreError(f"no such {kind.__name__.lower()}", where=str(n))
    return _record(kind, row)


def change(session: Session, one: T, **values: Any) -> T:
    """Change some fields of what is kept; the whole of it comes back."""
    made = msgspec.structs.replace(one, **values)
    _check(made)
    table = TABLES[type(one)]
    changed = {name: _values(made)[name] for name in values}
    session.execute(update(table).where(table.c.n == made.n).values(changed))  # type: ignore[attr-defined]
    return made


def take_back(session: Session, kind: type[D], n: int, who: str, at: datetime) -> D:
    """Take something back; it stays, marked. Raises StoreError where that was done already."""
    one = one_of(session, kind, n)
    if one.dropped_at is not None:
        raise StoreError(f"was taken back by {one.dropped_by} already", where=str(n))
    _tell(session, one, "verification taken back", who, at)
    return change(session, one, dropped_at=at, dropped_by=who)


def put_back(session: Session, kind: type[D], n: int, who: str, at: datetime) -> D:
    """Undo a taking back."""
    one = one_of(session, kind, n)
    _tell(session, one, "verification put back", who, at)
    return change(session, one, dropped_at=None, dropped_by=None)


def _tell(session: Session, one: r.Droppable, what: str, who: str, at: datetime) -> None:
    """The log of an alert tells what became of its verifications."""
    if isinstance(one, r.Verification):
        alerts.touch(session, one.alert, at)
        alerts.log(session, one.alert, at, what, who, one.asked_of)


def droppable(name: str) -> type[r.Droppable]:
    """The record behind a name such as `tasks`. Raises InputError where there is none."""
    if name not in DROPPABLE:
        raise InputError(f"no such kind {name!r}", right=f"one of {', '.join(DROPPABLE)}")
    return DROPPABLE[name]


#: Fields that may not be empty, and those that take one of a list.
_SAID = ("title", "what", "place", "subject", "name", "question", "asked_of", "measure", "post",
         "holder", "text", "route")  # fmt: skip
_ONE_OF: Mapping[tuple[type[Record], str], tuple[str | None, ...]] = {
    (r.Case, "severity"): r.SEVERITIES, (r.CheckIn, "state"): r.WELL,
    (r.Resource, "kind"): r.RESOURCES, (r.Need, "kind"): r.RESOURCES,
    (r.Clearance, "state"): r.CLEARANCES, (r.Assurance, "finding"): r.FINDINGS,
    (r.Paper, "kind"): r.PAPERS, (r.Verification, "finding"): (None, *r.VERIFIED),
}  # fmt: skip


def _check(one: Record) -> None:
    kind = type(one)
    for field in kind.__struct_fields__:
        value = getattr(one, field)
        if field in _SAID and not str(value).strip():
            raise InputError(f"{field} is empty", where=kind.__name__.lower())
        right = _ONE_OF.get((kind, field))
        if right and value not in right:
            valid = ", ".join(str(v) for v in right if v is not None)
            raise InputError(f"no such {field} {value!r}", right=f"one of {valid}")
        if isinstance(value, int) and value < 0:
            raise InputError(f"{field} is below 0", where=kind.__name__.lower())
    starts, ends = getattr(one, "starts_at", None), getattr(one, "ends_at", None)
    if starts is not None and ends is not None and ends <= starts:
        raise InputError(f"ends at {ends:%Y-%m-%d %H:%M}Z, before it begins",
                         where=kind.__name__.lower())  # fmt: skip


def _values(one: Record) -> dict[str, Any]:
    values = msgspec.structs.asdict(one)
    for field in ("points", "sections"):
        if field in values:
            values[field] = msgspec.to_builtins(values[field])
    return values


def _record(kind: type[T], row: Any) -> T:
    return msgspec.convert({f: row._mapping[f] for f in kind.__struct_fields__}, type=kind)
