"""Feeds for other programs, by an address that holds a token: RSS, CAP, GeoJSON, CSV, iCalendar.

None carries the register or a journey, and each shows what the token's user may see.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Literal

from fastapi import APIRouter, Request, Response

from watchfloor.desk.access import needs, who_asks
from watchfloor.desk.outgoing import alert_as_cap, alerts_as_rss
from watchfloor.desk.response.calendar import watches_calendar
from watchfloor.desk.serve import record
from watchfloor.export import Request as Wanted
from watchfloor.export import export
from watchfloor.response.records import Turn
from watchfloor.store import MARKINGS, Filter
from watchfloor.store.response import standing
from watchfloor.store.response_tables import turn

router = APIRouter(prefix="/feeds/{token}", dependencies=[needs("feeds:out")])
#: Days of the past that are told.
PAST = timedelta(days=90)
TYPES = {"csv": "text/csv; charset=utf-8", "geojson": "application/geo+json"}


@router.get("/alerts.rss", dependencies=[needs("alerts:read")])
def alerts(request: Request) -> Response:
    """The alerts that want a person."""
    return alerts_as_rss(request)


@router.get("/alerts/{id}.cap", dependencies=[needs("alerts:read")])
def message(request: Request, id: str) -> Response:
    """One alert as a CAP 1.2 message."""
    return alert_as_cap(request, id)


@router.get("/incidents.{format}", dependencies=[needs("incidents:read")])
def incidents(request: Request, format: Literal["csv", "geojson"]) -> Response:
    """Incidents of the last 90 days, private persons masked, up to AMBER."""
    seen = who_asks(request).markings
    wanted = Wanted(
        format=format, marking=min(seen[-1], "AMBER", key=MARKINGS.index),
        filter=Filter(first=(datetime.now(UTC) - PAST).date()),
    )  # fmt: skip
    out = io.BytesIO()
    with record(request).reading() as session:
        export(session, wanted, out, datetime.now(UTC))
    return Response(out.getvalue(), media_type=TYPES[format])


@router.get("/watches.ics", dependencies=[needs("cell:read")])
def watches(request: Request) -> Response:
    """Who holds which post when: watches only, never a journey."""
    now = datetime.now(UTC)
    with record(request).reading() as session:
        found = standing(session, Turn, turn.c.ends_at > now - PAST)
    return Response(watches_calendar(found), media_type="text/calendar; charset=utf-8")
