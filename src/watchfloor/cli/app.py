"""The `watchfloor` command: every sub-command is named here, and loaded when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from watchfloor.errors import WatchfloorError
from watchfloor.garbage import collect_seldom

#: The module of each command, in the order of the help. A group of commands is its module's `app`.
COMMANDS = {
    "code": "code", "merge": "merge", "watch": "watch", "backfill": "backfill", "query": "query",
    "ingest": "ingest", "search": "record", "revisions": "revisions", "incidents": "record",
    "show": "record", "accounts": "record", "commitments": "record", "stats": "record",
    "export": "export", "judge": "judge", "grade": "upkeep", "settle": "upkeep", "undo": "upkeep",
    "decisions": "upkeep", "recode": "recode", "backup": "upkeep", "restore": "upkeep",
    "desk": "desk", "alerts": "alerts", "ack": "alerts", "snooze": "alerts", "close": "alerts",
    "reopen": "alerts", "why": "alerts", "deliveries": "deliveries", "seal": "seal",
}  # fmt: skip
GROUPS = ("feeds", "gazetteer", "register", "rules", "users", "audit", "retention")


class _OnDemand(TyperGroup):
    """Loads a command when it is asked for: databases and clusters take a second to import."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands."""
        return [*COMMANDS, *GROUPS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name; None where there is no such."""
        if cmd_name in GROUPS:
            group = get_group(import_module(f"watchfloor.cli.{cmd_name}").app)
            group.name = cmd_name
            return group
        if cmd_name not in COMMANDS:
            return None
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        module = import_module(f"watchfloor.cli.{COMMANDS[cmd_name]}")
        alone.command(cmd_name)(getattr(module, cmd_name))
        return get_command(alone)


app = typer.Typer(
    cls=_OnDemand,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="News and reports of attacks in; sourced events, incidents and alerts out.",
)


def _say_version(asked: bool) -> None:
    if asked:
        print(version("watchfloor"))
        raise typer.Exit


@app.callback()
def watchfloor(
    shown: Annotated[
        bool,
        typer.Option("--version", help="print the version", callback=_say_version, is_eager=True),
    ] = False,
) -> None:
    """Show the list of commands where none is named."""


def main() -> None:
    """Run the command line; an error made on purpose is one line and status 1."""
    collect_seldom()
    try:
        app()
    except WatchfloorError as error:
        if "--debug" in sys.argv:
            raise
        print(f"watchfloor: {error}", file=sys.stderr)
        sys.exit(1)
