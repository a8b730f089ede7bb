"""Which tellings are one happening, from how much each two are alike."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def average_link(
    keys: Sequence[Key], odds: Mapping[tuple[Key, Key], float], otherwise: float
) -> list[tuple[Key, ...]]:
    """Join the two groups that are most alike on average until none is likelier than not.

    `odds` holds log-odds of pairs, earlier key in `keys` first; a pair that is not in it counts
    as `otherwise` (below 0). Depends on `keys` only through the sorting of equals, so that sorted
    keys give one result whatever order they came in.
    """
    groups: dict[int, list[Key]] = {n: [key] for n, key in enumerate(keys)}
    place = {key: n for n, key in enumerate(keys)}
    sums: dict[tuple[int, int], float] = {}
    for (one, two), value in odds.items():
        sums[_pair(place[one], place[two])] = value
    near: dict[int, set[int]] = {n: set() for n in groups}
    for a, b in sums:
        near[a].add(b)
        near[b].add(a)
    while best := _best(sums, groups):
        keep, gone = best
        sums.pop((keep, gone))
        near[keep].discard(gone)
        near[gone].discard(keep)
        for third in near[keep] | near[gone]:
            mine = _take(sums, keep, third, otherwise * len(groups[keep]) * len(groups[third]))
            also = _take(sums, gone, third, otherwise * len(groups[gone]) * len(groups[third]))
            sums[_pair(keep, third)] = mine + also
            near[third].discard(gone)
            near[third].add(keep)
        near[keep] |= near.pop(gone)
        groups[keep] += groups.pop(gone)
    return [tuple(group) for group in groups.values()]


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def _take(sums: dict[tuple[int, int], float], a: int, b: int, otherwise: float) -> float:
    return sums.pop(_pair(a, b), otherwise)


def _best(
    sums: Mapping[tuple[int, int], float], groups: Mapping[int, Sequence[object]]
) -> tuple[int, int] | None:
    """The pair of groups with the highest average above 0; ties go to the earlier."""
    best: tuple[float, tuple[int, int]] | None = None
    for (a, b), value in sums.items():
        if value <= 0:
            continue
        average = round(value / (len(groups[a]) * len(groups[b])), 9)
        if best is None or (-average, (a, b)) < best:
            best = (-average, (a, b))
    return best[1] if best else None
