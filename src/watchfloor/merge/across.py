"""Join the incidents of many reports: one happening, however many tell of it.

    stream = Stream()
    for coded in reports:
        stream.add(coded)
    for incident in stream.incidents():
        ...

Every two nodes (incidents of single reports) that share a block are scored once; those likelier
than not to be one happening connect; each connected part is clustered by average linkage over its
sorted nodes. So the result is a function of the set of reports, not of their order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from watchfloor.merge.alike import Score, across_features, score, weights
from watchfloor.merge.blocks import looks_in, stands_in
from watchfloor.merge.cluster import average_link
from watchfloor.merge.facts import day_of
from watchfloor.merge.memory import Kept, Memory, NodeKey
from watchfloor.merge.nodes import Node, nodes_of
from watchfloor.merge.outcome import MergedIncident, merged
from watchfloor.merge.wires import bands_of, is_copy, print_of
from watchfloor.records import CodedReport

#: Log-odds of two nodes of one incident that no block brought together.
UNMET = -1.0
#: Pairs less likely than this (log-odds) weigh no less than it, so that one bad pair of a dozen
#: does not part what the others join.
FLOOR = -4.0


class Merger:
    """Merges reports as they come, over a `Memory`."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def add(self, coded: CodedReport) -> tuple[NodeKey, ...]:
        """Take in a report; the keys of its nodes. One that is already here changes nothing."""
        report = coded.report.id
        known = self.memory.of_report(report)
        if known is not None:
            return known
        nodes = nodes_of(coded)
        return self.take(report, nodes, print_of(coded.report.text))

    def take(self, report: str, nodes: Sequence[Node], print_: bytes) -> tuple[NodeKey, ...]:
        """Take in a report that is not here yet, by its nodes and the print of its text."""
        self._find_copies(report, print_, [n.key for n in nodes])
        for node in nodes:
            met = self.memory.meet(looks_in(node))
            odds = {
                other.key: value
                for other in met
                if other.report != report
                and other.facts.type in node.facts.families
                and (value := log_odds(node, other)) > FLOOR
            }
            self.memory.put(node, stands_in(node), odds)
        return tuple(n.key for n in nodes)

    def _find_copies(self, report: str, print_: bytes, nodes: Sequence[NodeKey]) -> None:
        bands = bands_of(print_)
        copies = [other for other, seen in self.memory.prints(bands) if is_copy(print_, seen)]
        wires = set(self.memory.wires(copies).values())
        wire = min(wires | {report})
        self.memory.rename_wire(wires - {wire}, wire)
        self.memory.put_report(report, nodes, wire, bands, print_)

    def part(self, keys: Iterable[NodeKey]) -> tuple[NodeKey, ...]:
        """All nodes connected to these through pairs likelier than not, sorted."""
        seen, waiting = set(keys), list(keys)
        while waiting:
            near = self.memory.near(waiting)
            found = {o for pairs in near.values() for o, odds in pairs.items() if odds > 0}
            waiting = list(found - seen)
            seen |= found
        return tuple(sorted(seen))

    def groups(self, part: Sequence[NodeKey]) -> list[tuple[NodeKey, ...]]:
        """The groups into which connected nodes, as `part` gives them, are clustered."""
        inside = set(part)
        odds = {
            (one, two): value
            for one, pairs in self.memory.near(part).items()
            for two, value in pairs.items()
            if one < two and two in inside
        }
        return sorted(tuple(sorted(g)) for g in average_link(sorted(part), odds, UNMET))

    def incident(self, group: Iterable[NodeKey]) -> MergedIncident:
        """One group of nodes as an incident."""
        nodes = self.memory.nodes(sorted(group))
        wires = self.memory.wires({n.report for n in nodes.values()})
        return merged([nodes[k] for k in sorted(nodes)], wires)


class Stream:
    """Merges a stream in memory; `horizon_days` bounds how long a report is kept in mind.

    With a horizon, incidents all of whose reports are older than the newest publication date by
    more than that leave through `settled`; without, everything is kept. Within the horizon the
    order of arrival does not matter.
    """

    def __init__(self, horizon_days: int | None = None) -> None:
        self._kept = Kept()
        self._merger = Merger(self._kept)
        self._horizon = horizon_days
        self._day: dict[str, dt.date] = {}
        self._newest: dt.date | None = None

    def add(self, coded: CodedReport) -> None:
        """Take in a report, once."""
        self._merger.add(coded)
        day = day_of(coded.report.published)
        if day:
            self._day[coded.report.id] = day
            self._newest = max(day, self._newest or day)

    def incidents(self) -> Iterator[MergedIncident]:
        """All incidents with their accounts, in order of their first members."""
        found = self._groups(self._kept.all_nodes())
        return (self._merger.incident(group) for group in sorted(found))

    def settled(self) -> Iterator[MergedIncident]:
        """Incidents past the horizon, which are forgotten as they are handed out."""
        if self._horizon is None or self._newest is None:
            return
        edge = self._newest - dt.timedelta(days=self._horizon)
        old = {report for report, day in self._day.items() if day < edge}
        keys = sorted(k for report in old for k in self._kept.of_report(report) or ())
        for group in sorted(self._groups(keys)):
            if all(report in old for report, _ in group):
                yield self._merger.incident(group)
            else:
                old -= {report for report, _ in group}
        for report in old:
            self._kept.drop(report)
            del self._day[report]

    def _groups(self, keys: Iterable[NodeKey]) -> list[tuple[NodeKey, ...]]:
        seen: set[NodeKey] = set()
        found: list[tuple[NodeKey, ...]] = []
        for key in keys:
            if key not in seen:
                part = self._merger.part([key])
                seen.update(part)
                found += self._merger.groups(part)
        return found


def explain(one: Node, two: Node) -> Score:
    """How likely two nodes are one happening, and what speaks for and against it."""
    return score(across_features(one, two), weights("across"))


def log_odds(one: Node, two: Node) -> float:
    """The same as a sum of shares, 0 where it is as likely as not."""
    table = weights("across")
    total = table["bias"]
    for name, value in across_features(one, two).items():
        if value:
            total += value * table.get(name, 0.0)
    return round(total, 6)


def across(reports: Iterable[CodedReport]) -> Iterator[MergedIncident]:
    """Merge a closed set of coded reports; see `Stream` for one that goes on."""
    stream = Stream()
    for coded in reports:
        stream.add(coded)
    return stream.incidents()
