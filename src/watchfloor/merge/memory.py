"""What merging keeps in mind: nodes, the blocks they stand in, and how alike pairs of them are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from watchfloor.merge.blocks import Key
from watchfloor.merge.nodes import Node

NodeKey = tuple[str, str]
K = TypeVar("K")
V = TypeVar("V")


class Memory(Protocol):
    """Where a `Merger` keeps its state: in dictionaries, or in a store for good."""

    def meet(self, keys: Iterable[Key]) -> Iterable[Node]:
        """The nodes that stand in any of these blocks, each once."""

    def put(self, node: Node, keys: Iterable[Key], near: Mapping[NodeKey, float]) -> None:
        """Keep a node, its blocks, and the log-odds of its pairs; both sides learn of a pair."""

    def near(self, keys: Iterable[NodeKey]) -> Mapping[NodeKey, Mapping[NodeKey, float]]:
        """For each of these nodes, the others it was paired with."""

    def nodes(self, keys: Iterable[NodeKey]) -> Mapping[NodeKey, Node]:
        """These nodes, by key."""

    def of_report(self, report: str) -> tuple[NodeKey, ...] | None:
        """Keys of a report's nodes; None where it was never put."""

    def put_report(
        self, report: str, nodes: Iterable[NodeKey], wire: str, bands: Iterable[int], print_: bytes
    ) -> None:
        """Keep that a report was read, the wire it belongs to, and its print to know copies by."""

    def prints(self, bands: Iterable[int]) -> Iterable[tuple[str, bytes]]:
        """Reports that share a band of their print, with the print."""

    def wires(self, reports: Iterable[str]) -> Mapping[str, str]:
        """For each of these reports, the wire it is a copy of: the least id among its copies."""

    def rename_wire(self, old: Iterable[str], new: str) -> None:
        """Two wires turned out to be one."""

    def drop(self, report: str) -> None:
        """Forget a report."""


class Kept:
    """A `Memory` in dictionaries."""

    def __init__(self) -> None:
        self._nodes: dict[NodeKey, Node] = {}
        self._stands: dict[NodeKey, tuple[Key, ...]] = {}
        self._blocks: dict[Key, set[NodeKey]] = {}
        self._near: dict[NodeKey, dict[NodeKey, float]] = {}
        self._reports: dict[str, tuple[NodeKey, ...]] = {}
        self._prints: dict[str, tuple[tuple[int, ...], bytes]] = {}
        self._bands: dict[int, set[str]] = {}
        self._wire: dict[str, str] = {}
        self._copies: dict[str, set[str]] = {}

    def all_nodes(self) -> list[NodeKey]:
        """Every node's key, sorted."""
        return sorted(self._nodes)

    def meet(self, keys: Iterable[Key]) -> Iterable[Node]:
        """As in `Memory`."""
        met = set().union(*(self._blocks.get(key, ()) for key in keys))
        return [self._nodes[key] for key in met]

    def put(self, node: Node, keys: Iterable[Key], near: Mapping[NodeKey, float]) -> None:
        """As in `Memory`."""
        self._nodes[node.key] = node
        self._stands[node.key] = tuple(keys)
        for key in self._stands[node.key]:
            self._blocks.setdefault(key, set()).add(node.key)
        self._near[node.key] = dict(near)
        for other, odds in near.items():
            self._near[other][node.key] = odds

    def near(self, keys: Iterable[NodeKey]) -> Mapping[NodeKey, Mapping[NodeKey, float]]:
        """As in `Memory`."""
        return {key: self._near[key] for key in keys}

    def nodes(self, keys: Iterable[NodeKey]) -> Mapping[NodeKey, Node]:
        """As in `Memory`."""
        return {key: self._nodes[key] for key in keys}

    def of_report(self, report: str) -> tuple[NodeKey, ...] | None:
        """As in `Memory`."""
        return self._reports.get(report)

    def put_report(
        self, report: str, nodes: Iterable[NodeKey], wire: str, bands: Iterable[int], print_: bytes
    ) -> None:
        """As in `Memory`."""
        self._reports[report] = tuple(nodes)
        self._prints[report] = (tuple(bands), print_)
        for band in bands:
            self._bands.setdefault(band, set()).add(report)
        self._wire[report] = wire
        self._copies.setdefault(wire, set()).add(report)

    def prints(self, bands: Iterable[int]) -> Iterable[tuple[str, bytes]]:
        """As in `Memory`."""
        met = set().union(*(self._bands.get(band, ()) for band in bands))
        return [(report, self._prints[report][1]) for report in met]

    def wires(self, reports: Iterable[str]) -> Mapping[str, str]:
        """As in `Memory`."""
        return {report: self._wire[report] for report in reports}

    def rename_wire(self, old: Iterable[str], new: str) -> None:
        """As in `Memory`."""
        for wire in old:
            if wire != new:
                for report in self._copies.pop(wire, set()):
                    self._wire[report] = new
                    self._copies.setdefault(new, set()).add(report)

    def drop(self, report: str) -> None:
        """As in `Memory`."""
        for key in self._reports.pop(report, ()):
            del self._nodes[key]
            for block in self._stands.pop(key):
                _take_out(self._blocks, block, key)
            for other in self._near.pop(key):
                del self._near[other][key]
        if report in self._prints:
            for band in self._prints.pop(report)[0]:
                _take_out(self._bands, band, report)
            _take_out(self._copies, self._wire.pop(report), report)


def _take_out(table: dict[K, set[V]], key: K, value: V) -> None:
    table[key].discard(value)
    if not table[key]:
        del table[key]
