"""The CAMEO code of an event, by what it says: `data/what_cameo.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from watchfloor.data import load_yaml
from watchfloor.records import DONE, Actor, Event, Role, Status
from watchfloor.what.lexicon import pattern

#: The groups of topics that a mode of REQUEST or REJECT names, or a row by itself.
GROUPS = {
    "meet": ("meet",), "yield": ("yield",), "change": ("change",), "exchange": ("exchange",),
    "assist": ("assist", "exchange", "relations"),
}  # fmt: skip
#: Acts of force that are tried are done, as CAMEO sees it; of other attempts it has no code.
FORCE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
#: A threat is of what is to come, so that one told as to come is made.
DONE_BY_TYPE = {"THREATEN": DONE | {Status.PLANNED}}


@dataclass(frozen=True, slots=True)
class Topic:
    """What an act may be about: its words, and its code by column (`appeal`, `demand`, ...)."""

    words: re.Pattern[str] | None
    codes: Mapping[str, str]
    default: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A code with the conditions under which an event has it; None where there is none."""

    code: str | None
    modes: frozenset[str]
    status: str | None
    trigger: re.Pattern[str] | None
    words: re.Pattern[str] | None
    sectors: frozenset[str]
    killed: bool
    about: str | None
    of: str | None
    purpose: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what it says: its trigger's words, and those with what follows and its parties.

    `status` is None where the act was done.
    """

    event: Event
    trigger: str
    words: str
    status: str | None
    sectors: frozenset[str]


def cameo(event: Event, text: str, actors: Sequence[Actor]) -> str | None:
    """The CAMEO code of an event in a report's `text`: a root ("020" for 02) where no more is sure.

    None for what CAMEO does not know: HARM, and an act that is only possible, or denied.
    """
    told = _told(event, text, actors)
    if told is None:
        return None
    codes = (_code(row, told) for row in _rows().get(event.type, ()) if _holds(row, told))
    return next((code for code in codes if code is not None), None)


def _told(event: Event, text: str, actors: Sequence[Actor]) -> Told | None:
    """What an event says; None if its status leaves nothing to code."""
    done = event.status in DONE_BY_TYPE.get(event.type, DONE)
    tried = event.status is Status.ATTEMPTED and event.type in FORCE
    if not (done or tried or event.status is Status.PLANNED):
        return None
    doers = {p.actor for p in event.participants if p.role is Role.ACTOR}
    parts = [text[event.trigger.start : event.sentence.end]]
    parts += [p.text for p in event.participants]
    return Told(
        event,
        event.trigger.text,
        " | ".join(parts),
        None if done else str(event.status),
        frozenset(a.sector for a in actors if a.id in doers and a.sector),
    )


def _holds(row: Row, told: Told) -> bool:
    """Whether all the conditions of a row hold; an attempt may be coded as the act itself."""
    if row.status != told.status and (row.status or told.status != Status.ATTEMPTED):
        return False
    return (
        (not row.modes or (told.event.mode or "-") in row.modes)
        and (row.trigger is None or row.trigger.search(told.trigger) is not None)
        and (row.words is None or row.words.search(told.words) is not None)
        and (not row.sectors or bool(row.sectors & told.sectors))
        and (not row.killed or _has_killed(told.event))
    )


def _has_killed(event: Event) -> bool:
    count = event.harm.killed
    counted = count is not None and count.high != 0
    return counted or any(p.effect == "killed" for p in event.participants)


def _code(row: Row, told: Told) -> str | None:
    """The code of a row, by what the act is about where the row asks for that."""
    if row.about is not None:
        return _topic(row, told) or row.code
    if row.purpose and row.code is not None:
        return row.code + (_by_words("for", _topics()["change"], told.words) or "")
    return row.code


def _topic(row: Row, told: Told) -> str | None:
    """The code of what the act is about, in the column that the row names; None if untold."""
    groups, column = _topics(), row.about or ""
    named = [t for name in GROUPS.get(row.of or told.event.mode or "", ()) for t in groups[name]]
    others = [] if row.of else [t for name in groups for t in groups[name]]
    found = _by_words(column, [*named, *others], told.words)
    return found or next((t.codes[column] for t in named if t.default and column in t.codes), None)


def _by_words(column: str, topics: Sequence[Topic], words: str) -> str | None:
    return next(
        (t.codes[column] for t in topics
         if column in t.codes and t.words is not None and t.words.search(words)),
        None,
    )  # fmt: skip


@cache
def _table() -> Any:
    return load_yaml("what_cameo.yaml")


@cache
def _topics() -> dict[str, list[Topic]]:
    return {
        name: [
            Topic(
                _pattern(row["words"]),
                {key: code for key, code in row.items() if key not in {"words", "default"}},
                row.get("default", False),
            )
            for row in rows
        ]
        for name, rows in _table()["topics"].items()
    }


@cache
def _rows() -> dict[str, list[Row]]:
    return {kind: [_row(row) for row in rows] for kind, rows in _table()["rows"].items()}


def _row(row: Mapping[str, Any]) -> Row:
    mode = row.get("mode", [])
    return Row(
        code=row.get("code"),
        modes=frozenset([mode] if isinstance(mode, str) else mode),
        status=row.get("status"),
        trigger=_pattern(row.get("trigger")),
        words=_pattern(row.get("words")),
        sectors=frozenset(row.get("sector", [])),
        killed=row.get("killed", False),
        about=row.get("about"),
        of=row.get("of"),
        purpose=row.get("purpose", False),
    )


def _pattern(words: Sequence[str] | None) -> re.Pattern[str] | None:
    return pattern(words) if words else None
