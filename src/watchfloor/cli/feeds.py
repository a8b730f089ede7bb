"""`watchfloor feeds`: what the watch listens to, and how it fares."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.errors import InputError, without_secrets
from watchfloor.live.opml import read_opml, write_opml
from watchfloor.live.poll import KINDS, kind_of
from watchfloor.store import grade_feed
from watchfloor.store.feeds import Feed, add_feed, remove_feed
from watchfloor.store.feeds import feeds as listed

app = typer.Typer(no_args_is_help=True, help="What the watch listens to, and how it fares.")
Address = Annotated[str, typer.Argument(help="http(s)://…, imaps://user@host/INBOX, a folder")]


@app.command()
def add(
    address: Address,
    name: Annotated[str | None, typer.Option(help="what to call it")] = None,
    kind: Annotated[str | None, typer.Option(help="; ".join(KINDS))] = None,
    country: Annotated[str | None, typer.Option(help="ISO alpha-3 of what it covers")] = None,
    every: Annotated[float, typer.Option(min=1, help="seconds between two looks")] = 300,
    marking: Annotated[str, typer.Option(help="TLP 2.0 label of its reports")] = "CLEAR",
    store: Store = None,
) -> None:
    """Listen to a feed; one that is there already is changed."""
    if kind is not None and kind not in KINDS:
        raise InputError(f"no such kind {kind!r}", right=f"one of {', '.join(KINDS)}")
    made = Feed(
        address=address, kind=kind or kind_of(address), country=country,
        name=name or without_secrets(address),
        every_s=every, marking=marking,
    )  # fmt: skip
    with opened(store).writing() as session:
        add_feed(session, made, datetime.now(UTC))
        noted(session, "feeds add", without_secrets(address), {"marking": marking})


@app.command()
def remove(address: Address, store: Store = None) -> None:
    """Stop listening to a feed; its reports stay."""
    with opened(store).writing() as session:
        remove_feed(session, address)
        noted(session, "feeds remove", without_secrets(address))


@app.command()
def grade(
    address: Address,
    reliability: Annotated[str, typer.Argument(help="A to F (Admiralty code); - takes it back")],
    store: Store = None,
) -> None:
    """Set how reliable a person holds a feed to be; it grades the reports that came by it."""
    if reliability not in {"A", "B", "C", "D", "E", "F", "-"}:
        raise InputError(f"no such grade {reliability!r}", right="A, B, C, D, E, F or -")
    with opened(store).writing() as session:
        letter = None if reliability == "-" else reliability
        changed = grade_feed(session, address, letter, datetime.now(UTC))
        noted(session, "feeds grade", without_secrets(address), {"grade": reliability})
    typer.echo(f"{len(changed)} incidents changed: {' '.join(changed)}")


@app.command("list")
def list_(store: Store = None) -> None:
    """List feeds with their state: new, healthy, quiet, blind or broken."""
    with opened(store).reading() as session:
        found = listed(session)
    for feed in found:
        last = f"{feed.answered_at:%Y-%m-%d %H:%M}Z" if feed.answered_at else "never"
        error = f"  {feed.error}" if feed.error else ""
        typer.echo(
            f"{feed.state:8} {feed.grade or '-'} {feed.name:32} last answer {last}  "
            f"{without_secrets(feed.address)}{error}"
        )
    if not found:
        typer.echo("no feed yet: watchfloor feeds add ADDRESS")


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="OPML")], store: Store = None) -> None:
    """Listen to every feed of an OPML file."""
    found = read_opml(file)
    with opened(store).writing() as session:
        for feed in found:
            add_feed(session, feed, datetime.now(UTC))
        noted(session, "feeds import", file.name, {"feeds": len(found)})
    typer.echo(f"{len(found)} feeds", err=True)


@app.command()
def export(store: Store = None) -> None:
    """Print the feeds as OPML."""
    with opened(store).reading() as session:
        sys.stdout.buffer.write(write_opml(listed(session)) + b"\n")
