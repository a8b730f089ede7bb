"""The merger's memory in the record, so that merging goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from watchfloor.merge import Key, Node, NodeKey, bands_of, hash_64, looks_in
from watchfloor.store import tables as t
from watchfloor.store.database import Session
from watchfloor.store.rows import Rows

#: Values in one IN list; both back ends take some 32,000 parameters.
AT_ONCE = 5000
T = TypeVar("T")


def some(values: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The values, a few at a time."""
    waiting = iter(values)
    while part := list(islice(waiting, size)):
        yield part


def among(session: Session, column: ColumnElement[Any], values: Sequence[int]) -> Any:
    """The condition that a column of integers is one of these, as one parameter however many."""
    if session.dialect.name == "sqlite":
        listed = func.json_each(msgspec.json.encode(values).decode()).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == func.any(bindparam(None, values, ARRAY(BigInteger)))


def fill(session: Session, table: Table, rows: Rows) -> None:
    """Insert rows whose values no column type converts, at the driver's own speed."""
    made = insert(table).compile(dialect=session.dialect)
    names = made.positiontup
    given = [tuple(row[name] for name in names) for row in rows] if names else rows
    session.exec_driver_sql(str(made), given)


class Stored:
    """A `merge.Memory` over a writing session, which alone writes while it lasts.

    What was met once is kept at hand, and what was put waits to be written together, a table at
    a time: `flush` writes it, and so does asking for anything that only the record knows.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._number: dict[NodeKey, int] = {}
        self._node: dict[int, Node] = {}
        self._near: dict[int, dict[int, float]] = {}
        self._wire: dict[str, str] = {}
        self._block: dict[int, set[int]] = {}
        self._band: dict[int, dict[str, bytes]] = {}
        self._waiting: dict[Table, Rows] = {}
        self._next: int | None = None
        #: Wires that others were found to be one with: fewer sources tell of what they tell.
        self.joined: set[str] = set()

    def foresee(self, nodes: Iterable[Node], prints: Iterable[bytes]) -> None:
        """Fetch at once what taking in these nodes and texts will ask for."""
        self._look_up({_hash(key) for node in nodes for key in looks_in(node)})
        self._look_up_bands({band for print_ in prints for band in bands_of(print_)})

    def meet(self, keys: Iterable[Key]) -> Iterable[Node]:
        """As in `Memory`."""
        hashes = {_hash(key) for key in keys}
        self._look_up(hashes)
        numbers = set().union(*(self._block[h] for h in hashes))
        return [self._node[n] for n in sorted(numbers)]

    def put(self, node_: Node, keys: Iterable[Key], near: Mapping[NodeKey, float]) -> None:
        """As in `Memory`."""
        report, name = node_.key
        n = self._number[node_.key] = self._new_number()
        self._node[n] = node_
        doc = msgspec.msgpack.encode(node_)
        self._wait(t.node, {"n": n, "report": report, "event": name, "incident": None, "doc": doc})
        hashes = {_hash(key) for key in keys}
        self._wait(t.block, *({"key": key, "node": n} for key in hashes))
        for key in hashes & self._block.keys():
            self._block[key].add(n)
        others = self._numbers(near)
        self._near[n] = {others[key]: odds for key, odds in near.items()}
        for two, odds in self._near[n].items():
            self._wait(t.pair, {"one": n, "two": two, "odds": odds})
            self._wait(t.pair, {"one": two, "two": n, "odds": odds})
            if two in self._near:
                self._near[two][n] = odds

    def near(self, keys: Iterable[NodeKey]) -> Mapping[NodeKey, Mapping[NodeKey, float]]:
        """As in `Memory`."""
        self.flush()
        numbers = self._numbers(keys)
        if unknown := [n for n in numbers.values() if n not in self._near]:
            self._near.update((n, {}) for n in unknown)
            p = t.pair.c
            query = select(p.one, p.two, p.odds).where(among(self._session, p.one, unknown))
            for one, two, odds in self._session.execute(query):
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
        self.flush()
        query = select(t.wire.c.report).where(t.wire.c.report == report)
        if self._session.scalar(query) is None:
            return None
        rows = self._rows(
            select(t.node.c.n, t.node.c.report, t.node.c.event)
            .where(t.node.c.report == report)
            .order_by(t.node.c.n)
        )
        return tuple(key for key, _ in rows)

    def known(self, reports: Iterable[str]) -> list[str]:
        """Those of these reports that were put, sorted."""
        self.flush()
        return sorted(
            report
            for part in some(reports)
            for report in self._session.scalars(
                select(t.wire.c.report).where(t.wire.c.report.in_(part))
            )
        )

    def put_report(
        self, report: str, nodes: Iterable[NodeKey], wire: str, bands: Iterable[int], print_: bytes
    ) -> None:
        """As in `Memory`."""
        self._wire[report] = wire
        self._wait(t.wire, {"report": report, "wire": wire, "print": print_})
        for band in set(bands):
            self._wait(t.band, {"band": band, "report": report})
            if band in self._band:
                self._band[band][report] = print_

    def prints(self, bands: Iterable[int]) -> Iterable[tuple[str, bytes]]:
        """As in `Memory`."""
        wanted = set(bands)
        self._look_up_bands(wanted)
        met: dict[str, bytes] = {}
        for band in wanted:
            met.update(self._band[band])
        return list(met.items())

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
            if len(names) > 1 or new in self._wire.values():  # and not one by another name
                self.joined.add(new)
            self._session.execute(update(t.wire).where(t.wire.c.wire.in_(names)).values(wire=new))
            for row in self._waiting.get(t.wire, ()):
                row["wire"] = new if row["wire"] in names else row["wire"]
            for report, name in self._wire.items():
                if name in names:
                    self._wire[report] = new

    def rewired(self) -> set[NodeKey]:
        """The nodes of reports of the wires that others were found to be one with."""
        self.flush()
        n, w = t.node.c, t.wire.c
        query = select(n.report, n.event).join(t.wire, w.report == n.report)
        return {
            (report, event)
            for part in some(self.joined)
            for report, event in self._session.execute(query.where(w.wire.in_(part)))
        }

    def drop(self, report: str) -> None:
        """As in `Memory`."""
        self.flush()
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
            for block in self._block.values():
                block.discard(n)
        for key in [key for key in self._number if key[0] == report]:
            del self._number[key]
        self._wire.pop(report, None)
        for prints in self._band.values():
            prints.pop(report, None)
        self._session.execute(delete(t.band).where(t.band.c.report == report))
        self._session.execute(delete(t.wire).where(t.wire.c.report == report))

    def flush(self) -> None:
        """Write what waits, in the order in which rows refer to each other."""
        for table in (t.node, t.block, t.pair, t.wire, t.band):
            if rows := self._waiting.pop(table, None):
                fill(self._session, table, rows)

    def alive(self, keys: Iterable[NodeKey]) -> set[NodeKey]:
        """Those of these nodes that are there."""
        wanted = set(keys)
        missing = {report for report, event in wanted if (report, event) not in self._number}
        for part in some(sorted(missing)):
            query = select(t.node.c.n, t.node.c.report, t.node.c.event)
            self._number.update(self._rows(query.where(t.node.c.report.in_(part))))
        return wanted & self._number.keys()

    def _wait(self, table: Table, *rows: dict[str, Any]) -> None:
        self._waiting.setdefault(table, []).extend(rows)

    def _new_number(self) -> int:
        """The next number of a node; writers take turns, so that no other takes it too."""
        if self._next is None:
            self._next = (self._session.scalar(select(func.max(t.node.c.n))) or 0) + 1
        self._next += 1
        return self._next - 1

    def _look_up(self, hashes: set[int]) -> None:
        """Fetch the nodes of blocks that were not asked for before."""
        unknown = hashes - self._block.keys()
        if not unknown:
            return
        self.flush()
        self._block.update((key, set()) for key in unknown)
        met = among(self._session, t.block.c.key, list(unknown))
        query = select(t.block.c.key, t.block.c.node).where(met)
        found = set()
        for key, n in self._session.execute(query):
            self._block[key].add(n)
            found.add(n)
        self._load(found)

    def _look_up_bands(self, bands: set[int]) -> None:
        """Fetch the prints of bands that were not asked for before."""
        unknown = bands - self._band.keys()
        if not unknown:
            return
        self.flush()
        self._band.update((band, {}) for band in unknown)
        b, w = t.band.c, t.wire.c
        query = select(b.band, w.report, w.print).join(t.wire, w.report == b.report)
        met = among(self._session, b.band, list(unknown))
        for band, report, print_ in self._session.execute(query.where(met)):
            self._band[band][report] = print_

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
        if unknown := sorted({n for n in numbers if n not in self._node}):
            query = select(t.node.c.n, t.node.c.doc)
            met = among(self._session, t.node.c.n, unknown)
            for n, doc in self._session.execute(query.where(met)):
                self._node[n] = decoder.decode(doc)
                self._number[self._node[n].key] = n


@lru_cache(maxsize=65536)
def _hash(key: Key) -> int:
    return hash_64(msgspec.json.encode(key))
