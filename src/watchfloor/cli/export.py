"""`watchfloor export`: incidents or events out of the record, for other programs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from msgspec import to_builtins
from msgspec.structs import replace

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.cli.output import opened_bytes
from watchfloor.cli.record import Day, chosen
from watchfloor.errors import InputError
from watchfloor.export import FORMATS, Exported, Request
from watchfloor.export import export as write

Many = list[str] | None


def export(
    what: Annotated[str, typer.Argument(help="incidents or events")] = "incidents",
    format: Annotated[str, typer.Option(help=", ".join(FORMATS))] = "csv",
    out: Annotated[Path | None, typer.Option(help="a file, made whole or not at all")] = None,
    store: Store = None,
    first: Day = None,
    last: Day = None,
    type: Annotated[Many, typer.Option(help="ASSAULT, PROTEST, …; repeatable")] = None,
    country: Annotated[Many, typer.Option(help="ISO alpha-3; repeatable")] = None,
    status: Annotated[Many, typer.Option(help="happened, disputed, …; repeatable")] = None,
    place: Annotated[str | None, typer.Option(help="part of the place's name")] = None,
    actor: Annotated[str | None, typer.Option(help="part of an actor's name")] = None,
    near: Annotated[str | None, typer.Option(help="LAT,LON,KM")] = None,
    grade: Annotated[str | None, typer.Option(help="an account at least so good, as C3")] = None,
    marking: Annotated[str, typer.Option(help="the strictest TLP label that leaves")] = "AMBER",
    released_by: Annotated[Many, typer.Option(help="above AMBER: two people")] = None,
    coarse: Annotated[float, typer.Option(help="km: points moved to a grid so wide")] = 0.0,
    names: Annotated[bool, typer.Option(help="keep private persons' names")] = False,
    background: Annotated[bool, typer.Option(help="history too")] = False,
) -> None:
    """Export incidents, or the events they are joined from, to CSV, Parquet, GeoJSON or JSON lines.

    Says on standard error how many rows left and how many incidents their marking held back.
    """
    if format == "parquet" and out is None and sys.stdout.isatty():
        raise InputError("Parquet is no text", where="--format parquet", right="name a file: --out")
    wanted = replace(
        chosen(first, last, type, country, place, actor, near),
        statuses=tuple(status or ()), background=background,
    )  # fmt: skip
    request = Request(
        what=what, format=format, filter=wanted, marking=marking, grade=grade, coarse_km=coarse,
        released_by=tuple(released_by or ()), names=names,
    )  # fmt: skip
    database = opened(store)
    with opened_bytes(out) as stream:
        with database.reading() as session:
            done = write(session, request, stream, datetime.now(UTC))
        with database.writing() as session:
            noted(session, "export", what, to_builtins(done))
    typer.echo(f"watchfloor: {told(done)}", err=True)


def told(done: Exported) -> str:
    """What left, in a line."""
    held = f", {done.held_back} held back by their marking" if done.held_back else ""
    return f"{done.rows} rows of {done.incidents} incidents{held}"
