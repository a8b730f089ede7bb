"""What a time expression is resolved against, and days and months that lack a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from watchfloor.when import values
from watchfloor.when.values import Value
from watchfloor.when.words import MONTHS, UNITS, WEEKDAYS

#: A year of two digits lies at most so many years after the report, or after 2020 without its day.
YEARS_AHEAD = 10


@dataclass(slots=True)
class Context:
    """What an expression is resolved against, kept up as the report is read.

    `day` is the report's, None where it is not known. `future` is the tense of the clause that the
    expression stands in. `last` is the day that the telling has come to ("the next morning"),
    `quarter` the (year, number) that a business report is about ("a year earlier"). `told` is the
    first day of the day, month or year that was last told of, and which of these ("that year").
    `zone` is the time zone of the place the report was written in.
    """

    day: date | None
    future: bool = False
    last: date | None = None
    quarter: tuple[int, int] | None = None
    told: tuple[date, str] | None = None
    zone: ZoneInfo | None = None


def month_of(word: str) -> int:
    """The number of a month by its name."""
    return MONTHS[word.lower().rstrip(".")]


def weekday_of(word: str) -> int:
    """The number of a weekday by its name, Monday 0."""
    return WEEKDAYS[word.lower().rstrip(".")]


def digits(text: str) -> int:
    """The digits of a text as a number."""
    return int(re.sub(r"\D", "", text))


def full_year(text: str, at: Context) -> int:
    """A year written with two digits or four; of two digits, the last such year that lies no more
    than `YEARS_AHEAD` after the report.
    """
    number = digits(text)
    latest = (at.day.year if at.day is not None else 2020) + YEARS_AHEAD
    return number if number > 99 else number + (latest - number) // 100 * 100


def dated(year: int, month: int, day: int) -> Value | None:
    """A day; None where the calendar has none such."""
    try:
        return values.day(date(year, month, day))
    except ValueError:
        return None


def near(month: int, day: int, at: Context) -> Value | None:
    """A day without a year: the nearest one on the side of the clause's tense."""
    if at.day is None:
        return Value(f"XXXX-{month:02}-{day:02}", precision="day")
    years = (at.day.year, at.day.year - 1, at.day.year + 1)
    found = [v for y in years if (v := dated(y, month, day)) and v.first]
    if not found:
        return None
    day_ = at.day
    return min(
        found,
        key=lambda v: (
            (v.first < day_ - timedelta(60)) if at.future else (v.first > day_ + timedelta(45)),  # type: ignore[operator]
            abs((v.first - day_).days),  # type: ignore[operator]
        ),
    )


def near_day(day: int, at: Context) -> Value | None:
    """A day of the month without its month: the nearest on the side of the clause's tense."""
    if at.day is None:
        return Value(f"XXXX-XX-{day:02}", precision="day")
    step = 1 if at.future else -1
    months = (values.month(at.day.year, at.day.month + step * n).first for n in range(3))
    found = (dated(first.year, first.month, day) for first in months if first is not None)
    return next((v for v in found if v and v.first and (v.first - at.day).days * step >= 0), None)


def near_month(month: int, at: Context) -> Value:
    """A month without a year: the nearest one on the side of the clause's tense."""
    if at.day is None:
        return Value(f"XXXX-{month:02}", precision="month")
    year = at.day.year
    if at.future and month < at.day.month:
        year += 1
    elif not at.future and month > at.day.month + 1:
        year -= 1
    return values.month(year, month)


def length_of(count: int | str, unit: str) -> str:
    """The TIMEX3 value of so many units."""
    letter = UNITS[unit]
    if unit == "decade":
        return (
            f"P{count * 10 if isinstance(count, int) else 'X'}Y"
            if isinstance(count, int)
            else "PXE"
        )
    if unit == "weekend":
        return f"P{count}WE"
    return f"PT{count}{letter[1]}" if letter.startswith("T") else f"P{count}{letter}"


def part_named(text: str) -> str:
    """Which part of a period words name: early, late, mid and the like."""
    low = text.lower()
    return next((w for w in ("early", "beginning", "start", "late", "end") if w in low), "mid")
