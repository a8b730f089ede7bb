"""Alerts for other systems, over the desk: RSS and CAP."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from watchfloor.desk.access import needs
from watchfloor.desk.asks import LIVE
from watchfloor.desk.serve import record
from watchfloor.live.publish import cap, rss
from watchfloor.response.verified import last_of
from watchfloor.store import alerts as kept
from watchfloor.store import incident_of
from watchfloor.store.verify import verifications

router = APIRouter()


@router.get("/alerts.rss", dependencies=[needs("alerts:read")])
def feed(request: Request) -> Response:
    """The alerts that want a person, as RSS."""
    return alerts_as_rss(request)


@router.get("/alerts/{id}.cap", dependencies=[needs("alerts:read")])
def message(request: Request, id: str) -> Response:
    """One alert as a CAP 1.2 message."""
    return alert_as_cap(request, id)


def alerts_as_rss(request: Request) -> Response:
    """The alerts that want a person, of those that whoever asks may see."""
    with record(request).reading() as session:
        found = kept.find_alerts(session, LIVE)
    made = rss(found, "watchfloor alerts", str(request.base_url))
    return Response(made, media_type="application/rss+xml")


def alert_as_cap(request: Request, id: str) -> Response:
    """One alert. Raises 404 where there is none that whoever asks may see."""
    with record(request).reading() as session:
        found = kept.alert_of(session, id)
        row = incident_of(session, found.incident) if found else None
        told = kept.told_at(session, id)
        verified = last_of(verifications(session, [id]).get(id, ()))
    if found is None:
        raise HTTPException(404, "no such alert")
    made = cap(found, row.incident if row else None, told, "watchfloor", verified)
    return Response(made, media_type="application/cap+xml")
