"""The `watchfloor` command: every sub-command is registered here by one line."""

from __future__ import annotations

import sys

import typer

from watchfloor.cli import audit, feeds, gazetteer, register, retention, rules, users
from watchfloor.cli.alerts import ack, alerts, close, reopen, snooze, why
from watchfloor.cli.backfill import backfill
from watchfloor.cli.code import code
from watchfloor.cli.deliveries import deliveries
from watchfloor.cli.desk import desk
from watchfloor.cli.export import export
from watchfloor.cli.ingest import ingest
from watchfloor.cli.judge import judge
from watchfloor.cli.merge import merge
from watchfloor.cli.query import query
from watchfloor.cli.recode import recode
from watchfloor.cli.record import accounts, commitments, incidents, search, show, stats
from watchfloor.cli.revisions import revisions
from watchfloor.cli.seal import seal
from watchfloor.cli.upkeep import backup, decisions, grade, restore, settle, undo
from watchfloor.cli.watch import watch
from watchfloor.errors import WatchfloorError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="News and reports of attacks in; sourced events, incidents and alerts out.",
)
app.command()(code)
app.command()(merge)
app.command()(watch)
app.command()(backfill)
app.command()(query)
for command in (
    ingest, search, revisions, incidents, show, accounts, commitments, stats,
    export, judge, grade, settle, undo, decisions, recode, backup, restore,
    desk, alerts, ack, snooze, close, reopen, why, deliveries,
    seal,
):  # fmt: skip
    app.command()(command)
app.add_typer(feeds.app, name="feeds")
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(register.app, name="register")
app.add_typer(rules.app, name="rules")
app.add_typer(users.app, name="users")
app.add_typer(audit.app, name="audit")
app.add_typer(retention.app, name="retention")


@app.callback()
def watchfloor() -> None:
    """Show the list of commands where none is named."""


def main() -> None:
    """Run the command line; an error made on purpose is one line and status 1."""
    try:
        app()
    except WatchfloorError as error:
        if "--debug" in sys.argv:
            raise
        print(f"watchfloor: {error}", file=sys.stderr)
        sys.exit(1)
