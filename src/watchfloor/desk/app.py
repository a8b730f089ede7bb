"""The desk as a web application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from watchfloor.desk import acts, outgoing, pages
from watchfloor.desk.access import COOKIE, Access
from watchfloor.desk.serve import HERE, TEMPLATES
from watchfloor.errors import WatchfloorError
from watchfloor.store import Database

#: Nothing from outside, no script or style in a page.
POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'"


def make_app(database: Database, access: Access) -> FastAPI:
    """The desk over a record."""
    app = FastAPI(title="watchfloor", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.database, app.state.access = database, access
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for part in (pages, acts, outgoing):
        app.include_router(part.router)

    @app.post("/sign-in")
    def sign_in(key: Annotated[str, Form()] = "", name: Annotated[str, Form()] = "") -> Response:
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(COOKIE, access.open(key, name), httponly=True, samesite="strict")
        return answer

    app.middleware("http")(_guarded)
    app.exception_handler(HTTPException)(_refused)
    app.exception_handler(WatchfloorError)(_wrong)
    return app


async def _guarded(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call(request)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


async def _refused(request: Request, error: HTTPException) -> Response:
    return _said(request, str(error.detail), error.status_code)


async def _wrong(request: Request, error: WatchfloorError) -> Response:
    return _said(request, str(error), 400)


def _said(request: Request, what: str, status: int) -> Response:
    name = "sign_in.html" if status in {401, 403, 422} else "missing.html"
    values: dict[str, object] = {"who": None, "feeds": [], "error": what}
    return TEMPLATES.TemplateResponse(request, name, values, status_code=status)
