"""`watchfloor recode`: code the whole record again by the coder at hand."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.cli.progress import with_bar
from watchfloor.flow import CODER, REPORTS_AT_ONCE, code_reports
from watchfloor.jsonlines import json_line
from watchfloor.records import Report
from watchfloor.settings import Settings
from watchfloor.store import (
    Arrival,
    Database,
    changes_since,
    count_outdated,
    outdated,
    put,
    stranded,
)


def recode(store: Store = None) -> None:
    """Code again what an older coder coded; what persons judged is kept and laid over it.

    It can be stopped at any moment and goes on where it was. Piped, each incident that changed is
    a JSON line: what it was and what it is. Judgements that name an event which is no longer found
    are told on standard error; they stay in the record.
    """
    settings, database, began = Settings.from_environment(), opened(store), datetime.now(UTC)
    with database.reading() as session:
        waiting = count_outdated(session, CODER)
    done = 0
    for some in with_bar(_some(database), -(-waiting // REPORTS_AT_ONCE), "recode"):
        now = datetime.now(UTC)
        arrivals = [
            Arrival(coded=c, received_at=now, coder=CODER) for c in code_reports(some, settings)
        ]
        with database.writing() as session:
            put(session, arrivals)
        done += len(some)
    with database.writing() as session:
        noted(session, "recode", CODER, {"reports": done})
    _tell(database, began, done)


def _some(database: Database) -> Iterator[list[Report]]:
    """A few reports at a time that are not coded by this coder yet."""
    while True:
        with database.reading() as session:
            some = outdated(session, CODER, REPORTS_AT_ONCE)
        if not some:
            return
        yield some


def _tell(database: Database, began: datetime, done: int) -> None:
    counted: Counter[str] = Counter()
    told = not sys.stdout.isatty()
    with database.reading() as session:
        for change in changes_since(session, began):
            kinds = ["gone"] if change.gone_into is not None else ["new"] * change.is_new
            counted.update(kinds or change.fields)
            counted["incidents"] += 1
            if told:
                sys.stdout.buffer.write(json_line(change) + b"\n")
        lost = stranded(session)
    sys.stdout.flush()
    changed = counted.pop("incidents", 0)
    fields = ", ".join(f"{n} {name}" for name, n in sorted(counted.items()))
    typer.echo(f"watchfloor: {done} reports coded again, {changed} incidents changed"
               f"{f' ({fields})' if fields else ''}", err=True)  # fmt: skip
    for judged in lost:
        typer.echo(f"watchfloor: {judged.id} ({judged.kind}, {judged.author}) names an event that "
                   "is no longer found", err=True)  # fmt: skip
