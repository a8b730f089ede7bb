"""Papers: list, one, drafting, editing, release."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, answer, before, page
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.response.forms import visible
from watchfloor.desk.response.papers import Asked, drafted, proposes
from watchfloor.desk.serve import record
from watchfloor.response import records as r
from watchfloor.response.edit import Changed, edited
from watchfloor.store.papers import keep_version, version_of
from watchfloor.store.releases import Release
from watchfloor.store.response import TABLES, standing

router = APIRouter(prefix="/api/v1/papers", tags=["papers"])
read = [needs("papers:read")]
Writer = Annotated[Who, needs("papers:write")]
Number = Annotated[int, Field(ge=0, le=2**53)]
Said = Annotated[str, Field(min_length=1, max_length=300)]


class Drafting(BaseModel):
    """A paper to draft from the record."""

    model_config = strict(kind="sitrep", hours=24)
    kind: Literal["handover", "intsum", "sitrep", "weekly", "assurance"]
    case: Number | None = None
    site: Said | None = None
    hours: Annotated[int, Field(ge=1, le=8784)] | None = None
    marking: Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] = "AMBER"


class Edit(BaseModel):
    """A sentence as it is to be: `place` counts a section's from 0, null for a new one; an empty
    text leaves it out.
    """

    model_config = strict(section=0, place=0, text="Five were killed.")
    section: Number
    place: Number | None = None
    text: Annotated[str, Field(max_length=5000)]
    rests_on: Annotated[list[Number], Field(max_length=40)] = []


class Editing(BaseModel):
    """Changes to a version of a paper."""

    model_config = strict(based_on=1, sentences=[{"section": 0, "place": 0, "text": ""}])
    based_on: Number
    sentences: Annotated[list[Edit], Field(max_length=500)]


class Releasing(BaseModel):
    """To whom and why."""

    model_config = strict(to="the embassy", reason="daily")
    to: Said
    reason: Said


@router.get("", dependencies=read, responses=many(r.Paper))
def listed(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Papers, the newest first."""
    last = before(cursor)
    which = [TABLES[r.Paper].c.n < last] if last is not None else []
    with record(request).reading() as session:
        return page(request, standing(session, r.Paper, *which)[::-1][: limit + 1], limit)


@router.post("", responses=one(r.Paper))
def made(request: Request, said: Drafting, who: Writer) -> Response:
    """Draft a paper: each sentence is built from the record and carries what it rests on."""
    asked = Asked(said.kind, said.case, said.site, said.hours, said.marking)
    return answer(request, drafted(request, asked, who))


@router.get("/{n}", dependencies=read, responses=one(r.Version))
def shown(request: Request, n: int) -> Response:
    """What a paper says, sentence by sentence, in its latest version."""
    paper = visible(request, r.Paper, n if 0 <= n <= 2**53 else -1)
    with record(request).reading() as session:
        return answer(request, version_of(session, n, paper.version))


@router.post("/{n}/versions", responses=one(r.Paper))
def changed(request: Request, n: int, said: Editing, who: Writer) -> Response:
    """Keep a new version; what is changed bears the name of who changed it."""
    visible(request, r.Paper, n if 0 <= n <= 2**53 else -1)
    changes = [
        Changed(section=e.section, place=e.place, text=e.text, rests_on=tuple(e.rests_on))
        for e in said.sentences
    ]
    with record(request).reading() as session:
        before_ = version_of(session, n, said.based_on).sections
    after = edited(before_, changes, who.name)
    with record(request).writing() as session:
        made_ = keep_version(session, n, said.based_on, after, who.name, datetime.now(UTC))
        return answer(request, made_)


@router.post("/{n}/release", responses=one(Release))
def release(
    request: Request, n: int, said: Releasing, who: Annotated[Who, needs("papers:release")]
) -> Response:
    """Release a paper; above AMBER it is proposed to another person."""
    paper = visible(request, r.Paper, n if 0 <= n <= 2**53 else -1)
    return answer(request, proposes(request, paper, who, said.to, said.reason))
