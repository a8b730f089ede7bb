"""On which fields accounts of one happening contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from watchfloor.merge.alike import contradict
from watchfloor.merge.facts import HARMS, Facts, Party, distance_km
from watchfloor.merge.words import is_vague_doer
from watchfloor.records import Count, Role

#: Statuses that say it is real, against a denial.
ASSERTED = frozenset({"happened", "ongoing", "attempted", "disputed"})
#: Points nearer than this (km) are one place told roughly; under it, accounts agree.
SAME_POINT_KM = 6.0

Telling = Sequence[Facts]


def differing(tellings: Sequence[Telling]) -> list[tuple[str, ...]]:
    """For each account, the fields on which another one contradicts it, in order of the format."""
    found: list[set[str]] = [set() for _ in tellings]
    for (i, one), (j, two) in combinations(enumerate(tellings), 2):
        for field, contradicts in _FIELDS:
            if contradicts(one, two):
                found[i].add(field)
                found[j].add(field)
    return [tuple(name for name, _ in _FIELDS if name in fields) for fields in found]


def in_dispute(differs: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every field in which some account differs, in order of the format."""
    named = set().union(*differs)
    return tuple(name for name, _ in _FIELDS if name in named)


def total(telling: Telling, field: str) -> Count | None:
    """What an account says in all: its largest number, since it may also tell the parts."""
    counts = [c for f in telling if (c := getattr(f.harm, field)) is not None]
    return max(counts, key=lambda c: (c.low or 0, c.high or 0), default=None)


def _harm(field: str) -> Callable[[Telling, Telling], bool]:
    def contradicts(one: Telling, two: Telling) -> bool:
        return contradict(total(one, field), total(two, field))

    return contradicts


def _identity(party: Party) -> frozenset[str]:
    if party.names:
        return party.names
    return frozenset() if is_vague_doer(party.head) else frozenset({party.head} - {""})


def _doers(telling: Telling) -> list[frozenset[str]]:
    parties = (p for f in telling for p in f.parties if p.role == Role.ACTOR)
    return [who for p in parties if (who := _identity(p))]


def _actor(one: Telling, two: Telling) -> bool:
    """Both say who did it, and none is the same."""
    ours, theirs = _doers(one), _doers(two)
    ids = {p.actor for f in one for p in f.parties if p.role == Role.ACTOR and p.actor}
    if ids & {p.actor for f in two for p in f.parties if p.role == Role.ACTOR and p.actor}:
        return False
    return bool(ours and theirs) and not any(a & b for a in ours for b in theirs)


def _place(one: Telling, two: Telling) -> bool:
    """Two points or towns too far apart to be one; an area contradicts nothing inside it."""
    ours = [s for f in one for s in f.spots if not s.area]
    theirs = [s for f in two for s in f.spots if not s.area]
    gaps = [distance_km(a, b) for a in ours for b in theirs]
    known = [g for g in gaps if g is not None]
    return bool(known) and min(known) > SAME_POINT_KM


def _when(one: Telling, two: Telling) -> bool:
    ours = [f.days for f in one if f.days]
    theirs = [f.days for f in two if f.days]
    gaps = [a.apart(b) for a in ours for b in theirs]
    return bool(gaps) and min(gaps) > 0


def _mode(one: Telling, two: Telling) -> bool:
    ours = frozenset().union(*(f.modes for f in one))
    theirs = frozenset().union(*(f.modes for f in two))
    return bool(ours and theirs) and not ours & theirs


def _status(one: Telling, two: Telling) -> bool:
    """One says that it happened, the other that it did not; or attack here, accident there."""

    def stands(telling: Telling) -> tuple[bool, bool]:
        says = {f.status for f in telling}
        return bool(says & ASSERTED), "denied" in says

    (yes, no), (also, neither) = stands(one), stands(two)
    kinds = [{f.type for f in t} for t in (one, two)]
    accident = ("HARM" in kinds[0]) != ("HARM" in kinds[1]) and "ASSAULT" in kinds[0] | kinds[1]
    return (
        (yes and neither and not also) or (also and no and not yes) or (accident and yes and also)
    )


_FIELDS: tuple[tuple[str, Callable[[Telling, Telling], bool]], ...] = (
    *((f"harm.{field}", _harm(field)) for field in HARMS),
    ("participants.actor", _actor),
    ("place", _place),
    ("when", _when),
    ("mode", _mode),
    ("status", _status),
)
