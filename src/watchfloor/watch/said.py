"""Sentences built from data: the words and the values apart, so that a desk may say them in its
reader's language.
"""

from __future__ import annotations

from watchfloor.records import Count, Record


class Said(Record, frozen=True):
    """A sentence; `{0}`, `{1}` in `says` are its values, which may be sentences themselves."""

    says: str
    values: tuple[str | int | Said, ...] = ()

    def __str__(self) -> str:
        """The sentence as it is written here."""
        return self.says.format(*self.values)


def counted(count: Count) -> Said:
    """A count as `Count.in_words` has it."""
    low, high = count.low, count.high
    if low is not None and low == high:
        return Said(str(low))
    if low is None or high is None:
        known = high if low is None else low
        return Said("up to {0}" if low is None else "at least {0}", (str(known),))
    return Said("{0} to {1}", (low, high))
