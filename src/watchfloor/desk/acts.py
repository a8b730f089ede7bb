"""What a person does with an alert from a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from watchfloor.desk.access import needs
from watchfloor.desk.serve import must, record
from watchfloor.store import alerts as kept

router = APIRouter()
#: How long a snooze lasts, hours; it ends sooner when something new is known.
SNOOZE_H = 4


@router.post("/alerts/{id}/{act}", dependencies=[needs("alerts:decide")])
def decide(
    request: Request, id: str, act: str, note: Annotated[str, Form()] = "",
    found: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Acknowledge, snooze, close or reopen an alert, in the name of who is signed in."""
    who, now = must(request), datetime.now(UTC)
    with record(request).writing() as session:
        if act == "acknowledge":
            kept.acknowledge(session, id, who, now, note)
        elif act == "snooze":
            kept.snooze(session, id, who, now, now + timedelta(hours=SNOOZE_H), note)
        elif act == "close":
            kept.close(session, id, who, now, found, note)
        elif act == "reopen":
            kept.reopen(session, id, who, now, note)
        else:
            raise HTTPException(404, "no such act")
    return RedirectResponse("/", status_code=303)
