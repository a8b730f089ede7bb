"""Cases: the list, and opening one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from watchfloor.desk.access import needs
from watchfloor.desk.response.forms import Text, said, went
from watchfloor.desk.response.opening import begin, begin_from_alert, templates
from watchfloor.desk.seen import alert_seen
from watchfloor.desk.serve import must, page, record
from watchfloor.response.due import Deadline, deadlines
from watchfloor.response.records import SEVERITIES, Case, Inquiry, Task
from watchfloor.store.markings import MARKINGS
from watchfloor.store.register import entry_names
from watchfloor.store.response import found, standing

router = APIRouter()
STATES = ("open", "closed")


@router.get("/cases", response_class=HTMLResponse, dependencies=[needs("cases:read")])
def listed(request: Request, state: str = "open") -> Response:
    """The cases with what is due in each: those where something is late first, then the severest,
    then the newest.
    """
    with record(request).reading() as session:
        all_ = found(session, Case)
        left = [t for t in standing(session, Task) if t.done_at is None]
        asked = [i for i in standing(session, Inquiry) if i.answered_at is None]
        names = entry_names(session)
    now = datetime.now(UTC)
    shown = [c for c in reversed(all_) if state not in STATES or c.state == state]
    due = {c.n: deadlines(c, now) for c in shown}
    shown.sort(key=lambda c: (not _late(due[c.n]), -SEVERITIES.index(c.severity)))
    return page(
        request, "cases.html", cases=shown, state=state, states=STATES, names=names,
        counts={s: sum(c.state == s for c in all_) for s in STATES},
        due=due, asked=asked,
        left={c.n: [t for t in left if t.case == c.n] for c in shown}, templates=templates(),
        severities=SEVERITIES, markings=MARKINGS, said=said(request),
    )  # fmt: skip


def _late(due: Iterable[Deadline]) -> bool:
    return any(d.state == "overdue" for d in due)


@router.post("/cases", dependencies=[needs("cases:write")])
def opened(
    request: Request, title: Text = "", severity: Text = "moderate", template: Text = "",
    marking: Text = "AMBER", site: Text = "",
) -> Response:  # fmt: skip
    """Open a case by hand."""
    who = must(request)
    case = Case(
        title=title.strip(), severity=severity, marking=marking, lead=who, opened_by=who,
        opened_at=datetime.now(UTC), site=site.strip() or None,
    )  # fmt: skip
    with record(request).writing() as session:
        made = begin(session, case, template, {})
    return went(f"/cases/{made.n}", "opened")


@router.post("/cases/from-alert", dependencies=[needs("cases:write")])
def from_alert(request: Request, alert: Text = "") -> Response:
    """Open a case from an alert, or go to the one that there is."""
    alert_seen(request, alert)
    with record(request).writing() as session:
        made, fresh = begin_from_alert(session, alert, must(request), datetime.now(UTC))
    return went(f"/cases/{made.n}", "opened" if fresh else "")
