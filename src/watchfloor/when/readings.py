"""What a matched time expression means, given the report's day.

Each reading takes the match of its rule (see `grammar`) and the context, and gives a value; None
where the match is no time expression after all. A docstring shows what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from watchfloor.when import values
from watchfloor.when.calendars import HIJRI, PERSIAN, hijri, persian
from watchfloor.when.values import Value
from watchfloor.when.words import (
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    UNITS,
    WEEKDAYS,
    number_of,
    unit_of,
)


@dataclass(slots=True)
class Context:
    """What an expression is resolved against, kept up as the report is read.

    `day` is the report's, None where it is not known. `future` is the tense of the clause that the
    expression stands in. `last` is the day that the telling has come to ("the next morning"),
    `quarter` the (year, number) that a business report is about ("a year earlier").
    """

    day: date | None
    future: bool = False
    last: date | None = None
    quarter: tuple[int, int] | None = None


def _month(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _weekday(word: str) -> int:
    return WEEKDAYS[word.lower().rstrip(".")]


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _full_year(text: str) -> int:
    number = _number(text)
    return number if number > 99 else (1900 if number > 30 else 2000) + number


def _date(year: int, month: int, day: int) -> Value | None:
    try:
        return values.day(date(year, month, day))
    except ValueError:
        return None


def _near(month: int, day: int, at: Context) -> Value | None:
    """A day without a year: the nearest one on the side of the clause's tense."""
    if at.day is None:
        return Value(f"XXXX-{month:02}-{day:02}", precision="day")
    years = (at.day.year, at.day.year - 1, at.day.year + 1)
    found = [v for y in years if (v := _date(y, month, day)) and v.first]
    if not found:
        return None
    day_ = at.day
    return min(
        found,
        key=lambda v: (
            (v.first < day_ - timedelta(7)) if at.future else (v.first > day_ + timedelta(45)),  # type: ignore[operator]
            abs((v.first - day_).days),  # type: ignore[operator]
        ),
    )


def _near_month(month: int, at: Context) -> Value:
    if at.day is None:
        return Value(f"XXXX-{month:02}", precision="month")
    year = at.day.year
    if at.future and month < at.day.month:
        year += 1
    elif not at.future and month > at.day.month + 1:
        year -= 1
    return values.month(year, month)


def iso(m: re.Match[str], at: Context) -> Value | None:
    """ "2022-06-15"."""
    return _date(int(m["y"]), int(m["m"]), int(m["d"]))


def day_month(m: re.Match[str], at: Context) -> Value | None:
    """ "9 June 2022", "June 9", "Tuesday, June 9"."""
    month, day = _month(m["m"]), _number(m["d"])
    if m["y"]:
        return _date(_full_year(m["y"]), month, day)
    return _near(month, day, at)


def day_range(m: re.Match[str], at: Context) -> Value | None:
    """ "9 to 12 June 2022", "30 May to 2 June", "the night of 14 to 15 March"."""
    last_month = _month(m["m2"] or m["m"])
    first_month = _month(m["m"] or m["m2"])
    year = _full_year(m["y"]) if m["y"] else None
    first = (
        _date(year, first_month, _number(m["d"]))
        if year
        else _near(first_month, _number(m["d"]), at)
    )
    last = (
        _date(year, last_month, _number(m["d2"]))
        if year
        else _near(last_month, _number(m["d2"]), at)
    )
    return values.span(first, last) if first and last else None


def month_year(m: re.Match[str], at: Context) -> Value | None:
    """ "June 2022", "early June", "last June"."""
    month = _month(m["m"])
    whole = values.month(_full_year(m["y"]), month) if m["y"] else _near_month(month, at)
    if (
        m["which"]
        and at.day is not None
        and m["which"].lower().startswith(("last", "next"))
        and not m["y"]
    ):
        back = -1 if m["which"].lower().startswith("last") else 1
        year = at.day.year
        if back < 0 and month >= at.day.month:
            year -= 1
        if back > 0 and month <= at.day.month:
            year += 1
        whole = values.month(year, month)
    return values.part_of(whole, _early(m["early"])) if m["early"] else whole


def _early(text: str) -> str:
    low = text.lower()
    return next((w for w in ("early", "beginning", "start", "late", "end") if w in low), "mid")


def bare_year(m: re.Match[str], at: Context) -> Value | None:
    """ "2002", "early 2002"."""
    whole = values.year(int(m["y"]))
    return values.part_of(whole, _early(m["early"])) if m["early"] else whole


def decade(m: re.Match[str], at: Context) -> Value | None:
    """ "the 1990s", "the late '80s"."""
    text = m["y"]
    start = _number(text)
    start = start if start > 99 else 1900 + start
    whole = values.decade(start)
    return values.part_of(whole, _early(m["early"])) if m["early"] else whole


