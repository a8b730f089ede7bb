"""What whoever asks may see, or 404: nobody acts on what is not for them.

A transaction that writes sees the whole record, so what an act is about is looked up here first.
"""

from __future__ import annotations

from fastapi import HTTPException, Request

from watchfloor.desk.serve import record
from watchfloor.store import Row, StoredReport, incident_of, report_of
from watchfloor.store.alerts import KeptAlert, alert_of


def alert_seen(request: Request, id: str) -> KeptAlert:
    """An alert. Raises 404 where there is none for whoever asks."""
    with record(request).reading() as session:
        found = alert_of(session, id)
    if found is None:
        raise HTTPException(404, f"no such alert: {id}")
    return found


def incident_seen(request: Request, id: str) -> Row:
    """An incident, or the one that took it over. Raises 404 where there is none for them."""
    with record(request).reading() as session:
        found = incident_of(session, id)
    if found is None:
        raise HTTPException(404, f"no such incident: {id}")
    return found


def report_seen(request: Request, id: str) -> StoredReport:
    """A report. Raises 404 where there is none for whoever asks."""
    with record(request).reading() as session:
        found = report_of(session, id)
    if found is None:
        raise HTTPException(404, f"no such report: {id}")
    return found
