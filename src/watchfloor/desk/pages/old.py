"""The desk's pages: what the record knows, as HTML."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from watchfloor.desk.access import needs
from watchfloor.desk.serve import page, record
from watchfloor.store import alerts as kept
from watchfloor.store import (
    commitments,
    find_reports,
    history_of,
    incident_of,
    report_of,
)

router = APIRouter()

@router.get("/incidents/{id}", response_class=HTMLResponse, dependencies=[needs("incidents:read")])
def incident(request: Request, id: str) -> Response:
    """One incident: its accounts side by side, its alerts, its reports."""
    with record(request).reading() as session:
        row = incident_of(session, id)
        if row is None:
            raise HTTPException(404, "no such incident")
        reports = [r for name in row.incident.reports if (r := report_of(session, name))]
        told = kept.alerts_of(session, [id])
        logs = {a.id: kept.log_of(session, a.id) for a in told}
        history = history_of(session, id)
    one = row.incident
    values = {"row": row, "one": one, "reports": reports, "alerts": told, "logs": logs}
    return page(request, "incident.html", history=history, lit=lit, **values)


@router.get("/reports/{id:path}", response_class=HTMLResponse, dependencies=[needs("reports:read")])
def report(request: Request, id: str) -> Response:
    """One report with its events lit."""
    with record(request).reading() as session:
        stored = report_of(session, id)
    if stored is None:
        raise HTTPException(404, "no such report")
    return page(request, "report.html", coded=stored.coded, lit=lit)


@router.get("/search", response_class=HTMLResponse, dependencies=[needs("reports:read")])
def search(request: Request, words: str = "") -> Response:
    """Reports by their words."""
    with record(request).reading() as session:
        hits = find_reports(session, words, limit=50) if words.strip() else []
    return page(request, "search.html", words=words, hits=hits)


@router.get("/commitments", response_class=HTMLResponse, dependencies=[needs("commitments:read")])
def ledger(request: Request) -> Response:
    """The ledger of demands, pledges and threats."""
    with record(request).reading() as session:
        found = commitments(session, datetime.now(UTC).date())
    return page(request, "commitments.html", commitments=found)


@router.get("/sources", response_class=HTMLResponse, dependencies=[needs("sources:read")])
def sources(request: Request) -> Response:
    """The feeds and how they fare."""
    return page(request, "sources.html")
