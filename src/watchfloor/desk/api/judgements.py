"""Judgements: what persons decided, deciding, and taking it back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Id, Limit, answer, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.judging import (
    copied,
    corrected,
    merged,
    misread,
    misread_event,
    moved,
    split_off,
    taken_back,
)
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.store import Judgement, judgements
from watchfloor.store.corrections import FIELDS

router = APIRouter(prefix="/api/v1/judgements", tags=["judgements"])
Why = Annotated[str, Field(min_length=1, max_length=2000)]
Said = Annotated[str, Field(min_length=1, max_length=200)]
Some = Annotated[list[Said], Field(max_length=500)]


class _Decision(BaseModel):
    model_config = ConfigDict(extra="forbid")
    reason: Why


class Merging(_Decision):
    """Two incidents are one happening."""

    kind: Literal["merge"]
    incidents: Annotated[list[Said], Field(min_length=2, max_length=2)]


class Splitting(_Decision):
    """What these reports, or these events, written REPORT/EVENT, tell is another happening than
    the rest of the incident.
    """

    kind: Literal["split"]
    incidents: Annotated[list[Said], Field(min_length=1, max_length=1)]
    reports: Some = []
    events: Some = []


class Moving(_Decision):
    """What these reports, or these events, written REPORT/EVENT, tell belongs to the incident
    `into`, not to the one named first.
    """

    kind: Literal["move"]
    incidents: Annotated[list[Said], Field(min_length=1, max_length=1)]
    reports: Some = []
    events: Some = []
    into: Said


class Misread(_Decision):
    """Nothing of the kind is told: by no report of an incident, or by one event of a report."""

    kind: Literal["false"]
    incidents: Annotated[list[Said], Field(max_length=1)] = []
    report: Said | None = None
    event: Said | None = None


class Correcting(_Decision):
    """One field of one event is another. `value` is written as on the pages: a count as `5`,
    `5-7`, `5+`; days as `2031-03-03`; a place as `Quetta, PAK`; empty: the report does not say.
    """

    kind: Literal["correct"]
    report: Said
    event: Said
    field: Annotated[str, Field(pattern=f"^({'|'.join(FIELDS)})$".replace(".", r"\."))]
    value: Annotated[str, Field(max_length=200)] = ""


class Copying(_Decision):
    """A report is a copy of another, and no source of its own."""

    kind: Literal["duplicate"]
    report: Said
    of: Said


Decision = Annotated[
    Merging | Splitting | Moving | Misread | Correcting | Copying, Field(discriminator="kind")
]
#: One of each kind for the document.
EXAMPLES = {
    "merge": {"kind": "merge", "incidents": ["i1", "i2"], "reason": "same bus"},
    "split": {"kind": "split", "incidents": ["i1"], "reports": ["r4"], "reason": "another bus"},
    "move": {"kind": "move", "incidents": ["i1"], "reports": ["r4"], "into": "i2",
             "reason": "the second bus"},
    "false": {"kind": "false", "incidents": ["i1"], "reason": "a football match"},
    "correct": {"kind": "correct", "report": "r1", "event": "e1", "field": "harm.killed",
                "value": "5", "reason": "the text says five"},
    "duplicate": {"kind": "duplicate", "report": "r2", "of": "r1", "reason": "the same wire"},
}  # fmt: skip
Sent = Annotated[Decision, Body(openapi_examples={k: {"value": v} for k, v in EXAMPLES.items()})]


class Undoing(BaseModel):
    """Why it is taken back."""

    model_config = strict(reason="two buses after all")
    reason: Why


@router.get("", dependencies=[needs("incidents:read")], responses=many(Judgement))
def listed(
    request: Request,
    report: Annotated[list[Said], Query()] = [],  # noqa: B006 - FastAPI copies it
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Response:
    """Judgements in the order made, undone ones too: all, or those that speak of reports."""
    with record(request).reading() as session:
        told = judgements(session, report or None, undone=True)
    return part(request, told, cursor, limit, ("id",))


@router.post("", dependencies=[needs("incidents:judge")], responses=one(Judgement))
def decide(request: Request, said: Sent) -> Response:
    """Decide what the machine got wrong; it is kept with its reason and can be undone."""
    return answer(request, _kept(request, said))


@router.post("/{id}/undo", dependencies=[needs("incidents:judge")], responses=one(Judgement))
def undo(request: Request, id: Id, said: Undoing) -> Response:
    """Take a judgement back, with a reason of its own."""
    return answer(request, taken_back(request, id, said.reason))


def _kept(request: Request, said: Decision) -> Judgement:
    why = said.reason
    if isinstance(said, Correcting):
        return corrected(request, (said.report, said.event), said.field, said.value, why)
    if isinstance(said, Copying):
        return copied(request, said.report, said.of, why)
    if isinstance(said, Merging):
        one_, other = said.incidents
        return merged(request, one_, other, why)
    if isinstance(said, Moving):
        parts = [*said.reports, *said.events]
        return moved(request, said.incidents[0], said.into, parts, why)
    if isinstance(said, Splitting):
        return split_off(request, said.incidents[0], [*said.reports, *said.events], why)
    if said.incidents:
        return misread(request, said.incidents[0], why)
    if said.report is None or said.event is None:
        raise InputError("names nothing", where="false", right="an incident, or report and event")
    return misread_event(request, said.report, said.event, why)
