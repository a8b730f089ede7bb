"""The desk's pages: what the record knows, as HTML."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from watchfloor.desk.access import needs
from watchfloor.desk.serve import page, record
from watchfloor.store import (
    commitments,
    find_reports,
)

router = APIRouter()


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
