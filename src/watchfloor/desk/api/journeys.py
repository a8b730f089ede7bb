"""Journeys: leave asked for and decided, and those that were not heard of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, answer, part
from watchfloor.desk.api.cases import number
from watchfloor.desk.api.cell import HOURS, Count, Said, read
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.response.forms import Moment, visible
from watchfloor.desk.serve import record
from watchfloor.response import records as r
from watchfloor.response.due import Overdue, overdue
from watchfloor.store.journeys import ask_leave, decide_leave, undecide_leave
from watchfloor.store.response import found, standing

router = APIRouter(prefix="/api/v1/cell", tags=["cell"])
Writer = Annotated[Who, needs("cell:write")]
Assigner = Annotated[Who, needs("cell:assign")]


class Point(BaseModel):
    """A place at which a journey reports by a time."""

    model_config = strict(name="Old bridge", due_at="2031-03-03T08:00:00Z")
    name: Said
    due_at: Moment


class Journeying(BaseModel):
    """A journey for which leave is asked: routes in words, never coordinates."""

    model_config = strict(title="Convoy of two", people=6, route="river road", **HOURS)
    title: Said
    people: Count
    route: Said
    alternate: Said | None = None
    journey: Said | None = None
    points: Annotated[list[Point], Field(max_length=50)] = []
    starts_at: Moment
    ends_at: Moment


class Deciding(BaseModel):
    """What is decided of a journey; a refusal says why."""

    model_config = strict(state="cleared", reason="")
    state: Literal["cleared", "refused", "under way", "arrived", "cancelled"]
    reason: Annotated[str, Field(max_length=2000)] = ""


@router.get("/journeys", dependencies=read, responses=many(r.Clearance))
def journeys(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Journeys, and what was decided of them."""
    with record(request).reading() as session:
        return part(request, found(session, r.Clearance), cursor, limit)


@router.post("/journeys", responses=one(r.Clearance))
def ask(request: Request, said: Journeying, who: Writer) -> Response:
    """Ask for leave for a journey."""
    values = said.model_dump(exclude={"points"})
    points = tuple(r.CallPoint(name=p.name, due_at=p.due_at) for p in said.points)
    made = r.Clearance(**values, points=points, asked_by=who.name, asked_at=datetime.now(UTC))
    with record(request).writing() as session:
        return answer(request, ask_leave(session, made))


@router.post("/journeys/{n}/decide", responses=one(r.Clearance))
def decide(request: Request, n: int, said: Deciding, who: Assigner) -> Response:
    """Clear or refuse a journey, or say that it set out, arrived or was called off."""
    visible(request, r.Clearance, number(n))
    with record(request).writing() as session:
        made = decide_leave(session, n, said.state, said.reason, who.name, datetime.now(UTC))
        return answer(request, made)


@router.post("/journeys/{n}/undecide", responses=one(r.Clearance))
def undecide(request: Request, n: int, _who: Assigner) -> Response:
    """Take a decision back: leave is asked for again."""
    visible(request, r.Clearance, number(n))
    with record(request).writing() as session:
        return answer(request, undecide_leave(session, n))


@router.get("/overdue", dependencies=read, responses=many(Overdue))
def late(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Journeys that were not heard of at a call point."""
    with record(request).reading() as session:
        journeys, calls = found(session, r.Clearance), standing(session, r.CheckIn)
    told = overdue(journeys, calls, datetime.now(UTC))
    return part(request, told, cursor, limit, ("clearance", "point"))
