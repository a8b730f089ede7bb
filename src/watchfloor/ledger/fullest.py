"""One line for each commitment, however many reports tell of it."""

from __future__ import annotations

from collections.abc import Iterable

from watchfloor.ledger.find import Commitment


def fullest(told: Iterable[tuple[Commitment, str | None]]) -> list[Commitment]:
    """Of the tellings of each kind in one incident (None: alone) the one that names most; of equals
    the first.
    """
    best: dict[tuple[str, str], Commitment] = {}
    for line, incident in told:
        key = (line.kind, incident or line.id)
        if key not in best or _fullness(line) > _fullness(best[key]):
            best[key] = line
    return list(best.values())


def _fullness(line: Commitment) -> int:
    return sum(x is not None for x in (line.who, line.whom, line.due, line.place))
