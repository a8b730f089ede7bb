"""The ledger: who demanded or promised what, by when, and what became of it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from watchfloor.desk import asks
from watchfloor.desk.access import needs
from watchfloor.desk.access.pages import here
from watchfloor.desk.judging import settled
from watchfloor.desk.serve import page, record
from watchfloor.desk.tongue import say
from watchfloor.ledger import STATUSES, Commitment
from watchfloor.store import Session, commitments, judgements

router = APIRouter()
Text = Annotated[str, Form()]
#: Lines on a page.
MOST = 100
#: What became of a line that stands before the others.
LATE = frozenset({"overdue", "in doubt"})


@router.get("/commitments", response_class=HTMLResponse, dependencies=[needs("commitments:read")])
def ledger(request: Request, kind: str = "", status: str = "", of: str = "") -> Response:
    """The ledger, narrowed by kind, status, who it is of, and the days on which it was said. What
    is late stands first.
    """
    query = request.query_params
    first, last = asks.day_of(query, "first"), asks.day_of(query, "last")
    with record(request).reading() as session:
        found = commitments(session, datetime.now(UTC).date(), first, last)
        said = _said(session, query.get("done", ""))
    named = [line for line in found if of.lower() in sides(line)]
    counts = {"kind": Counter(c.kind for c in named), "status": Counter(c.status for c in named)}
    shown = [c for c in named if kind in {"", c.kind} and status in {"", c.status}]
    shown.sort(key=lambda c: c.status not in LATE)
    asked = {"kind": kind, "status": status, "of": of, "first": query.get("first") or "",
             "last": query.get("last") or ""}  # fmt: skip

    def address(**changes: str) -> str:
        pairs = {k: v for k, v in {**asked, **changes}.items() if v}
        return f"/commitments?{urlencode(pairs)}"

    return page(request, "commitments.html", lines=shown[:MOST], more=max(0, len(shown) - MOST),
                counts=counts, asked=asked, address=address, statuses=STATUSES,
                said=said)  # fmt: skip


@router.post("/commitments/settle", dependencies=[needs("commitments:judge")])
def settle(
    request: Request, id: Text, status: Text, reason: Text = "", to: Text = "/commitments"
) -> Response:
    """Say what became of a line, as a judgement with its reason."""
    made = settled(request, id, status, reason)
    query = [(k, v) for k, v in parse_qsl(urlsplit(here(to)).query) if k != "done"]
    return RedirectResponse(
        f"/commitments?{urlencode([*query, ('done', made.id)])}", status_code=303
    )


def _said(session: Session, done: str) -> dict[str, str] | None:
    """What was just settled, with how to undo it; None where it stands no longer."""
    made = next(iter(judgements(session, ids=[done], kinds=("settle",))), None) if done else None
    if made is None:
        return None
    return {"says": say("Settled: {0}.", made.reason), "undo": f"/judgements/{made.id}/undo"}


def sides(line: Commitment) -> str:
    """The names of both sides of a line, in lower case."""
    both = [s for s in (line.who, line.whom) if s]
    return " ".join(part for s in both for part in (s.text, s.name or "", s.country or "")).lower()
