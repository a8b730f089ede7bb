"""Cases in the record: opened, linked, kept up and closed; every step leaves a line in the log."""

from __future__ import annotations

from datetime import datetime

from watchfloor.errors import InputError
from watchfloor.response.records import Case, Link, LogEntry, Task
from watchfloor.store import response_tables as t
from watchfloor.store.database import Session
from watchfloor.store.response import change, found, keep, one_of

#: The links that a case may have.
LINKS = ("alert", "incident")


def open_case(session: Session, case: Case, links: dict[str, str] | None = None) -> Case:
    """Open a case; `links` names at most one alert and one incident that it is about."""
    made = keep(session, case)
    for kind, subject in (links or {}).items():
        keep(session, Link(case=made.n, kind=kind, subject=subject))
    note(session, made.n, case.opened_at, case.opened_by, f"opened, {case.severity}", "opened")
    return made


def link(session: Session, case: int, kind: str, subject: str, who: str, at: datetime) -> None:
    """Say that a case is about an alert or incident too; nothing where it is so already."""
    if kind not in LINKS:
        raise InputError(f"no such link {kind!r}", right=f"one of {', '.join(LINKS)}")
    new = Link(case=case, kind=kind, subject=subject)
    if new not in links_of(session, case):
        keep(session, new)
        note(session, case, at, who, f"{kind} {subject}", "linked")


def unlink(session: Session, case: int, kind: str, subject: str, who: str, at: datetime) -> None:
    """Take a link back."""
    c = t.case_link.c
    session.execute(
        t.case_link.delete().where(c.case == case, c.kind == kind, c.subject == subject)
    )
    note(session, case, at, who, f"{kind} {subject}", "unlinked")


def links_of(session: Session, case: int) -> list[Link]:
    """What a case is about."""
    return found(session, Link, t.case_link.c.case == case)


def case_about(session: Session, kind: str, subject: str) -> Case | None:
    """The case about an alert or incident, the open one first; None where there is none."""
    c = t.case_link.c
    linked = found(session, Link, c.kind == kind, c.subject == subject)
    cases = [one_of(session, Case, one.case) for one in linked]
    return min(cases, key=lambda one: (one.state != "open", -one.n), default=None)


def note(
    session: Session, case: int, at: datetime, who: str, text: str, what: str = "note"
) -> LogEntry:
    """Add a line to a case's log."""
    return keep(session, LogEntry(case=case, at=at, author=who, what=what, text=text))


def log_of_case(session: Session, case: int) -> list[LogEntry]:
    """The log of a case, the oldest line first."""
    return found(session, LogEntry, t.case_log.c.case == case)


def close_case(session: Session, n: int, who: str, at: datetime, outcome: str) -> Case:
    """Close a case with what it came to. Raises InputError where that is not said."""
    if not outcome.strip():
        raise InputError("no outcome", where=f"case {n}", right="say what it came to")
    made = change(
        session, one_of(session, Case, n), state="closed", closed_at=at, outcome=outcome.strip()
    )
    note(session, n, at, who, outcome, "closed")
    return made


def reopen_case(session: Session, n: int, who: str, at: datetime) -> Case:
    """Take a closing back."""
    case = one_of(session, Case, n)
    note(session, n, at, who, f"had been closed as: {case.outcome}", "reopened")
    return change(session, case, state="open", closed_at=None, outcome=None)


def mark_case(
    session: Session, n: int, field: str, who: str, at: datetime, done: bool = True
) -> Case:
    """Say that the incident was told (`told_at`) or written up (`written_at`), or take it back."""
    if field not in {"told_at", "written_at"}:
        raise InputError(f"no such deadline {field!r}", right="told_at or written_at")
    what = {"told_at": "told", "written_at": "written up"}[field]
    note(session, n, at, who, what if done else f"not {what} after all", what)
    return change(session, one_of(session, Case, n), **{field: at if done else None})


def mark_task(session: Session, n: int, who: str, at: datetime, done: bool) -> Task:
    """Say that a task is done, or take that back."""
    task = one_of(session, Task, n)
    note(session, task.case, at, who, task.what, "task done" if done else "task not done")
    marks = {"done_at": at, "done_by": who} if done else {"done_at": None, "done_by": None}
    return change(session, task, **marks)
