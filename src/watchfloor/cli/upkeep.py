"""Keep the record: `backup`, `restore`, `grade`, `settle`, `undo`, `decisions`."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.errors import InputError, StoreError
from watchfloor.ledger import STATUSES
from watchfloor.store import (
    Judgement,
    anchor_of,
    check,
    commitment_of,
    judgements,
)
from watchfloor.store import (
    judge as decide,
)
from watchfloor.store import (
    undo as take_back,
)

Reason = Annotated[str, typer.Option(help="why, in a few words")]


def backup(to: Annotated[Path, typer.Argument(help="the copy")], store: Store = None) -> None:
    """Copy the record into a file while it is in use, and check the copy."""
    opened(store).back_up(to)
    typer.echo(f"watchfloor: {to} is whole", err=True)


def restore(
    copy: Annotated[Path, typer.Argument(help="a copy that `backup` made")],
    store: Annotated[Path, typer.Option(help="the record to make; must not be there yet")],
) -> None:
    """Make a record out of a copy, after checking it."""
    check(copy)
    if store.exists():
        raise StoreError("is there already", where=str(store), right="a name not taken yet")
    scratch = store.with_name(f".{store.name}.part")
    scratch.write_bytes(copy.read_bytes())
    scratch.replace(store)
    typer.echo(f"watchfloor: {store} is whole", err=True)


def grade(
    name: Annotated[str, typer.Argument(help="an outlet, or who is named as a source")],
    value: Annotated[str, typer.Argument(help="A to F (Admiralty code)")],
    reason: Reason,
    of: Annotated[str, typer.Option(help="outlet or source")] = "outlet",
    author: Annotated[str, typer.Option(help="who decides")] = getpass.getuser(),
    store: Store = None,
) -> None:
    """Grade an outlet or a source in the record; `undo` takes it back."""
    if of not in {"outlet", "source"}:
        raise InputError(f"cannot grade {of!r}", where="--of", right="outlet or source")
    with opened(store).writing() as session:
        made = Judgement(kind="grade", author=author, reason=reason, made_at=datetime.now(UTC),
                         field=f"{of}:{name}", value=value.upper())  # fmt: skip
        kept, changed = decide(session, made)
        noted(session, f"grade {of}", name, {"grade": kept.value, "reason": reason}, author)
    typer.echo(f"{kept.id}: {len(changed)} incidents changed: {' '.join(changed)}")


def settle(
    commitment: Annotated[str, typer.Argument(help="the id of a line of the ledger")],
    status: Annotated[str, typer.Argument(help=", ".join(STATUSES))],
    reason: Reason,
    author: Annotated[str, typer.Option(help="who decides")] = getpass.getuser(),
    store: Store = None,
) -> None:
    """Say what became of a commitment; only a person says that a pledge was broken."""
    now = datetime.now(UTC)
    with opened(store).writing() as session:
        line = commitment_of(session, commitment, now.date())
        if line is None:
            raise InputError("no such line", where=commitment, right="an id of `commitments`")
        made = Judgement(kind="settle", author=author, reason=reason, made_at=now,
                         events=(anchor_of(line),), value=status)  # fmt: skip
        kept, _ = decide(session, made)
        noted(session, f"settle {status}", commitment, {"reason": reason}, author)
    typer.echo(f"{kept.id}: {commitment} is {status}")


def undo(
    judgement: Annotated[str, typer.Argument(help="a judgement's id")],
    reason: Reason,
    author: Annotated[str, typer.Option(help="who decides")] = getpass.getuser(),
    store: Store = None,
) -> None:
    """Take a judgement back, with a reason of its own."""
    with opened(store).writing() as session:
        _, changed = take_back(session, judgement, author, reason, datetime.now(UTC))
        noted(session, "undo", judgement, {"reason": reason}, author)
    typer.echo(f"{len(changed)} incidents changed: {' '.join(changed)}")


def decisions(store: Store = None) -> None:
    """List every judgement, undone ones too."""
    with opened(store).reading() as session:
        for one in judgements(session, undone=True):
            state = f"undone by {one.undone_by}: {one.undone_reason}" if one.undone_at else "stands"
            typer.echo(f"{one.id}  {one.made_at:%Y-%m-%d %H:%M}Z  {one.author}  {one.kind}: "
                       f"{one.reason} ({state})")  # fmt: skip
