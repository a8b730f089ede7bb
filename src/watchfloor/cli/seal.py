"""`watchfloor seal`: the register encrypted at rest."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.errors import SettingsError
from watchfloor.store.register import seal_anew
from watchfloor.store.seal import KEY, new_key


def seal(
    new: Annotated[bool, typer.Option("--new-key", help="print a new key and do nothing")] = False,
    store: Store = None,
) -> None:
    """Write the register again, sealed by the first key of WATCHFLOOR_REGISTER_KEY."""
    if new:
        typer.echo(new_key())
        return
    if not os.environ.get(KEY):
        raise SettingsError("is not set", where=KEY, right="a key that --new-key prints")
    with opened(store).writing() as session:
        count = seal_anew(session)
        noted(session, "seal", "register", {"entries": count})
    typer.echo(f"{count} entries sealed")
