"""The register: its entries, taking it in and putting it back, and what touched an entry."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Id, Limit, answer, part
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.held import Month, Near, TakenIn, entry_of, months, near, put_back, take_in
from watchfloor.desk.orders import orders
from watchfloor.desk.serve import record
from watchfloor.records import Record
from watchfloor.store.register import KINDS, Entry, entries

router = APIRouter(prefix="/api/v1/register", tags=["register"])
read = [needs("register:read")]
write = [needs("register:write"), *read]
Kind = Literal["sites", "groups", "journeys"]
#: A CSV file: at most so many characters.
File = Annotated[str, Field(max_length=2_000_000)]


class PutBack(Record, frozen=True, kw_only=True):
    """How many entries the register has now, and how many alerts that raised or changed."""

    entries: int
    alerts: int


class Sending(BaseModel):
    """The register as CSV files (see formats); they replace the whole of it."""

    model_config = strict(
        sites_csv="id,name,kind,lat,lon,place,country,people,radius_km\n"
        "gao-depot,Gao depot,depot,16.27,-0.04,,MLI,24,25\n"
    )
    sites_csv: File | None = None
    groups_csv: File | None = None
    journeys_csv: File | None = None


class Line(BaseModel):
    """An entry as lists show it."""

    model_config = strict(
        kind="sites", id="s1", name="Depot", doc={"id": "s1", "name": "Depot", "kind": "depot"}
    )
    kind: Kind
    id: Annotated[str, Field(min_length=1, max_length=200)]
    name: Annotated[str, Field(min_length=1, max_length=300)]
    doc: dict[str, Any]
    changed_at: datetime | None = None
    changed_by: Annotated[str, Field(max_length=200)] | None = None


class Restoring(BaseModel):
    """The whole register as it is to be: `before` of an answer to an import."""

    model_config = strict(entries=[])
    entries: Annotated[list[Line], Field(max_length=100_000)]


@router.get("", dependencies=read, responses=many(Entry))
def listed(
    request: Request,
    kind: Annotated[str, Query(pattern=f"^({'|'.join(KINDS)})?$")] = "",
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Response:
    """The register; say in X-Purpose what it is read for."""
    with record(request).reading() as session:
        told = [e for e in entries(session) if kind in {"", e.kind}]
    return part(request, told, cursor, limit, ("kind", "id"))


@router.post("/import", dependencies=write, responses=one(TakenIn))
def take(request: Request, said: Sending) -> Response:
    """Make CSV files the register if every line holds, else say what is wrong; `before` undoes."""
    files = said.model_dump(exclude_none=True)
    given = {name.replace("_", "."): text.encode() for name, text in files.items()}
    return answer(request, take_in(request, given))


@router.post("/restore", dependencies=write, responses=one(PutBack))
def restore(request: Request, said: Restoring) -> Response:
    """PutBack back the register that was there before an import."""
    given = [Entry(kind=e.kind, id=e.id, name=e.name, doc=e.doc) for e in said.entries]
    return answer(request, PutBack(entries=len(given), alerts=put_back(request, given)))


@router.get("/{kind}/{id}", dependencies=read, responses=one(Entry))
def single(request: Request, kind: Kind, id: Id) -> Response:
    """One entry; the alerts that touch it are under `/alerts?entry=KIND:ID`."""
    with record(request).reading() as session:
        return answer(request, entry_of(session, kind, id))


@router.get(
    "/{kind}/{id}/near", dependencies=[*read, needs("incidents:read")], responses=many(Near)
)
def around(
    request: Request, kind: Kind, id: Id, cursor: Cursor = "", limit: Limit = LIMIT
) -> Response:
    """What happened near a site in the last 30 days, and why it raised an alert or none."""
    with record(request).reading() as session:
        told = near(session, entry_of(session, kind, id), orders(request).rules)
    return part(request, told, cursor, limit, ("id",))


@router.get(
    "/{kind}/{id}/months", dependencies=[*read, needs("alerts:read")], responses=many(Month)
)
def over_time(
    request: Request, kind: Kind, id: Id, cursor: Cursor = "", limit: Limit = LIMIT
) -> Response:
    """How many alerts touched it in each of the last thirteen months, by severity."""
    with record(request).reading() as session:
        told = months(session, entry_of(session, kind, id))
    return part(request, told, cursor, limit, ("month",))
