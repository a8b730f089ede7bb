"""`watchfloor register`: check its files, keep it in the record, and read it for a purpose."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.errors import InputError, SettingsError
from watchfloor.jsonlines import json_line
from watchfloor.live.register import keep_register, kept_register
from watchfloor.settings import Settings
from watchfloor.store import Database
from watchfloor.store.register import KINDS, entries
from watchfloor.watch import Register, read_register
from watchfloor.watch.register import problems_in
from watchfloor.where.locate import locate, places_named, told

app = typer.Typer(no_args_is_help=True, help="The register: check, keep, and read it.")
Folder = Annotated[Path, typer.Argument(help="folder of sites.csv, groups.csv, journeys.csv")]
Purpose = Annotated[
    str | None, typer.Option(help="what the record's register is read for; it is logged")
]
#: The fewest characters that say what for.
SAYS = 4


@app.command()
def check(folder: Folder) -> None:
    """Check every line of the files; all that is wrong is told, with the places a name may mean."""
    settings = Settings.from_environment()
    if not folder.is_dir():
        raise SettingsError("no such folder", where=str(folder), right="a folder of CSV files")
    wrong = problems_in(folder, lambda name, country: locate(name, country, settings))
    for problem in wrong:
        typer.echo(problem)
    if wrong:
        sys.exit(1)
    typer.echo("every line holds")


@app.command()
def places(
    name: Annotated[str, typer.Argument(help="the name of a place")],
    country: Annotated[str | None, typer.Option(help="ISO alpha-3")] = None,
) -> None:
    """List the places that a name may mean, the largest first."""
    found = places_named(name, country, Settings.from_environment())
    if not found:
        raise InputError("no such place is known", where=name)
    for one in found:
        typer.echo(told(one))


@app.command("import")
def import_(folder: Folder, store: Store = None) -> None:
    """Make the files of a folder the record's register."""
    given = entries_of(folder, Settings.from_environment())
    with opened(store).writing() as session:
        keep_register(session, given, getpass.getuser(), datetime.now(UTC))
        counts = {kind: len(getattr(given, kind)) for kind in KINDS}
        noted(session, "register import", folder.name, counts)
    typer.echo(", ".join(f"{n} {kind}" for kind, n in counts.items()))


@app.command()
def show(
    purpose: Purpose = None,
    entry: Annotated[str | None, typer.Option(help="sites, sites:ID, groups, …")] = None,
    store: Store = None,
) -> None:
    """Show the record's register, for a purpose that is logged. Piped, one JSON line an entry."""
    database = opened(store)
    read_for(database, purpose, entry or "register")
    with database.reading() as session:
        found = [e for e in entries(session) if entry in {None, e.kind, f"{e.kind}:{e.id}"}]
    if entry is not None and not found:
        raise InputError("no such register entry", where=entry, right="sites, sites:ID, groups, …")
    for one in found:
        if not sys.stdout.isatty():
            sys.stdout.buffer.write(json_line(one) + b"\n")
            continue
        more = ", ".join(f"{k} {v}" for k, v in one.doc.items() if v and k not in {"id", "name"})
        typer.echo(f"{one.kind}:{one.id}  {one.name}  {more}")


def entries_of(folder: Path, settings: Settings) -> Register:
    """The register of a folder, its places looked up in the gazetteer."""
    return read_register(folder, lambda name, country: locate(name, country, settings))


def register_of(
    folder: Path | None, database: Database, purpose: str | None, subject: str
) -> Register:
    """The register of a folder; without one the record's, read for a purpose that is logged."""
    if folder is not None:
        return entries_of(folder, Settings.from_environment())
    read_for(database, purpose, subject)
    with database.reading() as session:
        return kept_register(session)


def read_for(database: Database, purpose: str | None, subject: str) -> None:
    """Log that the record's register is read. Raises SettingsError where nobody says what for."""
    said = " ".join((purpose or "").split())
    if len(said) < SAYS:
        right = '--purpose "morning brief"; it goes into the audit log'
        raise SettingsError("read for what", where="register", right=right)
    with database.writing() as session:
        noted(session, "register:read", subject, {"purpose": said[:200]})
