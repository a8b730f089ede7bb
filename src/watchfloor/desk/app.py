"""The desk as a web application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from watchfloor.desk import acts, frame, outgoing, tokened
from watchfloor.desk.access import Access, check_routes
from watchfloor.desk.access import own as account_pages
from watchfloor.desk.access import pages as access_pages
from watchfloor.desk.admin import ROUTERS as ADMIN
from watchfloor.desk.api import ROUTERS as API
from watchfloor.desk.api.stream import Pulse
from watchfloor.desk.once import Once
from watchfloor.desk.orders import Orders, chosen_rules
from watchfloor.desk.pages import ROUTERS
from watchfloor.desk.refuse import of_api, refused, unreadable, wrong
from watchfloor.desk.tongue import preferred, speak
from watchfloor.errors import WatchfloorError
from watchfloor.live.channels import Channel
from watchfloor.settings import Settings
from watchfloor.store import Database

#: Nothing from outside, no script or style in a page; the map draws its images itself.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)


def make_app(
    database: Database,
    access: Access,
    settings: Settings | None = None,
    channels: tuple[Channel, ...] = (),
) -> FastAPI:
    """The desk over a record; without settings those of the environment. `channels` are told of
    the alerts that the desk itself raises or changes.

    Raises DataError where a route names no permission.
    """
    app = FastAPI(title="watchfloor", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.database, app.state.access = database, access
    app.state.pulse, app.state.once = Pulse(), Once()
    app.state.settings = settings or Settings.from_environment()
    app.state.orders = Orders(rules=chosen_rules(app.state.settings), channels=channels)
    app.mount("/static", StaticFiles(directory=frame.HERE / "static"), name="static")
    for router in (
        access_pages.router,
        account_pages.router,
        *ROUTERS,
        *API,
        *ADMIN,
        acts.router,
        outgoing.router,
        tokened.router,
    ):
        app.include_router(router)
    app.middleware("http")(_guarded)
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.exception_handler(HTTPException)(refused)
    app.exception_handler(WatchfloorError)(wrong)
    app.exception_handler(RequestValidationError)(unreadable)
    check_routes(app)
    return app


async def _guarded(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    request.state.logged = None
    if not of_api(request):
        chosen = request.cookies.get(frame.TONGUE)
        speak(preferred(request.headers.get("accept-language", ""), chosen))
    response = await call(request)
    logged = request.state.logged
    if logged is not None and response.status_code >= 400:
        who, access = request.state.who, request.app.state.access
        what = f"failed: {response.status_code}"
        await run_in_threadpool(access.note, who.name, what, request, {"line": logged})
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    is_static = request.url.path.startswith("/static/")
    response.headers.setdefault("Vary", "Accept-Language, Cookie")
    response.headers.setdefault("Cache-Control", "max-age=300" if is_static else "no-store")
    if request.app.state.access.secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
