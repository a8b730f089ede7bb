"""The news-date grammar: patterns of time expressions, each with what it means.

A rule is a regular expression and a function of its match and the reference day (None where the
report's day is not known). Where two rules match, the one that begins first, then the longer, wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from watchfloor.when import values
from watchfloor.when.values import Value
from watchfloor.when.words import (
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    UNITS,
    VAGUE,
    WEEKDAYS,
    number_of,
    unit_of,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a relative expression is resolved against: the report's day, and the clause's tense."""

    day: date | None
    future: bool = False


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Context], Value | None]]


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


M = rf"(?:{_any(MONTHS)})\.?"
W = rf"(?:{_any(WEEKDAYS)})\.?"
N = rf"(?:\d[\d,]*|(?:{_any(NUMBERS)})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
V = rf"(?:{_any(VAGUE)})"
U = r"(?:seconds?|minutes?|hours?|days?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies))"
U1 = r"(?:second|minute|hour|day|week|weekend|month|quarter|year|decade)"
P = rf"(?:{_any(PARTS)})"
D = r"(?:[0-3]?\d)(?:st|nd|rd|th|d)?"
Y = r"(?:1[5-9]\d\d|20\d\d)"
Y2 = rf"(?:{Y}|'?\d\d(?!\d|\.\d|,\d|:\d|%| (?:{M}|percent|people|km|miles)\b))"
EARLY = r"(?:(?:the )?(?:beginning|start|middle|end) of |early(?: in| on)? |late(?: in| on)? |mid[- ]|earlier |later )"
SEASON = r"(?:spring|summer|autumn|fall|winter)"


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
    }.get(low, 0)
    code = PARTS.get(part, "")
    if low in {"tonight", "last night", "overnight"}:
        code = "NI"
    elif low.startswith("this ") and not part:
        code = PARTS.get(low.split()[1], "")
    if at.day is None:
        return Value(
            "PRESENT_REF" if low == "today" else "XXXX-XX-XX" + (f"T{code}" if code else "")
        )
    if low == "overnight":
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


def relative_unit(m: re.Match[str], at: Context) -> Value | None:
    """ "last week", "this year", "next month", "earlier this year", "the previous quarter"."""
    unit = unit_of(m["u"])
    if unit in {"second", "minute", "hour", "century", "fortnight"}:
        return Value("PRESENT_REF") if unit in {"minute", "second"} else None
    if unit == "day":
        return None
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
    word = low.split()[-1]
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


def since(m: re.Match[str], at: Context) -> Value | None:
    """ "since March": from then on, with an open end."""
    inner = parse_one(m["what"], Context(at.day))
    if inner is None or inner.first is None:
        return inner
    return Value(inner.timex, inner.first, None, inner.precision, open_end=True)


def _rule(pattern: str, function: Callable[[re.Match[str], Context], Value | None]) -> Rule:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.I), function


