"""Sentences built from data: the words and the values apart, so that a desk may say them in its
reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from watchfloor.countries import countries
from watchfloor.records import Count, Record

#: PLOVER's types (and our two) in the words of a desk.
TYPES = {
    "AGREE": "agreement", "CONSULT": "meeting", "SUPPORT": "support", "CONCEDE": "concession",
    "COOPERATE": "cooperation", "AID": "aid", "RETREAT": "retreat", "REQUEST": "request",
    "ACCUSE": "accusation", "REJECT": "refusal", "THREATEN": "threat", "PROTEST": "protest",
    "SANCTION": "sanction", "MOBILIZE": "mobilisation", "COERCE": "coercion",
    "ASSAULT": "attack", "PROTECT": "protection", "HARM": "accident or disaster",
}  # fmt: skip


class Said(Record, frozen=True):
    """A sentence; `{0}`, `{1}` in `says` are its values, which may be sentences themselves."""

    says: str
    values: tuple[str | int | Said, ...] = ()

    def __str__(self) -> str:
        """The sentence as it is written here."""
        return self.says.format(*self.values)


def say_land(code: str) -> Said:
    """A country by its name; the code itself (ISO 3166-1 alpha-3) where it is none."""
    return Said(countries().get(code, code))


def say_day(at: date) -> Said:
    """A day: `3 Mar 2031`."""
    return Said("{0} {1} {2}", (at.day, Said(f"{at:%b}"), at.year))


def say_moment(at: datetime) -> Said:
    """A moment, in UTC: `3 Mar 2031 06:00Z`."""
    utc = at.astimezone(UTC)
    return Said("{0} {1} {2} {3}", (utc.day, Said(f"{utc:%b}"), utc.year, f"{utc:%H:%M}Z"))


def say_place(name: str) -> Said | str:
    """A place by its name; of one between two others the words apart from their names."""
    one, between, other = name.removeprefix("between ").partition(" and ")
    if between and name.startswith("between "):
        return Said("between {0} and {1}", (one, other))
    return name


def joined(some: Sequence[Said | str], between: str) -> Said:
    """Sentences or names one after the other."""
    return Said(between.join(f"{{{n}}}" for n in range(len(some))), tuple(some))


def counted(count: Count) -> Said:
    """A count as `Count.in_words` has it."""
    low, high = count.low, count.high
    if low is not None and low == high:
        return Said(str(low))
    if low is None or high is None:
        known = high if low is None else low
        return Said("up to {0}" if low is None else "at least {0}", (str(known),))
    return Said("{0} to {1}", (low, high))
