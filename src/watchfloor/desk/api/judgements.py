"""Judgements: what persons decided, deciding, and taking it back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Id, Limit, answer, found, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.frame import settings
from watchfloor.desk.judging import anchor_of, decided, moved, taken_back
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.merge import MergedIncident
from watchfloor.store import Anchor, Judgement, Session, anchors_of, incident_of, judgements
from watchfloor.store.corrections import FIELDS
from watchfloor.store.written import value_of

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
    """What these reports tell is another happening than the rest of the incident."""

    kind: Literal["split"]
    incidents: Annotated[list[Said], Field(min_length=1, max_length=1)]
    reports: Some


class Moving(_Decision):
    """What these reports tell belongs to the incident `into`, not to the one named first."""

    kind: Literal["move"]
    incidents: Annotated[list[Said], Field(min_length=1, max_length=1)]
    reports: Some
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
    with record(request).writing() as session:
        return answer(request, _kept(request, session, said))


@router.post("/{id}/undo", dependencies=[needs("incidents:judge")], responses=one(Judgement))
def undo(request: Request, id: Id, said: Undoing) -> Response:
    """Take a judgement back, with a reason of its own."""
    with record(request).reading() as session:
        found(next(iter(judgements(session, ids=[id], undone=True)), None), "judgement")
    return answer(request, taken_back(request, id, said.reason))


def _kept(request: Request, session: Session, said: Decision) -> Judgement:
    kind, why = said.kind, said.reason
    if isinstance(said, Correcting):
        anchor = anchor_of(session, said.report, said.event)
        value = value_of(said.field, said.value, settings(request))
        return decided(request, session, kind, why, events=(anchor,), field=said.field, value=value)
    if isinstance(said, Copying):
        return decided(request, session, kind, why, field=said.report, value=said.of)
    if isinstance(said, Misread):
        return decided(request, session, kind, why, events=_misread(session, said))
    first = _incident(session, said.incidents[0])
    if isinstance(said, Moving):
        into = _incident(session, said.into)
        return moved(request, session, (first, into), said.reports, why)
    if isinstance(said, Merging):
        other = _incident(session, said.incidents[1])
        ours, theirs = anchors_of(session, first), anchors_of(session, other)
        return decided(request, session, kind, why, events=ours, others=theirs)
    out = anchors_of(session, first, said.reports)
    rest = anchors_of(session, first, set(first.reports) - set(said.reports))
    return decided(request, session, kind, why, events=out, others=rest)


def _misread(session: Session, said: Misread) -> tuple[Anchor, ...]:
    if said.incidents:
        return anchors_of(session, _incident(session, said.incidents[0]))
    if said.report is None or said.event is None:
        raise InputError("names nothing", where="false", right="an incident, or report and event")
    return (anchor_of(session, said.report, said.event),)


def _incident(session: Session, id: str) -> MergedIncident:
    row = found(incident_of(session, id), f"incident {id!r}")
    incident: MergedIncident = row.incident
    return incident
