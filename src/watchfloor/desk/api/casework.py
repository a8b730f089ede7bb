"""Work in a case: what it is, requests for information, deadlines met, what it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Id, Limit, answer, found, part
from watchfloor.desk.api.cases import number, of_case
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.response.forms import Moment, visible
from watchfloor.desk.response.work import answered, changed
from watchfloor.desk.serve import record
from watchfloor.response import records as r
from watchfloor.store import cases as kept
from watchfloor.store import incident_of
from watchfloor.store.alerts import alert_of
from watchfloor.store.response import keep

router = APIRouter(prefix="/api/v1", tags=["cases"])
read = [needs("cases:read")]
Writer = Annotated[Who, needs("cases:write")]
Said = Annotated[str, Field(min_length=1, max_length=2000)]
Mark = Literal["told", "not-told", "written", "not-written"]


class Change(BaseModel):
    """What a case is to be; what is left out stays."""

    model_config = strict(hypothesis="aimed at the bus")
    title: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    severity: Literal["info", "minor", "moderate", "severe", "extreme"] | None = None
    lead: Annotated[str, Field(max_length=200)] | None = None
    marking: Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] | None = None
    hypothesis: Annotated[str, Field(max_length=2000)] | None = None


class Asking(BaseModel):
    """A request for information to an office, a site or a source."""

    model_config = strict(question="who was on the bus?", asked_of="the site")
    question: Said
    asked_of: Annotated[str, Field(min_length=1, max_length=300)]
    due: Moment | None = None


class Answering(BaseModel):
    """The answer; empty takes it back."""

    model_config = strict(answer="nineteen")
    answer: Annotated[str, Field(max_length=2000)] = ""


class About(BaseModel):
    """An alert or incident that the case is about."""

    model_config = strict(kind="incident", subject="i1")
    kind: Literal["alert", "incident"]
    subject: Annotated[str, Field(min_length=1, max_length=200)]


@router.patch("/cases/{n}", responses=one(r.Case))
def change_case(request: Request, n: int, said: Change, who: Writer) -> Response:
    """Change what a case is called, how grave it is, who leads it, what the desk works on."""
    case = visible(request, r.Case, number(n))
    given = said.model_dump(exclude_unset=True)
    with record(request).writing() as session:
        return answer(request, changed(session, case, given, who))


@router.post("/cases/{n}/marks/{mark}", responses=one(r.Case))
def met(request: Request, n: int, mark: Mark, who: Writer) -> Response:
    """Say that the incident was told or written up, or that it was not after all."""
    visible(request, r.Case, number(n))
    done = not mark.startswith("not-")
    field = f"{mark.removeprefix('not-')}_at"
    with record(request).writing() as session:
        made = kept.mark_case(session, n, field, who.name, datetime.now(UTC), done)
        return answer(request, made)


@router.get("/cases/{n}/inquiries", dependencies=read, responses=many(r.Inquiry))
def inquiries(request: Request, n: int, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The requests for information of a case."""
    return of_case(request, r.Inquiry, n, cursor, limit)


@router.post("/cases/{n}/inquiries", responses=one(r.Inquiry))
def ask(request: Request, n: int, said: Asking, who: Writer) -> Response:
    """Ask an office, a site or a source for something."""
    visible(request, r.Case, number(n))
    made = r.Inquiry(case=n, question=said.question, asked_of=said.asked_of, due_at=said.due,
                     made_by=who.name, made_at=datetime.now(UTC))  # fmt: skip
    with record(request).writing() as session:
        told = keep(session, made)
        says = f"{said.asked_of}: {said.question}"
        kept.note(session, n, made.made_at, who.name, says, "asked")
        return answer(request, told)


@router.post("/inquiries/{n}/answer", responses=one(r.Inquiry))
def reply(request: Request, n: int, said: Answering, who: Writer) -> Response:
    """Keep the answer to a request; an empty one takes it back."""
    visible(request, r.Inquiry, number(n))
    with record(request).writing() as session:
        return answer(request, answered(session, n, said.answer, who.name))


@router.get("/cases/{n}/links", dependencies=read, responses=many(r.Link))
def links(request: Request, n: int, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The alerts and incidents that a case is about."""
    visible(request, r.Case, number(n))
    with record(request).reading() as session:
        told = kept.links_of(session, n)
    return part(request, told, cursor, limit, ("kind", "subject"))


@router.post("/cases/{n}/links", responses=many(r.Link))
def link(request: Request, n: int, said: About, who: Writer) -> Response:
    """Say that a case is about one more alert or incident; its links come back."""
    visible(request, r.Case, number(n))
    with record(request).reading() as session:
        look = alert_of if said.kind == "alert" else incident_of
        found(look(session, said.subject), said.kind)
    with record(request).writing() as session:
        kept.link(session, n, said.kind, said.subject, who.name, datetime.now(UTC))
        return answer(request, {"items": kept.links_of(session, n), "next": None})


@router.delete("/cases/{n}/links/{kind}/{id}", responses=many(r.Link))
def unlink(
    request: Request, n: int, kind: Literal["alert", "incident"], id: Id, who: Writer
) -> Response:
    """Say that a case is not about an alert or incident; its links come back."""
    visible(request, r.Case, number(n))
    with record(request).writing() as session:
        kept.unlink(session, n, kind, id, who.name, datetime.now(UTC))
        return answer(request, {"items": kept.links_of(session, n), "next": None})
