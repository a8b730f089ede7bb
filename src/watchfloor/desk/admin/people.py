"""Administration: users, tokens, markings and releases, retention, the audit log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from watchfloor.desk.access import Who, needs, secrets
from watchfloor.desk.access.permissions import permissions_of, table
from watchfloor.desk.access.permissions import role as known_role
from watchfloor.desk.people import given_role, shut_out
from watchfloor.desk.serve import page, record
from watchfloor.errors import InputError
from watchfloor.store import audit, sessions, users

router = APIRouter(prefix="/admin")
Text = Annotated[str, Form()]
Users = needs("users:write")
Tokens = needs("tokens:write")


@router.get("", dependencies=[needs("audit:read")])
def overview(request: Request) -> Response:
    """Where each thing is, the table of roles, and whether the audit log is whole."""
    with record(request).reading() as session:
        checked = audit.verify(session)
    return page(request, "admin.html", checked=checked, table=table())


@router.get("/users", dependencies=[Users])
def listed(request: Request) -> Response:
    """Everybody who may come in."""
    with record(request).reading() as session:
        found = users.users(session)
    now = datetime.now(UTC)
    return page(request, "admin_users.html", users=found, roles=table().roles, right_now=now)


@router.post("/users", dependencies=[Users])
def add(
    request: Request, name: Text = "", role: Text = "", password: Text = "", sites: Text = ""
) -> Response:
    """Make a user; without a password they sign in through the OpenID provider."""
    known = known_role(role)
    hash = secrets.hashed(password, name) if password else None
    with record(request).writing() as session:
        users.add_user(session, name, known, datetime.now(UTC), hash, _sites(sites))
    return _back("users")


@router.post("/users/{n}/role")
def role(
    request: Request, n: int, who: Annotated[Who, Users], role: Text = "", sites: Text = ""
) -> Response:
    """Give another role; it holds from the next request on."""
    given_role(request, n, role, _sites(sites) or (), who)
    return _back("users")


@router.post("/users/{n}/disable")
def disable(request: Request, n: int, who: Annotated[Who, Users]) -> Response:
    """Shut somebody out at once."""
    shut_out(request, n, True, who)
    return _back("users")


@router.post("/users/{n}/enable")
def enable(request: Request, n: int, who: Annotated[Who, Users]) -> Response:
    """Let somebody in again; an account that rests wakes too."""
    shut_out(request, n, False, who)
    return _back("users")


@router.post("/users/{n}/password", dependencies=[Users])
def password(request: Request, n: int, password: Text = "") -> Response:
    """Set a password; the user's sessions end, and no code is asked for any more."""
    with record(request).writing() as session:
        user = users.user_numbered(session, n)
        users.set_password(session, user, secrets.hashed(password, user.name))
        users.set_totp(session, user, None)
    return _back("users")


@router.get("/tokens", dependencies=[Tokens])
def tokens(request: Request) -> Response:
    """The tokens of programs."""
    return _tokens(request)


@router.post("/tokens", dependencies=[Tokens])
def add_token(
    request: Request, user: Text = "", name: Text = "", days: Annotated[int, Form()] = 365,
    scopes: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:  # fmt: skip
    """Make a token; it is shown once and kept as its hash only."""
    now = datetime.now(UTC)
    if not name.strip() or not 1 <= days <= 3650:
        raise InputError("needs a name and 1 to 3650 days", where="token")
    secret = secrets.fresh()
    with record(request).writing() as session:
        owner = users.the_user(session, user)
        extra = sorted(set(scopes) - set(permissions_of(owner.role)))
        if extra or not scopes:
            told = ", ".join(extra) or "no scope"
            raise InputError(f"a {owner.role} has not: {told}", where="token")
        ends = now + timedelta(days=days)
        grant = sessions.Grant(name=name, scopes=tuple(scopes), made_at=now, ends_at=ends)
        sessions.add_token(session, owner, secrets.digest(secret), grant)
    return _tokens(request, secret)


@router.post("/tokens/{n}/revoke", dependencies=[Tokens])
def revoke(request: Request, n: int) -> Response:
    """End a token at once."""
    with record(request).writing() as session:
        sessions.revoke_token(session, n, datetime.now(UTC))
    return _back("tokens")


@router.get("/audit", dependencies=[needs("audit:read")])
def log(request: Request, who: str = "", what: str = "", before: int | None = None) -> Response:
    """The audit log, the newest line first."""
    with record(request).reading() as session:
        found = audit.lines(session, before, 100, who or None, what or None)
    return page(request, "admin_audit.html", lines=found, who_asked=who, what=what)


def _tokens(request: Request, secret: str | None = None) -> Response:
    with record(request).reading() as session:
        found, owners = sessions.tokens(session), users.users(session)
    return page(
        request, "admin_tokens.html", tokens=found, owners=owners, secret=secret,
        permissions=table().permissions, right_now=datetime.now(UTC),
    )  # fmt: skip


def _sites(written: str) -> tuple[str, ...] | None:
    return tuple(written.replace(",", " ").split()) or None


def _back(to: str) -> Response:
    return RedirectResponse(f"/admin/{to}", status_code=303)
