"""The cell: resources, needs, assignments with gaps and clashes, watches, journeys, check-ins."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, answer, part
from watchfloor.desk.api.document import many, one
from watchfloor.desk.response.forms import Moment, visible
from watchfloor.desk.serve import record
from watchfloor.response import records as r
from watchfloor.response.cover import Clash, Gap, clashes, gaps
from watchfloor.response.due import Overdue, overdue
from watchfloor.store.journeys import ask_leave, decide_leave, keep_check_in, undecide_leave
from watchfloor.store.response import found, keep, standing

router = APIRouter(prefix="/api/v1/cell", tags=["cell"])
read = [needs("cell:read")]
Writer = Annotated[Who, needs("cell:write")]
Assigner = Annotated[Who, needs("cell:assign")]
Said = Annotated[str, Field(min_length=1, max_length=300)]
Count = Annotated[int, Field(ge=0, le=10**6)]
Number = Annotated[int, Field(ge=0, le=2**53)]
Kind = Literal["guard", "vehicle", "interpreter", "safe room"]
HOURS = {"starts_at": "2031-03-03T06:00:00Z", "ends_at": "2031-03-03T18:00:00Z"}


def _strict(**example: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"example": example})


class Means(BaseModel):
    """A resource by its call sign."""

    model_config = _strict(name="Falcon", kind="guard", size=4)
    name: Said
    kind: Kind
    size: Count = 1
    base: Said | None = None


class Wanting(BaseModel):
    """What a site or journey needs, and when."""

    model_config = _strict(subject="sites:dasu", kind="guard", size=4, **HOURS)
    subject: Said
    kind: Kind
    size: Count = 1
    starts_at: Moment
    ends_at: Moment


class Assigning(BaseModel):
    """A resource with a site, journey or case for a period."""

    model_config = _strict(resource=1, subject="sites:dasu", **HOURS)
    resource: Number
    subject: Said
    starts_at: Moment
    ends_at: Moment


class Turning(BaseModel):
    """A turn of watch."""

    model_config = _strict(post="duty officer", holder="ana", **HOURS)
    post: Said
    holder: Said
    starts_at: Moment
    ends_at: Moment


class Point(BaseModel):
    """A place at which a journey reports by a time."""

    model_config = _strict(name="Old bridge", due_at="2031-03-03T08:00:00Z")
    name: Said
    due_at: Moment


class Journeying(BaseModel):
    """A journey for which leave is asked: routes in words, never coordinates."""

    model_config = _strict(title="Convoy of two", people=6, route="river road", **HOURS)
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

    model_config = _strict(state="cleared", reason="")
    state: Literal["cleared", "refused", "under way", "arrived", "cancelled"]
    reason: Annotated[str, Field(max_length=2000)] = ""


class CheckingIn(BaseModel):
    """A site, journey or team was heard of; `point` counts a journey's call points from 0."""

    model_config = _strict(subject="clearances:1", point=0, people=6)
    subject: Said
    state: Literal["well", "delayed", "needs help"] = "well"
    point: Number | None = None
    people: Count | None = None
    note: Annotated[str, Field(max_length=2000)] | None = None


class Measuring(BaseModel):
    """A measure at a site as somebody found it; fresh for so many days."""

    model_config = _strict(site="sites:dasu", measure="gate guarded", finding="in place")
    site: Said
    measure: Said
    finding: Literal["in place", "partly in place", "not in place"]
    good_days: Annotated[int, Field(ge=1, le=3650)] = 30
    note: Annotated[str, Field(max_length=2000)] | None = None


