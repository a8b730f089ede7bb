"""One paper: read, edited, marked, released, taken out as a file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from watchfloor.desk.access import needs, who_asks
from watchfloor.desk.pages.response.papers import state_of
from watchfloor.desk.response.forms import Text, Whole, said, visible, went
from watchfloor.desk.response.papers import file_of, proposed, proposes, released, subject_of
from watchfloor.desk.response.sheet import KINDS
from watchfloor.desk.response.work import markable
from watchfloor.desk.serve import must, page, record
from watchfloor.errors import InputError
from watchfloor.response.edit import Changed, edited, numbered, unsupported
from watchfloor.response.records import Paper
from watchfloor.store.markings import MARKINGS
from watchfloor.store.papers import keep_version, version_of, versions_of
from watchfloor.store.register import entry_names
from watchfloor.store.releases import decide, releases, takes_two
from watchfloor.store.response import change

router = APIRouter()
WRITE, RELEASE = [needs("papers:write")], [needs("papers:release")]


@router.get("/papers/{n}", response_class=HTMLResponse, dependencies=[needs("papers:read")])
def shown(request: Request, n: int, version: int | None = None) -> Response:
    """The page of a paper, at its latest version or an earlier one."""
    paper = visible(request, Paper, n)
    with record(request).reading() as session:
        at = version_of(session, n, version or paper.version)
        values = {
            "versions": versions_of(session, n), "state": state_of(session, paper),
            "waits": proposed(session, paper), "release": released(session, paper),
            "names": entry_names(session),
        }  # fmt: skip
    wrong = {s.text: unsupported(s) for section in at.sections for s in section.sentences}
    return page(
        request, "paper.html", paper=paper, shown=at, latest=at.version == paper.version,
        numbers=numbered(at.sections), kinds=KINDS, unsupported=wrong, two=takes_two(paper.marking),
        markings=MARKINGS[MARKINGS.index(paper.marking) :], said=said(request), **values,
    )  # fmt: skip


@router.post("/papers/{n}", dependencies=WRITE)
def changed(
    request: Request,
    n: int,
    based_on: Whole = 0,
    place: Annotated[list[str] | None, Form()] = None,
    text: Annotated[list[str] | None, Form()] = None,
    rests_on: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Keep a new version. `place` is `section.sentence` or, for a new one, `section.`; the lists
    go together.
    """
    paper = visible(request, Paper, n)
    places, texts, rests = place or [], text or [], rests_on or []
    if not len(places) == len(texts) == len(rests):
        raise InputError("is cut short", where="the form", right="load the page again")
    changes = [_change(*three) for three in zip(places, texts, rests, strict=True)]
    with record(request).reading() as session:
        before = version_of(session, n, based_on).sections
    after = edited(before, changes, must(request))
    if after == before:
        return went(f"/papers/{n}", "")
    with record(request).writing() as session:
        keep_version(session, paper.n, based_on, after, must(request), datetime.now(UTC))
    return went(f"/papers/{n}", "version")


@router.post("/papers/{n}/restore", dependencies=WRITE)
def restored(request: Request, n: int, version: Whole = 0) -> Response:
    """Make an earlier version the latest again; what came between stays."""
    paper = visible(request, Paper, n)
    with record(request).reading() as session:
        old = version_of(session, n, version)
    with record(request).writing() as session:
        keep_version(session, n, paper.version, old.sections, must(request), datetime.now(UTC))
    return went(f"/papers/{n}", "version")


@router.post("/papers/{n}/marking", dependencies=WRITE)
def marked(request: Request, n: int, marking: Text = "") -> Response:
    """Mark a paper more narrowly; a release under the marking before no longer stands."""
    paper = visible(request, Paper, n)
    theirs = markable(paper.marking, who_asks(request))
    if marking not in theirs:
        raise InputError(f"may not be marked {marking!r}", right=f"one of {', '.join(theirs)}")
    with record(request).writing() as session:
        change(session, paper, marking=marking)
    return went(f"/papers/{n}", "changed")


@router.post("/papers/{n}/release", dependencies=RELEASE)
def out(request: Request, n: int, to: Text = "", reason: Text = "") -> Response:
    """Release a paper; above AMBER, propose it to another person."""
    paper = visible(request, Paper, n)
    made = proposes(request, paper, who_asks(request), to, reason)
    return went(f"/papers/{n}", "released" if made.state == "approved" else "proposed")


@router.post("/papers/{n}/releases/{number}", dependencies=RELEASE)
def decided(request: Request, n: int, number: int, approve: Text = "") -> Response:
    """Approve or refuse what another proposed."""
    paper = visible(request, Paper, n)
    with record(request).writing() as session:
        if number not in {x.n for x in releases(session, "paper", subject_of(paper), "proposed")}:
            raise HTTPException(404, "no such proposal of this version")
        decide(session, number, must(request), datetime.now(UTC), bool(approve))
    return went(f"/papers/{n}", "released" if approve else "refused")


@router.get("/papers/{n}/file.{form}", dependencies=[needs("exports:make"), needs("papers:read")])
def file(request: Request, n: int, form: str) -> Response:
    """A released paper as HTML, PDF or Word."""
    return file_of(request, visible(request, Paper, n), form)


def _change(place: str, text: str, rests_on: str) -> Changed:
    section, _, sentence = place.partition(".")
    if not section.isdigit() or (sentence and not sentence.isdigit()):
        raise InputError(f"{place!r} is no sentence", where="the form")
    numbers = tuple(int(n) for n in re.findall(r"\d+", rests_on))
    return Changed(
        section=int(section), place=int(sentence) if sentence else None, text=text,
        rests_on=numbers,
    )  # fmt: skip
