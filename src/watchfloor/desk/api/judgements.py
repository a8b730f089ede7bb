"""Judgements: what persons decided, deciding, and taking it back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import Id, answer, found
from watchfloor.desk.api.document import many, one
from watchfloor.desk.judging import decided, taken_back
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.merge import MergedIncident
from watchfloor.store import Judgement, Session, anchors_of, incident_of, judgements

router = APIRouter(prefix="/api/v1/judgements", tags=["judgements"])
Why = Annotated[str, Field(min_length=1, max_length=2000)]


class Decision(BaseModel):
    """Merge two incidents, part `reports` from one, or say that one is none."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"kind": "merge", "incidents": ["i1", "i2"], "reason": "same bus"}
        },
    )
    kind: Literal["merge", "split", "false"]
    incidents: Annotated[list[str], Field(min_length=1, max_length=2)]
    reason: Why
    reports: list[str] = []


class Undoing(BaseModel):
    """Why it is taken back."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"reason": "two buses after all"}}
    )
    reason: Why


@router.get("", dependencies=[needs("incidents:read")], responses=many(Judgement))
def listed(request: Request) -> Response:
    """All judgements in the order made, undone ones too."""
    with record(request).reading() as session:
        return answer(request, {"items": judgements(session, undone=True), "next": None})


@router.post("", dependencies=[needs("incidents:judge")], responses=one(Judgement))
def decide(request: Request, said: Decision) -> Response:
    """Decide what the machine got wrong; it is kept with its reason and can be undone."""
    with record(request).reading() as session:
        chosen = [_incident(session, id) for id in said.incidents]
        says = _says(session, said, chosen)
    with record(request).writing() as session:
        return answer(request, decided(request, session, said.kind, said.reason, **says))


@router.post("/{id}/undo", dependencies=[needs("incidents:judge")], responses=one(Judgement))
def undo(request: Request, id: Id, said: Undoing) -> Response:
    """Take a judgement back, with a reason of its own."""
    with record(request).reading() as session:
        found(next(iter(judgements(session, ids=[id], undone=True)), None), "judgement")
    return answer(request, taken_back(request, id, said.reason))


def _says(session: Session, said: Decision, chosen: list[MergedIncident]) -> dict[str, Any]:
    first = chosen[0]
    if said.kind == "merge":
        if len(chosen) != 2:
            raise InputError("takes two incidents", where="merge")
        return {"events": anchors_of(session, first), "others": anchors_of(session, chosen[1])}
    if said.kind == "split":
        rest = set(first.reports) - set(said.reports)
        return {
            "events": anchors_of(session, first, said.reports),
            "others": anchors_of(session, first, rest),
        }
    return {"events": anchors_of(session, first)}


def _incident(session: Session, id: str) -> MergedIncident:
    row = found(incident_of(session, id), f"incident {id!r}")
    incident: MergedIncident = row.incident
    return incident
