"""Reports: search, one, and sending one in."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from watchfloor.desk.access import Who, needs
from watchfloor.desk.api.answer import LIMIT, Id, Many, Next, answer, before, found, page
from watchfloor.desk.api.document import many, one, strict
from watchfloor.desk.sending import LONGEST, sent_in
from watchfloor.desk.serve import record
from watchfloor.records import Report
from watchfloor.store import MARKINGS, Hit, StoredReport, find_reports, report_of
from watchfloor.store.queries import Narrow
from watchfloor.store.revisions import Revision, revisions_of

router = APIRouter(prefix="/api/v1", tags=["reports"])
read = [needs("reports:read")]
LABEL = f"^({'|'.join(MARKINGS)})$".replace("+", r"\+")


class Submitted(BaseModel):
    """A report to be coded and kept. Without `id` it is the hash of what it says."""

    model_config = strict(
        text="EXERCISE. Gunmen stopped a bus near Gao on Sunday, drivers said.",
        published="2031-03-03",
        outlet="Gao liaison",
        marking="AMBER",
    )
    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    id: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    title: Annotated[str | None, Field(max_length=500)] = None
    published: Annotated[str | None, Field(max_length=40)] = None
    outlet: Annotated[str | None, Field(max_length=200)] = None
    marking: Annotated[str, Field(pattern=f"^({'|'.join(MARKINGS)})$".replace("+", r"\+"))] = (
        "AMBER"
    )


class Searched(BaseModel):
    """What to look for in the text of reports, of which outlet, published when."""

    words: Annotated[str, Field(min_length=1, max_length=200, examples=["convoy Gao"])]
    outlet: Annotated[str, Field(max_length=200)] = ""
    first: Annotated[date | None, Field(description="published on or after")] = None
    last: Annotated[date | None, Field(description="published on or before")] = None
    cursor: Next = ""
    limit: Many = LIMIT


class Taken(BaseModel):
    """What became of a report that was sent in."""

    report: str
    outcome: str
    incidents: list[str]


@router.get("/search", dependencies=read, responses=many(Hit))
def search(
    request: Request,
    asked: Annotated[Searched, Query()],
) -> Response:
    """Reports in which all these words stand; in double quotes they stand together."""
    narrow = Narrow(outlet=asked.outlet or None, first=asked.first, last=asked.last)
    with record(request).reading() as session:
        hits = find_reports(session, asked.words, before(asked.cursor), asked.limit + 1, narrow)
    return page(request, hits, asked.limit)


@router.get("/reports/{id:path}", dependencies=read, responses=one(StoredReport))
def single(request: Request, id: Id) -> Response:
    """One report with everything that was found in it."""
    with record(request).reading() as session:
        return answer(request, found(report_of(session, id), "report"))


@router.get("/revisions/{id:path}", dependencies=read, responses=many(Revision))
def revised(request: Request, id: Id) -> Response:
    """Every revision of a report, the oldest first, and what each changed: words and events."""
    with record(request).reading() as session:
        found_ = revisions_of(session, id)
    return page(request, found(found_ or None, "report"), len(found_))


@router.post("/reports", response_model=Taken)
def submit(
    request: Request, who: Annotated[Who, needs("reports:submit")], said: Submitted
) -> Response:
    """Send a report in; it is coded, kept and merged, and alerts are brought in step."""
    report = Report(
        id=said.id or "", text=said.text, title=said.title, published=said.published,
        outlet=said.outlet or who.role,
    )  # fmt: skip
    return answer(request, sent_in(request, report, said.marking))
