"""One case: tasks, log, resources, head count, check-ins, deadlines, requests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from watchfloor.desk.access import needs, who_asks
from watchfloor.desk.response import work
from watchfloor.desk.response.forms import (
    Text,
    Whole,
    maybe_moment,
    said,
    visible,
    went,
    zone_of,
)
from watchfloor.desk.seen import alert_seen, incident_seen
from watchfloor.desk.serve import must, page, record
from watchfloor.response import records as r
from watchfloor.response.due import deadlines
from watchfloor.response.heads import heads
from watchfloor.store import Session, cases, incident_of
from watchfloor.store.alerts import alert_of
from watchfloor.store.markings import MARKINGS
from watchfloor.store.register import entry_names
from watchfloor.store.response import TABLES, found, keep, standing

router = APIRouter()
WRITE = [needs("cases:write")]


@router.get("/cases/{n}", response_class=HTMLResponse, dependencies=[needs("cases:read")])
def shown(request: Request, n: int) -> Response:
    """The page of a case."""
    case = visible(request, r.Case, n)
    with record(request).reading() as session:
        values = everything(session, case)
    return page(
        request, "case.html", case=case, due=deadlines(case, datetime.now(UTC)), wells=r.WELL,
        severities=r.SEVERITIES, markings=MARKINGS, said=said(request), **values,
    )  # fmt: skip


def everything(session: Session, case: r.Case) -> dict[str, object]:
    """What a case holds, by name."""
    of = {kind: TABLES[kind].c.case == case.n for kind in (r.Task, r.HeadCount, r.Inquiry)}
    links = cases.links_of(session, case.n)
    subjects = {f"cases:{case.n}", *([case.site] if case.site else [])}
    assigned = [a for a in standing(session, r.Assignment) if a.subject in subjects]
    calls = [
        c for c in standing(session, r.CheckIn)
        if c.case == case.n or (c.subject == case.site and c.made_at >= case.opened_at)
    ]  # fmt: skip
    places = [case.site] if case.site else []
    return {
        "tasks": sorted(standing(session, r.Task, of[r.Task]), key=_to_do),
        "log": list(reversed(cases.log_of_case(session, case.n))),
        "heads": heads(standing(session, r.HeadCount, of[r.HeadCount]), places),
        "inquiries": standing(session, r.Inquiry, of[r.Inquiry]),
        "check_ins": list(reversed(calls)), "assigned": assigned,
        "resources": {x.n: x for x in found(session, r.Resource)},
        "papers": standing(session, r.Paper, TABLES[r.Paper].c.case == case.n),
        "alerts": [a for x in links if x.kind == "alert" and (a := alert_of(session, x.subject))],
        "incidents": [
            row for x in links if x.kind == "incident" and (row := incident_of(session, x.subject))
        ],
        "names": {**entry_names(session), f"cases:{case.n}": case.title},
    }  # fmt: skip


class Edited(BaseModel):
    """The form of what a case is."""

    title: str = ""
    severity: str = ""
    lead: str = ""
    marking: str = ""
    hypothesis: str = ""


def _to_do(task: r.Task) -> tuple[bool, bool, datetime]:
    """What is to do first, the earliest due first; what is done last."""
    return task.done_at is not None, task.due_at is None, task.due_at or task.made_at


@router.post("/cases/{n}", dependencies=WRITE)
def changed(request: Request, n: int, said: Annotated[Edited, Form()]) -> Response:
    """Change what a case is called, how grave it is, who leads it, what the desk works on."""
    case = visible(request, r.Case, n)
    with record(request).writing() as session:
        made = work.changed(session, case, said.model_dump(), who_asks(request))
    return went(f"/cases/{n}", "changed" if made != case else "")


@router.post("/cases/{n}/log", dependencies=WRITE)
def logged(request: Request, n: int, text: Text = "") -> Response:
    """Add a line to the log."""
    visible(request, r.Case, n)
    with record(request).writing() as session:
        cases.note(session, n, datetime.now(UTC), must(request), text.strip())
    return went(f"/cases/{n}", "noted")


@router.post("/cases/{n}/tasks", dependencies=WRITE)
def tasked(request: Request, n: int, what: Text = "", doer: Text = "", due: Text = "") -> Response:
    """Add a task."""
    visible(request, r.Case, n)
    task = r.Task(
        case=n, what=what.strip(), doer=doer.strip() or None, made_by=must(request),
        made_at=datetime.now(UTC), due_at=maybe_moment(due, zone_of(request), "due"),
    )  # fmt: skip
    with record(request).writing() as session:
        made = keep(session, task)
    return went(f"/cases/{n}", "kept", "tasks", made.n)


@router.post("/tasks/{n}/mark", dependencies=WRITE)
def marked(request: Request, n: int, done: Annotated[str, Query()] = "yes") -> Response:
    """Say that a task is done, or that it is not."""
    visible(request, r.Task, n)
    with record(request).writing() as session:
        task = cases.mark_task(session, n, must(request), datetime.now(UTC), bool(done))
    return went(f"/cases/{task.case}", "done" if done else "undone", "tasks", n)


@router.post("/cases/{n}/head-counts", dependencies=WRITE)
def counted(
    request: Request, n: int, place: Text = "", expected: Whole = 0, accounted: Whole = 0,
    hurt: Whole = 0,
) -> Response:  # fmt: skip
    """Keep a head count of a place: numbers, never names."""
    visible(request, r.Case, n)
    count = r.HeadCount(
        case=n, place=place.strip(), expected=expected, accounted=accounted, hurt=hurt,
        made_by=must(request), made_at=datetime.now(UTC),
    )  # fmt: skip
    with record(request).writing() as session:
        made = keep(session, count)
        says = f"{place}: {accounted} of {expected} accounted for, {hurt} hurt"
        cases.note(session, n, made.made_at, made.made_by, says, "head count")
    return went(f"/cases/{n}", "kept", "head-counts", made.n)


@router.post("/cases/{n}/inquiries", dependencies=WRITE)
def asked(
    request: Request, n: int, question: Text = "", asked_of: Text = "", due: Text = ""
) -> Response:
    """Ask an office, a site or a source for something."""
    visible(request, r.Case, n)
    inquiry = r.Inquiry(
        case=n, question=question.strip(), asked_of=asked_of.strip(), made_by=must(request),
        made_at=datetime.now(UTC), due_at=maybe_moment(due, zone_of(request), "due"),
    )  # fmt: skip
    with record(request).writing() as session:
        made = keep(session, inquiry)
        cases.note(session, n, made.made_at, made.made_by, f"{asked_of}: {question}", "asked")
    return went(f"/cases/{n}", "kept", "inquiries", made.n)


@router.post("/inquiries/{n}/answer", dependencies=WRITE)
def answered(request: Request, n: int, answer: Annotated[str, Form()] = "") -> Response:
    """Keep the answer to a request; an empty one takes it back."""
    visible(request, r.Inquiry, n)
    with record(request).writing() as session:
        one = work.answered(session, n, answer, must(request))
    to = f"/cases/{one.case}" if one.case is not None else "/cases"
    return went(to, "answered" if one.answer else "back", "inquiries", n)


@router.post("/cases/{n}/marks", dependencies=WRITE)
def met(
    request: Request, n: int, field: Annotated[str, Query()] = "",
    done: Annotated[str, Query()] = "yes",
) -> Response:  # fmt: skip
    """Say that the incident was told or written up, or that it was not."""
    visible(request, r.Case, n)
    with record(request).writing() as session:
        cases.mark_case(session, n, field, must(request), datetime.now(UTC), bool(done))
    words = {"told_at": "told", "written_at": "written"}
    return went(f"/cases/{n}", words[field] if done else "unmarked", "cases", n)


@router.post("/cases/{n}/close", dependencies=WRITE)
def closed(request: Request, n: int, outcome: Text = "") -> Response:
    """Close a case with what it came to."""
    visible(request, r.Case, n)
    with record(request).writing() as session:
        cases.close_case(session, n, must(request), datetime.now(UTC), outcome)
    return went(f"/cases/{n}", "closed", "cases", n)


@router.post("/cases/{n}/reopen", dependencies=WRITE)
def reopened(request: Request, n: int) -> Response:
    """Take a closing back."""
    visible(request, r.Case, n)
    with record(request).writing() as session:
        cases.reopen_case(session, n, must(request), datetime.now(UTC))
    return went(f"/cases/{n}", "reopened", "cases", n)


@router.post("/cases/{n}/links", dependencies=WRITE)
def linked(request: Request, n: int, kind: Text = "", subject: Text = "") -> Response:
    """Say that a case is about one more alert or incident."""
    visible(request, r.Case, n)
    subject = subject.strip().rstrip("/").rpartition("/")[2]
    if kind == "alert":
        alert_seen(request, subject)
    else:
        incident_seen(request, subject)
    with record(request).writing() as session:
        cases.link(session, n, kind, subject, must(request), datetime.now(UTC))
    return went(f"/cases/{n}", "changed")
