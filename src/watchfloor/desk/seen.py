"""What whoever asks may see, or 404: nobody acts on what is not for them.

A transaction that writes sees the whole record, so what an act is about is looked up here first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fastapi import HTTPException, Request

from watchfloor.desk.serve import record
from watchfloor.store import Row, Session, StoredReport, incident_of, report_of
from watchfloor.store.alerts import KeptAlert, alert_of

T = TypeVar("T")


def alert_seen(request: Request, id: str) -> KeptAlert:
    """An alert. Raises 404 where there is none for whoever asks."""
    return _seen(request, alert_of, "alert", id)


def incident_seen(request: Request, id: str) -> Row:
    """An incident, or the one that took it over. Raises 404 where there is none for them."""
    return _seen(request, incident_of, "incident", id)


def report_seen(request: Request, id: str) -> StoredReport:
    """A report. Raises 404 where there is none for whoever asks."""
    return _seen(request, report_of, "report", id)


def _seen(request: Request, look: Callable[[Session, str], T | None], kind: str, id: str) -> T:
    with record(request).reading() as session:
        found = look(session, id)
    if found is None:
        raise HTTPException(404, f"no such {kind}: {id}")
    return found
