"""What every page needs: the record, who asks, and the frame around what is shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from fastapi import Request, Response

from watchfloor.desk import frame, tongue
from watchfloor.desk.access.who import Who, who_asks
from watchfloor.desk.late import late
from watchfloor.store import Database
from watchfloor.store.feeds import feeds


def record(request: Request) -> Database:
    """The record, of which reading shows what whoever asks may see."""
    database = cast(Database, request.app.state.database)
    who = cast("Who | None", getattr(request.state, "who", None))
    return database.seen_by(who.sight) if who else database


def must(request: Request) -> str:
    """The name behind a request whose route names a permission."""
    return who_asks(request).name


def page(request: Request, name: str, **values: Any) -> Response:
    """A page with the state of the feeds on top, for who is signed in only."""
    return _framed(request, who_asks(request), name, 200, values)


def failed(request: Request, status: int, error: str) -> Response:
    """The page of an error, in the frame of the desk for who is signed in."""
    who = cast("Who | None", getattr(request.state, "who", None))
    if who is None:
        return plain(request, "missing.html", status, error=error)
    return _framed(request, who, "missing.html", status, {"error": error})


def _framed(request: Request, who: Who, name: str, status: int, values: dict[str, Any]) -> Response:
    with record(request).reading() as session:
        found, missed = feeds(session), late(session, who, datetime.now(UTC))
    context = {**frame.around(request, who.name, found), "late": missed, **values}
    return frame.templates(tongue.spoken()).TemplateResponse(
        request, name, context, status_code=status
    )


def plain(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    """A page without the frame, for who is not signed in."""
    context = {**frame.around(request, None, []), **values}
    return frame.templates(tongue.spoken()).TemplateResponse(
        request, name, context, status_code=status
    )
