"""Alerts: list, one, what happened to it, and what a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Id, Limit, answer, before, found, page, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.serve import record
from watchfloor.store import Session
from watchfloor.store import alerts as kept
from watchfloor.store.alerts import KeptAlert, LogLine
from watchfloor.store.queue import SEVERITIES

router = APIRouter(prefix="/api/v1/alerts", tags=["alerts"])
read = [needs("alerts:read")]
Decider = Annotated[Who, needs("alerts:decide")]
#: Few words on why.
Words = Annotated[str, Field(max_length=2000)]
State = Annotated[str, Query(pattern=f"^({'|'.join(kept.STATES)})$")]
Severity = Annotated[str, Query(pattern=f"^({'|'.join(SEVERITIES)})$")]


class Note(BaseModel):
    """A few words on why."""

    model_config = strict(note="on it")
    note: Words = ""


class Snooze(Note):
    """Put away until a time, or (null) until something new is known."""

    model_config = strict(until="2031-03-03T10:00:00Z", note="asked the site")
    until: AwareDatetime | None = None


class Close(Note):
    """What it came to."""

    model_config = strict(found="no impact", note="")
    found: Annotated[str, Field(pattern=f"^({'|'.join(kept.DISPOSITIONS)})$")]


@router.get("", dependencies=read, responses=many(KeptAlert))
def listed(
    request: Request,
    state: Annotated[list[State], Query()] = [],  # noqa: B006 - FastAPI copies it
    severity: Annotated[list[Severity], Query()] = [],  # noqa: B006
    entry: Annotated[str, Query(max_length=200, description="sites, sites:ID, groups, …")] = "",
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Response:
    """Alerts, the newest first."""
    with record(request).reading() as session:
        rows = kept.find_alerts(session, state, entry or None, severity, before(cursor), limit + 1)
    return page(request, rows, limit)


@router.get("/{id}", dependencies=read, responses=one(KeptAlert))
def single(request: Request, id: Id) -> Response:
    """One alert."""
    with record(request).reading() as session:
        return answer(request, found(kept.alert_of(session, id), "alert"))


@router.get("/{id}/log", dependencies=read, responses=many(LogLine))
def log(request: Request, id: Id, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """What happened to an alert, the oldest first."""
    with record(request).reading() as session:
        found(kept.alert_of(session, id), "alert")
        return part(request, kept.log_of(session, id), cursor, limit, ("at", "what", "author"))


@router.post("/{id}/acknowledge", responses=one(KeptAlert))
def acknowledge(request: Request, id: Id, who: Decider, said: Note) -> Response:
    """Take an alert up; it comes back when something new is known."""
    with _deciding(request, id) as session:
        kept.acknowledge(session, id, who.name, datetime.now(UTC), said.note)
        return answer(request, kept.alert_of(session, id))


@router.post("/{id}/snooze", responses=one(KeptAlert))
def snooze(request: Request, id: Id, who: Decider, said: Snooze) -> Response:
    """Put an alert away for a while."""
    with _deciding(request, id) as session:
        kept.snooze(session, id, who.name, datetime.now(UTC), said.until, said.note)
        return answer(request, kept.alert_of(session, id))


@router.post("/{id}/close", responses=one(KeptAlert))
def close(request: Request, id: Id, who: Decider, said: Close) -> Response:
    """Close an alert with what it came to."""
    with _deciding(request, id) as session:
        kept.close(session, id, who.name, datetime.now(UTC), said.found, said.note)
        return answer(request, kept.alert_of(session, id))


@router.post("/{id}/reopen", responses=one(KeptAlert))
def reopen(request: Request, id: Id, who: Decider, said: Note) -> Response:
    """Take back an acknowledgement, a snooze or a closing."""
    with _deciding(request, id) as session:
        kept.reopen(session, id, who.name, datetime.now(UTC), said.note)
        return answer(request, kept.alert_of(session, id))


@contextmanager
def _deciding(request: Request, id: str) -> Iterator[Session]:
    """A transaction that decides on an alert. Raises 404 for one that is not to be seen."""
    with record(request).reading() as session:
        found(kept.alert_of(session, id), "alert")
    with record(request).writing() as session:
        yield session
