"""`watchfloor revisions`: what the edits of a report changed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from watchfloor.cli.ingest import Store, opened
from watchfloor.errors import InputError
from watchfloor.jsonlines import json_line
from watchfloor.store.revisions import Revision, revisions_of


def revisions(
    report: Annotated[str, typer.Argument(help="a report's id")], store: Store = None
) -> None:
    """Show each revision of a report: the words that changed, and what that changed of the events.

    Piped, one JSON line a revision.
    """
    with opened(store).reading() as session:
        found = revisions_of(session, report)
    if not found:
        raise InputError("no such report", where=report, right="an id that `search` lists")
    for one in found:
        if sys.stdout.isatty():
            typer.echo("\n".join(_told(one)))
        else:
            sys.stdout.buffer.write(json_line(one) + b"\n")


def _told(one: Revision) -> list[str]:
    lines = [f"revision {one.revision}, received {one.received_at:%Y-%m-%d %H:%M}Z"]
    for change in one.words:
        lines += [f"  - {change.old.text}"] if change.old else []
        lines += [f"  + {change.new.text}"] if change.new else []
    for coded in one.coded:
        lines.append(
            f"  {coded.event}: {coded.field} {coded.old or 'not said'} -> {coded.new or 'not said'}"
        )
    if one.revision > 1 and not one.coded:
        lines.append("  nothing coded changed: no alert changes either")
    return lines
