"""Papers between the record and the pages: drafted, released, written out in a form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import HTTPException, Request, Response

from watchfloor.desk.access import Who, who_asks
from watchfloor.desk.frame import templates
from watchfloor.desk.response.forms import visible
from watchfloor.desk.response.gather import Scope, gathered
from watchfloor.desk.response.pdf import as_pdf
from watchfloor.desk.response.sheet import KINDS, Sheet, file_name, sheet
from watchfloor.desk.response.word import as_docx
from watchfloor.desk.serve import record
from watchfloor.desk.tongue import OWN, speaking
from watchfloor.errors import InputError, StoreError, without_secrets
from watchfloor.response.draft import draft
from watchfloor.response.draft.say import day
from watchfloor.response.edit import numbered
from watchfloor.response.records import Case, Paper, Section, Version
from watchfloor.store import Session, report_of
from watchfloor.store.markings import MARKINGS
from watchfloor.store.papers import keep_paper, version_of
from watchfloor.store.register import entry_names
from watchfloor.store.releases import Release, Wanted, propose, releases
from watchfloor.store.response import one_of, standing

#: Hours that a paper tells of where nobody says otherwise.
HOURS = {"handover": 12, "intsum": 24, "sitrep": 24, "weekly": 168, "assurance": 720}
FORMS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Asked:
    """What a paper is to be: its kind, what it is about, its hours, and a marking."""

    def __init__(
        self, kind: str, case: int | None, site: str | None, hours: int | None, marking: str
    ) -> None:
        if kind not in HOURS:
            raise InputError(f"no such paper {kind!r}", right=f"one of {', '.join(HOURS)}")
        if marking not in MARKINGS:
            raise InputError("no such TLP label", right=f"one of {', '.join(MARKINGS)}")
        if kind == "assurance" and not site:
            raise InputError("names no site", where="assurance", right="the site it assures of")
        if hours is not None and not 1 <= hours <= 24 * 366:
            raise InputError(f"{hours} hours", right="1 to 8784")
        self.kind, self.case, self.site = kind, case, site
        self.hours, self.marking = hours or HOURS[kind], marking


def drafted(request: Request, asked: Asked, who: Who) -> Paper:
    """Draft a paper from what whoever asks may see, and keep it."""
    now = datetime.now(UTC)
    with record(request).reading() as session:
        paper, sections = composed(session, asked, who.name, now)
    with record(request).writing() as session:
        return keep_paper(session, paper, sections)


def composed(
    session: Session, asked: Asked, who: str, now: datetime
) -> tuple[Paper, tuple[Section, ...]]:
    """A paper with its sections, not kept yet.

    It is marked as asked, or as the most narrowly marked thing in it.
    """
    first = now - timedelta(hours=asked.hours)
    case = _case(session, asked.case)
    if case is not None:
        first = min(first, case.opened_at)
    scope = Scope(kind=asked.kind, first=first, last=now, case=asked.case, site=asked.site)
    with speaking(OWN):  # papers are drafted in one language
        seen, marking = gathered(session, scope, now)
    about = case.title if case else seen.called(asked.site) if asked.site else ""
    paper = Paper(
        kind=asked.kind, title=f"{KINDS[asked.kind]}{f', {about}' if about else ''}, {day(now)}",
        marking=max(asked.marking, marking, key=MARKINGS.index), first_at=first, last_at=now,
        case=asked.case, site=asked.site, made_by=who, made_at=now,
    )  # fmt: skip
    return paper, draft(asked.kind, seen)


def _case(session: Session, n: int | None) -> Case | None:
    if n is None:
        return None
    try:
        return one_of(session, Case, n)
    except StoreError as error:
        raise HTTPException(404, str(error)) from error


def subject_of(paper: Paper, version: int | None = None) -> str:
    """What a release of a paper is of: one version of it."""
    return f"{paper.n}.{version or paper.version}"


def released(session: Session, paper: Paper, latest_only: bool = True) -> Release | None:
    """The release that stands: of the version that the paper is at, or of its latest released one;
    None where there is none.
    """
    for version in range(paper.version, 0 if not latest_only else paper.version - 1, -1):
        for one in releases(session, "paper", subject_of(paper, version), "approved"):
            if one.marking == paper.marking:
                return one
    return None


def proposed(session: Session, paper: Paper) -> Release | None:
    """The proposal that waits for another person; None where none does."""
    return next(iter(releases(session, "paper", subject_of(paper), "proposed")), None)


def proposes(request: Request, paper: Paper, who: Who, to: str, reason: str) -> Release:
    """Propose a release, or (up to AMBER) release. A letter of assurance is signed by it.

    Raises 403 for an assurance by who may not sign one.
    """
    if paper.kind == "assurance" and not who.may("assurances:sign"):
        raise HTTPException(403, "a letter of assurance is signed by the head of cell")
    wanted = Wanted(
        kind="paper", subject=subject_of(paper), marking=paper.marking, to=to.strip(),
        reason=reason.strip(),
    )  # fmt: skip
    with record(request).writing() as session:
        if released(session, paper) or proposed(session, paper):
            raise StoreError("is released or proposed already", where=paper.title)
        return propose(session, wanted, who.name, datetime.now(UTC))


def file_of(request: Request, paper: Paper, form: str, latest_only: bool = True) -> Response:
    """A released paper as a file. Raises InputError for one that is not released."""
    if form not in FORMS:
        raise InputError(f"no such form {form!r}", right=f"one of {', '.join(FORMS)}")
    with record(request).reading() as session:
        release = released(session, paper, latest_only)
        if release is None:
            raise InputError("is not released", where=paper.title, right="release it first")
        version = version_of(session, paper.n, int(release.subject.partition(".")[2]))
        urls = _published(session, version)
        made = sheet(paper, version, release, entry_names(session), urls)
    name = file_name(paper, form)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_written(made, form), media_type=FORMS[form], headers=headers)


def letters_for(session: Session, who: Who) -> list[tuple[Paper, Release]]:
    """The letters of assurance that are signed, the newest first, each with the release that signed
    it; a liaison sees those of their own sites.
    """
    return [
        (paper, release) for paper in reversed(standing(session, Paper))
        if paper.kind == "assurance" and _theirs(who, paper)
        and (release := released(session, paper, latest_only=False))
    ]  # fmt: skip


def letter_as(request: Request, n: int, form: str) -> Response:
    """A signed letter as a file. Raises 404 for one that is not for whoever asks."""
    paper = visible(request, Paper, n)
    if paper.kind != "assurance" or not _theirs(who_asks(request), paper):
        raise HTTPException(404, "no such letter")
    return file_of(request, paper, form, latest_only=False)


def _theirs(who: Who, paper: Paper) -> bool:
    return who.sites is None or paper.site in {f"sites:{site}" for site in who.sites}


def _published(session: Session, version: Version) -> dict[str, str]:
    """Where the reports that a version rests on were published, by their ids."""
    ids = {e.id for e in numbered(version.sections) if e.kind == "report"}
    kept = {id: one.coded.report.url for id in ids if (one := report_of(session, id))}
    web = {id: without_secrets(url) for id, url in kept.items() if url}
    return {id: url for id, url in web.items() if url.startswith(("https://", "http://"))}


def _written(made: Sheet, form: str) -> bytes:
    if form == "pdf":
        return as_pdf(made)
    if form == "docx":
        return as_docx(made)
    return templates(OWN).env.get_template("paper_file.html").render(made=made).encode()
