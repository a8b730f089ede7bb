"""Incidents: list by filter, one, its accounts, its history; the events of reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import (
    LIMIT,
    Cursor,
    Id,
    Limit,
    Many,
    Next,
    answer,
    before,
    cursor_of,
    found,
    page,
    part,
)
from watchfloor.desk.api.document import many, one
from watchfloor.desk.pages.incident import near_in_time_and_place
from watchfloor.desk.serve import record
from watchfloor.merge.outcome import MergedAccount
from watchfloor.records import Record, Status
from watchfloor.store import Filter, Row, find_incidents, history_of, incident_of
from watchfloor.store.corrections import TYPES
from watchfloor.store.events import ListedEvent, find_events

router = APIRouter(prefix="/api/v1", tags=["incidents"], dependencies=[needs("incidents:read")])
TYPE = f"^({'|'.join(TYPES)})$"
COUNTRY = "^[A-Z]{3}$"
Type = Annotated[str, Query(pattern=TYPE)]
Country = Annotated[str, Query(pattern=COUNTRY, description="ISO 3166-1 alpha-3")]
NEAR = r"^-?\d{1,2}(\.\d{1,8})?,-?\d{1,3}(\.\d{1,8})?,\d{1,5}(\.\d{1,3})?$"


class Held(Record, frozen=True, kw_only=True):
    """What the record held of an incident from a moment on."""

    at: datetime
    held: Any


class Wanted(BaseModel):
    """Which incidents; what is not given means any."""

    type: list[Annotated[str, Field(pattern=TYPE)]] = []
    status: list[Status] = []
    country: list[Annotated[str, Field(pattern=COUNTRY)]] = []
    first: Annotated[date | None, Field(description="on or after")] = None
    last: Annotated[date | None, Field(description="on or before")] = None
    place: Annotated[str, Field(max_length=200)] = ""
    actor: Annotated[str, Field(max_length=200)] = ""
    words: Annotated[str, Field(max_length=200, description="in its reports")] = ""
    near: Annotated[str, Field(pattern=f"{NEAR}|^$", description="lat,lon,km")] = ""
    updated_since: AwareDatetime | None = None
    min_sources: Annotated[int, Field(ge=1, le=1000)] = 1
    background: Annotated[bool, Field(description="history too")] = False
    cursor: Next = ""
    limit: Many = LIMIT


@router.get("/incidents", responses=many(Row))
def listed(request: Request, asked: Annotated[Wanted, Query()]) -> Response:
    """Incidents, the newest in the record first."""
    wanted = Filter(
        first=asked.first, last=asked.last, types=tuple(asked.type),
        statuses=tuple(s.value for s in asked.status), countries=tuple(asked.country),
        place=asked.place or None, actor=asked.actor or None, words=asked.words or None,
        within=_near(asked.near), updated_since=asked.updated_since,
        min_sources=asked.min_sources, background=asked.background,
    )  # fmt: skip
    with record(request).reading() as session:
        rows = find_incidents(session, wanted, before(asked.cursor), asked.limit + 1)
        return page(request, rows, asked.limit)


@router.get("/incidents/{id}", responses=one(Row))
def single(request: Request, id: Id) -> Response:
    """One incident, or the one that took it over."""
    with record(request).reading() as session:
        return answer(request, found(incident_of(session, id), "incident"))


@router.get("/incidents/{id}/accounts", responses=many(MergedAccount))
def accounts(request: Request, id: Id, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """What each report, on each chain of sources, says of it; on what they differ, the incident
    itself says.
    """
    with record(request).reading() as session:
        row = found(incident_of(session, id), "incident")
    return part(request, row.incident.accounts, cursor, limit, ("report", "events", "sources"))


@router.get("/incidents/{id}/history", responses=many(Held))
def history(request: Request, id: Id, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """What the record held of it, the oldest first."""
    with record(request).reading() as session:
        found(incident_of(session, id), "incident")
        told = [Held(at=at, held=held) for at, held in history_of(session, id)]
    return part(request, told, cursor, limit, ("at",))


@router.get("/incidents/{id}/alike", responses=many(Row))
def alike(request: Request, id: Id, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Incidents near in time and place, which may be the same happening."""
    with record(request).reading() as session:
        told = near_in_time_and_place(session, found(incident_of(session, id), "incident"))
    return part(request, told, cursor, limit, ("id",))


@router.get("/events", responses=many(ListedEvent), tags=["events"])
def events(
    request: Request,
    report: Annotated[str, Query(max_length=200)] = "",
    type: Annotated[list[Type], Query()] = [],  # noqa: B006 - FastAPI copies it
    country: Annotated[list[Country], Query()] = [],  # noqa: B006
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Response:
    """Events as reports tell of them, the newest report first."""
    with record(request).reading() as session:
        rows = find_events(session, report or None, type, country, before(cursor), limit)
    items, last = rows
    return answer(request, {"items": items, "next": cursor_of(last) if last else None})


def _near(written: str) -> tuple[float, float, float] | None:
    if not written:
        return None
    lat, lon, km = map(float, written.split(","))
    if abs(lat) > 90 or abs(lon) > 180:
        raise HTTPException(422, "near: latitude is -90 to 90, longitude -180 to 180")
    return lat, lon, km