def deictic(m: re.Match[str], at: Context) -> Value | None:
    """today, yesterday morning, tonight, last night."""
    low = m["word"].lower()
    part = m["part"].lower() if m["part"] else ""
    back = {
        "yesterday": -1,
        "tomorrow": 1,
        "last night": -1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
        "overnight": -1,
        "during the night": -1,
    }.get(low, 0)
    code = PARTS.get(part, "")
    if low in {"tonight", "last night", "overnight", "during the night"}:
        code = "NI"
    elif low.startswith("this ") and not part:
        code = PARTS.get(low.split()[1], "")
    if at.day is None:
        return Value(
            "PRESENT_REF" if low == "today" else "XXXX-XX-XX" + (f"T{code}" if code else "")
        )
    if low in {"overnight", "during the night"}:
        first, last = at.day - timedelta(1), at.day
        return Value(f"{last.isoformat()}TNI", first, last, "day")
    return values.day(at.day + timedelta(back), code)


def weekday(m: re.Match[str], at: Context) -> Value | None:
    """ "on Tuesday", "last Friday night"."""
    number = _weekday(m["w"])
    code = PARTS.get((m["part"] or "").lower(), "")
    if at.day is None:
        return Value(f"XXXX-WXX-{number + 1}" + (f"T{code}" if code else ""))
    which = (m["which"] or "").lower().strip()
    away = (number - at.day.weekday()) % 7
    if which.startswith(("next", "coming", "this coming")):
        away = away or 7
    elif which.startswith(("last", "past", "this past")):
        away = away - 7
    elif at.future:
        away = away or 0
    else:
        away = away - 7 if away else 0
    return values.day(at.day + timedelta(away), code)


def overnight_into(m: re.Match[str], at: Context) -> Value | None:
    """ "overnight into Tuesday" is Monday to Tuesday."""
    last = weekday(m, at)
    if last is None or last.last is None:
        return last
    return Value(last.timex, last.last - timedelta(1), last.last, "day")


def ago(m: re.Match[str], at: Context) -> Value | None:
    """ "three days ago", "a year earlier", "two weeks later"."""
    unit, count = unit_of(m["u"]), number_of(m["n"])
    back = m["side"].lower() in {"ago", "earlier", "before", "previously"}
    if count is None:
        return Value("PAST_REF" if back else "FUTURE_REF")
    if at.quarter is not None and unit == "year" and count == 1 and back:
        return values.quarter(at.quarter[0] - 1, at.quarter[1])
    told = _from_last(m, at, unit, count)
    if told is not None:
        return told
    if at.day is None or unit not in {
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "decade",
        "weekend",
    }:
        return Value(_duration(count, unit))
    if m["side"].lower() in {"later", "after"}:
        return Value(_duration(count, unit))
    if unit == "decade":
        return values.year(at.day.year - 10 * count)
    return values.shift(at.day, unit, -count)


def _from_last(m: re.Match[str], at: Context, unit: str, count: int) -> Value | None:
    """ "three days later", "hours earlier": from the day that the telling has come to."""
    side = m["side"].lower()
    open_ended = re.match(r"\s*(?:[,.;:)]|$)", m.string[m.end() :])
    if (
        at.last is None
        or unit not in {"day", "hour"}
        or not (side in {"later", "earlier"} or (side in {"after", "before"} and open_ended))
    ):
        return None
    days = (count if unit == "day" else 0) * (1 if side in {"later", "after"} else -1)
    day = at.last + timedelta(days)
    return Value(_duration(count, unit), day, day, "day")


def that_day(m: re.Match[str], at: Context) -> Value | None:
    """ "that evening", "the next morning", "the night before": from the day last told of."""
    if at.last is None:
        return None
    step = (m["step"] or "").lower()
    days = 1 if step in {"next", "following"} else -1 if step in {"previous", "preceding"} else 0
    if (m["side"] or "").lower() in {"before", "earlier"}:
        days = -1
    code = PARTS.get((m["part"] or "").lower(), "")
    return values.day(at.last + timedelta(days), code)


def the_quarter(m: re.Match[str], at: Context) -> Value | None:
    """ "the latest quarter", "the year-earlier period": of the quarter that is reported on."""
    if at.quarter is None:
        return None
    back = bool(m["back"]) or (m["which"] or "").lower() in {"year-earlier", "year-ago"}
    return values.quarter(at.quarter[0] - back, at.quarter[1])


def the_year(m: re.Match[str], at: Context) -> Value | None:
    """ "for the year", "in the fiscal year": the report's own."""
    return None if at.day is None else values.year(at.day.year)


def the_weekend(m: re.Match[str], at: Context) -> Value | None:
    """ "over the weekend": the last one, or the coming one in the future."""
    if at.day is None:
        return None
    ahead = 0 if at.future or at.day.weekday() >= 5 else -7
    return values.weekend(at.day + timedelta(ahead))


def night_between(m: re.Match[str], at: Context) -> Value | None:
    """ "the night of Monday to Tuesday"."""
    if at.day is None:
        return None
    away = (_weekday(m["w2"]) - at.day.weekday()) % 7
    last = at.day + timedelta(away - 7 if away and not at.future else away)
    first = last - timedelta((_weekday(m["w2"]) - _weekday(m["w"])) % 7)
    return Value(f"{first.isoformat()}TNI", first, last, "day")


