"""Administration by program: retention, erasure, markings, readers, the audit log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
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
from watchfloor.desk.marking import (
    READABLE,
    decided_on,
    erased,
    readers_named,
    readers_of,
    remarked,
)
from watchfloor.desk.serve import record
from watchfloor.records import Record
from watchfloor.store import audit, releases, report_of, retention
from watchfloor.store.releases import Release
from watchfloor.store.retention import HOLDS, Hold

router = APIRouter(prefix="/api/v1/admin", tags=["admin"])
Keeper = Annotated[Who, needs("retention:write")]
Said = Annotated[str, Field(min_length=1, max_length=200)]
Why = Annotated[str, Field(min_length=1, max_length=2000)]


class Kept(Record, frozen=True, kw_only=True):
    """A kind of thing, how many days it is kept, and how many of it are due."""

    kind: str
    days: int
    says: str
    due: int


class Readers(Record, frozen=True, kw_only=True):
    """Who, by name, may see something RED."""

    kind: str
    subject: str
    names: tuple[str, ...]


class Erased(Record, frozen=True, kw_only=True):
    """A report that is gone, and the incidents that were merged anew without it."""

    report: str
    incidents: tuple[str, ...]


class Marked(Record, frozen=True, kw_only=True):
    """A report's marking as it is now, and the proposal that waits where it takes two people."""

    report: str
    marking: str
    waits: Release | None = None


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


class Named(BaseModel):
    """Who, by name, may see something RED; whoever was named before and is not now may not."""

    model_config = strict(kind="report", subject="r1", names=["Amina"])
    kind: Annotated[str, Field(pattern=f"^({'|'.join(READABLE)})$")]
    subject: Said
    names: Annotated[list[Said], Field(max_length=200)]


class Reasoned(BaseModel):
    """Who asked for it, or why."""

    model_config = strict(reason="asked for by who is named in it")
    reason: Why


class Erasing(BaseModel):
    """A report to be erased, and who asked for it or why."""

    model_config = strict(report="r1", reason="asked for by who is named in it")
    report: Said
    reason: Why


class Verdict(BaseModel):
    """Whether another's proposal is approved."""

    model_config = strict(approve=True)
    approve: bool


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


@router.post("/erase", responses=one(Erased))
def erase(request: Request, said: Erasing, who: Keeper) -> Response:
    """Erase a report with everything that was found in it; it does not come back."""
    changed = erased(request, said.report, said.reason, who)
    return answer(request, Erased(report=said.report, incidents=changed))


@router.post("/markings", responses=one(Marked))
def mark(
    request: Request, said: Remarking, who: Annotated[Who, needs("markings:write")]
) -> Response:
    """Mark a report otherwise; a freer marking out of what takes two people is proposed."""
    waits = remarked(request, said.report, said.marking, said.reason, who)
    with record(request).reading() as session:
        now = found(report_of(session, said.report), "report").marking
    return answer(request, Marked(report=said.report, marking=now, waits=waits))


@router.get(
    "/readers/{kind}/{id:path}", dependencies=[needs("markings:write")], responses=one(Readers)
)
def named(request: Request, kind: Literal["report", "incident", "case", "paper"], id: Id) -> (
    Response
):  # fmt: skip
    """Who is named to see something."""
    names = readers_of(request, kind, id)
    return answer(request, Readers(kind=kind, subject=id, names=names))


@router.post("/readers", responses=one(Readers))
def name(request: Request, said: Named, who: Annotated[Who, needs("markings:write")]) -> Response:
    """Say who may see something RED; only who may see it themselves can."""
    names = readers_named(request, said.kind, said.subject, said.names, who)
    return answer(request, Readers(kind=said.kind, subject=said.subject, names=names))


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


@router.post("/audit/{n}/erase", responses=one(audit.Line))
def erase_line(request: Request, n: int, said: Reasoned, who: Keeper) -> Response:
    """Erase the particulars of a line: its hash stays, so that the chain stays whole. What comes
    back is the line that says so.
    """
    with record(request).writing() as session:
        made = audit.erase_particulars(session, number(n), who.name, said.reason, datetime.now(UTC))
        return answer(request, made)


@router.get("/audit/check", dependencies=[needs("audit:read")], responses=one(audit.Checked))
def check(
    request: Request, head: Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")] = None
) -> Response:
    """Whether the log is whole; `head` is the hash of a line that was noted elsewhere."""
    with record(request).reading() as session:
        return answer(request, audit.verify(session, head))
