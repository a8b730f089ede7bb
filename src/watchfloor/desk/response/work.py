"""Work in the cell and in a case, for pages and programs alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from fastapi import Request
from msgspec.structs import asdict

from watchfloor.desk.access import Who
from watchfloor.desk.response.forms import visible
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.response import records as r
from watchfloor.store import Session, cases
from watchfloor.store.journeys import keep_check_in
from watchfloor.store.markings import MARKINGS
from watchfloor.store.response import change, keep, one_of


def kept(request: Request, one: r.Droppable) -> r.Droppable:
    """Something new of the cell, kept with its number.

    Raises 404 for a case or resource that whoever asks may not see, InputError for a resource that
    the cell has no more.
    """
    if isinstance(one, r.CheckIn):
        if one.case is not None:
            visible(request, r.Case, one.case)
        with record(request).writing() as session:
            return keep_check_in(session, one)
    if isinstance(one, r.Assignment):
        held = visible(request, r.Resource, one.resource)
        if held.dropped_at is not None:
            raise InputError("is not the cell's any more", where=held.name)
    with record(request).writing() as session:
        return keep(session, one)


def markable(marking: str, who: Who) -> list[str]:
    """The markings that somebody may give what is marked so: as it is, or narrower."""
    narrower = MARKINGS[MARKINGS.index(marking) :]
    return [m for m in narrower if m in who.markings or m == marking]


def changed(session: Session, case: r.Case, given: Mapping[str, str | None], who: Who) -> r.Case:
    """A case with these fields changed, which its log tells; empty is none.

    Raises InputError for a marking that is freer, or above what they may see.
    """
    wanted = {k: (v or "").strip() or None for k, v in given.items()}
    new = {k: v for k, v in wanted.items() if v != asdict(case)[k]}
    theirs = markable(case.marking, who)
    if "marking" in new and new["marking"] not in theirs:
        right = f"one of {', '.join(theirs)}"
        raise InputError(f"may not be marked {new['marking']!r}", right=right)
    for field in ("title", "severity"):
        if field in new and new[field] is None:
            raise InputError(f"{field} is empty", where=f"case {case.n}")
    if not new:
        return case
    made = change(session, one_of(session, r.Case, case.n), **new)
    told = "; ".join(f"{k}: {v or 'none'}" for k, v in new.items())
    cases.note(session, case.n, datetime.now(UTC), who.name, told, "changed")
    return made


def answered(session: Session, n: int, answer: str, who: str) -> r.Inquiry:
    """A request with its answer; an empty one takes it back."""
    said, now = answer.strip(), datetime.now(UTC)
    marks = {"answer": said, "answered_by": who, "answered_at": now} if said else dict.fromkeys(
        ("answer", "answered_by", "answered_at"))  # fmt: skip
    made = change(session, one_of(session, r.Inquiry, n), **marks)
    if made.case is not None:
        cases.note(session, made.case, now, who, said or "answer taken back", "answered")
    return made