def eve_of(m: re.Match[str], at: Context) -> Value | None:
    """ "on the eve of 14 July"."""
    month, day = _month(m["m"] or m["m2"]), _number(m["d"] or m["d2"])
    whole = _date(int(m["y"]), month, day) if m["y"] else _near(month, day, at)
    if whole is None or whole.first is None:
        return whole
    return values.day(whole.first - timedelta(1))


def spelled_year(m: re.Match[str], at: Context) -> Value | None:
    """ "nineteen ninety-six", "the year two thousand"."""
    if not m["tens"]:
        return values.year(2000)
    return values.year(1900 + NUMBERS[m["tens"].lower()] + NUMBERS.get((m["one"] or "").lower(), 0))


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


def relative_unit(m: re.Match[str], at: Context) -> Value | None:
    """ "last week", "this year", "next month", "earlier this year", "the previous quarter"."""
    unit = unit_of(m["u"])
    if unit in {"second", "minute", "hour", "century", "fortnight"}:
        return Value("PRESENT_REF") if unit in {"minute", "second"} else None
    if unit == "day":
        return None
    if m["which"].lower() == "following" and at.last is not None and not m["early"]:
        return values.shift(at.last, unit, 1)
    if at.day is None:
        return Value({"year": "XXXX", "month": "XXXX-XX"}.get(unit, "XXXX-WXX"))
    side = m["which"].lower()
    if unit == "decade" and side in {"last", "past"}:
        return Value("P10Y", date(at.day.year - 10, at.day.month, 1), at.day, "year")
    count = -1 if side in {"last", "past", "previous", "the previous"} else 0
    count = 1 if side in {"next", "coming", "the next", "following"} else count
    whole = values.shift(at.day, unit, count)
    if not m["early"]:
        return whole
    early = m["early"].lower().strip()
    if early == "earlier" and whole.first:
        return Value(
            whole.timex,
            whole.first,
            max(whole.first, min(at.day, whole.last or at.day)),
            whole.precision,
        )
    if early == "later":
        return Value(whole.timex, at.day, whole.last, whole.precision)
    return values.part_of(whole, _early(early))


def relative_season(m: re.Match[str], at: Context) -> Value | None:
    """ "last summer", "the summer of 1990"."""
    name = m["s"].lower()
    if m["y"]:
        return values.season(_full_year(m["y"]), name)
    if at.day is None:
        return Value(f"XXXX-{values.SEASONS[name][1]}")
    side = (m["which"] or "").lower()
    year = at.day.year
    own = values.season(year, name)
    if side in {"last", "past", "this past"} and own.last and own.last >= at.day:
        year -= 1
    if side == "next" and own.first and own.first <= at.day:
        year += 1
    return values.season(year, name)


def quarter(m: re.Match[str], at: Context) -> Value | None:
    """ "the third quarter", "the first half of 1990"."""
    number = ORDINALS.get(m["n"].lower())
    if number is None:
        return None
    year = _full_year(m["y"]) if m["y"] else None
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


def _duration(count: int | str, unit: str) -> str:
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


def duration(m: re.Match[str], at: Context) -> Value | None:
    """ "two years", "10-day", "the past three months": how long, not when."""
    count = number_of(m["n"])
    unit = unit_of(m["u"])
    if unit == "second" and not m["u"].lower().endswith("s"):
        return None
    return Value(_duration("X" if count is None else count, unit))


def past_units(m: re.Match[str], at: Context) -> Value | None:
    """ "in the last three months": a length, and the stretch up to the report's day."""
    count, unit = number_of(m["n"]), unit_of(m["u"])
    timex = _duration("X" if count is None else count, unit)
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
    return Value(_duration("X", unit_of(m["u"])))


def clock(m: re.Match[str], at: Context) -> Value | None:
    """ "3 p.m.", "10:30"."""
    hour, minute = int(m["h"]), int(m["min"] or 0)
    mark = (m["half"] or "").lower().replace(".", "").strip()
    if hour > 24 or minute > 59:
        return None
    if mark == "pm" and hour < 12:
        hour += 12
    if mark == "am" and hour == 12:
        hour = 0
    time = f"T{hour:02}:{minute:02}"
    if at.day is None:
        return Value(f"XXXX-XX-XX{time}")
    return Value(at.day.isoformat() + time, at.day, at.day, "minute")


def telex_clock(m: re.Match[str], at: Context) -> Value | None:
    """ "0015 GMT"."""
    hour, minute = int(m["h"]), int(m["min"])
    if hour > 24 or minute > 59:
        return None
    time = f"T{hour:02}:{minute:02}"
    if at.day is None:
        return Value(f"XXXX-XX-XX{time}")
    return Value(at.day.isoformat() + time, at.day, at.day, "minute")


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
    return Value(_duration(1, unit_of(word)))


def century(m: re.Match[str], at: Context) -> Value | None:
    """ "the 20th century"."""
    number = _number(m["n"])
    first = (number - 1) * 100
    return Value(f"{number - 1:02}", date(max(first, 1), 1, 1), date(first + 99, 12, 31), "decade")
