"""What expressions mean that lean on the day of the report or of the telling: "last Friday".

Each takes the match of its rule (see `grammar`) and the context, as in `readings`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from watchfloor.when import values
from watchfloor.when.context import Context, full_year, length_of, part_named, weekday_of
from watchfloor.when.values import Value
from watchfloor.when.words import ORDINALS, PARTS, number_of, unit_of

#: What says that a stretch of time is meant up to the report's day: "so far this year".
SO_FAR = re.compile(r"\bso far (?:in )?$", re.IGNORECASE)
ALONE = re.compile(r",? (?:alone|so far)\b", re.IGNORECASE)


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
    number = weekday_of(m["w"])
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
        return Value(length_of(count, unit))
    if m["side"].lower() in {"later", "after"}:
        return Value(length_of(count, unit))
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
    return Value(length_of(count, unit), day, day, "day")


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


def owned_quarter(m: re.Match[str], at: Context) -> Value | None:
    """ "the 1988 third quarter", "last year's first half", "the year-ago period"."""
    which = m["which"].lower()
    if which.isdigit():
        year = int(which)
    elif at.day is None:
        return None
    else:
        step = {"last": -1, "year": -1, "this": 0, "next": 1}[which[:4]]
        year = at.day.year + step
        if which.startswith("year") and at.quarter is not None:
            year = at.quarter[0] - 1
    number = ORDINALS.get((m["n"] or "").lower())
    if m["u"].lower() == "half":
        return values.half(year, number) if number in {1, 2} else None
    if number is None:
        if at.quarter is None:
            return values.year(year) if m["u"].lower() == "period" else None
        number = at.quarter[1]
    return values.quarter(year, number)


def end_of(m: re.Match[str], at: Context) -> Value | None:
    """ "year-end", "by the end of the month", "the end of last year": its last third."""
    if at.day is None:
        return None
    step = {"last": -1, "next": 1}.get((m["which"] or m[0].split()[0]).lower(), 0)
    return values.part_of(values.shift(at.day, unit_of(m["u"] or "year"), step), "end")


def that_period(m: re.Match[str], at: Context) -> Value | None:
    """ "that year", "the following month": from the month or year last told of.

    Without one, "the previous year" is that before the report's own, and the others mean nothing.
    """
    unit, step = m["u"].lower(), (m["step"] or "").lower()
    count = {"following": 1, "preceding": -1, "previous": -1}.get(step, 0)
    told = at.told
    if told is not None and (unit == "year" or told[1] != "year"):
        return values.shift(told[0], unit, count)
    return values.shift(at.day, unit, count) if at.day is not None and count < 0 else None


def weekday_beside(m: re.Match[str], at: Context) -> Value | None:
    """ "the following Friday", "the previous Monday": from the day last told of."""
    day = at.last or at.day
    if day is None:
        return None
    away = (weekday_of(m["w"]) - day.weekday()) % 7
    if m["step"].lower() in {"following", "next"}:
        return values.day(day + timedelta(away or 7))
    return values.day(day + timedelta(away - 7))


def same_day(m: re.Match[str], at: Context) -> Value | None:
    """ "later in the day", "earlier that day": of the day last told of, else the report's."""
    day = at.last or at.day
    return None if day is None else values.day(day)


def the_year(m: re.Match[str], at: Context) -> Value | None:
    """ "for the year", "in the fiscal year": the report's own."""
    return None if at.day is None else values.year(at.day.year)


def the_weekend(m: re.Match[str], at: Context) -> Value | None:
    """ "over the weekend": the last one, or the coming one in the future."""
    if at.day is None:
        return None
    ahead = 0 if at.future or at.day.weekday() >= 5 else -7
    return values.weekend(at.day + timedelta(ahead))


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
    so_far = SO_FAR.search(m.string[: m.start()]) or ALONE.match(m.string, m.end())
    if count == 0 and so_far and whole.first is not None and not m["early"]:
        return Value(whole.timex, whole.first, at.day, whole.precision)
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
    return values.part_of(whole, part_named(early))


def relative_season(m: re.Match[str], at: Context) -> Value | None:
    """ "last summer", "the summer of 1990"."""
    name = m["s"].lower()
    if m["y"]:
        return values.season(full_year(m["y"], at), name)
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
