"""Gaps and clashes: what is needed and not there, and what is in two places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import combinations, pairwise
from typing import TypeVar

from watchfloor.records import Record
from watchfloor.response.records import Assignment, Need, Period, Resource, Turn

P = TypeVar("P", bound=Period)
#: From when until when which thing is there, and for how many it counts.
Cover = tuple[datetime, datetime, int, int]


class Gap(Record, frozen=True, kw_only=True):
    """From when until when a need is not met, and by how many it falls short."""

    need: int
    subject: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    short: int


class Clash(Record, frozen=True, kw_only=True):
    """Two assignments (or turns) of one resource (or account) that fall together."""

    one: int
    other: int
    who: str
    starts_at: datetime
    ends_at: datetime


class Unheld(Record, frozen=True, kw_only=True):
    """From when until when nobody holds a post."""

    post: str
    starts_at: datetime
    ends_at: datetime


def gaps(
    needs: Iterable[Need], assignments: Sequence[Assignment], resources: Iterable[Resource]
) -> tuple[Gap, ...]:
    """The periods in which a need is not met, the earliest first.

    A resource counts with its size at the site or journey that it is assigned to, once however
    often it is assigned there. What was taken back does not count.
    """
    known = {one.n: one for one in resources if one.dropped_at is None}
    there = [a for a in assignments if a.dropped_at is None and a.resource in known]
    found = []
    for need in needs:
        if need.dropped_at is not None:
            continue
        mine = [
            (a.starts_at, a.ends_at, a.resource, known[a.resource].size)
            for a in there
            if a.subject == need.subject and known[a.resource].kind == need.kind
        ]
        found += [
            Gap(need=need.n, subject=need.subject, kind=need.kind, starts_at=start, ends_at=end,
                short=short)
            for start, end, short in lacking(need.starts_at, need.ends_at, need.size, mine)
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda g: (g.starts_at, g.subject, g.kind, g.need)))


def unheld(post: str, turns: Iterable[Turn], start: datetime, end: datetime) -> tuple[Unheld, ...]:
    """The stretches between two moments in which nobody holds a post."""
    held = [
        (t.starts_at, t.ends_at, t.n, 1) for t in turns if t.post == post and t.dropped_at is None
    ]
    free = lacking(start, end, 1, held)
    return tuple(Unheld(post=post, starts_at=first, ends_at=last) for first, last, _ in free)


def lacking(
    start: datetime, end: datetime, size: int, there: Sequence[Cover]
) -> list[tuple[datetime, datetime, int]]:
    """Where from `start` to `end` less than `size` is there, and by how much it falls short.

    Neighbouring stretches that fall as short are one; one thing counts once at a time.
    """
    cuts = {start, end} | {t for cover in there for t in cover[:2] if start < t < end}
    found: list[tuple[datetime, datetime, int]] = []
    for first, last in pairwise(sorted(cuts)):
        now = {one: count for begins, ends, one, count in there if begins <= first < ends}
        short = size - sum(now.values())
        if short <= 0:
            continue
        goes_on = bool(found) and found[-1][1:] == (first, short)
        found.append((found.pop()[0] if goes_on else first, last, short))
    return found


def clashes(assignments: Iterable[Assignment]) -> tuple[Clash, ...]:
    """The pairs of assignments that put one resource in two places at once."""
    return _pairs(assignments, lambda a: str(a.resource), lambda a: a.subject)


def double_turns(turns: Iterable[Turn]) -> tuple[Clash, ...]:
    """The pairs of turns of watch in which one account holds two posts at once."""
    return _pairs(turns, lambda t: t.holder, lambda t: t.post)


def _pairs(
    periods: Iterable[P], who: Callable[[P], str], place: Callable[[P], str]
) -> tuple[Clash, ...]:
    groups: dict[str, list[P]] = defaultdict(list)
    for one in periods:
        if one.dropped_at is None:
            groups[who(one)].append(one)
    found = []
    for name, several in groups.items():
        for one, other in combinations(sorted(several, key=lambda p: p.n), 2):
            start, end = max(one.starts_at, other.starts_at), min(one.ends_at, other.ends_at)
            if start < end and place(one) != place(other):
                found.append(
                    Clash(one=one.n, other=other.n, who=name, starts_at=start, ends_at=end)
                )
    return tuple(sorted(found, key=lambda c: (c.starts_at, c.one, c.other)))
