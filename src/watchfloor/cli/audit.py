"""`watchfloor audit`: read the audit log and check that it is whole."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
import typer

from watchfloor.cli.ingest import Store, opened
from watchfloor.store import Session
from watchfloor.store import audit as kept

app = typer.Typer(no_args_is_help=True, help="The audit log: who did and read what.")


def noted(
    session: Session, what: str, subject: str, particulars: Mapping[str, Any] | None = None,
    who: str | None = None,
) -> None:  # fmt: skip
    """Add a line for what the command line does, by whoever runs it."""
    name = who or getpass.getuser()
    kept.note(session, f"{name} (command line)", what, subject, datetime.now(UTC), particulars)


@app.command()
def verify(
    head: Annotated[str | None, typer.Option(help="the hash of a line, noted elsewhere")] = None,
    store: Store = None,
) -> None:
    """Check every line against the one before; status 1 where one was changed or is missing."""
    with opened(store).reading() as session:
        found = kept.verify(session, head)
    typer.echo(
        f"{found.lines} lines, {found.erased} with their particulars erased; head {found.head}"
    )
    for problem in found.problems:
        typer.echo(problem)
    if found.problems:
        sys.exit(1)
    typer.echo("the log is whole")


@app.command()
def show(
    who: Annotated[str | None, typer.Option(help="lines of this user")] = None,
    what: Annotated[str | None, typer.Option(help="how what was done begins")] = None,
    limit: Annotated[int, typer.Option(help="at most so many, the newest")] = 50,
    store: Store = None,
) -> None:
    """Show the newest lines, the oldest of them first."""
    with opened(store).reading() as session:
        found = kept.lines(session, limit=limit, who=who, what=what)
    for line in reversed(found):
        more = (
            "erased" if line.particulars is None else msgspec.json.encode(line.particulars).decode()
        )
        typer.echo(f"{line.n:6} {line.at[:19]}Z {line.who}: {line.what} {line.subject} {more}")
    if not found:
        typer.echo("no line")


@app.command()
def erase(
    line: Annotated[int, typer.Argument(help="the number of a line")],
    reason: Annotated[str, typer.Option(help="why, in a few words")],
    store: Store = None,
) -> None:
    """Erase the particulars of a line on request; the chain stays whole."""
    with opened(store).writing() as session:
        who = f"{getpass.getuser()} (command line)"
        kept.erase_particulars(session, line, who, reason, datetime.now(UTC))
