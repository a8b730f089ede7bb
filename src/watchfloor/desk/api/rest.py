"""Commitments, the register, and the feeds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import answer
from watchfloor.desk.api.document import many
from watchfloor.desk.serve import record
from watchfloor.ledger import Commitment
from watchfloor.store import commitments
from watchfloor.store.feeds import Feed, feeds
from watchfloor.store.register import KINDS, Entry, entries

router = APIRouter(prefix="/api/v1")
Kind = Literal["demand", "request", "pledge", "agreement", "refusal", "threat"]


@router.get(
    "/commitments", tags=["commitments"], dependencies=[needs("commitments:read")],
    responses=many(Commitment),
)  # fmt: skip
def ledger(
    request: Request,
    kind: Annotated[list[Kind], Query()] = [],  # noqa: B006 - FastAPI copies it
    first: date | None = None,
    last: date | None = None,
) -> Response:
    """The ledger, the latest said first."""
    today = datetime.now(UTC).date()
    with record(request).reading() as session:
        told = commitments(session, today, first, last, kind)
    return answer(request, {"items": told, "next": None})


@router.get(
    "/register", tags=["register"], dependencies=[needs("register:read")], responses=many(Entry)
)
def register(
    request: Request,
    kind: Annotated[str, Query(pattern=f"^({'|'.join(KINDS)})?$")] = "",
) -> Response:
    """The register; say in X-Purpose what it is read for."""
    with record(request).reading() as session:
        told = [e for e in entries(session) if kind in {"", e.kind}]
    return answer(request, {"items": told, "next": None})


@router.get("/feeds", tags=["feeds"], dependencies=[needs("sources:read")], responses=many(Feed))
def listed(request: Request) -> Response:
    """The feeds that are listened to, and how they fare."""
    with record(request).reading() as session:
        return answer(request, {"items": feeds(session), "next": None})
