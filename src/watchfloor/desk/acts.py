"""What a person does with an alert from a page; each act comes back with how to undo it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import QueryParams

from watchfloor.desk import asks
from watchfloor.desk.access import needs
from watchfloor.desk.access.pages import here
from watchfloor.desk.frame import LOOK, LOOKS
from watchfloor.desk.pages.floor import shown_queue
from watchfloor.desk.serve import must, record
from watchfloor.store import alerts as kept

router = APIRouter()
#: How long a snooze lasts, hours; it ends sooner when something new is known.
SNOOZE_H = 4
#: What was done, as the note at the foot of the page says it.
_DONE = {
    "acknowledge": "acknowledged", "snooze": f"put away for {SNOOZE_H} hours", "close": "closed",
    "reopen": "opened again",
}  # fmt: skip


@router.post("/alerts/{id}/{act}", dependencies=[needs("alerts:decide")])
def decide(
    request: Request, id: str, act: str, note: Annotated[str, Form()] = "",
    found: Annotated[str, Form()] = "", to: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """Acknowledge, snooze, close or reopen an alert, in the name of who is signed in."""
    who, now = must(request), datetime.now(UTC)
    with record(request).reading() as session:
        if kept.alert_of(session, id) is None:
            raise HTTPException(404, "no such alert")
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
    if request.headers.get("HX-Request") != "true":
        return RedirectResponse(here(to), status_code=303)
    undo = None if act == "reopen" else f"/alerts/{id}/reopen"
    wanted = asks.wanted_of(QueryParams(parse_qsl(urlsplit(to).query)))
    return shown_queue(request, wanted, {"says": f"Alert {_DONE[act]}.", "undo": undo, "hx": True})


@router.post("/look", dependencies=[needs("own")])
def look(look: Annotated[str, Form()], to: Annotated[str, Form()] = "/") -> Response:
    """Keep how the pages look: dark, light, or as the system has it."""
    answer = RedirectResponse(here(to), status_code=303)
    kind = look if look in LOOKS else LOOKS[0]
    answer.set_cookie(LOOK, kind, max_age=400 * 86400, samesite="strict", httponly=True)
    return answer
