"""Which pairs of nodes are compared at all: blocking on type, time, place and names.

A key is symmetric: if one node's `looks_in` meets the other's `stands_in`, so it is the other way
round. That, and no cap on a block, is why the order of arrival cannot change a result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product

from watchfloor.merge.nodes import Node
from watchfloor.merge.words import group

Key = tuple[str, int | None, str, str]

#: Side of a cell of the grid in degrees; a point looks in its own and the eight around it.
CELL = 1.0


def stands_in(node: Node) -> set[Key]:
    """The blocks that hold a node."""
    days = list(_days(node, 0))
    return {(group(node.facts.type), day, *spot) for spot in _stands(node) for day in days}


def looks_in(node: Node) -> set[Key]:
    """The blocks whose nodes may tell of the same happening."""
    days, kind = list(_days(node, 1)), group(node.facts.type)
    return {(kind, day, *spot) for day, spot in product(days, _looks(node))}


def _days(node: Node, around: int) -> Iterator[int | None]:
    """Days as ordinals; None, a day of its own, where the report has no date to go by."""
    if node.published is None:
        yield None
        return
    if node.likely is None:
        return
    first = node.likely.first - dt.timedelta(days=around)
    for n in range((node.likely.last - node.likely.first).days + 1 + 2 * around):
        yield (first + dt.timedelta(days=n)).toordinal()


def _cells(node: Node, around: int) -> Iterator[str]:
    for spot in node.facts.spots:
        if not spot.area and spot.lat is not None and spot.lon is not None:
            row, column = int(spot.lat // CELL), int(spot.lon // CELL)
            for dr, dc in product(range(-around, around + 1), repeat=2):
                yield f"{row + dr}/{(column + dc + 180) % 360}"


def _countries(node: Node, *, areas: bool) -> set[str]:
    """Countries of its areas (True) or of its points (False)."""
    return {s.country for s in node.facts.spots if s.country and s.area == areas}


def _placed(node: Node) -> bool:
    """Whether one of its places can be looked for: a point, or an area of a known country; the
    high seas, and a name that no gazetteer knows, cannot.
    """
    return any(s.country if s.area else s.lat is not None for s in node.facts.spots)


def _stands(node: Node) -> Iterator[tuple[str, str]]:
    placed = _placed(node)
    yield from (("cell", cell) for cell in _cells(node, 0))
    yield from (("area", c) for c in _countries(node, areas=True))
    yield from (("points", c) for c in _countries(node, areas=False))
    yield from (("placed" if placed else "unplaced", n) for n in _names(node))


def _looks(node: Node) -> Iterator[tuple[str, str]]:
    yield from (("cell", cell) for cell in _cells(node, 1))
    for areas in (True, False):
        yield from (("area", c) for c in _countries(node, areas=areas))
    yield from (("points", c) for c in _countries(node, areas=True))
    yield from (("unplaced", n) for n in _names(node))
    if not _placed(node):
        yield from (("placed", n) for n in _names(node))


def _names(node: Node) -> frozenset[str]:
    """Names near the happening; of the whole report where its own sentences have none."""
    return node.facts.names or node.names
