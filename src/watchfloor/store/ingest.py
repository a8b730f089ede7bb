"""Take coded reports into the record: once each, whole or not at all, merged as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from hashlib import sha256

import msgspec
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from watchfloor.errors import InputError
from watchfloor.merge import Merger, NodeKey
from watchfloor.records import CodedReport, Record, Report
from watchfloor.store import tables as t
from watchfloor.store.corrections import alone, corrected, without
from watchfloor.store.database import Session
from watchfloor.store.incidents import refresh
from watchfloor.store.judgements import Judged, Judgement, event_at, judgements
from watchfloor.store.ledger import keep_commitments
from watchfloor.store.markings import MARKINGS
from watchfloor.store.memory import some
from watchfloor.store.rows import Rows, detail_rows


class Outcome(StrEnum):
    """What became of an arrival."""

    NEW = "new"
    REVISED = "revised"
    RECODED = "recoded"
    UNCHANGED = "unchanged"


class Arrival(Record, frozen=True, kw_only=True):
    """A coded report to be kept. `raw` are its bytes as received, None where they are its text;
    `coder` names the version that coded it; `marking` is its TLP 2.0 label; a
    revision is never marked more freely than what is kept.
    """

    coded: CodedReport
    received_at: datetime
    raw: bytes | None = None
    coder: str = ""
    marking: str = "CLEAR"


class Put(Record, frozen=True, kw_only=True):
    """What became of arrivals, in their order, and every incident that changed with them."""

    outcomes: tuple[tuple[str, Outcome], ...]
    incidents: tuple[str, ...]


def put(session: Session, arrivals: Sequence[Arrival]) -> Put:
    """Keep reports and merge their incidents with what is there.

    A report that is here already, word for word and by the same coder, changes nothing; one whose
    words changed becomes a revision of it.
    """
    for arrival in arrivals:
        if arrival.marking not in MARKINGS:
            right = f"one of {', '.join(MARKINGS)}"
            raise InputError("no such TLP label", where=arrival.marking, right=right)
    outcomes: list[tuple[str, Outcome]] = []
    taken: dict[str, datetime] = {}
    for arrival in arrivals:
        outcome = _keep(session, arrival)
        outcomes.append((arrival.coded.report.id, outcome))
        if outcome is not Outcome.UNCHANGED:
            taken[arrival.coded.report.id] = arrival.received_at
    at = max(taken.values(), default=None)
    changed = retake(session, taken, at) if at else ()
    return Put(outcomes=tuple(outcomes), incidents=changed)


def known_reports(session: Session, reports: Iterable[Report], coder: str) -> set[str]:
    """The ids of those that the record holds word for word, coded by this coder."""
    digests = {report.id: digest_of(report) for report in reports}
    query = select(t.report.c.id, t.report.c.digest).where(
        t.report.c.id.in_(list(digests)), t.report.c.coder == coder
    )
    return {id for id, digest in session.execute(query) if digests[id] == digest}


def retake(session: Session, reports: Iterable[str], at: datetime) -> tuple[str, ...]:
    """Merge these reports anew, as coded and as judged; the ids of the incidents that changed."""
    memory = Judged(session)
    merger = Merger(memory)
    touched: set[NodeKey] = set()
    left: dict[NodeKey, str] = {}
    laid: list[tuple[CodedReport, list[Judgement]]] = []
    decoder = msgspec.json.Decoder(CodedReport)
    for report, stored in _coded(session, list(reports)):
        touched |= _take_out(session, memory, report, left)
        said = judgements(session, [report]) if report in memory.reports_judged else []
        laid.append((overlay(decoder.decode(stored), said), said))
    _put_details(session, [coded for coded, _ in laid])
    keep_commitments(session, [coded for coded, _ in laid])
    for coded, said in laid:
        touched |= set(merger.add(coded))
        for judged in said:
            if judged.kind == "duplicate":
                names = set(memory.wires(judged.reports).values())
                memory.rename_wire(names, min(names))
    return refresh(session, merger, memory.alive(touched), left, at)


def _coded(session: Session, reports: list[str]) -> Iterator[tuple[str, bytes]]:
    """Reports with what was found in them, in the order given; none for those not there."""
    for part in some(reports, 200):
        query = select(t.report.c.id, t.report.c.coded).where(t.report.c.id.in_(part))
        found = {row.id: row.coded for row in session.execute(query)}
        yield from ((report, found[report]) for report in part if report in found)


def _take_out(
    session: Session, memory: Judged, report: str, left: dict[NodeKey, str]
) -> set[NodeKey]:
    """Take a report's nodes out of the merger's memory; the others that they were paired with."""
    known = memory.of_report(report)
    if known is None:
        return set()
    near = memory.near(known) if known else {}
    held = select(t.node.c.event, t.node.c.incident).where(t.node.c.report == report)
    left.update(((report, e), i) for e, i in session.execute(held) if i)
    memory.drop(report)
    return {other for pairs in near.values() for other in pairs}


def overlay(coded: CodedReport, said: Iterable[Judgement]) -> CodedReport:
    """The coded report as persons have it: corrected, without what is no event."""
    report = coded.report.id
    for judged in said:
        mine = [a for a in judged.events if a.report == report]
        found = [e for a in mine if (e := event_at(coded, a)) is not None]
        if judged.kind == "correct" and judged.field:
            for event in found:
                coded = corrected(coded, event.id, judged.field, judged.value)
        elif judged.kind == "false":
            for event in found:
                coded = without(coded, event.id)
        elif judged.kind in {"split", "move"} and found:
            coded = alone(coded, {e.id for e in found})
    return coded


def digest_of(report: Report) -> str:
    """The hash of what a report says: its title and its text."""
    return sha256(msgspec.json.encode(["report", report.title, report.text])).hexdigest()


def _keep(session: Session, arrival: Arrival) -> Outcome:
    report = arrival.coded.report
    digest = digest_of(report)
    row = session.execute(select(t.report).where(t.report.c.id == report.id)).one_or_none()
    values = {
        "digest": digest,
        "title": report.title,
        "text": report.text,
        "published": report.published,
        "published_at": moment(report.published),
        "outlet": report.outlet,
        "url": report.url,
        "language": report.language,
        "received_at": arrival.received_at,
        "coder": arrival.coder,
        "marking": arrival.marking,
        "blob": _keep_blob(session, arrival.raw or report.text.encode("utf-8", "surrogatepass")),
        "coded": msgspec.json.encode(arrival.coded),
    }
    if row is None:
        session.execute(insert(t.report).values(id=report.id, revision=1, **values))
        return Outcome.NEW
    same = row.digest == digest
    if same and row.coder == arrival.coder:
        return Outcome.UNCHANGED
    here = update(t.report).where(t.report.c.id == report.id)
    if same:
        session.execute(here.values(coder=arrival.coder, coded=values["coded"]))
        return Outcome.RECODED
    old = {
        name: getattr(row, name) for name in ("revision", "digest", "received_at", "blob", "coded")
    }
    session.execute(insert(t.revision).values(report=report.id, **old))
    values["marking"] = max(row.marking, arrival.marking, key=MARKINGS.index)
    session.execute(here.values(revision=row.revision + 1, **values))
    return Outcome.REVISED


def _keep_blob(session: Session, content: bytes) -> str:
    digest = sha256(content).hexdigest()
    make = sqlite.insert if session.dialect.name == "sqlite" else postgresql.insert
    session.execute(make(t.blob).values(digest=digest, content=content).on_conflict_do_nothing())
    return digest


def _put_details(session: Session, many: Sequence[CodedReport]) -> None:
    """Replace the rows that these reports are searched by."""
    ids = [coded.report.id for coded in many]
    rows: dict[Table, Rows] = {}
    for coded in many:
        for table, some_rows in detail_rows(coded).items():
            rows.setdefault(table, []).extend(some_rows)
    for table, found in rows.items():
        session.execute(delete(table).where(table.c.report.in_(ids)))
        if found:
            session.execute(insert(table), found)


def moment(written: str | None) -> datetime | None:
    """An ISO date or time as an aware one, a date being its first minute in UTC; None where
    nothing can be read.
    """
    if not written:
        return None
    try:
        if len(written) <= len("2022-06-15"):
            return datetime.combine(date.fromisoformat(written), time(), UTC)
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
