"""What every page needs: the record, who asks, and the frame around what is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates
from markupsafe import Markup

from watchfloor.desk.access.who import Who, who_asks
from watchfloor.store import Database
from watchfloor.store.feeds import feeds

HERE = Path(__file__).parent


def _of_session(request: Request) -> dict[str, Any]:
    """What templates may call: `csrf()` in every form that posts, `may(permission)`."""
    who = cast("Who | None", getattr(request.state, "who", None))
    field = '<input type="hidden" name="csrf" value="{}">'
    token = (who.csrf if who else None) or ""
    return {
        "csrf": lambda: Markup(field).format(token),
        "csrf_token": token,
        "may": who.may if who else lambda _name: False,
    }


TEMPLATES = Jinja2Templates(directory=HERE / "templates", context_processors=[_of_session])


def record(request: Request) -> Database:
    """The record that this desk is over."""
    return cast(Database, request.app.state.database)


def must(request: Request) -> str:
    """The name behind a request whose route names a permission."""
    return who_asks(request).name


def page(request: Request, name: str, **values: Any) -> Response:
    """A page with the state of the feeds on top, for who is signed in only."""
    who = must(request)
    with record(request).reading() as session:
        found = feeds(session)
    return TEMPLATES.TemplateResponse(request, name, {"who": who, "feeds": found, **values})


def plain(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    """A page without the frame, for who is not signed in."""
    shown = {"who": None, "feeds": [], **values}
    return TEMPLATES.TemplateResponse(request, name, shown, status_code=status)
