"""What a person types, as values; what was done, and how to undo it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from fastapi import Form, HTTPException, Request
from fastapi.responses import RedirectResponse
from pydantic import AfterValidator, AwareDatetime

from watchfloor.desk import clock
from watchfloor.desk.access.pages import here
from watchfloor.desk.frame import settings
from watchfloor.desk.serve import record
from watchfloor.desk.tongue import say
from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.response.records import CallPoint
from watchfloor.store.response import one_of

T = TypeVar("T", bound=Record)
Text = Annotated[str, Form()]
Whole = Annotated[int, Form()]

#: What was done, by the word that the next page's address has for it: what to say, and where to
#: undo it. `{kind}` and `{n}` are filled in.
DONE = {
    "kept": ("Kept.", "/{kind}/{n}/take-back"),
    "back": ("Taken back.", "/{kind}/{n}/put-back"),
    "again": ("Put back.", "/{kind}/{n}/take-back"),
    "opened": ("Case opened.", None),
    "noted": ("Written into the log, where it stays.", None),
    "changed": ("Changed.", None),
    "done": ("Task done.", "/tasks/{n}/mark?done="),
    "undone": ("Task not done.", "/tasks/{n}/mark?done=yes"),
    "closed": ("Case closed.", "/cases/{n}/reopen"),
    "reopened": ("Case opened again.", None),
    "told": ("Kept as told.", "/cases/{n}/marks?field=told_at&done="),
    "written": ("Kept as written up.", "/cases/{n}/marks?field=written_at&done="),
    "unmarked": ("Taken back.", None),
    "decided": ("Decided.", "/clearances/{n}/undo"),
    "undecided": ("Decision taken back: asked again.", None),
    "answered": ("Answer kept.", "/inquiries/{n}/answer?answer="),
    "found": ("Verification kept.", "/verifications/{n}/found?finding="),
    "version": ("A new version is kept; the ones before it stay.", None),
    "proposed": ("Proposed; somebody else must approve it.", None),
    "released": ("Released.", None),
    "refused": ("Refused.", None),
}  # fmt: skip


class Said(Record, frozen=True, kw_only=True):
    """What was just done; `undo` is where to post to undo it, None where it cannot be."""

    says: str
    undo: str | None
    hx: bool = False


def went(to: str, what: str, kind: str = "", n: int = 0) -> RedirectResponse:
    """Back to a page of this desk, which says what was done and offers to undo it."""
    path = here(to).partition("?")[0].partition("#")[0]
    return RedirectResponse(f"{path}?did={what}.{kind}.{n}", status_code=303)


def said(request: Request) -> Said | None:
    """What the address says was just done; None where it says nothing that can be."""
    what, _, rest = request.query_params.get("did", "").partition(".")
    kind, _, n = rest.partition(".")
    if what not in DONE or not n.isdigit() or not all(c.isalpha() or c == "-" for c in kind):
        return None
    says, undo = DONE[what]
    return Said(says=say(says), undo=undo.format(kind=kind, n=int(n)) if undo else None)


def moment_of(written: str, zone: ZoneInfo, what: str) -> datetime:
    """A moment as a page's field has it, in the desk's zone, as UTC.

    Raises InputError where it is none.
    """
    try:
        at = datetime.fromisoformat(written.strip())
        return in_reach(at.replace(tzinfo=zone) if at.tzinfo is None else at).astimezone(UTC)
    except ValueError as error:
        right = "a day and a time, as 2031-03-03T06:00"
        raise InputError(f"{written!r} is no moment", where=what, right=right) from error


def in_reach(at: datetime) -> datetime:
    """The moment. Raises ValueError for one that no desk can mean."""
    if not 1970 <= at.year <= 2200:
        raise ValueError("is not between 1970 and 2200")
    return at


#: A moment with a zone, as the API takes it; UTC from there on.
Moment = Annotated[AwareDatetime, AfterValidator(lambda at: in_reach(at).astimezone(UTC))]


def maybe_moment(written: str, zone: ZoneInfo, what: str) -> datetime | None:
    """A moment, None where the field was left empty."""
    return moment_of(written, zone, what) if written.strip() else None


def maybe_whole(written: str, what: str) -> int | None:
    """A whole number, None where the field was left empty. Raises InputError for anything else."""
    written = written.strip()
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 16):
        raise InputError(f"{written!r} is no number", where=what)
    return int(written)


def points_of(written: str, zone: ZoneInfo) -> tuple[CallPoint, ...]:
    """Call points, one a line: a moment, a blank, a name. Raises InputError for other lines."""
    points = []
    for line in written.splitlines():
        if not line.strip():
            continue
        at, _, name = line.strip().partition(" ")
        if not name.strip():
            right = "one a line: 2031-03-03T08:30 Old bridge"
            raise InputError(f"{line!r} is no call point", where="call points", right=right)
        points.append(CallPoint(name=name.strip(), due_at=moment_of(at, zone, "call points")))
    return tuple(sorted(points, key=lambda p: p.due_at))


def zone_of(request: Request) -> ZoneInfo:
    """The desk's zone."""
    return clock.zone_named(settings(request).zone)


def visible(request: Request, kind: type[T], n: int) -> T:
    """One of a kind that whoever asks may see. Raises 404 where there is none such."""
    with record(request).reading() as session:
        try:
            return one_of(session, kind, n)
        except StoreError as error:
            raise HTTPException(404, str(error)) from error
