"""Administration: retention and holds, markings and releases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from watchfloor.desk.access import Who, needs
from watchfloor.desk.access.pages import here
from watchfloor.desk.marking import READABLE, decided_on, erased, readers_named, remarked
from watchfloor.desk.serve import page, record
from watchfloor.store import MARKINGS, audit, releases, retention

router = APIRouter(prefix="/admin")
Text = Annotated[str, Form()]
Keeper = Annotated[Who, needs("retention:write")]
Marker = Annotated[Who, needs("markings:write")]
Releaser = Annotated[Who, needs("papers:release")]


@router.get("/retention", dependencies=[needs("retention:write")])
def kept(request: Request) -> Response:
    """How long each kind is kept, what is due, and what is held."""
    now = datetime.now(UTC)
    with record(request).reading() as session:
        due = {name: len(found) for name, found in retention.due(session, now).items()}
        values = {"kinds": retention.kinds(session), "holds": retention.holds(session)}
    return page(request, "admin_retention.html", due=due, on=retention.HOLDS, **values)


@router.post("/retention/{kind}")
def keep_for(
    request: Request, kind: str, who: Keeper, days: Annotated[int, Form()] = 0
) -> Response:
    """Set how many days a kind is kept."""
    with record(request).writing() as session:
        retention.keep_for(session, kind, days, who.name, datetime.now(UTC))
    return _back("retention")


@router.post("/retention-run")
def run(request: Request, who: Keeper) -> Response:
    """Delete what is due and not held."""
    with record(request).writing() as session:
        retention.delete_due(session, who.name, datetime.now(UTC))
    return _back("retention")


@router.post("/holds")
def hold(
    request: Request, who: Keeper, kind: Text = "", subject: Text = "", reason: Text = ""
) -> Response:
    """Keep something whatever its age."""
    with record(request).writing() as session:
        retention.place_hold(session, kind, subject, reason, who.name, datetime.now(UTC))
    return _back("retention")


@router.post("/holds/{n}/lift")
def lift(request: Request, n: int, who: Keeper) -> Response:
    """Lift a hold."""
    with record(request).writing() as session:
        retention.lift_hold(session, n, who.name, datetime.now(UTC))
    return _back("retention")


@router.post("/erase")
def erase(request: Request, who: Keeper, report: Text = "", reason: Text = "") -> Response:
    """Erase a report on request."""
    erased(request, report, reason, who)
    return _back("retention")


@router.post("/audit-erase")
def erase_line(
    request: Request, who: Keeper, line: Annotated[int, Form()] = 0, reason: Text = ""
) -> Response:
    """Erase what was typed in a line of the audit log; the chain stays whole."""
    with record(request).writing() as session:
        audit.erase_particulars(session, line, who.name, reason, datetime.now(UTC))
    return _back("audit")


@router.get("/markings", dependencies=[needs("papers:release")])
def markings(request: Request) -> Response:
    """Releases that wait for a second person and that were decided, and who reads what is RED."""
    with record(request).reading() as session:
        found = releases.releases(session)
    return page(request, "admin_markings.html", releases=found, labels=MARKINGS, readable=READABLE)


@router.post("/releases/{n}")
def decide(request: Request, n: int, who: Releaser, approve: Text = "") -> Response:
    """Approve or refuse what another proposed to release."""
    decided_on(request, n, who, approve == "yes")
    return _back("markings")


@router.post("/remark")
def mark(
    request: Request, who: Marker, report: Text = "", marking: Text = "", reason: Text = "",
    to: Text = "/admin/markings",
) -> Response:  # fmt: skip
    """Mark a report otherwise; out of what takes two people, propose it."""
    remarked(request, report, marking, reason, who)
    return RedirectResponse(here(to), status_code=303)


@router.post("/readers")
def name_readers(
    request: Request, who: Marker, kind: Text = "", subject: Text = "", names: Text = ""
) -> Response:
    """Say who may see what is RED; only who may see it themselves can."""
    readers_named(request, kind, subject, [n for n in names.split(",") if n.strip()], who)
    return _back("markings")


def _back(to: str) -> Response:
    return RedirectResponse(f"/admin/{to}", status_code=303)
