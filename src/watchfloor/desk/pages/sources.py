"""Sources: the feeds, how they fare and fared, the outlets, and the grades that persons gave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from watchfloor.desk import charts
from watchfloor.desk.access import needs
from watchfloor.desk.judging import OUTLET, decided, graded
from watchfloor.desk.serve import page, record
from watchfloor.desk.tongue import say
from watchfloor.errors import InputError
from watchfloor.store import judgements
from watchfloor.store.feeds import Feed, feeds, spells
from watchfloor.store.reports import outlets
from watchfloor.store.trends import stretches

router = APIRouter()
READ, WRITE = [needs("sources:read")], [needs("sources:write")]
#: The Admiralty code's reliabilities (NATO AJP-2.1).
RELIABILITIES = {
    "A": "reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip
#: Days of the strip that shows how a feed fared.
DAYS = 7
Text = Annotated[str, Form()]


@router.get("/sources", response_class=HTMLResponse, dependencies=READ)
def sources(request: Request) -> Response:
    """Feeds and outlets."""
    last = datetime.now(UTC)
    first = last - timedelta(days=DAYS)
    with record(request).reading() as session:
        found, past = sorted(feeds(session), key=_worst_first), spells(session)
        known = outlets(session)
        graded = [j for j in judgements(session) if j.kind == "grade" and j.field]
        grades = {(j.field or "").removeprefix(OUTLET): j for j in graded}
    strips = {}
    for feed in found:
        line = [s for s in past if s.feed == feed.n]
        told = [
            charts.Spell(state=state, start=start, end=end)
            for state, start, end in stretches(line, first, last)
        ]
        name = say("{0}, the last {1} days", feed.name, DAYS)
        strips[feed.n] = charts.strip(told, first, last, name)
    return page(request, "sources.html", strips=strips, outlets=known, grades=grades, days=DAYS,
                feeds=found, reliabilities=RELIABILITIES)  # fmt: skip


def _worst_first(feed: Feed) -> bool:
    return feed.state not in {"blind", "broken"}


@router.post("/sources/feeds/grade", dependencies=WRITE)
def grade(request: Request, address: Text, grade: Text = "") -> Response:
    """Set or take back how reliable a person holds a feed to be."""
    graded(request, address, checked(grade) if grade else None)
    return RedirectResponse("/sources", status_code=303)


@router.post("/sources/outlets/grade", dependencies=WRITE)
def grade_outlet(request: Request, outlet: Text, grade: Text, reason: Text = "") -> Response:
    """Grade an outlet, as a judgement with its reason."""
    decided(request, "grade", reason, field=f"{OUTLET}{outlet}", value=checked(grade))
    return RedirectResponse("/sources", status_code=303)


def checked(grade: str) -> str:
    """The grade. Raises InputError where the Admiralty code has no such one."""
    if grade not in RELIABILITIES:
        right = f"one of {', '.join(RELIABILITIES)}"
        raise InputError(f"no such grade {grade!r}", where="grade", right=right)
    return grade
