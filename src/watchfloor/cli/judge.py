"""`watchfloor judge`: decide what the machine got wrong."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.errors import InputError
from watchfloor.merge import MergedIncident
from watchfloor.settings import Settings
from watchfloor.store import Judgement, Session, anchors_of, incident_of, parted, report_of
from watchfloor.store import judge as decide
from watchfloor.store.written import value_of


class _Asked(NamedTuple):
    """What the command was given: its names, which events are meant, the field and its value."""

    names: Sequence[str]
    only: Sequence[str]
    field: str | None
    value: str


def judge(
    kind: Annotated[str, typer.Argument(help="merge, split, move, false, correct or duplicate")],
    names: Annotated[list[str], typer.Argument(
        help="an incident; merge and move: two; duplicate: the copy, then the report it copies",
    )],
    reason: Annotated[str, typer.Option(help="why, in a few words")],
    report: Annotated[list[str] | None, typer.Option(
        help="only what this report tells of the incident; may be repeated")] = None,
    event: Annotated[list[str] | None, typer.Option(
        help="only this event, as REPORT/EVENT; may be repeated")] = None,
    field: Annotated[str | None, typer.Option(
        help="correct: the field, such as harm.killed")] = None,
    value: Annotated[str, typer.Option(
        help="correct: what is right, such as 5, 5-7, 5+, a day, a place; empty: not said")] = "",
    author: Annotated[str, typer.Option(help="who decides")] = getpass.getuser(),
    store: Store = None,
) -> None:  # fmt: skip
    """Decide what the machine got wrong; it is kept with its reason and can be undone."""
    asked = _Asked(names, [*(report or ()), *(event or ())], field, value)
    with opened(store).writing() as session:
        says = _SAYS[kind](session, asked) if kind in _SAYS else {}
        made = Judgement(kind=kind, author=author, reason=reason, made_at=datetime.now(UTC), **says)
        kept, changed = decide(session, made)
        noted(session, f"judge {kind}", " ".join(names), {"reason": reason}, author)
    typer.echo(f"{kept.id}: {len(changed)} incidents changed: {' '.join(changed)}")


def _merge(session: Session, asked: _Asked) -> dict[str, Any]:
    one, two = _incidents(session, asked.names, 2, "merge")
    return {"events": anchors_of(session, one), "others": anchors_of(session, two)}


def _split(session: Session, asked: _Asked) -> dict[str, Any]:
    (home,) = _incidents(session, asked.names, 1, "split")
    return _parted(session, home, asked, "split")


def _move(session: Session, asked: _Asked) -> dict[str, Any]:
    home, into = _incidents(session, asked.names, 2, "move")
    if home.incident == into.incident:
        raise InputError("is this incident itself", where=into.incident, right="another incident")
    return {**_parted(session, home, asked, "move"), "into": anchors_of(session, into)}


def _false(session: Session, asked: _Asked) -> dict[str, Any]:
    (home,) = _incidents(session, asked.names, 1, "false")
    return {"events": anchors_of(session, home, asked.only or None)}


def _correct(session: Session, asked: _Asked) -> dict[str, Any]:
    (home,) = _incidents(session, asked.names, 1, "correct")
    given = value_of(asked.field or "", asked.value, Settings.from_environment())
    events = anchors_of(session, home, asked.only or None)
    return {"events": events, "field": asked.field, "value": given}


def _duplicate(session: Session, asked: _Asked) -> dict[str, Any]:
    if len(asked.names) != 2 or asked.names[0] == asked.names[1]:
        raise InputError("takes two reports", where="duplicate", right="COPY REPORT")
    for name in asked.names:
        if report_of(session, name) is None:
            raise InputError("no such report", where=name, right="the id of a report in the record")
    return {"field": asked.names[0], "value": asked.names[1]}


_SAYS: dict[str, Callable[[Session, _Asked], dict[str, Any]]] = {
    "merge": _merge, "split": _split, "move": _move, "false": _false, "correct": _correct,
    "duplicate": _duplicate,
}  # fmt: skip


def _parted(session: Session, home: MergedIncident, asked: _Asked, kind: str) -> dict[str, Any]:
    """The events that were asked for, and the others of their incident."""
    out, rest = parted(session, home, asked.only)
    if not rest:
        right = "--report or --event, for a part of the incident"
        raise InputError("all of it is meant", where=kind, right=right)
    return {"events": out, "others": rest}


def _incidents(
    session: Session, names: Sequence[str], wanted: int, kind: str
) -> list[MergedIncident]:
    if len(names) != wanted:
        raise InputError(f"takes {'two incidents' if wanted == 2 else 'one incident'}", where=kind)
    found = []
    for name in names:
        row = incident_of(session, name)
        if row is None:
            raise InputError("no such incident", where=name, right="an id that `incidents` lists")
        found.append(row.incident)
    return found
