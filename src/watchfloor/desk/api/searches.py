"""Saved searches, and counts over time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, answer, part
from watchfloor.desk.api.cases import number
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.api.incidents import COUNTRY, TYPE
from watchfloor.desk.pages.search import FIELDS
from watchfloor.desk.pages.trends import Trend, asked_of, compared, trend
from watchfloor.desk.serve import record
from watchfloor.store.searches import SavedSearch, remove_search, save_search, saved_searches
from watchfloor.store.trends import GROUPS

router = APIRouter(prefix="/api/v1")
Reader = Annotated[Who, needs("reports:read")]


class Saving(BaseModel):
    """A search to keep under a name, by the words that its address has."""

    model_config = strict(name="Gao convoys", words="convoy", country="MLI")
    name: Annotated[str, Field(min_length=1, max_length=200)]
    words: Annotated[str, Field(max_length=200)] = ""
    kind: Annotated[str, Field(max_length=40)] = ""
    country: Annotated[str, Field(max_length=3)] = ""
    place: Annotated[str, Field(max_length=200)] = ""
    actor: Annotated[str, Field(max_length=200)] = ""
    outlet: Annotated[str, Field(max_length=200)] = ""
    first: Annotated[str, Field(max_length=10)] = ""
    last: Annotated[str, Field(max_length=10)] = ""


@router.get("/searches", dependencies=[needs("reports:read")], responses=many(SavedSearch))
def listed(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The searches that people keep, by name; `query` is the query part of `/search`."""
    with record(request).reading() as session:
        return part(request, saved_searches(session), cursor, limit)


@router.post("/searches", responses=one(SavedSearch))
def save(request: Request, said: Saving, who: Reader) -> Response:
    """Keep a search."""
    given = said.model_dump()
    query = urlencode([(k, given[k]) for k in FIELDS if given[k]])
    with record(request).writing() as session:
        n = save_search(session, said.name, query, who.name, datetime.now(UTC))
        return answer(request, next(s for s in saved_searches(session) if s.n == n))


@router.delete("/searches/{n}", responses=one(SavedSearch))
def remove(request: Request, n: int, _who: Reader) -> Response:
    """Take a saved search away; what comes back can be kept again."""
    with record(request).writing() as session:
        return answer(request, remove_search(session, number(n)))


class Wanted(BaseModel):
    """Which days, in which groups, beside which other days; without days the last year."""

    first: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""
    last: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""
    by: Annotated[str, Field(pattern=f"^({'|'.join(GROUPS)})$")] = "month"
    against: Annotated[str, Field(pattern="^(year|before)$")] = "year"
    kind: list[Annotated[str, Field(pattern=TYPE)]] = []
    country: Annotated[str, Field(pattern=f"{COUNTRY}|^$")] = ""


@router.get("/trends", tags=["trends"], dependencies=[needs("trends:read")], responses=one(Trend))
def trends(request: Request, asked: Annotated[Wanted, Query()]) -> Response:
    """Counts of incidents now and in the time before, with what the feeds could hear."""
    wanted = asked_of(asked.model_dump())
    with record(request).reading() as session:
        return answer(request, trend(session, wanted, compared(session, wanted)))
