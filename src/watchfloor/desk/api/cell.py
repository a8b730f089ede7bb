"""The cell: its lists (resources, needs, assignments, watches, check-ins, measures), each read and
added to in the same way, and what is wrong in them: gaps, clashes, a watch that nobody holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, answer, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.pages.response.cell import AHEAD
from watchfloor.desk.response.forms import Moment
from watchfloor.desk.response.work import kept
from watchfloor.desk.serve import must, record
from watchfloor.records import Record
from watchfloor.response import records as r
from watchfloor.response.cover import Clash, Gap, Unheld, clashes, double_turns, gaps, unheld
from watchfloor.store.response import standing

router = APIRouter(prefix="/api/v1/cell", tags=["cell"])
read = [needs("cell:read")]
Said = Annotated[str, Field(min_length=1, max_length=300)]
Count = Annotated[int, Field(ge=0, le=10**6)]
Number = Annotated[int, Field(ge=0, le=2**53)]
Kind = Literal["guard", "vehicle", "interpreter", "safe room"]
HOURS = {"starts_at": "2031-03-03T06:00:00Z", "ends_at": "2031-03-03T18:00:00Z"}


class Means(BaseModel):
    """A resource by its call sign."""

    model_config = strict(name="Falcon", kind="guard", size=4)
    name: Said
    kind: Kind
    size: Count = 1
    base: Said | None = None


class Wanting(BaseModel):
    """What a site or journey needs, and when."""

    model_config = strict(subject="sites:dasu", kind="guard", size=4, **HOURS)
    subject: Said
    kind: Kind
    size: Count = 1
    starts_at: Moment
    ends_at: Moment


class Assigning(BaseModel):
    """A resource with a site, journey or case for a period."""

    model_config = strict(resource=1, subject="sites:dasu", **HOURS)
    resource: Number
    subject: Said
    starts_at: Moment
    ends_at: Moment


class Turning(BaseModel):
    """A turn of watch."""

    model_config = strict(post="duty officer", holder="ana", **HOURS)
    post: Said
    holder: Said
    starts_at: Moment
    ends_at: Moment


class CheckingIn(BaseModel):
    """A site, journey or team was heard of; `point` counts a journey's call points from 0."""

    model_config = strict(subject="clearances:1", point=0, people=6)
    subject: Said
    state: Literal["well", "delayed", "needs help"] = "well"
    point: Number | None = None
    people: Count | None = None
    case: Number | None = None
    note: Annotated[str, Field(max_length=2000)] | None = None


class Measuring(BaseModel):
    """A measure at a site as somebody found it; fresh for so many days."""

    model_config = strict(site="sites:dasu", measure="gate guarded", finding="in place")
    site: Said
    measure: Said
    finding: Literal["in place", "partly in place", "not in place"]
    good_days: Annotated[int, Field(ge=1, le=3650)] = 30
    note: Annotated[str, Field(max_length=2000)] | None = None


class Listed(Record, frozen=True, kw_only=True):
    """A list of the cell: its record, what is sent to add to it, the permission that it takes, and
    what reading and adding are in words.
    """

    kind: type[r.Droppable]
    body: type[BaseModel]
    holds: str
    adds: str
    permission: str = "cell:write"


LISTS = {
    "resources": Listed(
        kind=r.Resource, body=Means, adds="Add a resource.",
        holds="Guards, vehicles, interpreters and safe rooms.",
    ),
    "needs": Listed(
        kind=r.Need, body=Wanting, holds="What sites and journeys need.", adds="State a need.",
    ),
    "assignments": Listed(
        kind=r.Assignment, body=Assigning, permission="cell:assign", adds="Assign a resource.",
        holds="Which resource is with what, and when.",
    ),
    "turns": Listed(
        kind=r.Turn, body=Turning, holds="The roster.", adds="Put an account on the roster.",
    ),
    "check-ins": Listed(
        kind=r.CheckIn, body=CheckingIn, holds="Who was heard of, and when.",
        adds="Keep that a site, journey or team was heard of.",
    ),
    "measures": Listed(
        kind=r.Assurance, body=Measuring, adds="Keep what was found of a measure at a site.",
        holds="What was found of measures at sites: the evidence of letters of assurance.",
    ),
}  # fmt: skip


def _reading(one_: Listed) -> Callable[..., Response]:
    def listed(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
        with record(request).reading() as session:
            return part(request, standing(session, one_.kind), cursor, limit)

    return listed


def _adding(one_: Listed) -> Callable[..., Response]:
    def add(request: Request, said: BaseModel) -> Response:
        made = one_.kind(**said.model_dump(), made_by=must(request), made_at=datetime.now(UTC))
        return answer(request, kept(request, made))

    add.__annotations__["said"] = one_.body
    return add


for _name, _list in LISTS.items():
    router.get(
        f"/{_name}", dependencies=read, responses=many(_list.kind), name=_name,
        summary=_list.holds,
    )(_reading(_list))  # fmt: skip
    router.post(
        f"/{_name}", dependencies=[needs(_list.permission)], responses=one(_list.kind),
        name=f"add to {_name}", summary=_list.adds,
    )(_adding(_list))  # fmt: skip


@router.get("/gaps", dependencies=read, responses=many(Gap))
def lacking(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Where a need is not met, from now on."""
    with record(request).reading() as session:
        found = gaps(
            standing(session, r.Need), standing(session, r.Assignment),
            standing(session, r.Resource),
        )  # fmt: skip
    return _ahead(request, found, cursor, limit, ("need", "starts_at"))


@router.get("/clashes", dependencies=read, responses=many(Clash))
def clashing(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Which resources are in two places at once, from now on."""
    with record(request).reading() as session:
        found = clashes(standing(session, r.Assignment))
    return _ahead(request, found, cursor, limit, ("one", "other"))


@router.get("/double-turns", dependencies=read, responses=many(Clash))
def doubled(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Which accounts hold two posts at once, from now on; `one` and `other` are turns."""
    with record(request).reading() as session:
        found = double_turns(standing(session, r.Turn))
    return _ahead(request, found, cursor, limit, ("one", "other"))


@router.get("/unheld", dependencies=read, responses=many(Unheld))
def nobody(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """When in the next two days nobody holds the watch."""
    now = datetime.now(UTC)
    with record(request).reading() as session:
        found = unheld(r.DUTY, standing(session, r.Turn), now, now + AHEAD)
    return part(request, found, cursor, limit, ("starts_at",))


def _ahead(
    request: Request, found: Sequence[Gap] | Sequence[Clash], cursor: str, limit: int,
    by: tuple[str, ...],
) -> Response:  # fmt: skip
    """A part of what is not over yet."""
    now = datetime.now(UTC)
    return part(request, [one_ for one_ in found if one_.ends_at > now], cursor, limit, by)
