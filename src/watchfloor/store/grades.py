"""The desk's grades in the record: its own table, and what persons hold of outlets, sources and
feeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import delete, insert, select

from watchfloor.errors import InputError
from watchfloor.grade import Known, Table, names_of, plain
from watchfloor.merge import MergedIncident
from watchfloor.store import tables as t
from watchfloor.store import watch_tables as w
from watchfloor.store.database import Session
from watchfloor.store.judgements import Judgement, judgements
from watchfloor.store.memory import some

#: "B", or "B2" where a person also judges what was said in certain reports.
_VALUE = re.compile(r"([A-F])([1-6])?")
_FIELD = re.compile(r"(outlet|source):(.+)", re.DOTALL)


def table_of(session: Session, incidents: Iterable[MergedIncident]) -> Table:
    """Every grade that stands, in the order given, over those of the feeds that these incidents'
    reports came by, over the desk's own table of outlets and bodies.
    """
    made = (known_of(made) for made in judgements(session, kinds=("grade",)))
    outlets = {a.report: a.outlet or a.agency for i in incidents for a in i.accounts}
    feeds = Table(_of_feeds(session, outlets), below=Table(lines(session)))
    return Table(made, below=feeds)


def lines(session: Session) -> tuple[Known, ...]:
    """The desk's own table of outlets and bodies as the record holds it."""
    rows = session.execute(select(t.known).order_by(t.known.c.n))
    return tuple(Known(name=r.name, reliability=r.reliability, note=r.note) for r in rows)


def set_lines(session: Session, given: Sequence[Known]) -> None:
    """Hold another table instead."""
    session.execute(delete(t.known))
    if given:
        rows = [{"name": k.name, "reliability": k.reliability, "note": k.note} for k in given]
        session.execute(insert(t.known), rows)


def _of_feeds(session: Session, outlets: Mapping[str, str | None]) -> Iterator[Known]:
    """What persons hold of the feeds that reports came by, as grades of their outlets there."""
    given = select(w.feed.c.n).where(w.feed.c.grade.is_not(None)).limit(1)
    if session.scalar(given) is None:
        return
    came = (
        select(w.entry.c.report, w.feed.c.name, w.feed.c.grade)
        .join(w.feed, w.feed.c.n == w.entry.c.feed)
        .where(w.feed.c.grade.is_not(None))
        .order_by(w.feed.c.n)
    )
    for part in some(sorted(outlets)):
        for row in session.execute(came.where(w.entry.c.report.in_(part))):
            yield Known(
                name=outlets[row.report] or "", reliability=row.grade, by=f"feed {row.name}",
                reports=frozenset({row.report}), note=f"as the feed {row.name}",
            )  # fmt: skip


def reports_by(session: Session, address: str) -> list[str]:
    """The reports that came by a feed."""
    query = (
        select(w.entry.c.report)
        .join(w.feed, w.feed.c.n == w.entry.c.feed)
        .where(w.feed.c.address == address, w.entry.c.report.is_not(None))
    )
    return sorted(set(session.scalars(query)))


def known_of(made: Judgement) -> Known:
    """A judgement as a line of the table. Raises InputError where its field or value is none."""
    field = _FIELD.fullmatch(made.field or "")
    value = _VALUE.fullmatch(str(made.value))
    if field is None:
        right = "outlet:NAME or source:NAME"
        raise InputError(f"cannot grade {made.field!r}", where="judgement grade", right=right)
    if value is None:
        right = "A to F, or with 1 to 6 as B2"
        raise InputError(f"no such grade {made.value!r}", where="judgement grade", right=right)
    named = frozenset(a.report for a in made.events)
    return Known(
        name=field[2],
        reliability=value[1],
        credibility=int(value[2]) if value[2] and named else None,
        reports=named,
        by=made.author,
        note=made.reason,
    )


def reports_graded(session: Session, made: Judgement) -> set[str]:
    """The reports whose accounts a grade changes."""
    known = known_of(made)
    return set(known.reports) or reports_telling(session, [known])


def reports_telling(session: Session, about: Iterable[Known]) -> set[str]:
    """The reports that these names speak in: as outlet, as agency or as a source."""
    names = {plain(known.name) for known in about}
    found: set[str] = set()
    for column, report in (
        (t.report.c.outlet, t.report.c.id),
        (t.report.c.agency, t.report.c.id),
        (t.claim.c.source, t.claim.c.report),
    ):
        written = session.scalars(select(column).where(column.is_not(None)).distinct())
        for part in some(name for name in written if names.intersection(names_of(name))):
            found.update(session.scalars(select(report).where(column.in_(part))))
    return found