@router.get("/resources", dependencies=read, responses=many(r.Resource))
def resources(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Guards, vehicles, interpreters and safe rooms."""
    return _all(request, r.Resource, cursor, limit)


@router.post("/resources", responses=one(r.Resource))
def add_resource(request: Request, said: Means, who: Writer) -> Response:
    """Add a resource."""
    return _kept(request, r.Resource(**said.model_dump(), **_by(who)))


@router.get("/needs", dependencies=read, responses=many(r.Need))
def needed(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """What sites and journeys need."""
    return _all(request, r.Need, cursor, limit)


@router.post("/needs", responses=one(r.Need))
def add_need(request: Request, said: Wanting, who: Writer) -> Response:
    """State a need."""
    return _kept(request, r.Need(**said.model_dump(), **_by(who)))


@router.get("/assignments", dependencies=read, responses=many(r.Assignment))
def assignments(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Which resource is with what, and when."""
    return _all(request, r.Assignment, cursor, limit)


@router.post("/assignments", responses=one(r.Assignment))
def assign(request: Request, said: Assigning, who: Assigner) -> Response:
    """Assign a resource."""
    visible(request, r.Resource, said.resource)
    return _kept(request, r.Assignment(**said.model_dump(), **_by(who)))


@router.get("/gaps", dependencies=read, responses=many(Gap))
def lacking(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Where a need is not met, from now on."""
    now = datetime.now(UTC)
    with record(request).reading() as session:
        all_ = gaps(*(standing(session, kind) for kind in (r.Need, r.Assignment, r.Resource)))  # type: ignore[arg-type]
    ahead = [g for g in all_ if g.ends_at > now]
    return part(request, ahead, cursor, limit, ("need", "starts_at"))


@router.get("/clashes", dependencies=read, responses=many(Clash))
def clashing(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Which resources are in two places at once, from now on."""
    now = datetime.now(UTC)
    with record(request).reading() as session:
        all_ = clashes(standing(session, r.Assignment))
    ahead = [c for c in all_ if c.ends_at > now]
    return part(request, ahead, cursor, limit, ("one", "other"))


@router.get("/turns", dependencies=read, responses=many(r.Turn))
def turns(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The roster."""
    return _all(request, r.Turn, cursor, limit)


@router.post("/turns", responses=one(r.Turn))
def add_turn(request: Request, said: Turning, who: Writer) -> Response:
    """Put an account on the roster."""
    return _kept(request, r.Turn(**said.model_dump(), **_by(who)))


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
    visible(request, r.Clearance, n if 0 <= n <= 2**53 else -1)
    with record(request).writing() as session:
        made = decide_leave(session, n, said.state, said.reason, who.name, datetime.now(UTC))
        return answer(request, made)


@router.post("/journeys/{n}/undecide", responses=one(r.Clearance))
def undecide(request: Request, n: int, _who: Assigner) -> Response:
    """Take a decision back: leave is asked for again."""
    visible(request, r.Clearance, n if 0 <= n <= 2**53 else -1)
    with record(request).writing() as session:
        return answer(request, undecide_leave(session, n))


@router.get("/overdue", dependencies=read, responses=many(Overdue))
def late(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Journeys that were not heard of at a call point."""
    with record(request).reading() as session:
        journeys, calls = found(session, r.Clearance), standing(session, r.CheckIn)
    told = overdue(journeys, calls, datetime.now(UTC))
    return part(request, told, cursor, limit, ("clearance", "point"))


@router.get("/check-ins", dependencies=read, responses=many(r.CheckIn))
def calls(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Who was heard of, and when."""
    return _all(request, r.CheckIn, cursor, limit)


@router.post("/check-ins", responses=one(r.CheckIn))
def check_in(request: Request, said: CheckingIn, who: Writer) -> Response:
    """Keep that a site, journey or team was heard of."""
    with record(request).writing() as session:
        return answer(request, keep_check_in(session, r.CheckIn(**said.model_dump(), **_by(who))))


@router.get("/measures", dependencies=read, responses=many(r.Assurance))
def measures(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """What was found of measures at sites: the evidence of letters of assurance."""
    return _all(request, r.Assurance, cursor, limit)


@router.post("/measures", responses=one(r.Assurance))
def measure(request: Request, said: Measuring, who: Writer) -> Response:
    """Keep what was found of a measure at a site."""
    return _kept(request, r.Assurance(**said.model_dump(), **_by(who)))


def _all(request: Request, kind: type[r.Droppable], cursor: str, limit: int) -> Response:
    with record(request).reading() as session:
        return part(request, standing(session, kind), cursor, limit)


def _kept(request: Request, one_: r.Droppable) -> Response:
    with record(request).writing() as session:
        return answer(request, keep(session, one_))


def _by(who: Who) -> dict[str, Any]:
    return {"made_by": who.name, "made_at": datetime.now(UTC)}
