"""Papers: the list, drafting one, and the letters of assurance that a site's liaison may read."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from watchfloor.desk.access import needs, who_asks
from watchfloor.desk.response.forms import Text, maybe_whole, said, went
from watchfloor.desk.response.papers import (
    HOURS,
    Asked,
    drafted,
    letter_as,
    letters_for,
    proposed,
    released,
)
from watchfloor.desk.response.sheet import KINDS
from watchfloor.desk.serve import page, record
from watchfloor.response.records import Case, Paper
from watchfloor.store import Session
from watchfloor.store.markings import MARKINGS
from watchfloor.store.register import entries
from watchfloor.store.response import TABLES, found, standing

router = APIRouter()
#: Papers on the page.
SHOWN = 100


@router.get("/papers", response_class=HTMLResponse, dependencies=[needs("papers:read")])
def listed(request: Request, kind: str = "") -> Response:
    """The papers, the newest first."""
    with record(request).reading() as session:
        papers = list(reversed(standing(session, Paper)))
        shown = [p for p in papers if kind in {"", p.kind}][:SHOWN]
        states = {p.n: state_of(session, p) for p in shown}
        cases = found(session, Case, TABLES[Case].c.state == "open")
        sites = [e for e in entries(session) if e.kind == "sites"]
    return page(
        request, "papers.html", papers=shown, states=states, kind_=kind, kinds=KINDS, cases=cases,
        sites=sites, hours=HOURS, markings=MARKINGS, said=said(request),
    )  # fmt: skip


@router.post("/papers", dependencies=[needs("papers:write")])
def made(
    request: Request, kind: Text = "", case: Text = "", site: Text = "", hours: Text = "",
    marking: Text = "AMBER",
) -> Response:  # fmt: skip
    """Draft a paper from the record."""
    asked = Asked(
        kind, maybe_whole(case, "case"), site.strip() or None, maybe_whole(hours, "hours"), marking
    )
    return went(f"/papers/{drafted(request, asked, who_asks(request)).n}", "")


@router.get("/assurances", response_class=HTMLResponse, dependencies=[needs("assurances:read")])
def letters(request: Request) -> Response:
    """The letters of assurance that are signed; a liaison sees those of their own sites."""
    with record(request).reading() as session:
        told = letters_for(session, who_asks(request))
        names = {f"sites:{e.id}": e.name for e in entries(session) if e.kind == "sites"}
    return page(request, "assurances.html", letters=told, names=names)


@router.get("/assurances/{n}/file.{form}", dependencies=[needs("assurances:read")])
def letter(request: Request, n: int, form: str) -> Response:
    """A signed letter as a file."""
    return letter_as(request, n, form)


def state_of(session: Session, paper: Paper) -> str:
    """How far a paper is: draft, proposed or released."""
    if released(session, paper):
        return "released"
    return "proposed" if proposed(session, paper) else "draft"
