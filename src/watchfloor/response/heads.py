"""How many people were heard of: the last count of each place, added up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from watchfloor.records import Record
from watchfloor.response.records import HeadCount


class Heads(Record, frozen=True, kw_only=True):
    """The head count of a case. `missing` are those not heard of; `latest` holds the last count of
    each place, `uncounted` the places that should be counted and never were. `oldest_at` is None
    where nothing was counted.
    """

    expected: int
    accounted: int
    hurt: int
    missing: int
    latest: tuple[HeadCount, ...]
    uncounted: tuple[str, ...]
    oldest_at: datetime | None


def heads(counts: Iterable[HeadCount], places: Iterable[str] = ()) -> Heads:
    """The sum of the last counts; `places` are those that should be counted.

    A place never counted adds nothing: it is named, not taken as 0. More people than expected at
    one place do not make up for people missing at another.
    """
    last: dict[str, HeadCount] = {}
    for one in sorted(counts, key=lambda c: (c.made_at, c.n)):
        if one.dropped_at is None:
            last[one.place] = one
    latest = tuple(last[place] for place in sorted(last))
    return Heads(
        expected=sum(c.expected for c in latest),
        accounted=sum(c.accounted for c in latest),
        hurt=sum(c.hurt for c in latest),
        missing=sum(max(0, c.expected - c.accounted) for c in latest),
        latest=latest,
        uncounted=tuple(sorted(set(places) - set(last))),
        oldest_at=min((c.made_at for c in latest), default=None),
    )
