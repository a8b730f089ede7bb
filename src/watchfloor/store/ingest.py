"""Take coded reports into the record: once each, whole or not at all, merged as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from watchfloor.errors import InputError
from watchfloor.merge import Merger, NodeKey, agency_of, nodes_of, print_of
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
    outcomes = [done for some in _each_once(arrivals) for done in _keep(session, some)]
    taken = {
        arrival.coded.report.id: arrival.received_at
        for arrival, (_, outcome) in zip(arrivals, outcomes, strict=True)
        if outcome is not Outcome.UNCHANGED
    }
    at = max(taken.values(), default=None)
    changed = retake(session, taken, at) if at else ()
    return Put(outcomes=tuple(outcomes), incidents=changed)


def _each_once(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """The arrivals in their order, parted where a report comes again."""
    some_: dict[str, Arrival] = {}
    for arrival in arrivals:
        id = arrival.coded.report.id
        if id in some_:
            yield list(some_.values())
            some_ = {}
        some_[id] = arrival
    yield list(some_.values())


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
    left: dict[NodeKey, str] = {}
    laid: list[tuple[CodedReport, list[Judgement]]] = []
    decoder = msgspec.json.Decoder(CodedReport)
    stored = dict(_coded(session, list(reports)))
    touched = _take_out(session, memory, stored, left)
    for report, coded in stored.items():
        said = judgements(session, [report]) if report in memory.reports_judged else []
        laid.append((overlay(decoder.decode(coded), said), said))
    _put_details(session, [coded for coded, _ in laid])
    keep_commitments(session, [coded for coded, _ in laid])
    touched |= _take_in(merger, memory, laid)
    return refresh(session, merger, memory.alive(touched), left, at)


def _take_in(
    merger: Merger, memory: Judged, laid: Sequence[tuple[CodedReport, Sequence[Judgement]]]
) -> set[NodeKey]:
    """Merge reports that are not in the merger's memory; the keys of their nodes, and of those
    that are now known for copies of others.
    """
    taken = [(nodes_of(coded), print_of(coded.report.text)) for coded, _ in laid]
    memory.foresee((n for nodes, _ in taken for n in nodes), (print_ for _, print_ in taken))
    touched: set[NodeKey] = set()
    for (coded, said), (nodes, print_) in zip(laid, taken, strict=True):
        touched |= set(merger.take(coded.report.id, nodes, print_))
        for judged in said:
            if judged.kind == "duplicate":
                names = set(memory.wires(judged.reports).values())
                memory.rename_wire(names, min(names))
    memory.flush()
    return touched | memory.rewired()


def _coded(session: Session, reports: list[str]) -> Iterator[tuple[str, bytes]]:
    """Reports with what was found in them, in the order given; none for those not there."""
    for part in some(reports, 200):
        query = select(t.report.c.id, t.report.c.coded).where(t.report.c.id.in_(part))
        found = {row.id: row.coded for row in session.execute(query)}
        yield from ((report, found[report]) for report in part if report in found)


def _take_out(
    session: Session, memory: Judged, reports: Iterable[str], left: dict[NodeKey, str]
) -> set[NodeKey]:
    """Take reports' nodes out of the merger's memory; the others that they were paired with.

    `left` learns the incident that each was in.
    """
    touched: set[NodeKey] = set()
    for report in memory.known(reports):
        known = memory.of_report(report) or ()
        near = memory.near(known)
        held = select(t.node.c.event, t.node.c.incident).where(t.node.c.report == report)
        left.update(((report, e), i) for e, i in session.execute(held) if i)
        memory.drop(report)
        touched |= {other for pairs in near.values() for other in pairs}
    return touched


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
    """The hash of what a report says: its title, its text and the areas that it draws."""
    drawn = [report.areas] if report.areas else []
    return sha256(msgspec.json.encode(["report", report.title, report.text, *drawn])).hexdigest()


def _keep(session: Session, arrivals: Sequence[Arrival]) -> list[tuple[str, Outcome]]:
    """Keep reports, each of which comes once; what became of each."""
    r = t.report.c
    names = ("id", "digest", "coder", "revision", "received_at", "blob", "marking", "coded")
    ids = [arrival.coded.report.id for arrival in arrivals]
    query = select(*(r[name] for name in names)).where(r.id.in_(ids))
    held = {row.id: row for row in session.execute(query)}
    _keep_blobs(session, arrivals)
    outcomes: list[tuple[str, Outcome]] = []
    fresh: Rows = []
    for arrival in arrivals:
        row, values = held.get(arrival.coded.report.id), _columns(arrival)
        if row is None:
            fresh.append({**values, "revision": 1})
            outcomes.append((values["id"], Outcome.NEW))
        else:
            outcomes.append((values["id"], _keep_again(session, row, values)))
    if fresh:
        session.execute(insert(t.report), fresh)
    return outcomes


def _keep_again(session: Session, row: Any, values: dict[str, Any]) -> Outcome:
    """Keep a report that the record holds as `row` already."""
    same = row.digest == values["digest"]
    if same and row.coder == values["coder"]:
        return Outcome.UNCHANGED
    here = update(t.report).where(t.report.c.id == row.id)
    if same:
        names = ("coder", "coded", "agency")
        session.execute(here.values({name: values[name] for name in names}))
        return Outcome.RECODED
    old = {name: getattr(row, name) for name in ("revision", "digest", "received_at", "blob")}
    session.execute(insert(t.revision).values(report=row.id, coded=row.coded, **old))
    marking = max(row.marking, values["marking"], key=MARKINGS.index)
    session.execute(here.values({**values, "marking": marking, "revision": row.revision + 1}))
    return Outcome.REVISED


def _columns(arrival: Arrival) -> dict[str, Any]:
    report = arrival.coded.report
    return {
        "id": report.id, "digest": digest_of(report), "title": report.title, "text": report.text,
        "published": report.published, "published_at": moment(report.published),
        "outlet": report.outlet, "url": report.url, "language": report.language,
        "received_at": arrival.received_at, "coder": arrival.coder, "marking": arrival.marking,
        "blob": sha256(_raw(arrival)).hexdigest(), "agency": agency_of(arrival.coded),
        "coded": msgspec.json.encode(arrival.coded),
    }  # fmt: skip


def _raw(arrival: Arrival) -> bytes:
    """What arrived; the text where it came as text."""
    return arrival.raw or arrival.coded.report.text.encode("utf-8", "surrogatepass")


def _keep_blobs(session: Session, arrivals: Iterable[Arrival]) -> None:
    content = {sha256(raw).hexdigest(): raw for raw in map(_raw, arrivals)}
    make = sqlite.insert if session.dialect.name == "sqlite" else postgresql.insert
    session.execute(
        make(t.blob).on_conflict_do_nothing(),
        [{"digest": digest, "content": raw} for digest, raw in content.items()],
    )


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
