"""Administration by program: users, retention, markings, the audit log. Passwords and tokens are
made on the pages only, so that no program passes them on.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.access.permissions import role as known_role
from watchfloor.desk.access.permissions import table
from watchfloor.desk.api.answer import (
    LIMIT,
    Cursor,
    Id,
    Limit,
    answer,
    before,
    found,
    page,
    part,
)
from watchfloor.desk.api.cases import number
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.marking import decided_on, remarked
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.records import Record
from watchfloor.store import audit, releases, report_of, retention, users
from watchfloor.store.releases import Release
from watchfloor.store.retention import HOLDS, Hold

router = APIRouter(prefix="/api/v1/admin", tags=["admin"])
Keeper = Annotated[Who, needs("retention:write")]
Said = Annotated[str, Field(min_length=1, max_length=200)]
Why = Annotated[str, Field(min_length=1, max_length=2000)]


class Account(Record, frozen=True, kw_only=True):
    """A user, without anything secret."""

    n: int
    name: str
    role: str
    sites: tuple[str, ...] | None
    by_password: bool
    by_code: bool
    disabled_at: datetime | None


class Kept(Record, frozen=True, kw_only=True):
    """A kind of thing, how many days it is kept, and how many of it are due."""

    kind: str
    days: int
    says: str
    due: int


class Marked(Record, frozen=True, kw_only=True):
    """A report's marking as it is now, and the proposal that waits where it takes two people."""

    report: str
    marking: str
    waits: Release | None = None


class Newcomer(BaseModel):
    """A user who comes in through the OpenID provider, or is given a password on the page."""

    model_config = strict(name="Amina", role="analyst")
    name: Annotated[str, Field(min_length=1, max_length=80)]
    role: Annotated[str, Field(pattern=f"^({'|'.join(table().roles)})$")]
    sites: Annotated[list[Said], Field(max_length=200)] = []


class Days(BaseModel):
    """How many days a kind is kept."""

    model_config = strict(days=14)
    days: Annotated[int, Field(ge=1, le=36500)]


class Holding(BaseModel):
    """Something to keep whatever its age."""

    model_config = strict(kind="incident", subject="i1", reason="claim 12")
    kind: Annotated[str, Field(pattern=f"^({'|'.join(HOLDS)})$")]
    subject: Said
    reason: Why


class Remarking(BaseModel):
    """Another marking for a kept report, and why."""

    model_config = strict(report="r1", marking="AMBER", reason="names the convoy")
    report: Said
    marking: Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
    reason: Why


class Verdict(BaseModel):
    """Whether another's proposal is approved."""

    model_config = strict(approve=True)
    approve: bool


@router.get("/users", dependencies=[needs("users:write")], responses=many(Account))
def listed(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Everybody who may come in."""
    with record(request).reading() as session:
        return part(request, [_account(u) for u in users.users(session)], cursor, limit)


@router.post("/users", dependencies=[needs("users:write")], responses=one(Account))
def add(request: Request, said: Newcomer) -> Response:
    """Make a user without a password."""
    with record(request).writing() as session:
        sites = tuple(said.sites) or None
        made = users.add_user(
            session, said.name, known_role(said.role), datetime.now(UTC), None, sites
        )
        return answer(request, _account(made))


@router.post("/users/{n}/{way}", responses=one(Account))
def shut(
    request: Request, n: int, way: Literal["disable", "enable"],
    who: Annotated[Who, needs("users:write")],
) -> Response:  # fmt: skip
    """Shut somebody out at once, or let them in again."""
    with record(request).writing() as session:
        user = users.user_numbered(session, number(n))
        if user.name == who.name:
            raise InputError("is you", where=user.name, right="another administrator does it")
        users.disable(session, user, datetime.now(UTC) if way == "disable" else None)
        return answer(request, _account(users.user_numbered(session, n)))


@router.get("/retention", dependencies=[needs("retention:write")], responses=many(Kept))
def kept(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """How long each kind is kept, and how much of it is due."""
    with record(request).reading() as session:
        due = retention.due(session, datetime.now(UTC))
        told = [
            Kept(kind=name, days=k.days, says=k.says, due=len(due[name]))
            for name, k in retention.kinds(session).items()
        ]
    return part(request, told, cursor, limit, ("kind",))


@router.post("/retention/run", responses=many(Kept))
def run(request: Request, who: Keeper) -> Response:
    """Delete what is due and not held; what is left comes back."""
    with record(request).writing() as session:
        retention.delete_due(session, who.name, datetime.now(UTC))
    return kept(request)


@router.post("/retention/kinds/{kind}", responses=many(Kept))
def keep_for(request: Request, kind: Id, said: Days, who: Keeper) -> Response:
    """Set how many days a kind is kept."""
    with record(request).writing() as session:
        retention.keep_for(session, kind, said.days, who.name, datetime.now(UTC))
    return kept(request)


@router.get("/holds", dependencies=[needs("retention:write")], responses=many(Hold))
def holds(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """What is kept whatever its age, the newest first, lifted ones too."""
    with record(request).reading() as session:
        return part(request, retention.holds(session), cursor, limit)


@router.post("/holds", responses=one(Hold))
def hold(request: Request, said: Holding, who: Keeper) -> Response:
    """Keep something whatever its age."""
    now = datetime.now(UTC)
    with record(request).writing() as session:
        made = retention.place_hold(session, said.kind, said.subject, said.reason, who.name, now)
        return answer(request, made)


@router.post("/holds/{n}/lift", responses=one(Hold))
def lift(request: Request, n: int, who: Keeper) -> Response:
    """Lift a hold."""
    with record(request).writing() as session:
        retention.lift_hold(session, number(n), who.name, datetime.now(UTC))
        return answer(request, next(h for h in retention.holds(session) if h.n == n))


@router.post("/markings", responses=one(Marked))
def mark(
    request: Request, said: Remarking, who: Annotated[Who, needs("markings:write")]
) -> Response:
    """Mark a report otherwise; a freer marking out of what takes two people is proposed."""
    waits = remarked(request, said.report, said.marking, said.reason, who)
    with record(request).reading() as session:
        now = found(report_of(session, said.report), "report").marking
    return answer(request, Marked(report=said.report, marking=now, waits=waits))


@router.get("/releases", dependencies=[needs("papers:release")], responses=many(Release))
def proposals(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """Releases and markings that wait for a second person, and those decided, the newest first."""
    with record(request).reading() as session:
        return part(request, releases.releases(session), cursor, limit)


@router.post("/releases/{n}", responses=one(Release))
def decide(
    request: Request, n: int, said: Verdict, who: Annotated[Who, needs("papers:release")]
) -> Response:
    """Approve or refuse what another proposed."""
    return answer(request, decided_on(request, number(n), who, said.approve))


@router.get("/audit", dependencies=[needs("audit:read")], responses=many(audit.Line))
def log(
    request: Request,
    who: Annotated[str, Query(max_length=200)] = "",
    what: Annotated[str, Query(max_length=200, description="how it begins")] = "",
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Response:
    """The audit log, the newest line first."""
    with record(request).reading() as session:
        lines = audit.lines(session, before(cursor), limit + 1, who or None, what or None)
        return page(request, lines, limit)


def _account(user: users.User) -> Account:
    return Account(
        n=user.n, name=user.name, role=user.role, sites=user.sites,
        by_password=user.password is not None, by_code=user.totp is not None,
        disabled_at=user.disabled_at,
    )  # fmt: skip
