"""`watchfloor desk`: serve the desk's pages."""

from __future__ import annotations

import ipaddress
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from watchfloor.cli.ingest import Store, opened
from watchfloor.cli.watch import RulesFile
from watchfloor.errors import SettingsError
from watchfloor.live import read_channels
from watchfloor.settings import Settings
from watchfloor.store import Database

#: The roles that the exercise is open to.
ROLES = ("duty officer", "analyst", "head of cell", "administrator")
#: Seconds between the reports that come in while one looks on.
TRICKLE_S = 25
#: Seconds for which a quiet connection is kept: pages ask every five, and one that is closed while
#: a page asks looks to it like a desk that does not answer.
KEPT_ALIVE_S = 75


def desk(
    host: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="the port to listen on")] = 8437,
    open_as: Annotated[
        list[str] | None,
        typer.Option(help="a role that may come in by a key, without an account; here only"),
    ] = None,
    secure: Annotated[bool, typer.Option(help="a proxy serves it over HTTPS")] = False,
    exercise: Annotated[
        bool, typer.Option(help="the EXERCISE week in a scratch record, open to the desk's roles")
    ] = False,
    daily: Annotated[
        bool, typer.Option(help="delete once a day what retention says is due")
    ] = True,
    rules: RulesFile = None,
    channels: Annotated[
        Path | None, typer.Option(help="who is told of alerts that the desk raises, as YAML")
    ] = None,
    store: Store = None,
) -> None:
    """Serve the desk over the record. On a record without users it prints where to begin."""
    import uvicorn  # noqa: PLC0415 - other commands need no server

    from watchfloor.desk.access import Access  # noqa: PLC0415
    from watchfloor.desk.access.openid import OpenId  # noqa: PLC0415
    from watchfloor.desk.app import make_app  # noqa: PLC0415
    from watchfloor.desk.upkeep import daily as run_daily  # noqa: PLC0415

    if open_as and not is_here(host):
        right = "--host 127.0.0.1, or users with passwords"
        raise SettingsError("opens the desk to everybody", where=f"--open-as {host}", right=right)
    database = exercised() if exercise else opened(store)
    access = Access(
        database, open_as or (ROLES if exercise else ()), secure, OpenId.from_environment()
    )
    settings = Settings.from_environment()
    settings = replace(settings, rules=rules or settings.rules)
    told = read_channels(channels) if channels else ()
    app = make_app(access.database, access, settings, told)
    at = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    typer.echo(f"the desk: {at}/")
    for role, key in access.keys.items():
        typer.echo(f"come in as {role}: {at}/enter?key={key}")
    if access.nobody_yet() and not access.keys:
        typer.echo(
            f"nobody can sign in yet; make the first administrator: {at}/first?key={access.first}"
        )
    if daily and not exercise:
        run_daily(database)
    uvicorn.run(
        app, host=host, port=port, log_level="warning", server_header=False,
        timeout_keep_alive=KEPT_ALIVE_S,
    )  # fmt: skip


def exercised() -> Database:
    """A scratch record with the EXERCISE week; its last reports come in while it is served."""
    from watchfloor.desk.exercise import seed  # noqa: PLC0415 - other commands need no desk
    from watchfloor.live.exercise import Exercise  # noqa: PLC0415 - loads the models

    database = Database(Path(tempfile.mkdtemp(prefix="watchfloor-exercise-")) / "record.db")
    now = datetime.now(UTC)
    exercise = Exercise(database, Settings.from_environment(), now)
    typer.echo("loading the EXERCISE week …", err=True)
    exercise.load()
    seed(database, now)

    def trickle() -> None:
        time.sleep(TRICKLE_S)
        for title in exercise.trickle():
            typer.echo(f"a report came in: {title}", err=True)
            time.sleep(TRICKLE_S)

    threading.Thread(target=trickle, daemon=True).start()
    return database


def is_here(host: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
