"""Papers as they go out: versions, markings, releases decided, files; letters of assurance."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, answer, found, part
from watchfloor.desk.api.cases import number
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.response.forms import visible
from watchfloor.desk.response.papers import FORMS, file_of, subject_of
from watchfloor.desk.response.work import markable
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.response import records as r
from watchfloor.store.papers import keep_version, version_of, versions_of
from watchfloor.store.releases import Release, decide, releases
from watchfloor.store.response import change

router = APIRouter(prefix="/api/v1/papers/{n}", tags=["papers"])
read = [needs("papers:read")]
Writer = Annotated[Who, needs("papers:write")]
Number = Annotated[int, Field(ge=0, le=2**53)]
FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "the file", "content": {kind: {} for kind in FORMS.values()}}
}


class Restoring(BaseModel):
    """An earlier version that is to be the latest again."""

    model_config = strict(version=1)
    version: Number


class Marking(BaseModel):
    """A narrower marking."""

    model_config = strict(marking="RED")
    marking: Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]


class Verdict(BaseModel):
    """Whether another's proposal is approved."""

    model_config = strict(approve=True)
    approve: bool


@router.get("/versions", dependencies=read, responses=many(r.Version))
def versions(request: Request, n: int, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Every version of a paper, the first first."""
    visible(request, r.Paper, number(n))
    with record(request).reading() as session:
        return part(request, versions_of(session, n), cursor, limit, ("version",))


@router.post("/restore", responses=one(r.Paper))
def restored(request: Request, n: int, said: Restoring, who: Writer) -> Response:
    """Make an earlier version the latest again; what came between stays."""
    paper = visible(request, r.Paper, number(n))
    with record(request).reading() as session:
        old = version_of(session, n, said.version)
    with record(request).writing() as session:
        made = keep_version(session, n, paper.version, old.sections, who.name, datetime.now(UTC))
        return answer(request, made)


@router.post("/marking", responses=one(r.Paper))
def marked(request: Request, n: int, said: Marking, who: Writer) -> Response:
    """Mark a paper more narrowly; a release under the marking before no longer stands."""
    paper = visible(request, r.Paper, number(n))
    theirs = markable(paper.marking, who)
    if said.marking not in theirs:
        right = f"one of {', '.join(theirs)}"
        raise InputError(f"may not be marked {said.marking!r}", right=right)
    with record(request).writing() as session:
        return answer(request, change(session, paper, marking=said.marking))


@router.get("/releases", dependencies=read, responses=many(Release))
def proposals(request: Request, n: int, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The releases of a paper's latest version, proposed and decided, the newest first."""
    paper = visible(request, r.Paper, number(n))
    with record(request).reading() as session:
        return part(request, releases(session, "paper", subject_of(paper)), cursor, limit)


@router.post("/releases/{release}", responses=one(Release))
def decided(
    request: Request, n: int, release: int, said: Verdict,
    who: Annotated[Who, needs("papers:release")],
) -> Response:  # fmt: skip
    """Approve or refuse what another proposed."""
    paper = visible(request, r.Paper, number(n))
    with record(request).writing() as session:
        waiting = releases(session, "paper", subject_of(paper), "proposed")
        found(next((x for x in waiting if x.n == release), None), "proposal of this version")
        return answer(request, decide(session, release, who.name, datetime.now(UTC), said.approve))


@router.get("/file.{form}", dependencies=[needs("exports:make"), *read], responses=FILE)
def file(request: Request, n: int, form: Literal["html", "pdf", "docx"]) -> Response:
    """A released paper as HTML, PDF or Word; 400 for one that is not released."""
    return file_of(request, visible(request, r.Paper, number(n)), form)
