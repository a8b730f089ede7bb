"""Commitments and what became of them, and the register."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Id, Limit, answer, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.judging import settled
from watchfloor.desk.serve import record
from watchfloor.ledger import STATUSES, Commitment
from watchfloor.store import Judgement, commitments
from watchfloor.store.register import KINDS, Entry, entries

router = APIRouter(prefix="/api/v1")
Kind = Literal["demand", "request", "pledge", "agreement", "refusal", "threat"]


class Settling(BaseModel):
    """What became of a line of the ledger, and how one knows."""

    model_config = strict(status="broken", reason="no escort came by Friday")
    status: Annotated[str, Field(pattern=f"^({'|'.join(STATUSES)})$")]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


@router.get(
    "/commitments", tags=["commitments"], dependencies=[needs("commitments:read")],
    responses=many(Commitment),
)  # fmt: skip
def ledger(
    request: Request,
    kind: Annotated[list[Kind], Query()] = [],  # noqa: B006 - FastAPI copies it
    first: date | None = None,
    last: date | None = None,
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Response:
    """The ledger, the latest said first."""
    today = datetime.now(UTC).date()
    with record(request).reading() as session:
        told = commitments(session, today, first, last, kind)
    return part(request, told, cursor, limit, ("id",))


@router.post(
    "/commitments/{id:path}/settle", tags=["commitments"], responses=one(Judgement),
    dependencies=[needs("commitments:judge")],
)  # fmt: skip
def settle(request: Request, id: Id, said: Settling) -> Response:
    """Say what became of a line; kept as a judgement, whose undoing takes it back."""
    return answer(request, settled(request, id, said.status, said.reason))


@router.get(
    "/register", tags=["register"], dependencies=[needs("register:read")], responses=many(Entry)
)
def register(
    request: Request,
    kind: Annotated[str, Query(pattern=f"^({'|'.join(KINDS)})?$")] = "",
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Response:
    """The register; say in X-Purpose what it is read for."""
    with record(request).reading() as session:
        told = [e for e in entries(session) if kind in {"", e.kind}]
    return part(request, told, cursor, limit, ("kind", "id"))
