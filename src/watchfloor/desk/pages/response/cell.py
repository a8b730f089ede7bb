"""The cell: roster, means, assignments with gaps and clashes, the board of journeys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from watchfloor.desk.access import needs
from watchfloor.desk.response.calendar import watches_calendar
from watchfloor.desk.response.forms import said
from watchfloor.desk.serve import page, record
from watchfloor.response import records as r
from watchfloor.response.cover import clashes, double_turns, gaps, unheld
from watchfloor.response.due import overdue, points_of, reached
from watchfloor.store import Session
from watchfloor.store.register import entries
from watchfloor.store.response import TABLES, found, standing

router = APIRouter()
#: How far back the page shows what is over, and how far ahead it looks for gaps in the watch.
BACK, AHEAD = timedelta(hours=12), timedelta(hours=48)
#: Check-ins shown.
CALLS = 30


@router.get("/cell", response_class=HTMLResponse, dependencies=[needs("cell:read")])
def board(request: Request) -> Response:
    """The whole page."""
    with record(request).reading() as session:
        values = now_in_the_cell(session, datetime.now(UTC))
    return page(request, "cell.html", kinds=r.RESOURCES, wells=r.WELL, findings=r.FINDINGS,
                said=said(request), **values)  # fmt: skip


@router.get("/cell/watches.ics", dependencies=[needs("cell:read")])
def calendar(request: Request) -> Response:
    """The roster as iCalendar (RFC 5545); journeys are in no feed."""
    with record(request).reading() as session:
        turns = standing(session, r.Turn)
    headers = {"Content-Disposition": 'attachment; filename="watches.ics"'}
    return Response(watches_calendar(turns), media_type="text/calendar", headers=headers)


def now_in_the_cell(session: Session, now: datetime) -> dict[str, object]:
    """Everything that the page shows, by name."""
    since = now - BACK
    resources = standing(session, r.Resource)
    needs_ = [x for x in standing(session, r.Need) if x.ends_at > since]
    assigned = [x for x in standing(session, r.Assignment) if x.ends_at > since]
    turns = [x for x in standing(session, r.Turn) if x.ends_at > since]
    journeys = found(
        session, r.Clearance, TABLES[r.Clearance].c.ends_at > since - timedelta(days=2)
    )
    calls = standing(session, r.CheckIn, TABLES[r.CheckIn].c.made_at > since - timedelta(days=14))
    held = [e for e in entries(session) if e.kind in {"sites", "journeys"}]
    return {
        "resources": resources, "all_resources": {x.n: x for x in found(session, r.Resource)},
        "needs": needs_, "assignments": assigned,
        "turns": sorted(turns, key=lambda t: (t.starts_at, t.post)),
        "gaps": gaps(needs_, assigned, resources), "clashes": clashes(assigned),
        "by_n": {x.n: x for x in assigned}, "doubles": double_turns(turns),
        "unheld": unheld(r.DUTY, turns, now, now + AHEAD), "duty": r.DUTY,
        "journeys": sorted(journeys, key=lambda c: (c.state in _OVER, c.starts_at)),
        "points": {c.n: points_of(c) for c in journeys},
        "past": {c.n: reached(c, calls) for c in journeys},
        "overdue": overdue(journeys, calls, now), "check_ins": list(reversed(calls))[:CALLS],
        "assurances": list(reversed(standing(session, r.Assurance)))[:CALLS],
        "places": held, "names": {
            **{f"{e.kind}:{e.id}": e.name for e in held},
            **{f"clearances:{c.n}": c.title for c in journeys},
            **{f"resources:{x.n}": x.name for x in resources},
        },
    }  # fmt: skip


_OVER = frozenset({"arrived", "cancelled", "refused"})
