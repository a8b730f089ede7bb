"""Alerts: list, one, what happened to it, and what a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from msgspec.structs import replace
from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy import select

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import (
    LIMIT,
    Cursor,
    Id,
    Limit,
    Many,
    Next,
    answer,
    before,
    found,
    page,
    part,
)
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.seen import alert_seen
from watchfloor.desk.serve import record
from watchfloor.records import Record
from watchfloor.response.verified import STANDINGS
from watchfloor.store import Session
from watchfloor.store import alerts as kept
from watchfloor.store.alerts import KeptAlert, LogLine
from watchfloor.store.corrections import TYPES
from watchfloor.store.queue import (
    ORDERS,
    SEVERITIES,
    Wanted,
    queue_counts,
    queue_days,
    queued,
    rank_of,
)
from watchfloor.store.watch_tables import alert

router = APIRouter(prefix="/api/v1/alerts", tags=["alerts"])
read = [needs("alerts:read")]
Decider = Annotated[Who, needs("alerts:decide")]
#: Few words on why.
Words = Annotated[str, Field(max_length=2000)]
Type = Annotated[str, Field(pattern=f"^({'|'.join(TYPES)})$")]
Country = Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 3166-1 alpha-3")]
State = Annotated[str, Field(pattern=f"^({'|'.join(kept.STATES)})$")]
Standing = Annotated[str, Field(pattern=f"^({'|'.join(STANDINGS)})$")]
Severity = Annotated[str, Field(pattern=f"^({'|'.join(SEVERITIES)})$")]


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


class Asked(BaseModel):
    """Which alerts, as the floor asks for them; what is not given means any."""

    state: list[State] = []
    severity: list[Severity] = []
    kind: Annotated[list[Type], Field(description="of the incident")] = []
    country: list[Country] = []
    verified: Annotated[list[Standing], Field(description="by its last finding")] = []
    entry: Annotated[str, Field(max_length=200, description="sites, sites:ID, groups, …")] = ""
    incident: Annotated[str, Field(max_length=200)] = ""
    place: Annotated[str, Field(max_length=200, description="in its name")] = ""
    words: Annotated[str, Field(max_length=200, description="in the incident's reports")] = ""
    first: Annotated[date | None, Field(description="happened on or after")] = None
    last: Annotated[date | None, Field(description="happened on or before")] = None

    @property
    def wanted(self) -> Wanted:
        """The filter of the queue."""
        return Wanted(
            states=tuple(self.state), severities=tuple(self.severity), types=tuple(self.kind),
            countries=tuple(self.country), verified=tuple(self.verified),
            entry=self.entry or None, place=self.place or None, words=self.words or None,
            first=self.first, last=self.last, incident=self.incident or None,
        )  # fmt: skip


class Paged(Asked):
    """Which alerts, in which order, and how many at once."""

    order: Annotated[str, Field(pattern=f"^({'|'.join(ORDERS)})$")] = "newest"
    cursor: Next = ""
    limit: Many = LIMIT


class Counts(Record, frozen=True, kw_only=True):
    """How many alerts there are of each state, severity, kind, country and standing of their
    verification, each counted as if the filter did not choose it.
    """

    state: dict[str, int]
    severity: dict[str, int]
    kind: dict[str, int]
    country: dict[str, int]
    verified: dict[str, int]


class Day(Record, frozen=True, kw_only=True):
    """How many alerts of a severity are about what happened on a day."""

    day: date
    severity: str
    alerts: int


@router.get("", dependencies=read, responses=many(KeptAlert))
def listed(request: Request, asked: Annotated[Paged, Query()]) -> Response:
    """Alerts, the newest or the severest first."""
    wanted = replace(asked.wanted, order=asked.order)
    with record(request).reading() as session:
        after = _place(session, before(asked.cursor))
        rows = [q.alert for q in queued(session, wanted, after, asked.limit + 1)]
    return page(request, rows, asked.limit)


@router.get("/counts", dependencies=read, responses=one(Counts))
def counts(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """How many alerts the choices of a filter would show."""
    wanted = asked.wanted
    with record(request).reading() as session:
        fields = ("state", "severity", "country", "verified")
        told = {f: queue_counts(session, wanted, f) for f in fields}
        return answer(request, Counts(**told, kind=queue_counts(session, wanted, "type")))


@router.get("/days", dependencies=read, responses=many(Day))
def days(
    request: Request, asked: Annotated[Asked, Query()], cursor: Cursor = "", limit: Limit = LIMIT
) -> Response:
    """The timeline: alerts by the day on which it happened, where unknown on which it was raised;
    the filter's own days are left out.
    """
    with record(request).reading() as session:
        told = [
            Day(day=day, severity=severity, alerts=n)
            for day, severity, n in queue_days(session, asked.wanted)
        ]
    return part(request, told, cursor, limit, ("day", "severity"))


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


def _place(session: Session, n: int | None) -> tuple[int, int] | None:
    """Where in the queue the last one seen stands. Raises 422 where it left the record."""
    if n is None:
        return None
    severity = session.scalar(select(alert.c.severity).where(alert.c.n == n))
    if severity is None:
        raise HTTPException(422, "cursor: what it stood at is gone; begin again without one")
    return rank_of(severity), n


@contextmanager
def _deciding(request: Request, id: str) -> Iterator[Session]:
    """A transaction that decides on an alert. Raises 404 for one that is not to be seen."""
    alert_seen(request, id)
    with record(request).writing() as session:
        yield session