DATE = rf"(?:(?P<wd>{W}),? )?"
RULES: list[Rule] = [
    _rule(rf"(?P<y>{Y})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.]+Z?)?", iso),
    _rule(rf"(?:between |from )?(?P<d>{D})(?: ?[-–] ?| to | and )(?P<d2>{D})(?: of)? (?P<m>{M})(?P<m2>)(?:,? (?P<y>{Y2}))?", day_range),
    _rule(rf"(?:from )?(?P<m>{M}) (?P<d>{D})(?: ?[-–] ?| to | and )(?:(?P<m2>{M}) )?(?P<d2>{D})(?:,? (?P<y>{Y}))?", day_range),
    _rule(rf"(?:from )?(?P<d>{D}) (?P<m>{M})(?: ?[-–] ?| to )(?P<d2>{D}) (?P<m2>{M})(?:,? (?P<y>{Y2}))?", day_range),
    _rule(rf"{DATE}(?:the )?(?P<d>{D})(?: of)? (?P<m>{M})(?:,? (?P<y>{Y2}))?", day_month),
    _rule(rf"{DATE}(?P<m>{M}) (?P<d>{D})(?!,\d|\d|%|[:.]\d)(?:,? (?P<y>{Y}))?", day_month),
    _rule(rf"(?P<early>{EARLY})?(?:(?P<which>last|next|this) )?(?P<m>{M})(?: of)?,? (?P<y>{Y})", month_year),
    _rule(rf"(?P<early>{EARLY})?(?:(?P<which>last|next|this) )?(?P<m>(?:{_any([x for x in MONTHS if x not in {'may', 'march', 'mar', 'jan', 'sun'}])})\.?)(?P<y>)", month_year),
    _rule(r"(?:(?<=in )|(?<=since )|(?<=by )|(?<=until )|(?<=from )|(?<=of ))(?P<early>)(?P<which>)(?P<m>may|march)(?P<y>)", month_year),
    _rule(rf"(?P<early>{EARLY})(?P<which>)(?P<m>may|march)(?P<y>)", month_year),
    _rule(rf"(?P<early>{EARLY})?(?:the )?(?:fiscal |calendar )?(?:year )?(?P<y>{Y})(?![-/]\d|,\d|\.\d| (?:people|men|kg|km|miles|dollars|percent|gmt|troops|soldiers|meters|members|tons|feet))", bare_year),
    _rule(r"(?:the )?(?P<early>early |late |mid[- ])?(?:the )?(?P<y>(?:1[5-9]|20)\d0'?s|'\d0s)", decade),
    _rule(rf"(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|last night|this (?:morning|afternoon|evening)|overnight(?! into))(?: (?P<part>{P}))?", deictic),
    _rule(rf"overnight into (?P<which>)(?P<w>{W})(?P<part>)", overnight_into),
    _rule(rf"(?:(?P<which>last|next|this past|this coming|past|coming|this) )?(?:early |late )?(?P<w>(?:{_any([w for w in WEEKDAYS if len(w) > 4])}))(?: (?P<part>{P}))?", weekday),
    _rule(rf"(?:(?:about|around|nearly|almost|some|over|more than|less than|just) )?(?P<n>{N}|{V}) (?P<u>{U}) (?P<side>ago|earlier|later|before|previously|after)", ago),
    _rule(rf"(?P<early>earlier |later |early |late )?(?:the )?(?P<which>last|this|next|past|previous|coming|current|following) (?P<u>{U1})", relative_unit),
    _rule(rf"(?:the )?(?:(?P<which>last|this past|this|next|past) )?(?:early |late )?(?P<s>{SEASON})(?: of)? (?P<y>{Y})", relative_season),
    _rule(rf"(?P<which>last|this past|this|next|past) (?P<s>{SEASON})(?P<y>)", relative_season),
    _rule(rf"(?:the )?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th)[- ](?:fiscal )?(?P<u>quarter|half)(?:(?: of)?,? (?P<y>{Y}))?", quarter),
    _rule(rf"(?:the )?(?P<which>last|past|next|coming|first|previous) (?P<n>{N}|{V}) (?P<u>{U})", past_units),
    _rule(rf"(?:(?:about|around|nearly|almost|some|over|more than|less than|at least|up to) )?(?P<n>{N}|{V})[- ](?P<u>{U})(?! old\b|-old)", duration),
    _rule(r"(?:recent |the )(?P<u>years|months|weeks|days|decades)", plural_unit),
    _rule(r"(?P<h>[01]?\d|2[0-4])(?::(?P<min>\d\d))? ?(?P<half>[ap]\.?m\b\.?)", clock),
    _rule(r"(?P<h>[01]?\d|2[0-4]):(?P<min>\d\d)(?P<half>)(?: ?(?:gmt|local time|hours))?", clock),
    _rule(r"(?P<h>[01]\d|2[0-4])(?P<min>\d\d) ?(?:gmt|hours|local)", telex_clock),
    _rule(r"(?:right )?now|currently|at present|these days|nowadays|at the moment|current|the present", fixed("PRESENT_REF")),
    _rule(r"recently|recent|(?:in )?the past(?! \w+ (?:second|minute|hour|day|week|month|quarter|year|decade))(?! (?:day|week|month|quarter|year|decade))|lately|long ago", fixed("PAST_REF")),
    _rule(r"the (?:near )?future", fixed("FUTURE_REF")),
    _rule(rf"(?:every|each) (?:{U}|{W}|{M})|daily|weekly|monthly|yearly|annually|hourly|nightly", every),
    _rule(r"(?:the )?(?P<n>\d\d?)(?:st|nd|rd|th) century", century),
]  # fmt: skip


def parse_one(text: str, at: Context) -> Value | None:
    """The value of a text that is one expression; None where it is none."""
    for pattern, function in RULES:
        match = pattern.fullmatch(text)
        if match and (value := function(match, at)) is not None:
            return value
    return None


def matches(text: str, at: Context) -> list[tuple[int, int, Value]]:
    """Every time expression of a text as (start, end, value), none overlapping."""
    found = []
    for order, (pattern, function) in enumerate(RULES):
        for match in pattern.finditer(text):
            value = function(match, at)
            if value is not None:
                found.append((match.start(), -match.end(), order, value))
    kept: list[tuple[int, int, Value]] = []
    for start, end, _, value in sorted(found, key=lambda f: f[:3]):
        if not kept or start >= kept[-1][1]:
            kept.append((start, -end, value))
    return kept
