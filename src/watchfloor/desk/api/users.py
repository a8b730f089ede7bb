"""Users and tokens by program, and who asks. Passwords and tokens are made on the pages only, so
that no program passes them on.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.access.permissions import role as known_role
from watchfloor.desk.access.permissions import table
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, answer, part
from watchfloor.desk.api.cases import number
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.people import given_role, shut_out
from watchfloor.desk.serve import record
from watchfloor.records import Record
from watchfloor.store import sessions, users

router = APIRouter(prefix="/api/v1", tags=["users"])
Chief = Annotated[Who, needs("users:write")]
Role = Annotated[str, Field(pattern=f"^({'|'.join(table().roles)})$")]
Sites = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=200)]


class Own(Record, frozen=True, kw_only=True):
    """Who asks: what they may do, the markings that they see without being named, and the sites
    whose alerts they see, null for all.
    """

    name: str
    role: str
    scopes: tuple[str, ...]
    markings: tuple[str, ...]
    sites: tuple[str, ...] | None


class Permitted(Record, frozen=True, kw_only=True):
    """A permission, and the roles that have it. `logged`: reading by it goes into the audit log.
    `purpose`: it is asked what for.
    """

    name: str
    says: str
    roles: tuple[str, ...]
    logged: bool
    purpose: bool


class Account(Record, frozen=True, kw_only=True):
    """A user, without anything secret."""

    n: int
    name: str
    role: str
    sites: tuple[str, ...] | None
    by_password: bool
    by_code: bool
    disabled_at: datetime | None

    @classmethod
    def of(cls, user: users.User) -> Account:
        """What may be told of a user."""
        return cls(
            n=user.n, name=user.name, role=user.role, sites=user.sites,
            by_password=user.password is not None, by_code=user.totp is not None,
            disabled_at=user.disabled_at,
        )  # fmt: skip


class TokenTold(Record, frozen=True, kw_only=True):
    """A token of a program, without anything secret."""

    n: int
    user: str
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    ends_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, token: sessions.Token) -> TokenTold:
        """What may be told of a token."""
        return cls(
            n=token.n, user=token.user.name, name=token.name, scopes=token.scopes,
            made_at=token.made_at, ends_at=token.ends_at, revoked_at=token.revoked_at,
        )  # fmt: skip


class Newcomer(BaseModel):
    """A user who comes in through the OpenID provider, or is given a password on the page."""

    model_config = strict(name="Amina", role="analyst")
    name: Annotated[str, Field(min_length=1, max_length=80)]
    role: Role
    sites: Sites = []


class Standing(BaseModel):
    """Another role, and the sites that it is for: none means all."""

    model_config = strict(role="liaison", sites=["dasu"])
    role: Role
    sites: Sites = []


@router.get("/own", dependencies=[needs("own")], responses=one(Own))
def own(request: Request, who: Annotated[Who, needs("own")]) -> Response:
    """Who asks, and what they may do."""
    scopes = tuple(name for name in table().permissions if who.may(name))
    told = Own(name=who.name, role=who.role, scopes=scopes, markings=who.markings, sites=who.sites)
    return answer(request, told)


@router.get("/admin/permissions", dependencies=[needs("audit:read")], responses=many(Permitted))
def permissions(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The table of who may do what."""
    told = [
        Permitted(name=name, says=p.says, roles=p.roles, logged=p.logged, purpose=p.purpose)
        for name, p in table().permissions.items()
    ]
    return part(request, told, cursor, limit, ("name",))


@router.get("/admin/users", dependencies=[needs("users:write")], responses=many(Account))
def listed(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Everybody who may come in."""
    with record(request).reading() as session:
        return part(request, [Account.of(u) for u in users.users(session)], cursor, limit)


@router.post("/admin/users", dependencies=[needs("users:write")], responses=one(Account))
def add(request: Request, said: Newcomer) -> Response:
    """Make a user without a password."""
    sites = tuple(said.sites) or None
    with record(request).writing() as session:
        made = users.add_user(
            session, said.name, known_role(said.role), datetime.now(UTC), None, sites
        )
        return answer(request, Account.of(made))


@router.post("/admin/users/{n}/role", responses=one(Account))
def role(request: Request, n: int, said: Standing, who: Chief) -> Response:
    """Give another role; it holds from the next request on."""
    return answer(request, Account.of(given_role(request, number(n), said.role, said.sites, who)))


@router.post("/admin/users/{n}/{way}", responses=one(Account))
def shut(request: Request, n: int, way: Literal["disable", "enable"], who: Chief) -> Response:
    """Shut somebody out at once, or let them in again."""
    return answer(request, Account.of(shut_out(request, number(n), way == "disable", who)))


@router.get("/admin/tokens", dependencies=[needs("tokens:write")], responses=many(TokenTold))
def tokens(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The tokens of programs, revoked ones too."""
    with record(request).reading() as session:
        return part(request, [TokenTold.of(t) for t in sessions.tokens(session)], cursor, limit)


@router.post(
    "/admin/tokens/{n}/revoke", dependencies=[needs("tokens:write")], responses=one(TokenTold)
)
def revoke(request: Request, n: int) -> Response:
    """End a token at once."""
    with record(request).writing() as session:
        sessions.revoke_token(session, number(n), datetime.now(UTC))
        return answer(request, next(TokenTold.of(t) for t in sessions.tokens(session) if t.n == n))
