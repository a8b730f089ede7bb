"""Papers in the record: every version stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from watchfloor.errors import StoreError
from watchfloor.response.records import Paper, Section, Version
from watchfloor.store import response_tables as t
from watchfloor.store.database import Session
from watchfloor.store.response import change, found, keep, one_of


def keep_paper(session: Session, paper: Paper, sections: Iterable[Section]) -> Paper:
    """Keep a new paper with its first version."""
    made = keep(session, paper)
    keep(
        session,
        Version(
            paper=made.n, version=1, at=paper.made_at, author=paper.made_by,
            sections=tuple(sections),
        ),
    )  # fmt: skip
    return made


def keep_version(
    session: Session, n: int, based_on: int, sections: Iterable[Section], who: str, at: datetime
) -> Paper:
    """Keep a new version of a paper.

    `based_on` is the version that was edited. Raises StoreError where a later one was kept
    meanwhile, so that nobody writes over another.
    """
    paper = one_of(session, Paper, n)
    if based_on != paper.version:
        latest = version_of(session, n, paper.version)
        raise StoreError(
            f"{latest.author} kept version {paper.version} meanwhile",
            where=f"paper {n}", right="load it again and lay your changes over it",
        )  # fmt: skip
    made = change(session, paper, version=paper.version + 1)
    keep(
        session,
        Version(paper=n, version=made.version, at=at, author=who, sections=tuple(sections)),
    )
    return made


def version_of(session: Session, n: int, version: int) -> Version:
    """A version of a paper. Raises StoreError where there is none."""
    c = t.paper_version.c
    rows = found(session, Version, c.paper == n, c.version == version)
    if not rows:
        raise StoreError(f"no version {version}", where=f"paper {n}")
    return rows[0]


def versions_of(session: Session, n: int) -> list[Version]:
    """All versions of a paper, the first first."""
    return found(session, Version, t.paper_version.c.paper == n)
