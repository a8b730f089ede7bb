"""The ledger: commitments, and what became of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import LIMIT, Id, Many, Next, answer, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.judging import settled
from watchfloor.desk.pages.commitments import sides
from watchfloor.desk.serve import record
from watchfloor.ledger import STATUSES, Commitment
from watchfloor.store import Judgement, commitments

router = APIRouter(prefix="/api/v1")
Status = Annotated[str, Field(pattern=f"^({'|'.join(STATUSES)})$")]
Kind = Literal["demand", "request", "pledge", "agreement", "refusal", "threat"]


class Settling(BaseModel):
    """What became of a line of the ledger, and how one knows."""

    model_config = strict(status="broken", reason="no escort came by Friday")
    status: Annotated[str, Field(pattern=f"^({'|'.join(STATUSES)})$")]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class Wanted(BaseModel):
    """Which lines; what is not given means any. `of`: in the name of either side."""

    kind: list[Kind] = []
    status: list[Status] = []
    of: Annotated[str, Field(max_length=200, description="in the name of either side")] = ""
    first: Annotated[date | None, Field(description="said on or after")] = None
    last: Annotated[date | None, Field(description="said on or before")] = None
    cursor: Next = ""
    limit: Many = LIMIT


@router.get(
    "/commitments", tags=["commitments"], dependencies=[needs("commitments:read")],
    responses=many(Commitment),
)  # fmt: skip
def ledger(request: Request, asked: Annotated[Wanted, Query()]) -> Response:
    """The ledger, the latest said first."""
    today = datetime.now(UTC).date()
    with record(request).reading() as session:
        told = commitments(session, today, asked.first, asked.last, asked.kind)
    statuses = asked.status or STATUSES
    found = [c for c in told if c.status in statuses and asked.of.lower() in sides(c)]
    return part(request, found, asked.cursor, asked.limit, ("id",))


@router.post(
    "/commitments/{id:path}/settle", tags=["commitments"], responses=one(Judgement),
    dependencies=[needs("commitments:judge")],
)  # fmt: skip
def settle(request: Request, id: Id, said: Settling) -> Response:
    """Say what became of a line; kept as a judgement, whose undoing takes it back."""
    return answer(request, settled(request, id, said.status, said.reason))
