"""`watchfloor ingest`: code reports and keep them in the record."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated

import typer
from msgspec.structs import replace

from watchfloor.cli.progress import with_bar
from watchfloor.flow import CODER, REPORTS_AT_ONCE
from watchfloor.grade import TABLE, read_table
from watchfloor.jsonlines import json_line
from watchfloor.live.keep import coded_arrivals
from watchfloor.read import Received, count, receive
from watchfloor.settings import Settings
from watchfloor.store import Database, Outcome, hold_table, known_reports, put

Store = Annotated[str | None, typer.Option("--store", help="the record: a file or a URL")]


def ingest(
    inputs: Annotated[list[str], typer.Argument(help="files, folders, addresses; - for stdin")],
    store: Store = None,
    marking: Annotated[str, typer.Option(help="TLP 2.0 label of these reports")] = "CLEAR",
    allow_private: Annotated[bool, typer.Option(help="fetch from private addresses too")] = False,
) -> None:
    """Code reports and keep them, once each; what is there already changes nothing.

    Piped, one JSON line a report is printed as soon as it is kept for good.
    """
    settings = replace(Settings.from_environment(), allow_private=allow_private)
    database = opened(store)
    counted: Counter[str] = Counter()
    told = not sys.stdout.isatty()
    waiting = _with_failures(with_bar(receive(inputs, settings), count(inputs), "ingest"), counted)
    while some := list(islice(waiting, REPORTS_AT_ONCE)):
        for report, outcome in keep(database, some, settings, marking):
            counted[outcome] += 1
            if told:
                sys.stdout.buffer.write(json_line({"report": report, "outcome": outcome}) + b"\n")
        sys.stdout.flush()
    kinds = ", ".join(f"{counted[kind]} {kind}" for kind in (*Outcome, "failed") if counted[kind])
    print(f"watchfloor: {kinds or 'nothing to read'}", file=sys.stderr)
    if counted["failed"]:
        raise typer.Exit(1)


def opened(store: str | None) -> Database:
    """The record that a command speaks of, with the desk's table of grades as its file has it."""
    settings = Settings.from_environment()
    database = Database(store or settings.record)
    path = settings.home / TABLE
    if path.is_file():
        hold_table(database, read_table(path), datetime.now(UTC))
    return database


def keep(
    database: Database, some: list[Received], settings: Settings, marking: str = "CLEAR"
) -> list[tuple[str, Outcome]]:
    """Code what the record does not have yet and keep it; what became of each, in order."""
    with database.reading() as session:
        known = known_reports(session, (r.report for r in some), CODER)
    fresh = [r for r in some if r.report.id not in known]
    arrivals = coded_arrivals(fresh, settings, datetime.now(UTC), marking)
    with database.writing() as session:
        outcomes = list(put(session, arrivals).outcomes) if arrivals else []
    return [(report, Outcome.UNCHANGED) for report in sorted(known)] + outcomes


def _with_failures(waiting: Iterable[Received], counted: Counter[str]) -> Iterator[Received]:
    """What can be kept; what failed is told and counted."""
    for received in waiting:
        if received.failed:
            counted["failed"] += 1
            print(f"watchfloor: {'; '.join(received.problems)}", file=sys.stderr)
        else:
            yield received
