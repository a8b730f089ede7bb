"""Taking back and putting back: instead of asking whether one is sure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from watchfloor.desk.access import needs
from watchfloor.desk.pages.floor import shown_queue, wanted_of_page
from watchfloor.desk.response.forms import Text, visible, went
from watchfloor.desk.serve import must, record
from watchfloor.desk.tongue import say
from watchfloor.store.response import droppable, put_back, take_back

router = APIRouter()
#: What can be taken back, and the permission that it takes.
UNDOES = {
    "tasks": "cases:write", "head-counts": "cases:write", "inquiries": "cases:write",
    "check-ins": "cell:write", "resources": "cell:write", "needs": "cell:write",
    "turns": "cell:write", "assurances": "cell:write", "assignments": "cell:assign",
    "papers": "papers:write", "verifications": "alerts:decide",
}  # fmt: skip


#: Each way: what the page says, the word of its address, and the way back.
WAYS = {
    "take-back": ("Taken back.", "back", "put-back"),
    "put-back": ("Put back.", "again", "take-back"),
}


def _undoing(kind: str, way: str) -> Callable[..., Response]:
    says, word, back = WAYS[way]
    act = take_back if way == "take-back" else put_back

    def undo(request: Request, n: int, to: Text = "/") -> Response:
        visible(request, droppable(kind), n)
        with record(request).writing() as session:
            act(session, droppable(kind), n, must(request), datetime.now(UTC))
        if request.headers.get("HX-Request") == "true":
            done = {"says": say(says), "undo": f"/{kind}/{n}/{back}", "hx": True}
            return shown_queue(request, wanted_of_page(to), done)
        return went(to, word, kind, n)

    return undo


for _kind, _permission in UNDOES.items():
    for _way in WAYS:
        router.post(f"/{_kind}/{{n}}/{_way}", dependencies=[needs(_permission)])(
            _undoing(_kind, _way)
        )
