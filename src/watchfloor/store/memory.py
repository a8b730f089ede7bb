"""The merger's memory in the record, so that merging goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Select, delete, insert, select, update

from watchfloor.merge import Key, Node, NodeKey, hash_64
from watchfloor.store import tables as t
from watchfloor.store.database import Session

#: Values in one IN list; both back ends take some 32,000 parameters.
AT_ONCE = 5000
T = TypeVar("T")


def some(values: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The values, a few at a time."""
    waiting = iter(values)
    while part := list(islice(waiting, size)):
        yield part


class Stored:
    """A `merge.Memory` over a writing session, which alone writes while it lasts: what was met
    once is kept at hand.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._number: dict[NodeKey, int] = {}
        self._node: dict[int, Node] = {}
        self._near: dict[int, dict[int, float]] = {}
        self._wire: dict[str, str] = {}

    def meet(self, keys: Iterable[Key]) -> Iterable[Node]:
        """As in `Memory`."""
        numbers: set[int] = set()
        for part in some({_hash(key) for key in keys}):
            numbers.update(
                self._session.scalars(select(t.block.c.node).where(t.block.c.key.in_(part)))
            )
        self._load(numbers)
        return [self._node[n] for n in sorted(numbers)]

    def put(self, node_: Node, keys: Iterable[Key], near: Mapping[NodeKey, float]) -> None:
        """As in `Memory`."""
        report, name = node_.key
        row = {"report": report, "event": name, "doc": msgspec.msgpack.encode(node_)}
        n = self._session.scalar(insert(t.node).values(row).returning(t.node.c.n))
        assert n is not None
        self._number[node_.key] = n
        self._node[n] = node_
        if blocks := [{"key": key, "node": n} for key in {_hash(key) for key in keys}]:
            self._session.execute(insert(t.block), blocks)
        others = self._numbers(near)
        if pairs := [
            {"one": one, "two": two, "odds": odds}
            for key, odds in near.items()
            for one, two in ((n, others[key]), (others[key], n))
        ]:
            self._session.execute(insert(t.pair), pairs)
        self._near[n] = {others[key]: odds for key, odds in near.items()}
        for two, odds in self._near[n].items():
            if two in self._near:
                self._near[two][n] = odds

    def near(self, keys: Iterable[NodeKey]) -> Mapping[NodeKey, Mapping[NodeKey, float]]:
        """As in `Memory`."""
        numbers = self._numbers(keys)
        for part in some(n for n in numbers.values() if n not in self._near):
            self._near.update((n, {}) for n in part)
            rows = self._session.execute(
                select(t.pair.c.one, t.pair.c.two, t.pair.c.odds).where(t.pair.c.one.in_(part))
            )
            for one, two, odds in rows:
                self._near[one][two] = odds
        found = {n: self._near[n] for n in numbers.values()}
        self._load(two for pairs in found.values() for two in pairs)
        return {
            key: {self._node[two].key: odds for two, odds in found[n].items()}
            for key, n in numbers.items()
        }

    def nodes(self, keys: Iterable[NodeKey]) -> Mapping[NodeKey, Node]:
        """As in `Memory`."""
        numbers = self._numbers(keys)
        self._load(numbers.values())
        return {key: self._node[n] for key, n in numbers.items()}

    def of_report(self, report: str) -> tuple[NodeKey, ...] | None:
        """As in `Memory`."""
        query = select(t.wire.c.report).where(t.wire.c.report == report)
        if self._session.scalar(query) is None:
            return None
        rows = self._rows(
            select(t.node.c.n, t.node.c.report, t.node.c.event)
            .where(t.node.c.report == report)
            .order_by(t.node.c.n)
        )
        return tuple(key for key, _ in rows)

    def put_report(
        self, report: str, nodes: Iterable[NodeKey], wire: str, bands: Iterable[int], print_: bytes
    ) -> None:
        """As in `Memory`."""
        self._wire[report] = wire
        values = {"report": report, "wire": wire, "print": print_}
        self._session.execute(insert(t.wire).values(values))
        self._session.execute(insert(t.band), [{"band": b, "report": report} for b in set(bands)])

    def prints(self, bands: Iterable[int]) -> Iterable[tuple[str, bytes]]:
        """As in `Memory`."""
        met = select(t.band.c.report).where(t.band.c.band.in_(list(bands))).distinct()
        rows = self._session.execute(
            select(t.wire.c.report, t.wire.c.print).where(t.wire.c.report.in_(met))
        )
        return [(report, print_) for report, print_ in rows]

    def wires(self, reports: Iterable[str]) -> Mapping[str, str]:
        """As in `Memory`."""
        wanted = set(reports)
        for part in some(wanted - self._wire.keys()):
            query = select(t.wire.c.report, t.wire.c.wire).where(t.wire.c.report.in_(part))
            self._wire.update((report, name) for report, name in self._session.execute(query))
        return {report: self._wire[report] for report in wanted if report in self._wire}

    def rename_wire(self, old: Iterable[str], new: str) -> None:
        """As in `Memory`."""
        if names := [name for name in old if name != new]:
            self._session.execute(update(t.wire).where(t.wire.c.wire.in_(names)).values(wire=new))
            for report, name in self._wire.items():
                if name in names:
                    self._wire[report] = new

    def drop(self, report: str) -> None:
        """As in `Memory`."""
        gone = list(self._session.scalars(select(t.node.c.n).where(t.node.c.report == report)))
        for part in some(gone):
            self._session.execute(delete(t.pair).where(t.pair.c.one.in_(part)))
            self._session.execute(delete(t.pair).where(t.pair.c.two.in_(part)))
            self._session.execute(delete(t.block).where(t.block.c.node.in_(part)))
            self._session.execute(delete(t.node).where(t.node.c.n.in_(part)))
        for n in gone:
            self._node.pop(n, None)
            self._near.pop(n, None)
            for pairs in self._near.values():
                pairs.pop(n, None)
        for key in [key for key in self._number if key[0] == report]:
            del self._number[key]
        self._wire.pop(report, None)
        self._session.execute(delete(t.band).where(t.band.c.report == report))
        self._session.execute(delete(t.wire).where(t.wire.c.report == report))

    def alive(self, keys: Iterable[NodeKey]) -> set[NodeKey]:
        """Those of these nodes that are there."""
        wanted = set(keys)
        missing = {report for report, event in wanted if (report, event) not in self._number}
        for part in some(sorted(missing)):
            query = select(t.node.c.n, t.node.c.report, t.node.c.event)
            self._number.update(self._rows(query.where(t.node.c.report.in_(part))))
        return wanted & self._number.keys()

    def _numbers(self, keys: Iterable[NodeKey]) -> dict[NodeKey, int]:
        wanted = list(keys)
        missing = {report for report, event in wanted if (report, event) not in self._number}
        for part in some(sorted(missing)):
            query = select(t.node.c.n, t.node.c.report, t.node.c.event).where(
                t.node.c.report.in_(part)
            )
            self._number.update(self._rows(query))
        return {key: self._number[key] for key in wanted}

    def _rows(self, query: Select[Any]) -> list[tuple[NodeKey, int]]:
        return [((report, event), n) for n, report, event in self._session.execute(query)]

    def _load(self, numbers: Iterable[int]) -> None:
        decoder = msgspec.msgpack.Decoder(Node)
        for part in some(sorted({n for n in numbers if n not in self._node})):
            for n, doc in self._session.execute(
                select(t.node.c.n, t.node.c.doc).where(t.node.c.n.in_(part))
            ):
                self._node[n] = decoder.decode(doc)
                self._number[self._node[n].key] = n


def _hash(key: Sequence[object]) -> int:
    return hash_64(msgspec.json.encode(key))
