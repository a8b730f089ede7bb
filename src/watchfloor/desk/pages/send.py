"""Send a report in: what somebody told the desk, as it was told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from watchfloor.desk.access import Who, needs
from watchfloor.desk.asks import day_of
from watchfloor.desk.sending import LONGEST, sent_in
from watchfloor.desk.serve import page
from watchfloor.errors import InputError
from watchfloor.records import Report
from watchfloor.store import MARKINGS

router = APIRouter()
Sender = Annotated[Who, needs("reports:submit")]


@router.get("/send", response_class=HTMLResponse)
def form(request: Request, who: Sender, sent: int | None = None) -> Response:
    """The form; `sent` is how many incidents the report that was just sent in tells of."""
    return page(request, "send.html", sent=sent, labels=MARKINGS, longest=LONGEST, role=who.role,
                today=datetime.now(UTC).date())  # fmt: skip


class Told(BaseModel):
    """What the form sends."""

    text: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""
    marking: str = "AMBER"


@router.post("/send")
def send(request: Request, who: Sender, told: Annotated[Told, Form()]) -> Response:
    """Take the report in, and go to it, or back to the form for who may not read reports."""
    if told.marking not in MARKINGS:
        raise InputError("no such TLP label", right=f"one of {', '.join(MARKINGS)}")
    day = day_of({"published": told.published}, "published")
    report = Report(
        id="", text=told.text.replace("\r\n", "\n"), title=told.title.strip() or None,
        outlet=told.outlet.strip() or who.role, published=day.isoformat() if day else None,
    )  # fmt: skip
    made = sent_in(request, report, told.marking)
    seen = who.may("reports:read") and told.marking in who.markings
    to = f"/reports/{made.report}" if seen else f"/send?sent={len(made.incidents)}"
    return RedirectResponse(to, status_code=303)
