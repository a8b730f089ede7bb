"""Pages of access: signing in and out, the first administrator, what the register is read for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, cast

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from watchfloor.desk.access.entry import COOKIE, LASTS, Access
from watchfloor.desk.access.guard import PUBLIC, needs
from watchfloor.desk.access.who import Who
from watchfloor.desk.serve import plain, record
from watchfloor.errors import InputError
from watchfloor.store.sessions import end_session, state_purpose

router = APIRouter()
public = [needs(PUBLIC)]
#: How long a stated purpose stands.
PURPOSE_STANDS = timedelta(minutes=30)
Text = Annotated[str, Form()]
#: The address that leads each to the page that they begin with.
HOME = "/home"


@router.get("/sign-in", dependencies=public)
def form(request: Request, next: str = HOME) -> Response:
    """The form to sign in by."""
    openid = access(request).openid is not None
    return plain(request, "sign_in.html", next=here(next), error="", openid=openid)


@router.post("/sign-in", dependencies=public)
def sign_in(
    request: Request, name: Text = "", password: Text = "", code: Text = "", next: Text = HOME
) -> Response:
    """Sign in; the session is new, whatever the browser came with."""
    address = request.client.host if request.client else ""
    return come_in(request, access(request).sign_in(name, password, code, address), next)


@router.get("/enter", dependencies=public)
def enter(request: Request, key: str = "") -> Response:
    """Come in by the key that the command printed."""
    return come_in(request, access(request).enter(key), HOME)


@router.get("/first", dependencies=public)
def first_form(request: Request, key: str = "") -> Response:
    """The form that makes the first administrator."""
    return plain(request, "first.html", key=key)


@router.post("/first", dependencies=public)
def first(request: Request, key: Text = "", name: Text = "", password: Text = "") -> Response:
    """Make the first administrator, by the key that the command printed."""
    return come_in(request, access(request).make_first(key, name, password), HOME)


@router.get(HOME)
def home(who: Annotated[Who, needs("own")]) -> Response:
    """Lead to the page that somebody begins with: the floor, or the search for who has no floor."""
    floor = who.may("alerts:read")
    return RedirectResponse("/" if floor else "/search", status_code=303)


@router.post("/sign-out")
def sign_out(request: Request, who: Annotated[Who, needs("own")]) -> Response:
    """End the session."""
    if who.session:
        with record(request).writing() as session:
            end_session(session, who.session)
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


@router.post("/purpose")
def purpose(
    request: Request, who: Annotated[Who, needs("own")], purpose: Text = "", next: Text = "/"
) -> Response:
    """Say what the register is read for; it stands for half an hour."""
    said = " ".join(purpose.split())[:200]
    if len(said) < 4:
        raise InputError("says too little", where="purpose", right="what you read it for")
    if who.session:
        now = datetime.now(UTC)
        with record(request).writing() as session:
            state_purpose(session, who.session, said, now + PURPOSE_STANDS)
    return RedirectResponse(here(next), status_code=303)


def access(request: Request) -> Access:
    """The ways into this desk."""
    return cast(Access, request.app.state.access)


def here(address: str) -> str:
    """The address, if it is a page of this desk, else the floor's."""
    plain_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain_path and address.isprintable() else "/"


def come_in(request: Request, session: str, next: str) -> Response:
    """Give the browser its session, and lead on."""
    answer = RedirectResponse(here(next), status_code=303)
    answer.set_cookie(
        COOKIE, session, httponly=True, samesite="lax", path="/",
        max_age=int(LASTS.total_seconds()),
        secure=access(request).secure or request.url.scheme == "https",
    )  # fmt: skip
    return answer
