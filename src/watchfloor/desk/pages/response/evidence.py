"""Where a paper's evidence stands at the desk: one address a kind, which leads to its page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from watchfloor.desk import words
from watchfloor.desk.access import needs
from watchfloor.desk.response.forms import maybe_whole, visible
from watchfloor.desk.serve import record
from watchfloor.response import records as r
from watchfloor.store import alerts as kept

router = APIRouter()
OfCase = r.LogEntry | r.Task | r.HeadCount | r.Inquiry
#: Evidence that is kept in a case, and the place of its page at which it stands.
IN_CASES: dict[str, tuple[type[OfCase], str]] = {
    "log": (r.LogEntry, "log"), "task": (r.Task, "task"), "head_count": (r.HeadCount, "heads"),
    "inquiry": (r.Inquiry, "inquiry"),
}  # fmt: skip
#: Evidence whose page needs no look into the record; `{}` is its id.
PAGES = {
    "report": "/reports/{}", "case": "/cases/{}",
    "clearance": "/cell#clearance-{}", "assignment": "/cell#assignments", "need": "/cell#needs",
    "turn": "/cell#watches", "check_in": "/cell#check-ins", "assurance": "/cell#measures",
    "feed": "/sources", "commitment": "/commitments",
}  # fmt: skip


@router.get("/evidence/{kind}/{id:path}", dependencies=[needs("papers:read")])
def evidence(request: Request, kind: str, id: str) -> Response:
    """Go to what a sentence rests on. What is marked above who asks is not there for them: 404."""
    leads: dict[str, Callable[[], str]] = {
        "alert": lambda: _alert(request, id),
        "verification": lambda: _verified(request, id),
        "incident": lambda: words.about(id),
        **{one: lambda: _in_case(request, kind, id) for one in IN_CASES},
        **{one: lambda: PAGES[kind].format(quote(id)) for one in PAGES},
    }
    if kind not in leads:
        raise HTTPException(404, f"no such kind of evidence; one of {', '.join(sorted(leads))}")
    return RedirectResponse(leads[kind](), status_code=303)


def _alert(request: Request, id: str) -> str:
    with record(request).reading() as session:
        found = kept.alert_of(session, id)
    if found is None:
        raise HTTPException(404, "no such alert")
    return words.cause(found)


def _verified(request: Request, id: str) -> str:
    one = visible(request, r.Verification, maybe_whole(id, "evidence") or 0)
    return _alert(request, one.alert)


def _in_case(request: Request, kind: str, id: str) -> str:
    record_kind, place = IN_CASES[kind]
    one = visible(request, record_kind, maybe_whole(id, "evidence") or 0)
    return f"/cases/{one.case}#{place}-{one.n}" if one.case is not None else "/cases"
