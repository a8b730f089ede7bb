"""What expressions mean that name their days, months and years themselves: "9 June 2022".

Each reading takes the match of its rule (see `grammar`) and the context, and gives a value; None
where the match is no time expression after all. A docstring shows what it reads. Those that lean on
the report's day are in `relative`, those that only say how long in `lengths`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from watchfloor.when import calendars, values
from watchfloor.when.calendars import HIJRI, PERSIAN, hijri, persian
from watchfloor.when.context import (
    Context,
    dated,
    digits,
    full_year,
    month_of,
    near,
    near_day,
    near_month,
    part_named,
    weekday_of,
)
from watchfloor.when.values import Value
from watchfloor.when.words import NUMBERS, ORDINALS
from watchfloor.when.zones import ahead_of_utc


def iso(m: re.Match[str], at: Context) -> Value | None:
    """ "2022-06-15"."""
    return dated(int(m["y"]), int(m["m"]), int(m["d"]))


def day_month(m: re.Match[str], at: Context) -> Value | None:
    """ "9 June 2022", "June 9", "Tuesday, June 9"."""
    month, day = month_of(m["m"]), digits(m["d"])
    if m["y"]:
        return dated(full_year(m["y"], at), month, day)
    return near(month, day, at)


def day_of_month(m: re.Match[str], at: Context) -> Value | None:
    """ "on the 28th"."""
    return near_day(digits(m["d"]), at) if 0 < digits(m["d"]) < 32 else None


def day_range(m: re.Match[str], at: Context) -> Value | None:
    """ "9 to 12 June 2022", "30 May to 2 June", "the night of 14 to 15 March"."""
    last_month = month_of(m["m2"] or m["m"])
    first_month = month_of(m["m"] or m["m2"])
    year = full_year(m["y"], at) if m["y"] else None
    first = (
        dated(year, first_month, digits(m["d"])) if year else near(first_month, digits(m["d"]), at)
    )
    last = (
        dated(year, last_month, digits(m["d2"])) if year else near(last_month, digits(m["d2"]), at)
    )
    return values.span(first, last) if first and last else None


def month_year(m: re.Match[str], at: Context) -> Value | None:
    """ "June 2022", "early June", "last June"."""
    month = month_of(m["m"])
    whole = values.month(full_year(m["y"], at), month) if m["y"] else near_month(month, at)
    if (
        m["which"]
        and at.day is not None
        and m["which"].lower().startswith(("last", "next", "this"))
        and not m["y"]
    ):
        back = {"last": -1, "this": 0, "next": 1}[m["which"].lower()[:4]]
        year = at.day.year
        if back < 0 and month >= at.day.month:
            year -= 1
        if back > 0 and month <= at.day.month:
            year += 1
        whole = values.month(year, month)
    return values.part_of(whole, part_named(m["early"])) if m["early"] else whole


def bare_year(m: re.Match[str], at: Context) -> Value | None:
    """ "2002", "early 2002"."""
    whole = values.year(int(m["y"]))
    return values.part_of(whole, part_named(m["early"])) if m["early"] else whole


def decade(m: re.Match[str], at: Context) -> Value | None:
    """ "the 1990s", "the late '80s"."""
    text = m["y"]
    start = digits(text)
    start = start if start > 99 else 1900 + start
    whole = values.decade(start)
    return values.part_of(whole, part_named(m["early"])) if m["early"] else whole


def night_between(m: re.Match[str], at: Context) -> Value | None:
    """ "the night of Monday to Tuesday"."""
    if at.day is None:
        return None
    away = (weekday_of(m["w2"]) - at.day.weekday()) % 7
    last = at.day + timedelta(away - 7 if away and not at.future else away)
    first = last - timedelta((weekday_of(m["w2"]) - weekday_of(m["w"])) % 7)
    return Value(f"{first.isoformat()}TNI", first, last, "day")


def eve_of(m: re.Match[str], at: Context) -> Value | None:
    """ "on the eve of 14 July"."""
    month, day = month_of(m["m"] or m["m2"]), digits(m["d"] or m["d2"])
    whole = dated(int(m["y"]), month, day) if m["y"] else near(month, day, at)
    if whole is None or whole.first is None:
        return whole
    return values.day(whole.first - timedelta(1))


def spelled_year(m: re.Match[str], at: Context) -> Value | None:
    """ "nineteen ninety-six", "January nineteen ninety-six", "the year two thousand"."""
    if not m["tens"]:
        return values.year(2000)
    year = 1900 + NUMBERS[m["tens"].lower()] + NUMBERS.get((m["one"] or "").lower(), 0)
    return values.month(year, month_of(m["m"])) if m["m"] else values.year(year)


def month_beside(m: re.Match[str], at: Context) -> Value | None:
    """ "July last year"."""
    if at.day is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[m["which"].lower()]
    return values.month(at.day.year + step, month_of(m["m"]))


def feast(m: re.Match[str], at: Context) -> Value | None:
    """ "on Christmas Day", "New Year's Eve", "the eve of Eid al-Fitr", "last Easter Monday"."""
    back = timedelta(bool(m["eve"] or m["part"]))
    day = at.day
    if not m["y"] and day is None:
        return None
    own = int(m["y"] or 0) + bool(m["part"] and m["name"].lower().startswith("new year"))
    around = (own,) if m["y"] else tuple(day.year + n for n in (0, -1, 1))  # type: ignore[union-attr]
    found = [f for year in around if (f := calendars.feast(m["name"].lower(), year)) is not None]
    if day is not None and not m["y"]:
        which = (m["which"] or "").strip().lower()
        ahead = at.future or which == "next"
        late = [f for f in found if (f[1] >= day if ahead else f[0] <= day)]
        found = sorted(late or found, key=lambda f: abs((f[0] - day).days))
    if not found:
        return None
    first, last = found[0][0] - back, found[0][1] - back
    return Value(first.isoformat(), first, last, "day")


def islamic(m: re.Match[str], at: Context) -> Value | None:
    """ "15 Ramadan 1443": a day either side, for the month begins when the moon is seen."""
    month = HIJRI[m["m"].lower()]
    first = hijri(int(m["y"]), month, int(m["d"] or 1))
    if first is None:
        return None
    last = first if m["d"] else first + timedelta(29)
    precision = "day" if m["d"] else "month"
    one = timedelta(1)
    return Value(first.isoformat()[: 10 if m["d"] else 7], first - one, last + one, precision)


def iranian(m: re.Match[str], at: Context) -> Value | None:
    """ "22 Bahman 1357", as Iran and Afghanistan count."""
    first = persian(int(m["y"]), PERSIAN[m["m"].lower()], int(m["d"] or 1))
    if first is None:
        return None
    if m["d"]:
        return values.day(first)
    return Value(first.isoformat()[:7], first, first + timedelta(29), "month")


def fiscal(m: re.Match[str], at: Context) -> Value | None:
    """ "FY2022-23", "fiscal year 2022/23": from the first year into the second."""
    first, last = values.year(int(m["y"])), values.year(int(m["y"]) + bool(m["y2"]))
    return Value(last.timex, first.first, last.last, "year")


def quarter(m: re.Match[str], at: Context) -> Value | None:
    """ "the third quarter", "the first half of 1990"."""
    last = 2 if m["u"].lower() == "half" else 4
    number = ORDINALS.get(m["n"].lower(), last if m["y"] else None)
    if number is None:
        return None
    year = full_year(m["y"], at) if m["y"] else None
    make = values.half if m["u"].lower() == "half" else values.quarter
    if make is values.half and number > 2:
        return None
    if year is None and at.day is None:
        return Value(f"XXXX-{'H' if make is values.half else 'Q'}{number}")
    if year is not None:
        return make(year, number)
    assert at.day is not None
    found = make(at.day.year, number)
    if found.first and found.first > at.day and not at.future:
        return make(at.day.year - 1, number)
    return found


def clock(m: re.Match[str], at: Context) -> Value | None:
    """ "3 p.m.", "10:30", "0015 GMT", "5 p.m. EST"."""
    hour, minute = int(m["h"]), int(m["min"] or 0)
    mark = (m["half"] or "").lower().replace(".", "").strip()
    if hour > 24 or minute > 59:
        return None
    if mark == "pm" and hour < 12:
        hour += 12
    if mark == "am" and hour == 12:
        hour = 0
    time = f"T{hour:02}:{minute:02}"
    ahead = ahead_of_utc(m["zone"] or "")
    said = values.Clock(60 * hour + minute, ahead) if ahead is not None else None
    if at.day is None:
        return Value(f"XXXX-XX-XX{time}", clock=said)
    return Value(at.day.isoformat() + time, at.day, at.day, "minute", clock=said)


def century(m: re.Match[str], at: Context) -> Value | None:
    """ "the 20th century"."""
    number = digits(m["n"])
    first = (number - 1) * 100
    return Value(f"{number - 1:02}", date(max(first, 1), 1, 1), date(first + 99, 12, 31), "decade")
