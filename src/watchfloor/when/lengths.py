"""What expressions mean that say how long or how often, not when: "two years", "every week".

Each takes the match of its rule (see `grammar`) and the context, as in `readings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from watchfloor.when.context import Context, length_of
from watchfloor.when.values import Value
from watchfloor.when.words import MONTHS, UNITS, WEEKDAYS, number_of, unit_of

#: Half of a unit in the next smaller one, with its TIMEX3 letter.
HALVES = {"minute": (30, "S"), "hour": (30, "M"), "day": ("T12", "H"), "year": (6, "M")}
SHARE = re.compile(r" of\b")
#: What is counted before "a year" or "a week" where that says how much of it comes in that time.
RATE = re.compile(
    r"[$#£€]?\d[\d.,]*(?:-?\w+)?(?: (?:million|billion|percent|barrels|tons|times|\w+s))? $"
)


def duration(m: re.Match[str], at: Context) -> Value | None:
    """ "two years", "10-day", "a year and a half": how long, not when.

    A share is none ("three-quarters of its food"), nor is what something comes to in a stretch of
    time ("$2 million a year", "four flights a week").
    """
    count = number_of(m["n"])
    unit = unit_of(m["u"])
    if unit == "second" and not m["u"].lower().endswith("s"):
        return None
    if unit == "quarter" and SHARE.match(m.string, m.end()):
        return None
    if m["n"].lower() in {"a", "an"} and RATE.search(m.string, 0, m.start()):
        return None
    if m["half"] or m["more"]:
        return Value(_and_half(count, unit)) if count is not None and unit in HALVES else None
    return Value(length_of("X" if count is None else count, unit))


def _and_half(count: int, unit: str) -> str:
    """ "two and a half years" in the next smaller unit as well."""
    clock = "T" if unit in {"minute", "hour"} else ""
    number, letter = HALVES[unit]
    return f"P{clock}{count}{UNITS[unit][-1]}{number}{letter}"


def past_units(m: re.Match[str], at: Context) -> Value | None:
    """ "in the last three months": a length, and the stretch up to the report's day."""
    count, unit = number_of(m["n"]), unit_of(m["u"])
    timex = length_of("X" if count is None else count, unit)
    lengths = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3652}
    if (
        count is None
        or at.day is None
        or unit not in lengths
        or not m["which"].lower().startswith(("last", "past"))
    ):
        return Value(timex)
    return Value(
        timex,
        at.day - timedelta(lengths[unit] * count),
        at.day,
        unit if unit in {"day", "week", "month", "year"} else "month",
    )


def plural_unit(m: re.Match[str], at: Context) -> Value | None:
    """ "recent months": a length that is not said."""
    return Value(length_of("X", unit_of(m["u"])))


def fixed(timex: str) -> Callable[[re.Match[str], Context], Value | None]:
    """A rule whose value is always the same."""
    return lambda m, at: Value(timex)


def every(m: re.Match[str], at: Context) -> Value | None:
    """ "every Tuesday", "daily"."""
    low = m[0].lower()
    adverbs = {
        "daily": "P1D",
        "weekly": "P1W",
        "monthly": "P1M",
        "quarterly": "P1Q",
        "yearly": "P1Y",
        "annually": "P1Y",
        "annual": "P1Y",
        "hourly": "PT1H",
        "nightly": "P1D",
    }
    if low in adverbs:
        return Value(adverbs[low])
    word = low.split()[-1].rstrip(".")
    if word in WEEKDAYS:
        return Value(f"XXXX-WXX-{WEEKDAYS[word] + 1}")
    if word in MONTHS:
        return Value(f"XXXX-{MONTHS[word]:02}")
    return Value(length_of(1, unit_of(word)))
