"""Dates of the Islamic and the Persian calendar as days of the common one.

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
