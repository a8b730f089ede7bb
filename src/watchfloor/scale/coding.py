"""The task of one partition: read it, code it, write its tables, mark it.

Runs on any worker, any number of times: it writes the same files under the same names.
"""

from __future__ import annotations

import faulthandler
import time
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from watchfloor.flow import FAULT, REPORTS_AT_ONCE, code_reports
from watchfloor.garbage import collect_seldom
from watchfloor.merge import looks_in, nodes_of, print_of, stands_in
from watchfloor.read import Received
from watchfloor.records import CodedReport, Record
from watchfloor.scale.intake import reports_in
from watchfloor.scale.manifest import Done, mark
from watchfloor.scale.parts import Part
from watchfloor.scale.storage import Folder, Storage
from watchfloor.scale.tables import Rows, detail, report_row, write_table
from watchfloor.settings import Settings

#: Days in a bucket of merging: long enough that most nodes are in one or two.
BUCKET_DAYS = 7
TABLES = ("reports", "events", "claims", "problems", "nodes")


class Task(Record, frozen=True, kw_only=True):
    """What a worker is told. `careful` leaves a trail, report by report, of a partition on which
    workers have died. `patience_s`: a batch that takes longer ends its worker, seconds.
    """

    part: Part
    out: str
    storage: Storage
    settings: Settings
    texts: bool = False
    careful: bool = False
    patience_s: float = 600.0


class Trail(Record, frozen=True, kw_only=True):
    """Which report a careful worker was at, by its number, and those that killed one before."""

    at: int | None = None
    deadly: tuple[int, ...] = ()


def code_part(task: Task) -> Done:
    """Code one partition; its mark, as it is written."""
    collect_seldom()
    began = time.process_time()
    folder = Folder(task.out, task.storage)
    rows: dict[str, Rows] = {table: [] for table in TABLES}
    part = task.part.name
    coded_count = 0
    for received, coded in _coded(task, folder):
        rows["reports"].append(report_row(part, received.report, coded, task.texts))
        problems = (*received.problems, *(coded.problems if coded else ()))
        lost = received.failed or (received.coded and coded is None)
        lost = lost or any(p.startswith(FAULT) for p in problems)
        rows["problems"] += [
            {"part": part, "report": received.report.id, "problem": problem, "lost": lost,
             "origin": received.report.url or task.part.address}
            for problem in problems
        ]  # fmt: skip
        if coded is not None:
            coded_count += 1
            events, claims = detail(part, coded)
            rows["events"] += events
            rows["claims"] += claims
            rows["nodes"] += _nodes(part, coded)
    rows["nodes"].sort(key=lambda r: (r["bucket"], r["report"], r["event"]))
    for table in TABLES:
        write_table(folder, table, f"{table}/{part}.parquet", rows[table])
    buckets: dict[str, int] = {}
    for row in rows["nodes"]:
        buckets[row["bucket"]] = buckets.get(row["bucket"], 0) + 1
    done = Done(
        part=task.part, reports=len(rows["reports"]), coded=coded_count,
        events=len(rows["events"]), claims=len(rows["claims"]), problems=len(rows["problems"]),
        lost=len({r["report"] for r in rows["problems"] if r["lost"]}),
        seconds=round(time.process_time() - began, 3), buckets=buckets,
    )  # fmt: skip
    mark(folder, done)
    return done


def _coded(task: Task, folder: Folder) -> Iterator[tuple[Received, CodedReport | None]]:
    """Every report with what was found in it, None where it was not coded."""
    read = reports_in(task.part, task.storage, task.settings)
    waiting = enumerate(_once(read))
    trail = _trail(task, folder) if task.careful else Trail()
    size = 1 if task.careful else REPORTS_AT_ONCE
    while some := list(islice(waiting, size)):
        if task.careful:
            number, received = some[0]
            if number in trail.deadly:
                yield _set_aside(received, "the worker ended while it was being coded"), None
                continue
            if received.coded:
                trail = msgspec.structs.replace(trail, at=number)
                folder.write(f"trail/{task.part.name}.json", msgspec.json.encode(trail))
        faulthandler.dump_traceback_later(task.patience_s, exit=True)
        try:
            yield from _batch([received for _, received in some], task.settings)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _once(read: Iterable[Received]) -> Iterator[Received]:
    """The reports, each coded once; one whose id was there before is said to be a repeat."""
    seen: set[str] = set()
    for received in read:
        id = received.report.id
        if id in seen and received.coded:
            problem = f"not coded: {id} is the id of an earlier report of this partition"
            yield msgspec.structs.replace(
                received, coded=False, problems=(*received.problems, problem)
            )
        else:
            yield received
        seen.add(id)


def _trail(task: Task, folder: Folder) -> Trail:
    """The trail of the worker before, the report that it was at among the deadly ones."""
    data = folder.read(f"trail/{task.part.name}.json")
    left = msgspec.json.decode(data, type=Trail) if data else Trail()
    deadly = left.deadly if left.at is None else (*left.deadly, left.at)
    return Trail(deadly=deadly)


def _batch(some: list[Received], settings: Settings) -> list[tuple[Received, CodedReport | None]]:
    """Some reports coded together; one by one where one of them spoils it for all."""
    good = [r.report for r in some if r.coded]
    try:
        done = iter(list(code_reports(good, settings)))
        return [(r, next(done) if r.coded else None) for r in some]
    except Exception as fault:
        if len(some) > 1:
            return [pair for received in some for pair in _batch([received], settings)]
        return [(_set_aside(some[0], f"{type(fault).__name__}: {fault}"), None)]


def _set_aside(received: Received, why: str) -> Received:
    problems = (*received.problems, f"{FAULT}: {why}")
    return msgspec.structs.replace(received, problems=problems, coded=False, failed=True)


def _nodes(part: str, coded: CodedReport) -> Rows:
    """What merging needs of a report: a row for each node and bucket that it is in."""
    print_ = None
    rows: Rows = []
    for node in nodes_of(coded):
        print_ = print_ or print_of(coded.report.text)
        buckets = sorted({
            f"{kind}/{'undated' if day is None else day // BUCKET_DAYS}"
            for kind, day, *_ in stands_in(node) | looks_in(node)
        })  # fmt: skip
        report, event = node.key
        rows += [
            {"part": part, "report": report, "event": event, "bucket": bucket, "print": print_,
             "buckets": buckets, "node": msgspec.msgpack.encode(node)}
            for bucket in buckets or [f"alone/{part}"]
        ]  # fmt: skip
    return rows
