"""`watchfloor deliveries`: who was told what, what waits, and what no channel took."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.errors import InputError
from watchfloor.jsonlines import json_line
from watchfloor.store.deliveries import STATES, Line, try_again
from watchfloor.store.deliveries import deliveries as logged


def deliveries(
    state: Annotated[list[str] | None, typer.Option(help="; ".join(STATES))] = None,
    alert: Annotated[str | None, typer.Option(help="an alert's id")] = None,
    again: Annotated[int | None, typer.Option(help="queue this dead letter anew")] = None,
    again_all: Annotated[bool, typer.Option("--again-all", help="queue all of them anew")] = False,
    limit: Annotated[int, typer.Option(help="at most so many")] = 100,
    store: Store = None,
) -> None:
    """List the tellings of alerts, the newest first. Piped, one JSON line each.

    A telling that its channel never took is a dead letter; it is kept, and told after all where it
    is queued anew and a watch runs.
    """
    unknown = sorted(set(state or ()) - set(STATES))
    if unknown:
        raise InputError(f"no such state {unknown[0]!r}", right=f"one of {', '.join(STATES)}")
    database = opened(store)
    if again is not None or again_all:
        with database.writing() as session:
            queued = try_again(session, datetime.now(UTC), again)
            noted(session, "deliveries again", str(again or "all"), {"queued": queued})
        typer.echo(f"{queued} queued anew")
        return
    with database.reading() as session:
        found = logged(session, state or (), alert, limit)
    for one in found:
        if sys.stdout.isatty():
            typer.echo(_line(one))
        else:
            sys.stdout.buffer.write(json_line(one) + b"\n")
    if not found and sys.stdout.isatty():
        typer.echo("no telling" + (f" is {' or '.join(state)}" if state else " yet"))


def _line(one: Line) -> str:
    when = one.sent_at or one.due_at
    error = f"  {one.error}" if one.error else ""
    return (
        f"{one.n:6} {one.state:8} {when:%Y-%m-%d %H:%M}Z {one.channel:12} {one.what:12} "
        f"{one.alert}.{one.revision}  tries {one.tries}{error}"
    )
