"""Taking back and putting back, as the pages have it: what is taken back stays, marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import answer
from watchfloor.desk.api.cases import number
from watchfloor.desk.api.document import one
from watchfloor.desk.pages.response.undo import UNDOES
from watchfloor.desk.response.forms import visible
from watchfloor.desk.serve import must, record
from watchfloor.response.records import Droppable
from watchfloor.store.response import droppable, put_back, take_back

router = APIRouter(prefix="/api/v1", tags=["undo"])


def _undoing(kind: type[Droppable], back: bool) -> Callable[..., Response]:
    def undo(request: Request, n: int) -> Response:
        visible(request, kind, number(n))
        with record(request).writing() as session:
            act = take_back if back else put_back
            return answer(request, act(session, kind, n, must(request), datetime.now(UTC)))

    return undo


for _name, _permission in UNDOES.items():
    _kind = droppable(_name)
    for _way, _says in (("take-back", "Take one of {} back."), ("put-back", "Put one of {} back.")):
        router.post(
            f"/{_name}/{{n}}/{_way}", dependencies=[needs(_permission)], responses=one(_kind),
            name=f"{_way} {_name}", summary=_says.format(_name),
        )(_undoing(_kind, _way == "take-back"))  # fmt: skip
