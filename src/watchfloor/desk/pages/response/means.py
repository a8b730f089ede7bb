"""What a person does in the cell: roster, means, needs, assignments, journeys, check-ins."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel

from watchfloor.desk.access import needs
from watchfloor.desk.response.forms import (
    Text,
    Whole,
    maybe_whole,
    moment_of,
    points_of,
    went,
    zone_of,
)
from watchfloor.desk.response.work import kept
from watchfloor.desk.serve import must, record
from watchfloor.errors import InputError
from watchfloor.response import records as r
from watchfloor.store.journeys import ask_leave, decide_leave, undecide_leave

router = APIRouter()
WRITE, ASSIGN = [needs("cell:write")], [needs("cell:assign")]


class CheckedIn(BaseModel):
    """The form of a check-in; `people`, `point` and `case` are numbers or empty."""

    subject: str = ""
    state: str = "well"
    people: str = ""
    point: str = ""
    case: str = ""
    note: str = ""
    to: str = "/cell"


class AskedLeave(BaseModel):
    """The form of a journey; `points` holds one call point a line."""

    title: str = ""
    journey: str = ""
    people: int = 0
    starts: str = ""
    ends: str = ""
    route: str = ""
    alternate: str = ""
    points: str = ""


@router.post("/turns", dependencies=WRITE)
def turn(
    request: Request, post: Text = "", holder: Text = "", starts: Text = "", ends: Text = ""
) -> Response:
    """Put an account on the roster."""
    one = r.Turn(post=post.strip().lower(), holder=holder.strip(),
                 **_period(request, starts, ends), **_made(request))  # fmt: skip
    return _kept(request, one, "turns")


@router.post("/resources", dependencies=WRITE)
def resource(
    request: Request, name: Text = "", kind: Text = "", size: Whole = 1, base: Text = "",
    note: Text = "",
) -> Response:  # fmt: skip
    """Add a guard team, vehicle, interpreter or safe room by its call sign."""
    one = r.Resource(name=name.strip(), kind=kind, size=size, base=base.strip() or None,
                     note=note.strip() or None, **_made(request))  # fmt: skip
    return _kept(request, one, "resources")


@router.post("/needs", dependencies=WRITE)
def need(
    request: Request, subject: Text = "", kind: Text = "", size: Whole = 1, starts: Text = "",
    ends: Text = "",
) -> Response:  # fmt: skip
    """Say what a site or journey needs, and when."""
    one = r.Need(subject=subject.strip(), kind=kind, size=size,
                 **_period(request, starts, ends), **_made(request))  # fmt: skip
    return _kept(request, one, "needs")


@router.post("/assignments", dependencies=ASSIGN)
def assign(
    request: Request, resource: Whole = 0, subject: Text = "", starts: Text = "", ends: Text = "",
    to: Text = "/cell",
) -> Response:  # fmt: skip
    """Assign a resource to a site, journey or case."""
    one = r.Assignment(resource=resource, subject=subject.strip(),
                       **_period(request, starts, ends), **_made(request))  # fmt: skip
    return _kept(request, one, "assignments", to)


@router.post("/assurances", dependencies=WRITE)
def assurance(
    request: Request, site: Text = "", measure: Text = "", finding: Text = "",
    good_days: Whole = 30, note: Text = "",
) -> Response:  # fmt: skip
    """Keep what was found of a measure at a site: the evidence of assurance letters."""
    one = r.Assurance(site=site.strip(), measure=" ".join(measure.lower().split()),
                      finding=finding, good_days=good_days, note=note.strip() or None,
                      **_made(request))  # fmt: skip
    if not one.site:
        raise InputError("site is empty", right="the site at which it was looked at")
    return _kept(request, one, "assurances")


@router.post("/check-ins", dependencies=WRITE)
def check_in(request: Request, said: Annotated[CheckedIn, Form()]) -> Response:
    """Keep that a site, journey or team was heard of; a journey's last point is its arrival."""
    one = r.CheckIn(
        subject=said.subject.strip(), state=said.state, people=maybe_whole(said.people, "people"),
        point=maybe_whole(said.point, "point"), case=maybe_whole(said.case, "case"),
        note=said.note.strip() or None, **_made(request),
    )  # fmt: skip
    return _kept(request, one, "check-ins", said.to)


@router.post("/clearances", dependencies=WRITE)
def ask(request: Request, said: Annotated[AskedLeave, Form()]) -> Response:
    """Ask for leave for a journey."""
    one = r.Clearance(
        title=said.title.strip(), journey=said.journey.strip() or None, people=said.people,
        route=said.route.strip(), alternate=said.alternate.strip() or None,
        points=points_of(said.points, zone_of(request)), asked_by=must(request),
        asked_at=datetime.now(UTC), **_period(request, said.starts, said.ends),
    )  # fmt: skip
    with record(request).writing() as session:
        ask_leave(session, one)
    return went("/cell", "changed")


@router.post("/clearances/{n}/decide", dependencies=ASSIGN)
def decide(
    request: Request, n: int, state: Annotated[str, Form()] = "", reason: Text = ""
) -> Response:
    """Clear or refuse a journey, or say that it set out, arrived or was called off."""
    with record(request).writing() as session:
        decide_leave(session, n, state, reason, must(request), datetime.now(UTC))
    return went("/cell", "decided", "clearances", n)


@router.post("/clearances/{n}/undo", dependencies=ASSIGN)
def undecide(request: Request, n: int) -> Response:
    """Take a decision back: the journey is asked for again."""
    with record(request).writing() as session:
        undecide_leave(session, n)
    return went("/cell", "undecided")


def _kept(request: Request, one: r.Droppable, kind: str, to: str = "/cell") -> Response:
    return went(to, "kept", kind, kept(request, one).n)


def _made(request: Request) -> dict[str, Any]:
    return {"made_by": must(request), "made_at": datetime.now(UTC)}


def _period(request: Request, starts: str, ends: str) -> dict[str, Any]:
    zone = zone_of(request)
    return {
        "starts_at": moment_of(starts, zone, "from"),
        "ends_at": moment_of(ends, zone, "to"),
    }
