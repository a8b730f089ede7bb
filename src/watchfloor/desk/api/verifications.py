"""Verification of alerts: whom the desk asked whether it is so, and what was found."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Id, Limit, answer, found, part
from watchfloor.desk.api.cases import number
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.response.forms import Moment
from watchfloor.desk.serve import record
from watchfloor.desk.verifying import Asked, verified
from watchfloor.desk.verifying import found as kept_found
from watchfloor.response.records import Verification
from watchfloor.store import alerts
from watchfloor.store.verify import verifications

router = APIRouter(prefix="/api/v1", tags=["verifications"])
decide = [needs("alerts:decide")]
Finding = Literal["confirmed", "partly confirmed", "not confirmed", "refuted"]
Note = Annotated[str, Field(max_length=2000)]


class Verifying(BaseModel):
    """Whom the desk asked, until when it wants an answer, and what was found if anything was."""

    model_config = strict(asked_of="site manager", finding="confirmed", note="saw it himself")
    asked_of: Annotated[str, Field(min_length=1, max_length=300)]
    due_at: Moment | None = None
    finding: Finding | None = None
    note: Note | None = None


class Answering(BaseModel):
    """What was found, and how it is known; null takes it back."""

    model_config = strict(finding="refuted", note="a tyre burst")
    finding: Finding | None
    note: Note = ""


@router.get(
    "/alerts/{id}/verifications", dependencies=[needs("alerts:read")],
    responses=many(Verification),
)  # fmt: skip
def listed(request: Request, id: Id, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The verifications of an alert, in the order asked."""
    with record(request).reading() as session:
        found(alerts.alert_of(session, id), "alert")
        told = verifications(session, [id]).get(id, [])
    return part(request, told, cursor, limit)


@router.post("/alerts/{id}/verifications", dependencies=decide, responses=one(Verification))
def verify(request: Request, id: Id, said: Verifying) -> Response:
    """Keep that somebody was asked whether it is so, or what was found at once."""
    asked = Asked(of=said.asked_of, due_at=said.due_at, finding=said.finding, note=said.note)
    return answer(request, verified(request, id, asked))


@router.post("/verifications/{n}/found", dependencies=decide, responses=one(Verification))
def find(request: Request, n: int, said: Answering) -> Response:
    """Keep what a verification found; null takes it back."""
    return answer(request, kept_found(request, number(n), said.finding or "", said.note))
