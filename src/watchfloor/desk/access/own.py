"""A user's own account: password, code, and coming in through an OpenID provider."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from watchfloor.desk.access import secrets
from watchfloor.desk.access.guard import PUBLIC, needs
from watchfloor.desk.access.openid import OpenId
from watchfloor.desk.access.pages import HOME, access, come_in
from watchfloor.desk.access.permissions import table
from watchfloor.desk.access.square import qr_code
from watchfloor.desk.access.who import Who
from watchfloor.desk.serve import page, record
from watchfloor.desk.tongue import say
from watchfloor.errors import InputError
from watchfloor.store.users import set_password, set_totp, the_user

router = APIRouter()
Text = Annotated[str, Form()]
Own = Annotated[Who, needs("own")]
STATE = "watchfloor-openid"


@router.get("/account")
def account(request: Request, who: Own) -> Response:
    """What you may do, and how you sign in."""
    with record(request).reading() as session:
        user = the_user(session, who.name)
    secret = None if user.totp else secrets.code_secret()
    address = secrets.code_address(secret, user.name) if secret else None
    return page(
        request, "account.html", user=user, own=who, permissions=table().permissions,
        secret=secret, address=address,
        square=qr_code(address, say("the secret as a QR code")) if address else None,
    )  # fmt: skip


@router.post("/account/password")
def password(request: Request, who: Own, old: Text = "", password: Text = "") -> Response:
    """Change the password; every session ends, and this one begins anew."""
    _prove(request, who, old)
    hash = secrets.hashed(password, who.name)
    with record(request).writing() as session:
        user = the_user(session, who.name)
        set_password(session, user, hash)
    return come_in(request, access(request).begin(user), "/account")


@router.post("/account/code")
def code(request: Request, who: Own, secret: Text = "", code: Text = "") -> Response:
    """Ask for a code at every sign-in from now on; the first one proves that it works."""
    now = datetime.now(UTC)
    if not secrets.is_code_secret(secret) or secrets.code_step(secret, code, now, None) is None:
        raise InputError("is wrong", where="code", right="the six digits that are shown now")
    with record(request).writing() as session:
        set_totp(session, the_user(session, who.name), secret)
    return RedirectResponse("/account", status_code=303)


@router.post("/account/code/remove")
def no_code(request: Request, who: Own, old: Text = "") -> Response:
    """Ask for no code any more; takes the password."""
    _prove(request, who, old)
    with record(request).writing() as session:
        set_totp(session, the_user(session, who.name), None)
    return RedirectResponse("/account", status_code=303)


@router.get("/openid", dependencies=[needs(PUBLIC)])
def begin(request: Request) -> Response:
    """Go to the provider to sign in."""
    address, state = _provider(request).begin(str(request.url_for("back")))
    answer = RedirectResponse(address, status_code=303)
    answer.set_cookie(
        STATE, state, httponly=True, samesite="lax", path="/openid", max_age=600,
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


@router.get("/openid/back", dependencies=[needs(PUBLIC)])
def back(request: Request, state: str = "") -> Response:
    """Come back from the provider."""
    provider = _provider(request)
    if not state or not secrets.same(state, request.cookies.get(STATE, "")):
        raise HTTPException(403, "this sign-in was not begun here")
    known = provider.finish(str(request.url), state, str(request.url_for("back")))
    answer = come_in(request, access(request).begin_known(known), HOME)
    answer.delete_cookie(STATE, path="/openid")
    return answer


def _provider(request: Request) -> OpenId:
    found = access(request).openid
    if found is None:
        raise HTTPException(404, "no OpenID provider is set up: see docs/desk-admin.md")
    return found


def _prove(request: Request, who: Who, old: str) -> None:
    """Raise 403 unless this is their password, 429 after too many wrong ones; who has none has
    nothing to prove.
    """
    tries, mine, now = access(request).tries, f"account {who.name}", datetime.now(UTC)
    if tries.too_many(mine, now):
        raise HTTPException(429, "too many wrong passwords; wait ten minutes")
    with record(request).reading() as session:
        user = the_user(session, who.name)
    if user.password is not None and not secrets.is_password(user.password, old):
        tries.note(mine, now)
        raise HTTPException(403, "the old password is wrong")
