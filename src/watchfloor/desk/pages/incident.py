"""An incident: accounts side by side, their words, what became of it, and what to decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from watchfloor.desk import shapes, words
from watchfloor.desk.access import needs
from watchfloor.desk.access.pages import here
from watchfloor.desk.compare import changes, compared, keyed
from watchfloor.desk.evidence import chain_of, judged_report, values_of
from watchfloor.desk.judging import merged, misread, moved, split_off, taken_back
from watchfloor.desk.lit import Lit, lit
from watchfloor.desk.pages.floor import shown_queue, wanted_of_page
from watchfloor.desk.response.forms import said as kept_said
from watchfloor.desk.seen import incident_seen
from watchfloor.desk.serve import page, record
from watchfloor.desk.tongue import say
from watchfloor.live.register import kept_register
from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport
from watchfloor.response.records import VERIFIED
from watchfloor.store import (
    Filter,
    Row,
    Session,
    find_incidents,
    history_of,
    judgements,
)
from watchfloor.store import alerts as kept
from watchfloor.store.queue import rank_of
from watchfloor.store.register import entry_names
from watchfloor.store.rows import day
from watchfloor.store.verify import verifications

router = APIRouter()
JUDGE = [needs("incidents:judge")]
#: What may be the same happening: so near in days and in km.
NEAR_DAYS, NEAR_KM = 3, 60.0
Text = Annotated[str, Form()]


@router.get("/incidents/{id}", response_class=HTMLResponse, dependencies=[needs("incidents:read")])
def incident(request: Request, id: str, done: str = "") -> Response:
    """The page; `done` is a judgement just made, to be undone from the foot of it."""
    row = incident_seen(request, id)
    one = row.incident
    with record(request).reading() as session:
        reports = {r: coded for r in one.reports if (coded := judged_report(session, r))}
        prefix = {r: f"r{n}-" for n, r in enumerate(one.reports)}
        alerts = kept.alerts_of(session, [row.id])
        values = {
            "row": row, "one": one, "id": id, "names": entry_names(session), "alerts": alerts,
            "logs": {a.id: kept.log_of(session, a.id) for a in alerts},
            "history": changes(history_of(session, row.id)),
            "judged": judgements(session, one.reports, undone=True),
            "alike": near_in_time_and_place(session, row), "findings": VERIFIED,
            "said": _said(session, done, one) or kept_said(request),
            "verified": verifications(session, [a.id for a in alerts]),
        }  # fmt: skip
    lines = compared(one, reports, prefix)
    texts = [(r, coded.report, _lit(coded, one, prefix[r])) for r, coded in reports.items()]
    parts = [_part(one, coded) for coded in reports.values()]
    return page(request, "incident.html", lines=lines, texts=texts, parts=parts,
                dispositions=kept.DISPOSITIONS, **values)  # fmt: skip


@router.get("/incidents/{id}/map.json", dependencies=[needs("incidents:read")])
def on_map(request: Request, id: str) -> Response:
    """Where it happened, and the places of the register that its alerts are about."""
    row = incident_seen(request, id)
    with record(request).reading() as session:
        alerts = kept.alerts_of(session, [row.id])
        sites = {f"sites:{s.id}": s for s in kept_register(session).sites}
    found = [f for a in alerts if a.register in sites for f in shapes.site(sites[a.register])]
    where = row.incident.place
    if where and where.lat is not None and where.lon is not None:
        rank = max((rank_of(a.severity) for a in alerts), default=0)
        found += (
            shapes.spot(where.lat, where.lon, where.kind, where.radius_km, rank=rank,
                        name=f"{words.kind(row.incident.type)}, {where.name}")
        )  # fmt: skip
    return JSONResponse(shapes.collection(found))


@router.post("/incidents/{id}/merge", dependencies=JUDGE)
def merge(request: Request, id: str, other: Text = "", reason: Text = "") -> Response:
    """Say that two incidents are one happening."""
    return _done(id, merged(request, id, named(other), reason).id)


@router.post("/incidents/{id}/split", dependencies=JUDGE)
def split(
    request: Request, id: str, part: Annotated[list[str] | None, Form()] = None, reason: Text = ""
) -> Response:
    """Say that what some of its reports, or single events of them, tell is another happening."""
    return _done(id, split_off(request, id, part or (), reason).id)


@router.post("/incidents/{id}/move", dependencies=JUDGE)
def move(
    request: Request, id: str, part: Annotated[list[str] | None, Form()] = None, into: Text = "",
    reason: Text = "",
) -> Response:  # fmt: skip
    """Say that what some of its reports, or single events of them, tell belongs elsewhere."""
    made = moved(request, id, named(into), part or (), reason)
    return _done(incident_seen(request, named(into)).id, made.id)


@router.post("/incidents/{id}/false", dependencies=JUDGE)
def false(request: Request, id: str, reason: Text = "") -> Response:
    """Say that nothing of the kind is told: the words were misread."""
    return _done(id, misread(request, id, reason).id)


@router.post("/judgements/{id}/undo", dependencies=JUDGE)
def undo(request: Request, id: str, reason: Text = "", to: Text = "/") -> Response:
    """Take a judgement back."""
    taken_back(request, id, reason)
    if request.headers.get("HX-Request") == "true":
        return shown_queue(request, wanted_of_page(to), {"says": say("Taken back."), "undo": None})
    return RedirectResponse(here(to), status_code=303)


def named(written: str) -> str:
    """The id of an incident that somebody gave as it is, or as the address of its page."""
    return written.strip().partition("?")[0].rstrip("/").rpartition("/")[2]


def _part(one: MergedIncident, coded: CodedReport) -> dict[str, Any]:
    """What a report tells of an incident, to be chosen from: the whole, or, where it tells of it in
    several events, each by its kind and its word.
    """
    report = coded.report
    mine = {m.event for m in one.members if m.report == report.id}
    told = [
        (f"{report.id}/{e.id}", f"{words.kind(e.type, e.mode)}: {e.trigger.text}")
        for e in coded.events
        if e.id in mine
    ]
    named = {"report": report.id, "outlet": report.outlet, "published": report.published}
    return {**named, "events": told if len(told) > 1 else []}


def _done(id: str, judgement: str) -> Response:
    return RedirectResponse(f"/incidents/{id}?done={judgement}", status_code=303)


def _lit(coded: CodedReport, one: MergedIncident, prefix: str) -> Any:
    """The report's text, the words that this incident rests on lit, and those of its sources."""
    mine = {m.event for m in one.members if m.report == coded.report.id}
    marks = []
    for event in coded.events:
        if event.id not in mine:
            continue
        for value in keyed(values_of(coded, event), prefix):
            marks += [Lit(span=s, key=value.key, field=value.field) for s in value.spans]
        for claim in chain_of(coded, event):
            marks += (
                [Lit(span=claim.cue, key=f"{prefix}{claim.id}", field="claim")] if claim.cue else []
            )
    return lit(coded.report.text, marks)


def near_in_time_and_place(session: Session, row: Row) -> list[Row]:
    """Incidents that may be the same happening: near in days and place."""
    where, when = row.incident.place, row.incident.when
    first = day(when.from_) if when else None
    if where is None or where.lat is None or where.lon is None or first is None:
        return []
    around = timedelta(days=NEAR_DAYS)
    wanted = Filter(
        first=first - around, last=first + around, within=(where.lat, where.lon, NEAR_KM)
    )
    return [r for r in find_incidents(session, wanted, limit=9) if r.id != row.id][:8]


def _said(session: Session, done: str, one: MergedIncident) -> dict[str, Any] | None:
    """What was just decided, with how to undo it; None where it stands no longer."""
    made = next(iter(judgements(session, ids=[done])), None) if done else None
    if made is None:
        return None
    doing = {"merge": "Merged", "split": "Split", "move": "Moved", "false": "Marked false",
             "correct": "Corrected", "duplicate": "Marked as a copy"}  # fmt: skip
    return {"says": f"{say(doing.get(made.kind, 'Judged'))}: {made.reason}.",
            "undo": f"/judgements/{made.id}/undo"}  # fmt: skip
