"""`watchfloor code`: reports in, coded reports out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from watchfloor.cli.output import FORMATS, VIEWS, Writer, opened
from watchfloor.cli.progress import with_bar
from watchfloor.errors import SettingsError
from watchfloor.flow import FAULT, REPORTS_AT_ONCE, code_reports, explain_report
from watchfloor.read import Received, count, receive
from watchfloor.records import CodedReport
from watchfloor.settings import Settings


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
        pairs = _coded(receive(inputs, settings), settings)
        for received, coded in with_bar(pairs, count(inputs), "code"):
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
