"""Refusals and errors as pages that say what would be right."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from watchfloor.desk.access.pages import HOME, here
from watchfloor.desk.serve import failed, plain
from watchfloor.errors import StoreError, WatchfloorError


async def refused(request: Request, error: HTTPException) -> Response:
    """A request that may not be, or is for something that is not there."""
    what = str(error.detail)
    if of_api(request):
        return problem(request, error.status_code, what, dict(error.headers or {}))
    if error.status_code == 401 or request.url.path == "/sign-in":
        answer = plain(request, "sign_in.html", error.status_code, error=what, next=_back(request))
    elif error.status_code == 428:
        answer = plain(request, "purpose.html", 428, error=what, next=_back(request))
    else:
        answer = await run_in_threadpool(failed, request, error.status_code, what)
    answer.headers.update(error.headers or {})
    return answer


async def wrong(request: Request, error: WatchfloorError) -> Response:
    """An error made on purpose."""
    if of_api(request):
        status = 404 if isinstance(error, StoreError) and error.what.startswith("no such") else 400
        return problem(request, status, str(error))
    return await run_in_threadpool(failed, request, 400, str(error))


async def unreadable(request: Request, error: RequestValidationError) -> Response:
    """A request whose values make no sense."""
    told = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
    if of_api(request):
        return problem(request, 422, told)
    return await run_in_threadpool(failed, request, 422, told)


def of_api(request: Request) -> bool:
    """Whether a program asks, which reads problems (RFC 9457) rather than pages."""
    return request.url.path.startswith(("/api/", "/feeds/"))


def problem(
    request: Request, status: int, what: str, headers: dict[str, str] | None = None
) -> Response:
    """A problem as RFC 9457 has it."""
    told = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status,
        "detail": what, "instance": request.url.path,
    }  # fmt: skip
    return JSONResponse(told, status, headers, media_type="application/problem+json")


def _back(request: Request) -> str:
    """Where to go on, once it is allowed."""
    if request.method != "GET" or request.url.path == "/sign-in":
        return HOME
    query = f"?{request.url.query}" if request.url.query else ""
    return here(request.url.path + query)
