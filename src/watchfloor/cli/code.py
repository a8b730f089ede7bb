"""`watchfloor code`: reports in, coded reports out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from watchfloor.cli.output import FORMATS, VIEWS, Writer, opened
from watchfloor.errors import SettingsError
from watchfloor.flow import FAULT, REPORTS_AT_ONCE, code_reports, explain_report
from watchfloor.read import Received, count, receive
from watchfloor.records import CodedReport
from watchfloor.settings import Settings

#: A bar is shown where the work takes longer than this.
PATIENCE_S = 2.0


def code(
    inputs: Annotated[list[str], typer.Argument(help="files, folders, addresses; - for stdin")],
    format: Annotated[str | None, typer.Option(help=f"one of {', '.join(FORMATS)}")] = None,
    out: Annotated[Path | None, typer.Option(help="write here, all of it or nothing")] = None,
    view: Annotated[str, typer.Option(help=f"of a table: {' or '.join(VIEWS)}")] = "events",
    explain: Annotated[bool, typer.Option(help="say why each sentence was coded or not")] = False,
    allow_private: Annotated[bool, typer.Option(help="fetch from private addresses too")] = False,
    learned: Annotated[bool, typer.Option(help="use the learned reader")] = True,
    debug: Annotated[bool, typer.Option(help="show tracebacks")] = False,
) -> None:
    """Code reports: who did what to whom, where, when, on whose word.

    On a terminal a readable account, piped JSON lines. The exit status is 1 where something could
    not be read; everything else is coded all the same.
    """
    chosen = format or ("table" if out is None and sys.stdout.isatty() else "jsonl")
    if chosen not in FORMATS:
        raise SettingsError(f"unknown format {chosen!r}", right=f"one of {', '.join(FORMATS)}")
    if view not in VIEWS:
        raise SettingsError(f"unknown view {view!r}", right=f"one of {', '.join(VIEWS)}")
    settings = replace(
        Settings.from_environment(), allow_private=allow_private, learned=learned, debug=debug
    )
    failed = 0
    with opened(out) as stream:
        writer = Writer(chosen, stream, view)
        for received, coded in _with_bar(
            _coded(receive(inputs, settings), settings), count(inputs)
        ):
            if received.failed or any(problem.startswith(FAULT) for problem in coded.problems):
                failed += 1
                print(f"watchfloor: {'; '.join(coded.problems)}", file=sys.stderr)
            if explain and received.coded:
                writer.explain(explain_report(received.report, settings))
            writer.write(coded)
        writer.close()
    if failed:
        raise typer.Exit(1)


def _coded(
    waiting: Iterator[Received], settings: Settings
) -> Iterator[tuple[Received, CodedReport]]:
    """Every input with its coded report, in order; what is not coded has empty lists."""
    while some := list(islice(waiting, REPORTS_AT_ONCE)):
        done = code_reports((r.report for r in some if r.coded), settings)
        for received in some:
            coded = next(done) if received.coded else CodedReport(report=received.report)
            yield received, replace(coded, problems=(*received.problems, *coded.problems))


def _with_bar(
    pairs: Iterable[tuple[Received, CodedReport]], total: int | None
) -> Iterator[tuple[Received, CodedReport]]:
    """The same, with a bar on standard error where it is a terminal and the work takes long."""
    columns = (
        "{task.fields[rate]} reports/s",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    began = time.monotonic()
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("code", total=total, rate="-")
    try:
        for number, pair in enumerate(pairs, 1):
            spent = time.monotonic() - began
            if spent > PATIENCE_S and sys.stderr.isatty():
                progress.start()
            progress.update(task, completed=number, rate=f"{number / max(spent, 0.01):.1f}")
            yield pair
    finally:
        progress.stop()
