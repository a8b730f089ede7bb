"""What every page needs: the record, who asks, and the frame around what is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from watchfloor.desk.access import Access
from watchfloor.store import Database
from watchfloor.store.feeds import feeds

HERE = Path(__file__).parent
TEMPLATES = Jinja2Templates(directory=HERE / "templates")


def record(request: Request) -> Database:
    """The record that this desk is over."""
    return cast(Database, request.app.state.database)


def must(request: Request) -> str:
    """The name behind a request; see `Access.must`."""
    return cast(Access, request.app.state.access).must(request)


def page(request: Request, name: str, **values: Any) -> Response:
    """A page with the state of the feeds on top, for who is signed in only."""
    who = must(request)
    with record(request).reading() as session:
        found = feeds(session)
    return TEMPLATES.TemplateResponse(request, name, {"who": who, "feeds": found, **values})
