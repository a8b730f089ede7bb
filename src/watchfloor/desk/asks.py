"""What an address asks of the floor: one filter for queue, map and timeline; and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from msgspec.structs import asdict
from starlette.datastructures import QueryParams

from watchfloor.errors import InputError
from watchfloor.response.verified import STANDINGS
from watchfloor.store.alerts import STATES
from watchfloor.store.corrections import TYPES
from watchfloor.store.queue import ORDERS, SEVERITIES, Wanted

#: Alerts that want a person; what the floor shows where the address names no state.
LIVE = ("open", "acknowledged", "snoozed")
#: The address's word for each field of the filter that takes several values, and which it takes.
MANY: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "state": ("states", STATES),
    "severity": ("severities", SEVERITIES),
    "kind": ("types", TYPES),
    "country": ("countries", None),
    "verified": ("verified", STANDINGS),
}
#: The address's words for the fields that take one value.
_PLAIN = ("place", "entry", "words", "incident", "first", "last")


def wanted_of(query: QueryParams) -> Wanted:
    """The filter of an address. Raises InputError for a value that means nothing."""
    several = {
        field: _several(query.getlist(word), word, valid) for word, (field, valid) in MANY.items()
    }
    order = query.get("order") or "newest"
    _known(order, "order", ORDERS)
    return Wanted(
        **{**several, "states": several["states"] or LIVE},
        place=_word(query, "place"), entry=_word(query, "entry"), words=_word(query, "words"),
        incident=_word(query, "incident"),
        first=day_of(query, "first"), last=day_of(query, "last"), order=order,
    )  # fmt: skip


def address(wanted: Wanted, path: str = "/", **changes: Any) -> str:
    """The address of a filter, with some fields changed."""
    values = {**asdict(wanted), **changes}
    if tuple(values["states"]) == LIVE:
        values["states"] = ()
    if values["order"] == "newest":
        values["order"] = None
    pairs = [(word, v) for word, (field, _) in MANY.items() for v in values[field]]
    pairs += [(k, values[k]) for k in _PLAIN if values[k]]
    pairs += [("order", values["order"])] if values["order"] else []
    return f"{path}?{urlencode(pairs)}" if pairs else path


def toggled(values: Iterable[str], value: str) -> tuple[str, ...]:
    """The values with one put in or, where it is in, taken out."""
    known = tuple(values)
    return tuple(v for v in known if v != value) if value in known else (*known, value)


def day_of(query: Mapping[str, str], name: str) -> date | None:
    """A day of the address, None where it has none. Raises InputError where it is no date."""
    written = (query.get(name) or "").strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise InputError(f"{written!r} is no day", where=name, right="2031-03-03") from error


def _several(given: list[str], word: str, valid: tuple[str, ...] | None) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(v.strip() for v in given if v.strip()))
    for value in found:
        _known(value, word, valid)
    return found


def _known(value: str, word: str, valid: tuple[str, ...] | None) -> None:
    if valid is not None and value not in valid:
        raise InputError(f"no such {word} {value!r}", right=f"one of {', '.join(valid)}")


def _word(query: Mapping[str, str], name: str) -> str | None:
    return (query.get(name) or "").strip() or None
