"""How coded reports are written: table, JSON lines, JSON, CSV; into a file all or nothing."""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from rich.console import Console

from watchfloor.cells import safe_cell
from watchfloor.cli.accounts import show_accounts
from watchfloor.cli.telling import facts, show
from watchfloor.errors import InputError
from watchfloor.goldstein import goldstein
from watchfloor.jsonlines import json_line
from watchfloor.records import CodedReport, Event
from watchfloor.what import Note

FORMATS = ("table", "jsonl", "json", "csv")
VIEWS = ("events", "accounts")
COLUMNS = (
    "report published outlet event type mode cameo goldstein status background trigger actor "
    "recipient victim target instrument place country lat lon from to killed injured abducted "
    "arrested word sentence"
).split()


class Writer:
    """Writes coded reports in one format; `close` ends what the format needs ended."""

    def __init__(self, format: str, stream: TextIO, view: str = "events") -> None:
        self.format, self.stream, self.view = format, stream, view
        self.console = Console(file=stream)
        self.written = 0
        self.rows = csv.DictWriter(stream, COLUMNS)
        if format == "csv":
            self.rows.writeheader()

    def write(self, coded: CodedReport) -> None:
        """Write one coded report."""
        if self.format == "table":
            tell = show_accounts if self.view == "accounts" else show
            tell(self.console, coded)
        elif self.format == "csv":
            self.rows.writerows(_row(coded, event) for event in coded.events)
        else:
            if self.format == "json":
                self.stream.write("[" if not self.written else ",\n")
            self.stream.write(json_line(coded).decode())
            if self.format == "jsonl":
                self.stream.write("\n")
        self.written += 1

    def explain(self, notes: Sequence[Note]) -> None:
        """Say of each sentence why it was coded or not: beside a table, else on standard error."""
        console = self.console if self.format == "table" else Console(stderr=True)
        for note in notes:
            text = " ".join(note.text.split())
            console.print(f"{note.outcome}: {note.rule}: {text}", markup=False, style="dim")

    def close(self) -> None:
        """Write what ends the file."""
        if self.format == "json":
            self.stream.write("]\n" if self.written else "[]\n")
        self.stream.flush()


@contextmanager
def opened(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that takes its place only when all of it is written."""
    if out is None:
        yield sys.stdout
        return
    with opened_bytes(out) as stream, TextIOWrapper(stream, "utf-8", newline="") as text:
        yield text


@contextmanager
def opened_bytes(out: Path | None) -> Iterator[BinaryIO]:
    """The same for bytes."""
    if out is None:
        yield sys.stdout.buffer
        return
    try:
        handle, scratch = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise InputError(error.strerror or "cannot be written", where=str(out)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        Path(scratch).replace(out)
    finally:
        Path(scratch).unlink(missing_ok=True)


def _row(coded: CodedReport, event: Event) -> dict[str, object]:
    place = next((p for p in coded.places if event.place and p.id == event.place.place), None)
    text = coded.report.text[event.sentence.start : event.sentence.end]
    row: dict[str, object] = {
        "report": coded.report.id, "published": coded.report.published,
        "outlet": coded.report.outlet, "event": event.id, "type": event.type, "mode": event.mode,
        "cameo": event.cameo, "goldstein": goldstein(event.cameo),
        "status": event.status, "background": event.background,
        "trigger": event.trigger.text, "place": place.name if place else None,
        "country": place.country if place else None, "lat": place.lat if place else None,
        "lon": place.lon if place else None, "from": event.when.from_ if event.when else None,
        "to": event.when.to if event.when else None,
        "word": facts(coded, event).get("word"), "sentence": " ".join(text.split()),
    }  # fmt: skip
    for role in ("actor", "recipient", "victim", "target", "instrument"):
        row[role] = "; ".join(p.text for p in event.participants if p.role == role) or None
    for name in ("killed", "injured", "abducted", "arrested"):
        count = getattr(event.harm, name)
        row[name] = count.in_words() if count is not None else None
    return {key: safe_cell(value) for key, value in row.items()}
