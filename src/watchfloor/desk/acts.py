"""What a person does with an alert from a page; each act comes back with how to undo it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from watchfloor.desk.access import needs
from watchfloor.desk.access.pages import here
from watchfloor.desk.frame import LOOK, LOOKS, TONGUE
from watchfloor.desk.judging import merged
from watchfloor.desk.pages.floor import shown_queue, wanted_of_page
from watchfloor.desk.response.forms import went
from watchfloor.desk.seen import alert_seen
from watchfloor.desk.serve import must, record
from watchfloor.desk.tongue import languages, say
from watchfloor.desk.verifying import Asked, found, verified
from watchfloor.store import alerts as kept

router = APIRouter()
#: How long a snooze lasts, hours; it ends sooner when something new is known.
SNOOZE_H = 4
#: What was done, as the note at the foot of the page says it.
_DONE = {
    "acknowledge": "Alert acknowledged.", "snooze": "Alert put away for four hours.",
    "close": "Alert closed.", "reopen": "Alert opened again.",
}  # fmt: skip


@router.post("/alerts/{id}/verify", dependencies=[needs("alerts:decide")])
def verify(
    request: Request, id: str, asked_of: Annotated[str, Form()],
    finding: Annotated[str, Form()] = "", note: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """Keep whom the desk asked whether it is so, and what was found if anything was."""
    made = verified(request, id, Asked(of=asked_of, finding=finding or None, note=note))
    if request.headers.get("HX-Request") != "true":
        return went(to, "kept", "verifications", made.n)
    says = say("Verification kept.") if made.finding else say("Kept as asked; no answer yet.")
    done = {"says": says, "undo": f"/verifications/{made.n}/take-back", "hx": True}
    return shown_queue(request, wanted_of_page(to), done)


@router.post("/verifications/{n}/found", dependencies=[needs("alerts:decide")])
def answer(
    request: Request, n: int, finding: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "", to: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """Keep what a verification found; an empty finding takes it back."""
    found(request, n, finding, note)
    return went(to, "found" if finding else "unmarked", "verifications", n)


@router.post("/alerts/{id}/{act}", dependencies=[needs("alerts:decide")])
def decide(
    request: Request, id: str, act: str, note: Annotated[str, Form()] = "",
    found: Annotated[str, Form()] = "", to: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """Acknowledge, snooze, close or reopen an alert, in the name of who is signed in."""
    who, now = must(request), datetime.now(UTC)
    alert_seen(request, id)
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
    said = {"says": say(_DONE[act]), "undo": undo, "hx": True}
    return shown_queue(request, wanted_of_page(to), said)


@router.post("/floor/merge", dependencies=[needs("incidents:judge")])
def merge(
    request: Request, one: Annotated[str, Form()], other: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "", to: Annotated[str, Form()] = "/",
) -> Response:  # fmt: skip
    """Say that the incidents of two alerts of the queue are one happening."""
    ours, theirs = (alert_seen(request, id).incident for id in (one, other))
    made = merged(request, ours, theirs, reason)
    if request.headers.get("HX-Request") != "true":
        return RedirectResponse(here(to), status_code=303)
    said = {
        "says": say("Merged into one incident."),
        "undo": f"/judgements/{made.id}/undo",
        "hx": True,
    }
    return shown_queue(request, wanted_of_page(to), said)


@router.post("/look", dependencies=[needs("own")])
def look(look: Annotated[str, Form()], to: Annotated[str, Form()] = "/") -> Response:
    """Keep how the pages look: dark, light, or as the system has it."""
    answer = RedirectResponse(here(to), status_code=303)
    kind = look if look in LOOKS else LOOKS[0]
    answer.set_cookie(LOOK, kind, max_age=400 * 86400, samesite="strict", httponly=True)
    return answer


@router.post("/language", dependencies=[needs("own")])
def language(request: Request, language: Annotated[str, Form()] = "") -> Response:
    """Keep the language of the pages; none means the one that the browser asks for."""
    to = urlsplit(request.headers.get("referer", "/"))
    answer = RedirectResponse(here(to.path or "/"), status_code=303)
    kept_ = language if language in languages() else ""
    answer.set_cookie(TONGUE, kept_, max_age=400 * 86400, samesite="strict", httponly=True)
    return answer
