"""`watchfloor code`: reports in, coded reports out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from watchfloor.flow import code_reports
from watchfloor.records import Report
from watchfloor.settings import Settings


def code(
    inputs: Annotated[list[str], typer.Argument(help="files, folders, URLs; - for standard input")],
    format: Annotated[str, typer.Option(help="table, jsonl, json or csv")] = "jsonl",
    out: Annotated[Path | None, typer.Option(help="write to this file, all or nothing")] = None,
) -> None:
    """Code reports: who did what to whom, where, when, on whose word."""
    lines = (msgspec.json.decode(line, type=Report) for line in sys.stdin.buffer if line.strip())
    for coded in code_reports(lines, Settings.from_environment()):
        sys.stdout.buffer.write(msgspec.json.encode(coded) + b"\n")
