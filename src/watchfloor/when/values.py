"""What a time expression means: days covered, precision and TIMEX3 value."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as said: minutes after midnight, and its zone's minutes ahead of UTC.

    `day_said` tells that the text names its day, which then is a day of that zone.
    """

    minutes: int
    ahead: int
    day_said: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """First and last day (None where they cannot be known), precision and TIMEX3 value.

    `clock` is set where the text says in which zone a time is told ("2330 GMT").
    """

    timex: str
    first: date | None = None
    last: date | None = None
    precision: str | None = None
    open_end: bool = False
    clock: Clock | None = None


def day(when: date, part: str = "") -> Value:
    """One day, or a part of it: `part` is a TIMEX3 suffix such as MO or NI."""
    timex = when.isoformat() + (f"T{part}" if part else "")
    return Value(timex, when, when, "day")


def week(when: date) -> Value:
    """The ISO week that a day lies in."""
    year, number, _ = when.isocalendar()
    monday = date.fromisocalendar(year, number, 1)
    return Value(f"{year}-W{number:02}", monday, monday + timedelta(6), "week")


def weekend(when: date) -> Value:
    """The weekend of the ISO week that a day lies in."""
    whole = week(when)
    assert whole.last is not None
    return Value(f"{whole.timex}-WE", whole.last - timedelta(1), whole.last, "day")


def month(year: int, number: int) -> Value:
    """A month; numbers outside 1 to 12 run into the years beside."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = calendar.monthrange(year, number)[1]
    return Value(f"{year}-{number:02}", date(year, number, 1), date(year, number, last), "month")


def quarter(year: int, number: int) -> Value:
    """A quarter; numbers outside 1 to 4 run into the years beside."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    first, last = month(year, 3 * number - 2), month(year, 3 * number)
    return Value(f"{year}-Q{number}", first.first, last.last, "quarter")


def half(year: int, number: int) -> Value:
    """A half-year."""
    first, last = month(year, 6 * number - 5), month(year, 6 * number)
    return Value(f"{year}-H{number}", first.first, last.last, "month")


def year(number: int) -> Value:
    """A year."""
    return Value(f"{number:04}", date(number, 1, 1), date(number, 12, 31), "year")


def decade(start: int) -> Value:
    """A decade by its first year."""
    return Value(f"{start // 10}", date(start, 1, 1), date(start + 9, 12, 31), "decade")


#: First month, TIMEX3 code; the winter of a year begins in its December.
SEASONS = {
    "spring": (3, "SP"), "summer": (6, "SU"), "autumn": (9, "FA"), "fall": (9, "FA"),
    "winter": (12, "WI"),
}  # fmt: skip


def season(number: int, name: str) -> Value:
    """A northern season of a year."""
    start, code = SEASONS[name]
    first, last = month(number, start), month(number, start + 2)
    return Value(f"{number}-{code}", first.first, last.last, "quarter")


def span(first: Value, last: Value) -> Value:
    """From the beginning of one value to the end of another."""
    return Value(first.timex, first.first, last.last, first.precision)


def part_of(whole: Value, which: str) -> Value:
    """The early, middle or late third of a longer value; its TIMEX3 value stays the whole's."""
    if whole.first is None or whole.last is None or whole.precision == "day":
        return whole
    length = (whole.last - whole.first).days + 1
    third = length // 3
    first, last = whole.first, whole.last
    if which in {"early", "beginning", "start"}:
        last = first + timedelta(third - 1)
    elif which in {"late", "end"}:
        first = last - timedelta(third - 1)
    else:
        first, last = first + timedelta(third), last - timedelta(third)
    return Value(whole.timex, first, last, whole.precision)


def shift(when: date, unit: str, count: int) -> Value:
    """The day, week, month, quarter, year or decade that lies `count` units from a day's own."""
    if unit == "day":
        return day(when + timedelta(count))
    if unit == "week":
        return week(when + timedelta(7 * count))
    if unit == "weekend":
        return weekend(when + timedelta(7 * count))
    if unit == "fortnight":
        return week(when + timedelta(14 * count))
    if unit == "month":
        return month(when.year, when.month + count)
    if unit == "quarter":
        return quarter(when.year, (when.month + 2) // 3 + count)
    if unit == "decade":
        return decade((when.year // 10 + count) * 10)
    return year(when.year + count)
