"""What a person writes as the value of a field, and what it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import to_builtins

from watchfloor.errors import InputError
from watchfloor.records import Count, Place, When
from watchfloor.settings import Settings
from watchfloor.where.gazetteer import load


def value_of(field: str, written: str, settings: Settings) -> Any:
    """What a person wrote, as the field's value; "" is None, which says that it is not said.

    A count is `5`, `5-7`, `5+` or `-7`; a period is one day or two with a blank between them; a
    place is a name, with the country after a comma where it is not the only one of that name.
    Raises InputError, with what would be right.
    """
    written = written.strip()
    if field == "background":
        return written.lower() in {"yes", "true", "1"}
    if not written:
        return None
    if field.startswith("harm."):
        return to_builtins(_count(written, field))
    if field == "when":
        return to_builtins(_when(written))
    if field == "place":
        return to_builtins(_place(written, settings))
    return written.upper() if field == "type" else written.lower()


def _count(written: str, field: str) -> Count:
    low, dash, high = written.replace("–", "-").partition("-")
    try:
        if written.endswith("+"):
            return Count(low=int(written[:-1]), high=None)
        if not dash:
            return Count(low=int(low), high=int(low))
        return Count(low=int(low) if low else None, high=int(high) if high else None)
    except ValueError as error:
        right = "5, 5-7, 5+ (at least) or -7 (up to)"
        raise InputError(f"{written!r} is no count", where=field, right=right) from error


def _when(written: str) -> When:
    try:
        days = [date.fromisoformat(part).isoformat() for part in written.split()]
    except ValueError as error:
        right = "2031-03-03, or two days with a blank between them"
        raise InputError(f"{written!r} is no period", where="when", right=right) from error
    return When(from_=days[0], to=days[-1], precision="day")


def _place(written: str, settings: Settings) -> Place:
    name, _, country = (part.strip() for part in written.partition(","))
    found = [c for c in load(settings.home).named(name) if country.upper() in {"", c.country}]
    if not found:
        right = "a name of the gazetteer, with the country's three letters after a comma"
        raise InputError(f"{written!r} is not known", where="place", right=right)
    best = found[0]
    return Place(
        start=0, end=0, text="", id="judged", name=best.name, gazetteer_id=best.id, kind=best.kind,
        country=best.country, admin1=best.admin1, lat=best.lat, lon=best.lon,
        radius_km=best.radius_km, confidence=1.0,
    )  # fmt: skip
