"""The news-date grammar: patterns of time expressions, each with its reading.

Where two rules match, the one that begins first, then the longer, wins. A rule is tried only on
sentences that bear the signs it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from watchfloor.when import lengths, relative
from watchfloor.when import readings as read
from watchfloor.when.calendars import FEASTS, HIJRI, PERSIAN
from watchfloor.when.context import Context
from watchfloor.when.values import Value
from watchfloor.when.words import MONTHS, NUMBERS, PARTS, VAGUE, WEEKDAYS
from watchfloor.when.zones import OFFSETS, on_the_spot

Reading = Callable[[re.Match[str], Context], Value | None]
#: The signs without which a pattern cannot match (keys of `SIGNS`), the pattern, its reading.
Rule = tuple[frozenset[str], re.Pattern[str], Reading]


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


M = rf"(?:{_any(MONTHS)})\.?"
W = rf"(?:{_any(WEEKDAYS)})\.?"
#: Weekdays that are not cut short: "Sat" is a verb as well.
WHOLE = rf"(?:{_any([w for w in WEEKDAYS if len(w) > 4])})"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
N = rf"(?:\d[\d,]*|(?:{TENS})[- ](?:one|two|three|four|five|six|seven|eight|nine)\b|(?:{_any(NUMBERS)}))"
V = rf"(?:{_any(VAGUE)})"
U = r"(?:seconds?|minutes?|hours?|days?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies))"
U1 = r"(?:second|minute|hour|day|week|weekend|month|quarter|year|decade)"
P = rf"(?:{_any(PARTS)})"
D = r"(?:[0-3]?\d)(?:st|nd|rd|th|d)?"
Y = r"(?:1[5-9]\d\d|20\d\d)"
Y2 = rf"(?:{Y}|'?\d\d(?!\d|\.\d|,\d|:\d|%| (?:{M}|percent|people|km|miles)\b))"
EARLY = r"(?:(?:the )?(?:beginning|start|middle|end) of |early(?: in| on)? |late(?: in| on)? |mid[- ]|earlier |later )"
WHOSE = r"(?:last|this|next) year(?:['’]s)?|year-(?:ago|earlier)"
#: A clock's zone as written behind the time.
ZONE = rf" ?\(?(?:local time|{_any(OFFSETS)})\b\)?"
SEASON = r"(?:spring|summer|autumn|fall|winter)"


#: What to look for first, in small letters: most sentences bear few of them, so few rules are tried.
SIGNS = {
    name: re.compile(pattern)
    for name, pattern in {
        "digit": r"\d",
        "month": rf"\b(?:{_any(MONTHS)})\b",
        "weekday": rf"\b(?:{_any(WEEKDAYS)})\b",
        "unit": rf"second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur|half|"
        rf"period|tomorrow|{_any(PARTS)}",
        "season": SEASON,
        "feast": _any(FEASTS),
        "word": "now|current|present|moment|recent|past|lately|ago|future|every|each|daily|weekly|"
        "monthly|yearly|annually|hourly|nightly|these days|nineteen|two thousand",
    }.items()
}


def _rule(needs: str, pattern: str, reading: Reading) -> Rule:
    whole = re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.I)
    return frozenset(needs.split()), whole, reading


DATE = rf"(?:(?P<wd>{W}),? )?"
RULES: list[Rule] = [
    _rule("digit", rf"(?P<y>{Y})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.]+Z?)?", read.iso),
    _rule("digit month", rf"(?:between |from )?(?P<d>{D})(?: ?[-–] ?| to | and )(?P<d2>{D})(?: of)? (?P<m>{M})(?P<m2>)(?:,? (?P<y>{Y2}))?", read.day_range),
    _rule("digit month", rf"(?:from )?(?P<m>{M}) (?P<d>{D})(?: ?[-–] ?| to | and )(?:(?P<m2>{M}) )?(?P<d2>{D})(?:,? (?P<y>{Y}))?", read.day_range),
    _rule("digit month", rf"(?:from )?(?P<d>{D}) (?P<m>{M})(?: ?[-–] ?| to )(?P<d2>{D}) (?P<m2>{M})(?:,? (?P<y>{Y2}))?", read.day_range),
    _rule("digit month", rf"{DATE}(?:the )?(?P<d>{D})(?: of)? (?P<m>{M})(?:,? (?P<y>{Y2}))?", read.day_month),
    _rule("digit month", rf"{DATE}(?P<m>{M}) (?P<d>{D})(?!,\d|\d|%|[:.]\d)(?:,? (?P<y>{Y}))?", read.day_month),
    _rule("digit", r"(?:(?<=on )|(?<=by )|(?<=until )|(?<=since )|(?<=from )|(?<=for ))the (?P<d>[0-3]?\d)(?:st|nd|rd|th)(?= ?[,.;:)]| (?:and|to|in|at|with|for|after|before)\b|$)", read.day_of_month),
    _rule("weekday", rf"(?:the )?night (?:of|from|between) (?P<w>{W}) (?:to|and|into) (?P<w2>{W})", read.night_between),
    _rule("digit month", rf"(?:on )?the eve of (?:(?:the )?(?P<d>{D}) (?P<m>{M})|(?P<m2>{M}) (?P<d2>{D}))(?:,? (?P<y>{Y}))?", read.eve_of),
    _rule("feast", rf"(?P<eve>the eve of )?(?P<which>last |this |next )?(?P<name>{_any(FEASTS)})(?P<part> eve)?(?:,? (?P<y>{Y}))?", read.feast),
    _rule("digit", rf"(?:(?P<d>[0-3]?\d)(?:st|nd|rd|th)? )?(?P<m>{_any(HIJRI)}),? (?P<y>1[0-5]\d\d)(?: ?A\.?H\.?)?", read.islamic),
    _rule("digit", rf"(?:(?P<d>[0-3]?\d)(?:st|nd|rd|th)? )?(?P<m>{_any(PERSIAN)}),? (?P<y>1[234]\d\d)", read.iranian),
    _rule("digit", rf"(?:the )?(?:FY ?|fiscal(?: year)? )(?P<y>{Y})[-/](?P<y2>\d\d)(?:\d\d)?", read.fiscal),
    _rule("unit", r"(?:that|(?:the )?same|the (?P<step>following|preceding|previous)) (?P<u>month|year)(?!['’-])", relative.that_period),
    _rule("weekday", rf"the (?P<step>following|next|preceding|previous) (?P<w>{WHOLE})", relative.weekday_beside),
    _rule("unit", rf"(?:that|the same|the (?P<step>next|following|previous|preceding)) (?:day|(?P<part>{P}))(?P<side>)", relative.that_day),
    _rule("unit", rf"the (?P<step>)(?:day|(?P<part>{P})) (?P<side>before|earlier)(?= ?[,.;]|$)", relative.that_day),
    _rule("unit", r"(?:(?<=at )|(?<=by )|(?<=until )|(?<=before )|(?<=after )|(?<=around ))(?P<step>)(?P<part>noon|midnight|dawn|dusk|nightfall)(?P<side>)", relative.that_day),
    _rule("unit", r"(?:late |early )?in the (?P<step>)(?P<part>morning|afternoon|evening|night)(?P<side>)(?= ?[,.;]|$)", relative.that_day),
    _rule("unit", rf"(?:the )?(?:(?:same|like|comparable|corresponding) )?(?P<which>{Y}|{WHOSE})[- ](?:(?:fiscal[- ])?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th)[- ])?(?P<u>quarter|half|period)(?! (?:of|from|when|that|between|ended))", relative.owned_quarter),
    _rule("unit", r"the (?P<which>latest|same|current|corresponding|comparable|like)? ?(?:quarter|period)(?: (?P<back>a year (?:ago|earlier|before)|last year))?", relative.the_quarter),
    _rule("unit", r"(?:an? |the )?(?P<which>year-earlier|year-ago)(?P<back>)", relative.the_quarter),
    _rule("unit", r"(?:the |a )?(?:full |fiscal )?year(?= end(?:ed|ing)\b)", lengths.fixed("P1Y")),
    _rule("unit", r"(?:(?:the|this|last|next) )?(?P<y>)(?:year[- ]end|year['’]s end)|(?:the )?end of (?P<which>the|this|last|next) (?P<u>year|month|week)", relative.end_of),
    _rule("unit", r"(?:earlier|later) (?:in )?(?:the|that|this) (?:same )?day", relative.same_day),
    _rule("unit", r"(?:(?<=for )|(?<=in )|(?<=during )|(?<=so far ))the (?:full |fiscal |current |current fiscal )?year(?!-|['’]s end| (?:of|that|when|before|after|ended|ending|since|to|\d))", relative.the_year),
    _rule("unit", r"(?:over |during )?the weekend", relative.the_weekend),
    _rule("word", rf"(?:(?P<m>{M}) )?nineteen (?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?P<one>one|two|three|four|five|six|seven|eight|nine))?|the year two thousand", read.spelled_year),
    _rule("digit month", rf"(?P<early>{EARLY})?(?:(?P<which>last|next|this) )?(?P<m>{M})(?: of)?,? (?P<y>{Y})", read.month_year),
    _rule("month", rf"(?P<early>{EARLY})?(?:(?P<which>last|next|this) )?(?P<m>(?:{_any([x for x in MONTHS if x not in {'may', 'march', 'mar', 'jan', 'sun'}])})\.?)(?P<y>)", read.month_year),
    _rule("month", rf"(?:(?P<early>{EARLY})|(?P<which>last|this|next) |(?<=in )|(?<=since )|(?<=by )|(?<=until )|(?<=from )|(?<=of ))(?P<m>may|march)(?P<y>)", read.month_year),
    _rule("unit", r"the current (?:fiscal )?year", relative.the_year),
    _rule("digit", rf"(?P<early>{EARLY})?(?:the )?(?:fiscal |calendar )?(?:year )?(?P<y>{Y})(?![-/]\d|,\d|\.\d| (?:people|men|kg|km|miles|dollars|percent|gmt|troops|soldiers|meters|members|tons|feet))", read.bare_year),
    _rule("digit", r"(?:the )?(?P<early>early |late |mid[- ])?(?:the )?(?P<y>(?:1[5-9]|20)\d0'?s|'\d0s)", read.decade),
    _rule("unit", rf"(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|last night|this (?:morning|afternoon|evening)|overnight(?! into)|during the night)(?: (?P<part>{P}))?", relative.deictic),
    _rule("weekday", rf"overnight into (?P<which>)(?P<w>{W})(?P<part>)", relative.overnight_into),
    _rule("weekday", rf"(?:(?P<which>last|next|this past|this coming|past|coming|this) )?(?:early |late )?(?P<w>{WHOLE})(?: (?P<part>{P}))?", relative.weekday),
    _rule("unit", rf"(?:(?:about|around|nearly|almost|some|over|more than|less than|just) )?(?P<n>{N}|{V}) (?P<u>{U}) (?P<side>ago|earlier|later|before|previously|after)", relative.ago),
    _rule("unit", rf"(?P<early>earlier |later |early |late )?(?:the )?(?P<which>last|this|next|past|previous|coming|current|following) (?P<u>{U1})", relative.relative_unit),
    _rule("season", rf"(?:the )?(?:(?P<which>last|this past|this|next|past) )?(?:early |late )?(?P<s>{SEASON})(?:(?: of)? (?P<y>{Y})|(?(which)|(?!)))", relative.relative_season),
    _rule("unit", rf"(?:the )?(?P<n>first|second|third|fourth|last|latter|1st|2nd|3rd|4th)[- ](?:fiscal )?(?P<u>quarter|half)(?:(?: of)?,? (?P<y>{Y}))?", read.quarter),
    _rule("unit", rf"(?:the )?(?P<which>last|past|next|coming|first|previous) (?P<n>{N}|{V}) (?P<u>{U})", lengths.past_units),
    _rule("unit", rf"(?:(?:about|around|nearly|almost|some|over|more than|less than|at least|up to) )?(?:an? (?=\w+[- ]))?(?P<n>{N}|{V})(?P<half>[- ]1/2|½| and a half)?(?: more)?[- ](?P<u>{U})(?! old\b|-old|-ago|-earlier)(?P<more> and a half\b)?", lengths.duration),
    _rule("unit", r"(?:(?<=for )|(?<=in )|(?<=within )|(?<=over )|(?<=after ))(?P<u>centuries|decades|years|months|weeks|days|hours)(?! (?:of|ago|later|earlier|before|after|gone|past|to)\b)", lengths.plural_unit),
    _rule("unit", r"(?:the )?coming (?:years|months|weeks|days|quarters)", lengths.fixed("FUTURE_REF")),
    _rule("unit", r"(?:recent |the )(?P<u>years|months|weeks|days|decades)", lengths.plural_unit),
    _rule("month unit", rf"(?P<m>{M}) (?:of )?(?P<which>last|this|next) year", read.month_beside),
    _rule("weekday", rf"(?P<which>)(?P<part>noon|midnight) (?:on )?(?P<w>{WHOLE})", relative.weekday),
    _rule("digit", rf"(?P<h>[01]?\d|2[0-4])(?:[:.](?P<min>\d\d))? ?(?P<half>[ap]\.?m\b\.?)(?P<zone>{ZONE})?", read.clock),
    _rule("digit", rf"(?P<h>[01]?\d|2[0-4]):(?P<min>\d\d)(?P<half>)(?P<zone>{ZONE})?(?: ?hours)?", read.clock),
    _rule("digit", rf"(?P<h>[01]\d|2[0-4]):?(?P<min>\d\d)(?P<zone>{ZONE}| ?hours|(?<=\d)hrs)(?P<half>)", read.clock),
    _rule("word", r"(?:right )?now|currently|at present|these days|nowadays|at the moment|current|the present", lengths.fixed("PRESENT_REF")),
    _rule("word", r"recently|recent|(?:in )?the past(?! \w+ (?:second|minute|hour|day|week|month|quarter|year|decade))(?! (?:day|week|month|quarter|year|decade))|lately|long ago", lengths.fixed("PAST_REF")),
    _rule("word", r"the (?:near )?future", lengths.fixed("FUTURE_REF")),
    _rule("word", rf"(?:every|each) (?:{U}|{W}|{M})|daily|weekly|monthly|yearly|annually|hourly|nightly", lengths.every),
    _rule("digit", r"(?:the )?(?P<n>\d\d?)(?:st|nd|rd|th) century", read.century),
]  # fmt: skip


def parse_one(text: str, at: Context) -> Value | None:
    """The value of a text that is one expression; None where it is none."""
    for _, pattern, reading in RULES:
        match = pattern.fullmatch(text)
        if match and (value := reading(match, at)) is not None:
            return value
    return None


#: What stands between a clock time and its day.
BESIDE = re.compile(r"(?:,|,? (?:on|at|around|about|at about|at around))? (?:the )?", re.IGNORECASE)
#: What stands between a clock time and the same in another zone.
TWICE = re.compile(r" ?[(/] ?")
#: The TIMEX3 value of one day, known or not.
DAY = re.compile(r"[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX-\d)")


def signs_of(text: str) -> set[str]:
    """The names of the signs that a text bears."""
    low = text.lower()
    return {name for name, pattern in SIGNS.items() if pattern.search(low)}


def matches(
    text: str, at: Context, future: Callable[[int], bool] = lambda start: False
) -> list[tuple[int, int, Value]]:
    """Every time expression of a text as (start, end, value), none overlapping.

    `future` tells the tense at an offset. `at` is kept up: the next text goes on from it.
    """
    signs = signs_of(text)
    found = [
        (match.start(), -match.end(), order, match, reading)
        for order, (needs, pattern, reading) in enumerate(RULES)
        if needs <= signs
        for match in pattern.finditer(text)
    ]
    kept: list[tuple[int, int, Value]] = []
    reached = 0
    for start, end, _, match, reading in sorted(found, key=lambda f: f[:3]):
        if start < reached:
            continue
        at.future = future(start)
        value = reading(match, at)
        if value is not None:
            kept.append((start, -end, value))
            reached = -end
            _keep_up(value, at)
    return [(start, end, on_the_spot(value, at)) for start, end, value in _joined(kept, text)]


def _joined(found: list[tuple[int, int, Value]], text: str) -> Iterator[tuple[int, int, Value]]:
    """The expressions with a clock time and the day beside it made one: "10 p.m. Friday"."""
    number = 0
    found = _told_twice(found, text)
    while number < len(found):
        start, end, value = found[number]
        if number + 1 < len(found):
            after, last, other = found[number + 1]
            both = (
                _at_clock(value, other) if BESIDE.fullmatch(text[end:after].lstrip(")")) else None
            )
            if both is not None:
                end, value, number = last, both, number + 1
        yield start, end, value
        number += 1


def _told_twice(
    found: list[tuple[int, int, Value]], text: str
) -> list[tuple[int, int, Value]]:  # fmt: skip
    """The expressions; of one clock time told in two zones both get the day that stands behind:
    "10:35 a.m. (0735 GMT) Friday".
    """
    told = list(found)
    for number in range(len(found) - 2):
        (start, end, one), (after, last, two), (behind, _, day) = found[number : number + 3]
        if TWICE.fullmatch(text[end:after]) and BESIDE.fullmatch(text[last:behind].lstrip(")")):
            both = _at_clock(one, day) if two.precision == "minute" else None
            told[number] = (start, end, both or one)
    return told


def _at_clock(one: Value, two: Value) -> Value | None:
    """A day at a clock time, in either order; None for other pairs."""
    clock, day = (one, two) if one.precision == "minute" else (two, one)
    if clock.precision != "minute" or "T" in day.timex or not DAY.fullmatch(day.timex):
        return None
    timex = f"{day.timex}T{clock.timex.partition('T')[2]}"
    precision = "minute" if day.first else None
    said = replace(clock.clock, day_said=True) if clock.clock is not None else None
    return Value(timex, day.first, day.last, precision, clock=said)


def _keep_up(value: Value, at: Context) -> None:
    """Note the day, month, year or quarter that the telling has come to."""
    ahead = at.day is not None and value.first is not None and value.first > at.day
    if value.first is not None and value.precision in {"day", "minute"} and not ahead:
        at.last = value.first
    if value.first is not None and value.precision in {"day", "month", "year"}:
        at.told = value.first, value.precision
    quarter = re.fullmatch(r"(\d{4})-Q(\d)", value.timex)
    if quarter and at.quarter is None:
        at.quarter = int(quarter[1]), int(quarter[2])
