"""Letters of assurance that are signed; a liaison reads those of their own sites."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response

from watchfloor.desk.access import needs, who_asks
from watchfloor.desk.api.answer import LIMIT, Cursor, Limit, part
from watchfloor.desk.api.cases import number
from watchfloor.desk.api.document import many
from watchfloor.desk.api.paperwork import FILE
from watchfloor.desk.response.papers import letter_as, letters_for
from watchfloor.desk.serve import record
from watchfloor.records import Record
from watchfloor.store.releases import Release

router = APIRouter(
    prefix="/api/v1/letters", tags=["letters"], dependencies=[needs("assurances:read")]
)


class Letter(Record, frozen=True, kw_only=True):
    """A letter of assurance of a site, with the release that signed it."""

    n: int
    title: str
    site: str | None
    marking: str
    signed: Release


@router.get("", responses=many(Letter))
def listed(request: Request, cursor: Cursor = "", limit: Limit = LIMIT) -> Response:
    """The letters, the newest first."""
    with record(request).reading() as session:
        told = [
            Letter(n=p.n, title=p.title, site=p.site, marking=p.marking, signed=release)
            for p, release in letters_for(session, who_asks(request))
        ]
    return part(request, told, cursor, limit)


@router.get("/{n}/file.{form}", responses=FILE)
def file(request: Request, n: int, form: Literal["html", "pdf", "docx"]) -> Response:
    """A letter as HTML, PDF or Word."""
    return letter_as(request, number(n), form)
