"""Ask the record: incidents by time, place, kind and words; reports by full text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, literal_column, or_, select, text

from watchfloor.errors import InputError
from watchfloor.geometry import distance_km
from watchfloor.merge import MergedIncident
from watchfloor.records import Area, CodedReport, Record, Report
from watchfloor.store import tables as t
from watchfloor.store.database import Session
from watchfloor.store.memory import some
from watchfloor.store.space import may_lie

#: Incidents read at a time where all are asked for.
WHOLE_PAGE = 1000


class Filter(Record, frozen=True, kw_only=True):
    """Which incidents. None and empty mean any.

    `first` to `last`: days in which they may have happened. `words`: in their reports. `within`
    is (lat, lon, km). `background`: history too. `actor`: part of an actor's name. `markings`:
    TLP labels that incidents may bear.
    """

    first: date | None = None
    last: date | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    place: str | None = None
    actor: str | None = None
    words: str | None = None
    within: tuple[float, float, float] | None = None
    updated_since: datetime | None = None
    min_sources: int = 1
    background: bool = False
    markings: tuple[str, ...] = ()


class Row(Record, frozen=True, kw_only=True):
    """An incident as the record holds it. `distance_km` is set where `within` asked for it."""

    n: int
    id: str
    first_at: datetime
    updated_at: datetime
    marking: str
    gone_into: str | None
    incident: MergedIncident
    distance_km: float | None = None


#: Code points of a text that tell how it begins.
BEGINS = 160
#: What the index puts around words it found: characters (Unicode's private use) of no text.
_ON, _OFF = "\ue000", "\ue001"
_AROUND = re.compile(f"{_ON}(.*?){_OFF}", re.DOTALL)


class Hit(Record, frozen=True, kw_only=True):
    """A report that a search found: how its text begins, an excerpt, and in `marks` the code points
    of the excerpt (start, end) at which the words stand.
    """

    n: int
    id: str
    title: str | None
    published: str | None
    outlet: str | None
    begins: str
    excerpt: str
    marks: tuple[tuple[int, int], ...] = ()


class Narrow(Record, frozen=True, kw_only=True):
    """Which reports: of an outlet, published from `first` to `last`; None means any."""

    outlet: str | None = None
    first: date | None = None
    last: date | None = None


class StoredReport(Record, frozen=True, kw_only=True):
    """A report with what was found in it and how it came."""

    coded: CodedReport
    revision: int
    received_at: datetime
    coder: str
    marking: str


def find_incidents(
    session: Session, wanted: Filter, before: int | None = None, limit: int | None = 100
) -> list[Row]:
    """Incidents, the newest in the record first; `before` is the `n` of the last one seen."""
    kept: list[Row] = []
    for row in _newest_first(session, wanted, before, limit or WHOLE_PAGE):
        kept.append(row)
        if len(kept) == limit:
            break
    return kept


def stream_incidents(session: Session, wanted: Filter, at_once: int = 1000) -> Iterator[Row]:
    """All that match, read a few at a time, the newest in the record first."""
    return _newest_first(session, wanted, None, at_once)


def _newest_first(
    session: Session, wanted: Filter, before: int | None, at_once: int
) -> Iterator[Row]:
    """Page by page from `before` on, so that memory holds one page whatever is asked for."""
    query = matching(session, wanted).order_by(t.incident.c.n.desc()).limit(at_once)
    while True:
        page = query if before is None else query.where(t.incident.c.n < before)
        rows = [_row(row) for row in session.execute(page)]
        for row in rows:
            found = row if wanted.within is None else near(row, wanted.within)
            if found is not None:
                yield found
        if len(rows) < at_once:
            return
        before = rows[-1].n


def matching(session: Session, wanted: Filter) -> Select[Any]:
    """The query for a filter; `within` only as a box, to be checked by `near`."""
    i = t.incident.c
    query = select(t.incident).where(i.gone_into.is_(None))
    if not wanted.background:
        query = query.where(i.background.is_(False))
    if wanted.first:
        query = query.where(or_(i.day_to >= wanted.first, i.day_to.is_(None)))
    if wanted.last:
        query = query.where(or_(i.day_from <= wanted.last, i.day_from.is_(None)))
    for column, values in (
        (i.type, wanted.types), (i.status, wanted.statuses), (i.country, wanted.countries),
        (i.marking, wanted.markings),
    ):  # fmt: skip
        if values:
            query = query.where(column.in_(values))
    if wanted.place:
        query = query.where(func.lower(i.place).contains(wanted.place.lower(), autoescape=True))
    if wanted.updated_since:
        query = query.where(i.updated_at > wanted.updated_since)
    if wanted.min_sources > 1:
        query = query.where(i.sources >= wanted.min_sources)
    if wanted.actor:
        named = func.lower(t.party.c.name).contains(wanted.actor.lower(), autoescape=True)
        said = func.lower(t.party.c.text).contains(wanted.actor.lower(), autoescape=True)
        joined = t.event.join(
            t.party,
            and_(t.event.c.report == t.party.c.report, t.event.c.id == t.party.c.event),
        )
        events = select(t.event.c.incident).select_from(joined).where(or_(named, said))
        query = query.where(i.id.in_(events))
    if wanted.words:
        reports = select(t.report.c.id).where(has_words(session, wanted.words))
        query = query.where(
            i.id.in_(select(t.event.c.incident).where(t.event.c.report.in_(reports)))
        )
    if wanted.within:
        query = query.where(may_lie(session, wanted.within, wanted.first, wanted.last))
    return query


def near(row: Row, within: tuple[float, float, float]) -> Row | None:
    """The row with its distance, None where it lies farther off; an area counts from its edge."""
    lat, lon, km = within
    spot = row.incident.place
    if spot is None or spot.lat is None or spot.lon is None:
        return None
    gap = distance_km((lat, lon), (spot.lat, spot.lon))
    if gap - (spot.radius_km if spot.area else 0.0) > km:
        return None
    return msgspec.structs.replace(row, distance_km=gap)


def incident_of(session: Session, id: str) -> Row | None:
    """An incident by its id, or the one that took it over; None where there is none."""
    for _ in range(20):
        found = session.execute(select(t.incident).where(t.incident.c.id == id)).one_or_none()
        if found is None:
            return None
        if not found.gone_into:
            return _row(found)
        id = found.gone_into
    return None


def incidents_of(session: Session, ids: Collection[str]) -> dict[str, Row]:
    """The same of many, by the ids asked for; none for those that there are not."""
    held = [
        row for part in some(ids)
        for row in session.execute(select(t.incident).where(t.incident.c.id.in_(part)))
    ]  # fmt: skip
    found = ((row.id, incident_of(session, row.id) if row.gone_into else _row(row)) for row in held)
    return {id: row for id, row in found if row is not None}


def coded_of(session: Session, ids: Iterable[str]) -> dict[str, CodedReport]:
    """Reports as they were coded, by their ids; none for those that there are not."""
    r, decoder = t.report.c, msgspec.json.Decoder(CodedReport)
    return {
        row.id: decoder.decode(row.coded)
        for part in some(ids, 500)
        for row in session.execute(select(r.id, r.coded).where(r.id.in_(part)))
    }


def history_of(session: Session, id: str) -> list[tuple[datetime, dict[str, Any]]]:
    """What the record held of an incident, the oldest first."""
    query = select(t.history.c.at, t.history.c.doc).where(t.history.c.incident == id)
    rows = session.execute(query.order_by(t.history.c.n))
    return [(at, msgspec.json.decode(doc)) for at, doc in rows]


def report_of(session: Session, id: str) -> StoredReport | None:
    """A report by its id, None where there is none."""
    row = session.execute(select(t.report).where(t.report.c.id == id)).one_or_none()
    if row is None:
        return None
    return StoredReport(
        coded=msgspec.json.decode(row.coded, type=CodedReport),
        revision=row.revision, received_at=row.received_at, coder=row.coder, marking=row.marking,
    )  # fmt: skip


def find_reports(
    session: Session,
    words: str,
    before: int | None = None,
    limit: int = 50,
    narrow: Narrow | None = None,
) -> list[Hit]:
    """Reports in which all these words stand, the newest in the record first.

    Words in double quotes stand together. Raises InputError where the search says nothing.
    """
    r = t.report.c
    excerpt = (
        literal_column(f"snippet(report_words, -1, '{_ON}', '{_OFF}', ' … ', 24)")
        if session.dialect.name == "sqlite"
        else func.ts_headline(
            "english",
            r.text,
            func.websearch_to_tsquery("english", words),
            f"StartSel={_ON}, StopSel={_OFF}, MaxWords=30, MinWords=12",
        )
    )
    begins = func.substr(r.text, 1, BEGINS).label("begins")
    query = select(r.n, r.id, r.title, r.published, r.outlet, begins, excerpt.label("excerpt"))
    if session.dialect.name == "sqlite":
        matches = text("report_words MATCH :words").bindparams(words=_fts(words))
        query = query.select_from(
            t.report.join(text("report_words"), text("report_words.rowid = report.n"))
        ).where(matches)
    else:
        query = query.where(has_words(session, words))
    # the words' own index gives rows in order, so that no excerpt is cut of a row that is not shown
    n = literal_column("report_words.rowid") if session.dialect.name == "sqlite" else r.n
    if before is not None:
        query = query.where(n < before)
    if narrow is not None:
        query = _narrowed(query, narrow)
    rows = session.execute(query.order_by(n.desc()).limit(limit))
    return [_hit(row) for row in rows]


def _hit(row: Any) -> Hit:
    """A row as a hit, what the index put around the words taken out of its excerpt."""
    excerpt, marks = "", list[tuple[int, int]]()
    for n, piece in enumerate(_AROUND.split(row.excerpt)):
        if n % 2:
            marks.append((len(excerpt), len(excerpt) + len(piece)))
        excerpt += piece
    return Hit(**{**row._mapping, "excerpt": excerpt, "marks": tuple(marks)})


def _narrowed(query: Select[Any], narrow: Narrow) -> Select[Any]:
    r = t.report.c
    if narrow.outlet:
        query = query.where(func.lower(r.outlet).contains(narrow.outlet.lower(), autoescape=True))
    if narrow.first:
        query = query.where(r.published_at >= datetime.combine(narrow.first, time(), UTC))
    if narrow.last:
        after = datetime.combine(narrow.last + timedelta(days=1), time(), UTC)
        query = query.where(r.published_at < after)
    return query


def has_words(session: Session, words: str) -> Any:
    """The condition that all these words stand in a report."""
    if session.dialect.name == "sqlite":
        found = text("report.n IN (SELECT rowid FROM report_words WHERE report_words MATCH :words)")
        return found.bindparams(words=_fts(words))
    _fts(words)
    return text("report.words @@ websearch_to_tsquery('english', :words)").bindparams(words=words)


def _fts(words: str) -> str:
    """The search in FTS5's own grammar, every word quoted so that none is an operator."""
    parts: Sequence[str] = words.split('"')
    terms = [
        f'"{term}"'
        for n, part in enumerate(parts)
        for term in ([part.strip()] if n % 2 else part.split())
        if any(c.isalnum() for c in term)
    ]
    if not terms:
        raise InputError("nothing to search for", where="words", right="at least one word")
    return " ".join(terms)


