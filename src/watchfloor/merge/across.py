"""Join the incidents of many reports: one happening, however many tell of it.

    merger = Merger()
    for coded in reports:
        merger.add(coded)
    for incident in merger.incidents():
        ...

Every two nodes (incidents of single reports) that share a block are scored once; those likelier
than not to be one happening connect; each connected part is clustered by average linkage over its
sorted nodes. So the result is a function of the set of reports, not of their order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from watchfloor.merge.alike import Score, across_features, score, weights
from watchfloor.merge.blocks import Key, looks_in, stands_in
from watchfloor.merge.cluster import average_link
from watchfloor.merge.facts import day_of
from watchfloor.merge.nodes import Node, nodes_of
from watchfloor.merge.outcome import MergedIncident, merged
from watchfloor.merge.wires import Wires
from watchfloor.records import CodedReport

NodeKey = tuple[str, str]
Pair = tuple[NodeKey, NodeKey]

#: Log-odds of two nodes of one incident that no block brought together.
UNMET = -1.0
#: Pairs less likely than this (log-odds) weigh no less than it, so that one bad pair of a dozen
#: does not part what the others join.
FLOOR = -4.0


class Merger:
    """Merges reports as they come; `horizon_days` bounds how long one is kept in mind.

    With a horizon, incidents whose reports are all older than the newest publication date by more
    than that leave through `settled`; without, everything is kept. Within the horizon the order of
    arrival does not matter.
    """

    def __init__(self, horizon_days: int | None = None) -> None:
        self._horizon = horizon_days
        self._nodes: dict[NodeKey, Node] = {}
        self._blocks: dict[Key, set[NodeKey]] = {}
        self._near: dict[NodeKey, dict[NodeKey, float]] = {}
        self._wires = Wires()
        self._of_report: dict[str, tuple[NodeKey, ...]] = {}
        self._day: dict[str, dt.date] = {}
        self._newest: dt.date | None = None

    def __len__(self) -> int:
        """How many reports are in mind."""
        return len(self._of_report)

    def __contains__(self, report: object) -> bool:
        """Whether a report, by its id, is in mind."""
        return report in self._of_report

    def add(self, coded: CodedReport) -> list[NodeKey]:
        """Take in a report, once; the keys of its nodes. A report already here changes nothing."""
        if coded.report.id in self._of_report:
            return list(self._of_report[coded.report.id])
        self._wires.add(coded.report.id, coded.report.text)
        nodes = nodes_of(coded)
        self._of_report[coded.report.id] = tuple(n.key for n in nodes)
        for node in nodes:
            self._place(node)
        day = day_of(coded.report.published)
        if day:
            self._day[coded.report.id] = day
            self._newest = max(day, self._newest or day)
        return [n.key for n in nodes]

    def _place(self, node: Node) -> None:
        """Score a node against those it shares a block with, then stand it in its own blocks."""
        met = set().union(*(self._blocks.get(key, ()) for key in looks_in(node)))
        near = self._near.setdefault(node.key, {})
        for other in met:
            if other[0] == node.report:
                continue
            odds = log_odds(node, self._nodes[other])
            if odds > FLOOR:
                near[other] = self._near[other][node.key] = odds
        self._nodes[node.key] = node
        for key in stands_in(node):
            self._blocks.setdefault(key, set()).add(node.key)

    def drop(self, report: str) -> None:
        """Forget a report and what it was joined to: it was withdrawn, or is to be coded anew."""
        for key in self._of_report.pop(report, ()):
            for place in stands_in(self._nodes[key]):
                self._blocks[place].discard(key)
                if not self._blocks[place]:
                    del self._blocks[place]
            for other in self._near.pop(key):
                del self._near[other][key]
            del self._nodes[key]
        self._wires.forget(report)
        self._day.pop(report, None)

    def group(self, key: NodeKey) -> tuple[tuple[NodeKey, ...], ...]:
        """The groups into which the connected part that holds a node is clustered."""
        return self._cluster(self._part(key))

    def groups(self) -> Iterator[tuple[NodeKey, ...]]:
        """All groups of nodes that are one happening, in order of their first nodes."""
        seen: set[NodeKey] = set()
        found: list[tuple[NodeKey, ...]] = []
        for key in sorted(self._nodes):
            if key not in seen:
                part = self._part(key)
                seen.update(part)
                found += self._cluster(part)
        yield from sorted(found)

    def incidents(self) -> Iterator[MergedIncident]:
        """All incidents with their accounts, in order of their first members."""
        return (self.incident(group) for group in self.groups())

    def incident(self, group: Iterable[NodeKey]) -> MergedIncident:
        """One group of nodes as an incident."""
        keys = sorted(group)
        nodes = [self._nodes[k] for k in keys]
        return merged(nodes, {n.report: self._wires.wire(n.report) for n in nodes})

    def explain(self, one: NodeKey, two: NodeKey) -> Score:
        """How alike two nodes are, with each feature's share."""
        return explain(self._nodes[one], self._nodes[two])

    def settled(self) -> Iterator[MergedIncident]:
        """Incidents past the horizon, which are forgotten as they are handed out."""
        if self._horizon is None or self._newest is None:
            return
        edge = self._newest - dt.timedelta(days=self._horizon)
        old = {report for report, day in self._day.items() if day < edge}
        done: set[str] = set()
        for report in sorted(old):
            for key in self._of_report[report]:
                for group in self._cluster(self._part(key)) if key[0] not in done else ():
                    if all(member[0] in old for member in group):
                        yield self.incident(group)
            done.add(report)
        for report in old:
            self.drop(report)

    def _part(self, key: NodeKey) -> tuple[NodeKey, ...]:
        """All nodes connected to one through pairs likelier than not, sorted."""
        seen, waiting = {key}, [key]
        while waiting:
            for other, odds in self._near[waiting.pop()].items():
                if odds > 0 and other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return tuple(sorted(seen))

    def _cluster(self, part: tuple[NodeKey, ...]) -> tuple[tuple[NodeKey, ...], ...]:
        inside = set(part)
        odds = {
            (one, two): value
            for one in part
            for two, value in self._near[one].items()
            if one < two and two in inside
        }
        return tuple(tuple(sorted(g)) for g in average_link(part, odds, UNMET))


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
    """Merge a closed set of coded reports; see `Merger` for a stream."""
    merger = Merger()
    for coded in reports:
        merger.add(coded)
    return merger.incidents()
