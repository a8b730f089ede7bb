"""A report: its text with every coded event and claim, and corrections that become judgements."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, unquote, urlsplit

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from watchfloor.desk.access import needs
from watchfloor.desk.evidence import chain_of, values_of
from watchfloor.desk.judging import copied, corrected, misread_event
from watchfloor.desk.lit import Lit, lit
from watchfloor.desk.serve import page, record
from watchfloor.desk.tongue import say
from watchfloor.records import Claim, CodedReport
from watchfloor.store import MARKINGS, judgements, report_of
from watchfloor.store.corrections import FIELDS, TYPES
from watchfloor.store.ingest import overlay
from watchfloor.store.reports import incidents_in
from watchfloor.store.revisions import revisions_of

router = APIRouter()
JUDGE = [needs("incidents:judge")]
Text = Annotated[str, Form()]


@router.get("/reports/{id:path}", response_class=HTMLResponse, dependencies=[needs("reports:read")])
def report(request: Request, id: str, done: str = "") -> Response:
    """The page; `done` is a judgement just made."""
    with record(request).reading() as session:
        stored = report_of(session, id)
        if stored is None:
            raise HTTPException(404, f"no such report: {id}")
        said = judgements(session, [id], undone=True)
        incidents = incidents_in(session, id)
        revised = revisions_of(session, id) if stored.revision > 1 else []
    coded = overlay(stored.coded, [j for j in said if j.undone_at is None])
    made = next((j for j in said if j.id == done and j.undone_at is None), None)
    return page(
        request, "report.html", stored=stored, coded=coded, text=_lit(coded), judged=said,
        events=[_shown(coded, e, incidents) for e in coded.events], fields=tuple(FIELDS),
        types=TYPES, claims=list(coded.claims), labels=MARKINGS, revised=revised,
        said=made and {"says": say("Kept as a judgement: {0}.", made.reason),
                       "undo": f"/judgements/{made.id}/undo"},
    )  # fmt: skip


@router.post("/events/correct", dependencies=JUDGE)
def correct(
    request: Request, report: Text, event: Text, field: Text, value: Text = "", reason: Text = ""
) -> Response:
    """Correct one field of one event; what the machine found stays beside it."""
    return _done(report, corrected(request, (report, event), field, value, reason).id)


@router.post("/events/false", dependencies=JUDGE)
def false(request: Request, report: Text, event: Text, reason: Text = "") -> Response:
    """Say that an event is none."""
    return _done(report, misread_event(request, report, event, reason).id)


@router.post("/copies", dependencies=JUDGE)
def copy(request: Request, report: Text, of: Text, reason: Text = "") -> Response:
    """Say that a report is a copy of another, named by its id or its page's address."""
    return _done(report, copied(request, report, _named(request, of.strip()), reason).id)


def _named(request: Request, written: str) -> str:
    """The id of a report that somebody gave as it is, or as the address of its page."""
    with record(request).reading() as session:
        known = report_of(session, written) is not None
    return written if known else unquote(urlsplit(written).path).removeprefix("/reports/")


def _done(report: str, judgement: str) -> Response:
    return RedirectResponse(f"/reports/{quote(report)}?done={judgement}", status_code=303)


def _shown(coded: CodedReport, event: Any, incidents: dict[str, str]) -> dict[str, Any]:
    return {
        "event": event, "values": list(values_of(coded, event)), "chain": chain_of(coded, event),
        "incident": incidents.get(event.id),
    }  # fmt: skip


def _lit(coded: CodedReport) -> Any:
    marks = [
        Lit(span=span, key=value.key, field=value.field)
        for event in coded.events
        for value in values_of(coded, event)
        for span in value.spans
    ]
    for claim in coded.claims:
        marks += _claimed(claim)
    return lit(coded.report.text, marks)


def _claimed(claim: Claim) -> list[Lit]:
    spans = [s for s in (claim.cue,) if s]
    return [Lit(span=s, key=claim.id, field="claim") for s in spans]
