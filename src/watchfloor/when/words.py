"""The words of time expressions: months, weekdays, numbers, units."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sep sept", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri",
         "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "a couple of": 2, "a dozen": 12,
}  # fmt: skip
ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
}  # fmt: skip
VAGUE = ("several", "few", "a few", "some", "many", "a number of", "recent", "dozens of")
#: TIMEX3 letters of units, the time marker before those under a day.
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "weekend": "D",
    "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
}  # fmt: skip
#: Parts of a day and their TIMEX3 codes.
PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI",
    "noon": "12:00", "midnight": "24:00", "dawn": "MO", "dusk": "EV", "nightfall": "NI",
    "overnight": "NI",
}  # fmt: skip


def unit_of(word: str) -> str:
    """The singular of a unit."""
    low = word.lower()
    return "century" if low == "centuries" else low.removesuffix("s")


def number_of(word: str) -> int | None:
    """The number that a word or digits stand for; None for vague ones."""
    low = " ".join(word.lower().split())
    if low.replace(",", "").isdigit():
        return int(low.replace(",", ""))
    first, _, rest = low.replace(" ", "-").partition("-")
    if rest in NUMBERS and first in NUMBERS:
        return NUMBERS[first] + NUMBERS[rest]
    return NUMBERS.get(low)