def _row(row: Any) -> Row:
    return Row(
        n=row.n, id=row.id, first_at=row.first_at, updated_at=row.updated_at, marking=row.marking,
        gone_into=row.gone_into, incident=msgspec.json.decode(row.doc, type=MergedIncident),
    )  # fmt: skip


def count_all(session: Session) -> dict[str, int]:
    """How many of each the record holds."""
    live = t.incident.c.gone_into.is_(None)
    counted = {
        name: session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in (
            ("reports", t.report), ("revisions", t.revision), ("events", t.event),
            ("claims", t.claim), ("judgements", t.judgement), ("commitments", t.commitment),
        )
    }  # fmt: skip
    counted["incidents"] = (
        session.scalar(select(func.count()).select_from(t.incident).where(live)) or 0
    )
    return counted


class _Drawn(msgspec.Struct):
    areas: tuple[Area, ...] = ()


class _Kept(msgspec.Struct):
    """Of a coded report what no column holds."""

    report: _Drawn


def outdated(session: Session, coder: str, limit: int | None = None) -> list[Report]:
    """Reports that another coder than this coded, the oldest in the record first."""
    r = t.report.c
    rows = session.execute(
        select(r.id, r.text, r.title, r.published, r.outlet, r.url, r.language, r.coded)
        .where(r.coder != coder)
        .order_by(r.n)
        .limit(limit)
    )
    found = [dict(row._mapping) for row in rows]
    kept = [msgspec.json.decode(row.pop("coded"), type=_Kept).report.areas for row in found]
    return [Report(**row, areas=areas) for row, areas in zip(found, kept, strict=True)]


def count_outdated(session: Session, coder: str) -> int:
    """How many reports another coder than this coded."""
    query = select(func.count()).select_from(t.report).where(t.report.c.coder != coder)
    return session.scalar(query) or 0
