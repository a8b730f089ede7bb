"""What stands before every route: a permission, and that a write comes from the desk's pages."""

from __future__ import annotations

from typing import Any, cast

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount

from watchfloor.desk.access import secrets
from watchfloor.desk.access.entry import Access
from watchfloor.desk.access.particulars import FORMS, particulars_of
from watchfloor.desk.access.permissions import permission
from watchfloor.desk.access.who import Who
from watchfloor.errors import DataError
from watchfloor.records import Record

#: The permission that everybody has, signed in or not.
PUBLIC = "public"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def needs(name: str) -> Any:
    """The dependency that lets a request through only for who has a permission.

    As `dependencies=[needs("alerts:decide")]`, or `who: Annotated[Who, needs("alerts:decide")]`
    for who it is. Raises KeyError for a permission that the table does not have; requests are
    refused with 401 (nobody), 403 (not theirs, or not from the desk's pages) or 428 (no purpose).
    """
    if name != PUBLIC:
        permission(name)

    async def allowed(request: Request) -> Who | None:
        from_here(request)
        if name == PUBLIC:
            return None
        access = cast(Access, request.app.state.access)
        who = await run_in_threadpool(access.who, request)
        if who is None:
            raise HTTPException(401, "sign in first", {"WWW-Authenticate": "Bearer"})
        if request.method not in SAFE and who.csrf is not None:
            await _from_a_form(request, who.csrf)
        request.state.who = who
        try:
            check(who, name)
        except HTTPException as error:
            if error.status_code == 403:
                await run_in_threadpool(access.note, who.name, f"refused {name}", request)
            raise
        if request.method not in SAFE or permission(name).logged:
            request.state.logged = await run_in_threadpool(
                access.note, who.name, name, request, await particulars_of(request, who)
            )
        return who

    allowed.permission = name  # type: ignore[attr-defined]
    return Depends(allowed)


def check(who: Who, name: str) -> None:
    """Raise 403 for who has not this permission, 428 for who has not said what for."""
    one = permission(name)
    if not who.may(name):
        roles = ", ".join(one.roles)
        theirs = f"you are {who.role}" if who.role not in one.roles else "the token's scope is less"
        raise HTTPException(403, f"to {one.says} is for: {roles}; {theirs}")
    if one.purpose and who.purpose is None:
        raise HTTPException(428, f"to {one.says}, say what for")


def from_here(request: Request) -> None:
    """Raise 403 for a write that another site's page sends."""
    if request.method in SAFE:
        return
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host')}"
    site = request.headers.get("sec-fetch-site", "same-origin")
    if origin not in {None, own} or site not in {"same-origin", "none"}:
        raise HTTPException(403, "comes from another site")


async def _from_a_form(request: Request, right: str) -> None:
    sent = request.headers.get("x-csrf-token", "")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not sent and kind in FORMS:
        sent = str((await request.form()).get("csrf", ""))
    if not secrets.same(sent, right):
        raise HTTPException(403, "the form is not this session's; load the page again")


class Guarded(Record, frozen=True, kw_only=True):
    """A route of the desk, and the permissions that it names."""

    method: str
    path: str
    permissions: tuple[str, ...]


def routes_of(app: FastAPI) -> list[Guarded]:
    """Every route, once for each method; files under /static, which are for everybody, are none."""
    found = []
    for one in iter_route_contexts(app.routes):
        if isinstance(one.route, Mount) and one.name == "static":
            continue
        names = _permissions(one.dependant) if isinstance(one.original_route, APIRoute) else ()
        found += [
            Guarded(method=method, path=one.path or "", permissions=names)
            for method in sorted(one.methods or {"GET"})
        ]
    return found


def check_routes(app: FastAPI) -> None:
    """Raise DataError for a route that names no permission: such a desk must not start."""
    for route in routes_of(app):
        if not route.permissions:
            raise DataError(
                "names no permission",
                where=f"route {route.method} {route.path}",
                right='dependencies=[needs("…")], one of data/desk_permissions.yaml',
            )


def _permissions(dependant: Dependant) -> tuple[str, ...]:
    names: list[str] = []
    for inner in dependant.dependencies:
        if found := getattr(inner.call, "permission", None):
            names.append(found)
        names += _permissions(inner)
    return tuple(names)
