"""The live queue: alerts as they are raised or change, as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import cast

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from watchfloor.desk.access import Access, needs
from watchfloor.desk.serve import record
from watchfloor.store import Database
from watchfloor.store.alerts import KeptAlert, changed_alerts, latest_change

router = APIRouter(prefix="/api/v1", tags=["alerts"])
#: Seconds between looks, and looks between signs of life and looks whether the asker may still.
EVERY_S = 1.0
SIGN = 15
READS = "alerts:read"
KIND = "text/event-stream"


@router.get(
    "/alerts/stream", dependencies=[needs(READS)], response_class=StreamingResponse,
    responses={200: {"content": {KIND: {"schema": {"type": "string"}}}}},
)  # fmt: skip
async def stream(request: Request) -> StreamingResponse:
    """Alerts that are raised or change from now on, or since `Last-Event-ID`; each event `alert`
    holds one. It ends when the session or the token does, or
    no longer reads alerts.
    """
    since = _moment(request.headers.get("last-event-id", "")) or datetime.now(UTC)
    return StreamingResponse(_told(request, since), media_type=KIND)


@dataclass
class Pulse:
    """When any alert last changed, looked up once a second however many listen."""

    looked: float = 0.0
    latest: datetime | None = None

    def since(self, database: Database, moment: datetime) -> bool:
        """Whether an alert changed after a moment."""
        if monotonic() - self.looked >= EVERY_S:
            self.looked = monotonic()
            with database.reading() as session:
                self.latest = latest_change(session)
        return self.latest is not None and self.latest > moment


async def _told(request: Request, since: datetime) -> AsyncIterator[bytes]:
    yield b"retry: 3000\n\n"
    looks = 0
    while not await request.is_disconnected():
        for alert in await run_in_threadpool(_changed, request, since):
            since = max(since, alert.updated_at)
            body = msgspec.json.encode(alert)
            yield b"event: alert\nid: %b\ndata: %b\n\n" % (since.isoformat().encode(), body)
        looks += 1
        if looks % SIGN == 0:
            access = cast(Access, request.app.state.access)
            who = await run_in_threadpool(access.who, request)
            if who is None or not who.may(READS):
                return
            request.state.who = who  # as they are now: another role sees other markings
            yield b": here\n\n"
        await asyncio.sleep(EVERY_S)


def _changed(request: Request, since: datetime) -> list[KeptAlert]:
    pulse = cast(Pulse, request.app.state.pulse)
    if not pulse.since(request.app.state.database, since):
        return []
    with record(request).reading() as session:
        return changed_alerts(session, since)


def _moment(written: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read if read.tzinfo else None
