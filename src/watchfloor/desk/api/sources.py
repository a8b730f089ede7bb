"""Sources: feeds and how they fare, outlets, and the grades that persons give both."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, answer, found, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.judging import OUTLET, decided, graded, public_feeds
from watchfloor.desk.serve import record
from watchfloor.store import Judgement
from watchfloor.store.feeds import Feed, Spell, feeds, spells
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
    """The feeds that are listened to, and how they fare; addresses without their secrets."""
    with record(request).reading() as session:
        return part(request, public_feeds(session), cursor, limit)


@router.get("/feeds/{n}/spells", dependencies=read, responses=many(Spell))
def fared(request: Request, n: int, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The states that a feed was in, the oldest first; each holds until the next begins."""
    with record(request).reading() as session:
        found(next((f for f in feeds(session) if f.n == n), None), "feed")
        return part(request, spells(session, n), cursor, limit, ("at",))


@router.post("/feeds/grade", dependencies=write, responses=one(Feed))
def grade(request: Request, said: FeedGrade) -> Response:
    """Grade a feed, or take its grade back."""
    return answer(request, graded(request, said.address, said.grade))


@router.get("/outlets", dependencies=read, responses=many(Outlet))
def published(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Who published the reports of the record, the most reports first."""
    with record(request).reading() as session:
        return part(request, outlets(session), cursor, limit, ("name",))


@router.post("/sources/grade", dependencies=write, responses=one(Judgement))
def grade_source(request: Request, said: OutletGrade) -> Response:
    """Grade an outlet or a source; kept as a judgement, whose undoing takes it back."""
    field = f"{OUTLET if said.of == 'outlet' else 'source:'}{said.name}"
    return answer(request, decided(request, "grade", said.reason, field=field, value=said.grade))
