"""Cases: list, one, opening, tasks, log, head counts, deadlines, closing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import LARGEST, LIMIT, Cursor, Limit, answer, before, page, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.response.forms import Moment, visible
from watchfloor.desk.response.opening import begin, begin_from_alert
from watchfloor.desk.seen import alert_seen
from watchfloor.desk.serve import record
from watchfloor.response import records as r
from watchfloor.response.due import Deadline, deadlines
from watchfloor.response.heads import Heads, heads
from watchfloor.store import cases as kept
from watchfloor.store.response import TABLES, found, keep, standing

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
read = [needs("cases:read")]
Writer = Annotated[Who, needs("cases:write")]
Said = Annotated[str, Field(min_length=1, max_length=2000)]
Count = Annotated[int, Field(ge=0, le=10**6)]


class Opening(BaseModel):
    """A case to open: from an alert, which says the rest, or by hand."""

    model_config = strict(title="Shots at the gate", severity="moderate")
    alert: Annotated[str, Field(max_length=200)] | None = None
    title: Annotated[str, Field(max_length=300)] = ""
    severity: Literal["info", "minor", "moderate", "severe", "extreme"] = "moderate"
    kind: Annotated[str, Field(max_length=60)] = ""
    site: Annotated[str, Field(max_length=200)] | None = None
    marking: Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] = "AMBER"


class Line(BaseModel):
    """A line for the log."""

    model_config = strict(text="gate shut at 06:10")
    text: Said


class ToDo(BaseModel):
    """A task."""

    model_config = strict(what="call the site", due="2031-03-03T09:00:00Z")
    what: Said
    doer: Annotated[str, Field(max_length=200)] | None = None
    due: Moment | None = None


class Counted(BaseModel):
    """A head count: numbers, never names."""

    model_config = strict(place="sites:dasu", expected=40, accounted=38)
    place: Said
    expected: Count
    accounted: Count
    hurt: Count = 0


class Outcome(BaseModel):
    """What a case came to."""

    model_config = strict(outcome="all accounted for")
    outcome: Said


@router.get("", dependencies=read, responses=many(r.Case))
def listed(
    request: Request,
    state: Annotated[str, Query(pattern="^(open|closed)?$")] = "",
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Response:
    """Cases, the newest first."""
    c, last = TABLES[r.Case].c, before(cursor)
    which = [c.state == state] if state else []
    which += [c.n < last] if last is not None else []
    with record(request).reading() as session:
        return page(request, found(session, r.Case, *which)[::-1][: limit + 1], limit)


@router.post("", responses=one(r.Case))
def opened(request: Request, said: Opening, who: Writer) -> Response:
    """Open a case; from an alert that has an open one already, that one is answered."""
    now = datetime.now(UTC)
    if said.alert is not None:
        alert_seen(request, said.alert)
    with record(request).writing() as session:
        if said.alert is not None:
            return answer(request, begin_from_alert(session, said.alert, who.name, now)[0])
        case = r.Case(
            title=said.title, severity=said.severity, site=said.site, marking=said.marking,
            lead=who.name, opened_by=who.name, opened_at=now,
        )  # fmt: skip
        return answer(request, begin(session, case, said.kind, {}))


@router.get("/{n}", dependencies=read, responses=one(r.Case))
def shown(request: Request, n: int) -> Response:
    """One case."""
    return answer(request, visible(request, r.Case, number(n)))


@router.get("/{n}/deadlines", dependencies=read, responses=many(Deadline))
def due(request: Request, n: int, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """What a case must have by when, and whether it has."""
    case = visible(request, r.Case, number(n))
    return part(request, deadlines(case, datetime.now(UTC)), cursor, limit, ("field",))


@router.get("/{n}/log", dependencies=read, responses=many(r.LogEntry))
def log(request: Request, n: int, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The log of a case, the oldest line first."""
    visible(request, r.Case, number(n))
    with record(request).reading() as session:
        return part(request, kept.log_of_case(session, n), cursor, limit)


@router.post("/{n}/log", responses=one(r.LogEntry))
def logged(request: Request, n: int, said: Line, who: Writer) -> Response:
    """Add a line to the log, where it stays."""
    visible(request, r.Case, number(n))
    with record(request).writing() as session:
        return answer(request, kept.note(session, n, datetime.now(UTC), who.name, said.text))


def of_case(
    request: Request, kind: type[r.Task | r.Inquiry], n: int, cursor: str, limit: int
) -> Response:
    """A part of the standing records of one kind that belong to a case."""
    visible(request, r.Case, number(n))
    with record(request).reading() as session:
        told = standing(session, kind, TABLES[kind].c.case == n)
    return part(request, told, cursor, limit)


@router.get("/{n}/tasks", dependencies=read, responses=many(r.Task))
def tasks(request: Request, n: int, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The tasks of a case."""
    return of_case(request, r.Task, n, cursor, limit)


@router.post("/{n}/tasks", responses=one(r.Task))
def tasked(request: Request, n: int, said: ToDo, who: Writer) -> Response:
    """Add a task."""
    visible(request, r.Case, number(n))
    task = r.Task(case=n, what=said.what, doer=said.doer, due_at=said.due, made_by=who.name,
                  made_at=datetime.now(UTC))  # fmt: skip
    with record(request).writing() as session:
        return answer(request, keep(session, task))


@router.post("/{n}/tasks/{task}/{mark}", responses=one(r.Task))
def marked(
    request: Request, n: int, task: int, mark: Literal["done", "undone"], who: Writer
) -> Response:
    """Say that a task is done, or that it is not."""
    visible(request, r.Case, number(n))
    visible(request, r.Task, number(task))
    with record(request).writing() as session:
        done = kept.mark_task(session, task, who.name, datetime.now(UTC), mark == "done")
        return answer(request, done)


@router.get("/{n}/head-count", dependencies=read, responses=one(Heads))
def counted(request: Request, n: int) -> Response:
    """The last count of each place, added up, and the places never counted."""
    case = visible(request, r.Case, number(n))
    with record(request).reading() as session:
        counts = standing(session, r.HeadCount, TABLES[r.HeadCount].c.case == n)
    return answer(request, heads(counts, [case.site] if case.site else []))


@router.post("/{n}/head-count", responses=one(r.HeadCount))
def count(request: Request, n: int, said: Counted, who: Writer) -> Response:
    """Keep a head count of a place."""
    visible(request, r.Case, number(n))
    one_ = r.HeadCount(
        case=n, place=said.place, expected=said.expected, accounted=said.accounted, hurt=said.hurt,
        made_by=who.name, made_at=datetime.now(UTC),
    )  # fmt: skip
    with record(request).writing() as session:
        return answer(request, keep(session, one_))


@router.post("/{n}/close", responses=one(r.Case))
def closed(request: Request, n: int, said: Outcome, who: Writer) -> Response:
    """Close a case with what it came to."""
    visible(request, r.Case, number(n))
    with record(request).writing() as session:
        return answer(
            request, kept.close_case(session, n, who.name, datetime.now(UTC), said.outcome)
        )


@router.post("/{n}/reopen", responses=one(r.Case))
def reopened(request: Request, n: int, who: Writer) -> Response:
    """Take a closing back."""
    visible(request, r.Case, number(n))
    with record(request).writing() as session:
        return answer(request, kept.reopen_case(session, n, who.name, datetime.now(UTC)))


def number(n: int) -> int:
    """A number that a row can have; one outside names none."""
    return n if 0 <= n <= LARGEST else -1
