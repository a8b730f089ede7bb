"""What persons corrected, laid over what was coded; the coded report itself stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from watchfloor.errors import InputError
from watchfloor.records import (
    CodedReport,
    Count,
    Event,
    Harm,
    Place,
    PlaceLink,
    Status,
    When,
)

TYPES = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
    "SANCTION MOBILIZE COERCE ASSAULT PROTECT HARM".split()
)
HARMS = tuple(f"harm.{name}" for name in Harm.__struct_fields__)
#: What of an event a person can correct, and what a value of it is.
FIELDS: dict[str, Any] = {
    "type": str,
    "mode": str | None,
    "status": Status,
    "background": bool,
    "when": When | None,
    "place": Place | None,
    **dict.fromkeys(HARMS, Count | None),
}


def checked(field: str, value: Any) -> Any:
    """The value as the record that the field holds. Raises InputError with what would be right."""
    try:
        made = msgspec.convert(value, FIELDS[field])
    except msgspec.ValidationError as error:
        raise InputError(str(error), where=field) from error
    if field == "type" and made not in TYPES:
        raise InputError(f"no such type {made!r}", where=field, right=f"one of {', '.join(TYPES)}")
    return made


def corrected(coded: CodedReport, event_id: str, field: str, value: Any) -> CodedReport:
    """The coded report with one field of one event as a person has it."""
    made = checked(field, value)
    if field == "place":
        return _placed(coded, event_id, made)

    def change(event: Event) -> Event:
        if field.startswith("harm."):
            return replace(event, harm=replace(event.harm, **{field[5:]: made}))
        return replace(event, **{field: made})

    return _changed(coded, event_id, change)


def without(coded: CodedReport, event_id: str) -> CodedReport:
    """The coded report without one event, which a person says is none."""
    return replace(
        coded,
        events=tuple(e for e in coded.events if e.id != event_id),
        incidents=_parted(coded, {event_id}),
    )


def alone(coded: CodedReport, event_ids: set[str]) -> CodedReport:
    """The coded report with some events taken out of the incidents that they share with others;
    those of one incident stay together.
    """
    out = [
        replace(i, id=f"{i.id}/out", events=tuple(e for e in i.events if e in event_ids))
        for i in coded.incidents
    ]
    taken = [i for i in out if i.events]
    return replace(coded, incidents=(*_parted(coded, event_ids), *taken))


def _parted(coded: CodedReport, out: set[str]) -> tuple[Any, ...]:
    parted = (
        replace(i, events=tuple(e for e in i.events if e not in out)) for i in coded.incidents
    )
    return tuple(i for i in parted if i.events)


def _placed(coded: CodedReport, event_id: str, place: Place | None) -> CodedReport:
    link = PlaceLink(place=place.id, basis="clause") if place else None
    changed = _changed(coded, event_id, lambda event: replace(event, place=link))
    if place is None:
        return changed
    kept = tuple(p for p in coded.places if p.id != place.id)
    return replace(changed, places=(*kept, place))


def _changed(coded: CodedReport, event_id: str, change: Callable[[Event], Event]) -> CodedReport:
    return replace(coded, events=tuple(change(e) if e.id == event_id else e for e in coded.events))
