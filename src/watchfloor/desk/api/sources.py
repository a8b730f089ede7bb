"""Sources: feeds and how they fare, outlets, and the grades that persons give both."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, answer, found, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.judging import OUTLET, decided
from watchfloor.desk.orders import orders
from watchfloor.desk.serve import record
from watchfloor.store import Judgement, grade_feed
from watchfloor.store.feeds import Feed, feeds
from watchfloor.store.reports import Outlet, outlets

router = APIRouter(prefix="/api/v1", tags=["sources"])
read, write = [needs("sources:read")], [needs("sources:write")]
Letter = Literal["A", "B", "C", "D", "E", "F"]
Said = Annotated[str, Field(min_length=1, max_length=2000)]


class FeedGrade(BaseModel):
    """How reliable a person holds a feed to be (Admiralty), null where nobody says."""

    model_config = strict(address="https://herald.invalid/feed", grade="B")
    address: Said
    grade: Letter | None = None


class OutletGrade(BaseModel):
    """How reliable a person holds an outlet, or a named source, to be, and why."""

    model_config = strict(name="Northern Valley Herald", grade="B", reason="right on Dasu")
    of: Literal["outlet", "source"] = "outlet"
    name: Said
    grade: Letter
    reason: Said


@router.get("/feeds", dependencies=read, responses=many(Feed))
def listed(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The feeds that are listened to, and how they fare."""
    with record(request).reading() as session:
        return part(request, feeds(session), cursor, limit)


@router.post("/feeds/grade", dependencies=write, responses=one(Feed))
def grade(request: Request, said: FeedGrade) -> Response:
    """Grade a feed, or take its grade back."""
    with record(request).writing() as session:
        changed = grade_feed(session, said.address, said.grade, datetime.now(UTC))
        orders(request).in_step(session, changed)
        mine = (f for f in feeds(session) if f.address == said.address)
        return answer(request, found(next(mine, None), "feed"))


@router.get("/outlets", dependencies=read, responses=many(Outlet))
def published(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Who published the reports of the record, the most reports first."""
    with record(request).reading() as session:
        return part(request, outlets(session), cursor, limit, ("name",))


@router.post("/sources/grade", dependencies=write, responses=one(Judgement))
def grade_source(request: Request, said: OutletGrade) -> Response:
    """Grade an outlet or a source; kept as a judgement, whose undoing takes it back."""
    field = f"{OUTLET if said.of == 'outlet' else 'source:'}{said.name}"
    with record(request).writing() as session:
        return answer(
            request, decided(request, session, "grade", said.reason, field=field, value=said.grade)
        )
