"""`watchfloor merge`: coded reports in, merged incidents out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import typer

from watchfloor.errors import InputError
from watchfloor.grade import TABLE, graded, read_table
from watchfloor.jsonlines import json_line
from watchfloor.merge import across
from watchfloor.records import CodedReport
from watchfloor.settings import Settings


def merge(
    inputs: Annotated[list[str], typer.Argument(help="coded reports as JSON lines; - for stdin")],
    format: Annotated[str, typer.Option(help="jsonl or table")] = "jsonl",
) -> None:
    """Join the incidents of coded reports: one happening, however many tell of it."""
    table = read_table(Settings.from_environment().home / TABLE)
    for incident in (graded(found, table) for found in across(read_coded(inputs))):
        if format == "jsonl":
            sys.stdout.buffer.write(json_line(incident) + b"\n")
        else:
            place = incident.place.name if incident.place else "-"
            day = (incident.when.from_ if incident.when else None) or "-"
            typer.echo(
                f"{incident.incident}  {incident.type:10}  {incident.status:9}  {day:10}  "
                f"{place:24}  {len(incident.reports)} reports  {' '.join(incident.differs)}"
            )


def read_coded(inputs: Iterable[str]) -> Iterator[CodedReport]:
    """Coded reports from files of JSON lines, `-` being standard input.

    Raises `InputError` with file and line where one is not a coded report.
    """
    decoder = msgspec.json.Decoder(CodedReport)
    for name in inputs:
        with sys.stdin.buffer if name == "-" else _opened(name) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        yield decoder.decode(line)
                    except msgspec.DecodeError as error:
                        where = f"{'standard input' if name == '-' else name}, line {number}"
                        right = "one coded report a line, as `watchfloor code` prints them"
                        raise InputError(str(error), where=where, right=right) from error


def _opened(name: str) -> BinaryIO:
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=name) from error
