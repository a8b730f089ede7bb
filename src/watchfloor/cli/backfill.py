"""`watchfloor backfill`: a corpus in, tables of reports, events, claims and incidents out."""

from __future__ import annotations

import os
import sys
import time
from typing import Annotated

import typer
from msgspec.structs import replace
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from watchfloor.scale import Manifest, Options, Step, Storage
from watchfloor.scale import backfill as run
from watchfloor.settings import Settings

#: Seconds between lines where standard error is no terminal.
EVERY_S = 30.0
NO_PAGE = "none, bokeh is not installed (pip install 'watchfloor[dashboard]')"


def backfill(
    inputs: Annotated[list[str], typer.Argument(help="folders, files, globs, .list; s3:// too")],
    out: Annotated[str, typer.Option(help="a folder, or s3://BUCKET/PATH")],
    scheduler: Annotated[str | None, typer.Option(help="of Dask, as tcp://HOST:8786")] = None,
    workers: Annotated[int, typer.Option(min=1, help="without --scheduler")] = os.cpu_count() or 1,
    texts: Annotated[bool, typer.Option(help="keep the reports' texts in the tables")] = False,
    merge: Annotated[bool, typer.Option(help="join incidents across partitions")] = True,
    learned: Annotated[bool, typer.Option(help="use the learned reader")] = True,
    stretch_mb: Annotated[int, typer.Option(min=1, help="larger files are cut at this")] = 64,
    patience: Annotated[float, typer.Option(help="seconds that 16 reports may take")] = 600.0,
    debug: Annotated[bool, typer.Option(help="show tracebacks")] = False,
) -> None:
    """Code a corpus into Parquet on all cores, or on a Dask cluster; run again, it goes on.

    Reads WARC, JSON lines (.gz, .zst) and Parquet. The exit status is 1 where a partition failed;
    reports that could not be coded are in the table of problems.
    """
    settings = replace(Settings.from_environment(), learned=learned, debug=debug)
    options = Options(
        inputs=tuple(inputs), out=out, settings=settings, storage=Storage.from_environment(),
        scheduler=scheduler, workers=workers, texts=texts, merge=merge,
        stretch=stretch_mb * 1_000_000, patience_s=patience,
    )  # fmt: skip
    with _Teller() as teller:
        made, step = run(options, teller.tell)
    _sum_up(made, step)
    if step.faults:
        raise typer.Exit(1)


class _Teller:
    """A bar on a terminal, else a line now and then."""

    def __init__(self) -> None:
        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[said]}"),
        )  # fmt: skip
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("code", said="")
        self._last: float | None = None

    def __enter__(self) -> _Teller:
        if sys.stderr.isatty():
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def tell(self, step: Step) -> None:
        """Show how far it is; the first time also where the cluster's own page is."""
        said = line(step)
        if self._last is None:
            self._last = 0.0
            self._bar.console.print(
                f"watchfloor: Dask's page of this run: {step.page or NO_PAGE}",
                highlight=False, markup=False, soft_wrap=True,
            )  # fmt: skip
        self._bar.update(
            self._task, description=step.stage, completed=step.done, total=step.total, said=said
        )
        if not sys.stderr.isatty() and time.monotonic() - self._last > EVERY_S:
            self._last = time.monotonic()
            print(f"{step.stage}: {step.done} of {step.total} parts, {said}", file=sys.stderr)


def line(step: Step) -> str:
    """How far a backfill is, in a line."""
    said = [f"{step.reports} reports, {step.events} events, {step.rate:.1f} reports/s"]
    if step.stage == "code" and step.left_s is not None:
        hours, rest = divmod(round(step.left_s), 3600)
        said.append(f"{hours}:{rest // 60:02}:{rest % 60:02} left")
    if step.lost:
        said.append(f"{step.lost} set aside")
    if step.faults:
        said.append(f"{len(step.faults)} failed")
    return ", ".join(said)


def _sum_up(made: Manifest, step: Step) -> None:
    for where, what in step.faults.items():
        print(f"watchfloor: {where}: {what}", file=sys.stderr)
    print(
        f"watchfloor: {made.parts} parts, {made.reports} reports, {made.coded} coded, "
        f"{made.events} events, {made.claims} claims, {made.incidents} incidents, "
        f"{made.lost} set aside ({step.done} of {step.total} steps, {step.before} parts from "
        "before)",
        file=sys.stderr,
    )
    if step.faults:
        print("watchfloor: run the same command again to try what failed", file=sys.stderr)
