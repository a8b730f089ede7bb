"""Taking back and putting back: instead of asking whether one is sure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from watchfloor.desk.access import needs
from watchfloor.desk.response.forms import Text, visible, went
from watchfloor.desk.serve import must, record
from watchfloor.store.response import droppable, put_back, take_back

router = APIRouter()
#: What can be taken back, and the permission that it takes.
UNDOES = {
    "tasks": "cases:write", "head-counts": "cases:write", "inquiries": "cases:write",
    "check-ins": "cell:write", "resources": "cell:write", "needs": "cell:write",
    "turns": "cell:write", "assurances": "cell:write", "assignments": "cell:assign",
    "papers": "papers:write",
}  # fmt: skip


def _taking(kind: str) -> Callable[..., Response]:
    def back(request: Request, n: int, to: Text = "/") -> Response:
        """Take something back; it stays, marked."""
        visible(request, droppable(kind), n)
        with record(request).writing() as session:
            take_back(session, droppable(kind), n, must(request), datetime.now(UTC))
        return went(to, "back", kind, n)

    return back


def _putting(kind: str) -> Callable[..., Response]:
    def again(request: Request, n: int, to: Text = "/") -> Response:
        """Undo a taking back."""
        visible(request, droppable(kind), n)
        with record(request).writing() as session:
            put_back(session, droppable(kind), n)
        return went(to, "again", kind, n)

    return again


for _kind, _permission in UNDOES.items():
    _needs = [needs(_permission)]
    router.post(f"/{_kind}/{{n}}/take-back", dependencies=_needs)(_taking(_kind))
    router.post(f"/{_kind}/{{n}}/put-back", dependencies=_needs)(_putting(_kind))
