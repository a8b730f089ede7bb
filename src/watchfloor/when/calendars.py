"""Dates of the Islamic and the Persian calendar, and feasts, as days of the common one.

The Islamic month begins when the moon is seen, so its arithmetic calendar can be a day off either
way: its days are handed on as three. The Persian one is exact (33-year cycle, years 1210 to 1500).
"""

from __future__ import annotations

from datetime import date, timedelta

HIJRI = {
    name: number
    for number, names in enumerate(
        ("muharram", "safar", "rabi al-awwal;rabi ul-awwal;rabi i",
         "rabi al-thani;rabi ul-thani;rabi ii", "jumada al-awwal;jumada al-ula;jumada i",
         "jumada al-thani;jumada al-akhira;jumada ii", "rajab", "shaban;sha'ban",
         "ramadan;ramazan;ramzan", "shawwal", "dhu al-qadah;zulqada;dhul-qadah",
         "dhu al-hijjah;zilhajj;dhul-hijjah;zulhijja"), 1
    )
    for name in names.split(";")
}  # fmt: skip
PERSIAN = {
    name: number
    for number, names in enumerate(
        ("farvardin;hamal", "ordibehesht;sawr", "khordad;jawza", "tir;saratan", "mordad;asad",
         "shahrivar;sonbola", "mehr;mizan", "aban;aqrab", "azar;qaws", "dey;jadi", "bahman;dalw",
         "esfand;hut"), 1
    )
    for name in names.split(";")
}  # fmt: skip
#: 1 Muharram of the year 1 in the common calendar, by the civil reckoning.
_HIJRI_EPOCH = date(622, 7, 19)
#: Years of each cycle of 33 that have a leap day, by their remainder.
_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
#: 1 Farvardin 1210.
_PERSIAN_EPOCH = date(1831, 3, 21)

#: Feasts by name: a fixed (month, day), or what reckons the days of a year.
FEASTS: dict[str, tuple[int, int] | str] = {
    "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year’s day": (1, 1), "new year's": (1, 1), "new year’s": (1, 1),
    "may day": (5, 1), "bastille day": (7, 14), "nowruz": (3, 21),
    "good friday": "easter-2", "easter sunday": "easter+0", "easter monday": "easter+1",
    "palm sunday": "easter-7", "ash wednesday": "easter-46", "thanksgiving day": "thanksgiving",
    "thanksgiving": "thanksgiving", "eid al-fitr": "hijri-10-1", "eid ul-fitr": "hijri-10-1",
    "eid al-adha": "hijri-12-10", "eid ul-adha": "hijri-12-10", "ashura": "hijri-1-10",
    "arbaeen": "hijri-2-20",
}  # fmt: skip


def feast(name: str, year: int) -> tuple[date, date] | None:
    """First and last day on which a feast may fall in a year: an Islamic one may be a day off
    either way (see above). None where it does not fall in that year.
    """
    kind = FEASTS[name]
    if isinstance(kind, tuple):
        return date(year, *kind), date(year, *kind)
    if kind == "thanksgiving":
        first = date(year, 11, 1)
        day = first + timedelta((3 - first.weekday()) % 7 + 21)
        return day, day
    if kind.startswith("easter"):
        day = easter(year) + timedelta(int(kind.removeprefix("easter")))
        return day, day
    _, number, of_month = kind.split("-")
    return _islamic(year, int(number), int(of_month))


def _islamic(year: int, month: int, day: int) -> tuple[date, date] | None:
    near = round((year - 622) * 33 / 32)
    days = (hijri(n, month, day) for n in range(near - 1, near + 3))
    found = next((d for d in days if d is not None and d.year == year), None)
    return (found - timedelta(1), found + timedelta(1)) if found is not None else None


def easter(year: int) -> date:
    """Easter Sunday of the western churches, by the anonymous Gregorian reckoning."""
    golden, century = year % 19, year // 100
    shift = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = shift - (shift // 28) * (1 - 29 // (shift + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    away = moon - weekday
    month = 3 + (away + 40) // 44
    return date(year, month, away + 28 - 31 * (month // 4))


def hijri(year: int, month: int, day: int) -> date | None:
    """The day by the arithmetic calendar; None where there is no such day."""
    if not (1 <= month <= 12 and 1 <= day <= 30 and 1 <= year < 1600):
        return None
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return _HIJRI_EPOCH + timedelta(days)


def persian(year: int, month: int, day: int) -> date | None:
    """The day; None where there is no such day or the year is outside 1210 to 1500."""
    longest = 31 if month <= 6 else 30
    if not (1210 <= year <= 1500 and 1 <= month <= 12 and 1 <= day <= longest):
        return None
    days = sum(366 if y % 33 in _LEAPS else 365 for y in range(1210, year))
    days += 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _PERSIAN_EPOCH + timedelta(days + day - 1)
