"""Merging across partitions, second half: the groups that reach over the border of a pack.

Only labels and keys of the nodes at a border come together on one machine, to say which groups are
one; the nodes themselves go to the worker that joins them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import duckdb

from watchfloor.scale.packs import (
    PACK_NODES,
    MergeTask,
    Pack,
    components,
    finish,
    merger_of,
    write_incidents,
)
from watchfloor.scale.storage import Folder
from watchfloor.scale.tables import read_rows, read_table, write_table


def find_repeats(out: Folder, folder: str, done: Iterable[str]) -> int:
    """Write which reports an earlier partition holds too (a page crawled twice); how many."""
    with duckdb.connect() as base:
        base.execute("create table seen (part varchar, report varchar)")
        for part in done:
            base.register("held", read_table(out, f"reports/{part}.parquet", ["part", "report"]))
            base.execute("insert into seen select part, report from held")
        found = base.execute(
            "select distinct part, report from (select part, report, min(part) over"
            " (partition by report) as kept from seen) where part > kept order by all"
        ).fetchall()
    rows = [{"part": part, "report": report} for part, report in found]
    write_table(out, "repeats", f"{folder}/repeats.parquet", rows)
    return len(rows)


def openings(
    out: Folder, folder: str, packs: Iterable[Pack], most: int = PACK_NODES
) -> Iterator[dict[str, tuple[str, ...]]]:
    """Labels that one worker joins, by the pack that holds them; all of a group go to one.

    Two open groups are one where they share a node.
    """
    union = _Union()
    size: dict[str, int] = defaultdict(int)
    pack_of: dict[str, str] = {}
    at: dict[tuple[str, str], str] = {}
    for pack in packs:
        name = f"{folder}/open/{pack.name}.parquet"
        for row in read_rows(out, name, ["label", "report", "event"]):
            label, key = row["label"], (row["report"], row["event"])
            size[label] += 1
            pack_of[label] = pack.name
            union.join(label, at.setdefault(key, label))
    groups: dict[str, list[str]] = defaultdict(list)
    for label in sorted(pack_of, key=lambda x: (pack_of[x], x)):
        groups[union.find(label)].append(label)
    batch: dict[str, list[str]] = defaultdict(list)
    held = 0
    for labels in groups.values():
        more = sum(size[label] for label in labels)
        if batch and held + more > most:
            yield {pack: tuple(inside) for pack, inside in batch.items()}
            batch, held = defaultdict(list), 0
        held += more
        for label in labels:
            batch[pack_of[label]].append(label)
    if batch:
        yield {pack: tuple(inside) for pack, inside in batch.items()}


class _Union:
    """Which labels are one: a forest, its paths halved as they are walked."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def find(self, label: str) -> str:
        """The label that stands for all that are one with this."""
        while (up := self._up.setdefault(label, label)) != label:
            self._up[label] = self._up[up]
            label = up
        return label

    def join(self, one: str, two: str) -> None:
        """The two are one; the lesser stands for both."""
        one, two = self.find(one), self.find(two)
        if one != two:
            self._up[max(one, two)] = min(one, two)


def settle_open(task: MergeTask) -> int:
    """Join the open groups of these labels; how many incidents."""
    out = Folder(task.out, task.storage)
    rows = {}
    for pack, labels in task.labels.items():
        name = f"{task.folder}/open/{pack}.parquet"
        for row in read_rows(out, name, filters=[("label", "in", labels)]):
            rows[row["report"], row["event"]] = row
    merger = merger_of(rows.values())
    found = [
        merger.incident(group)
        for component in components(merger, rows)
        for group in merger.groups(component)
    ]
    write_incidents(out, task, found, {key: row["part"] for key, row in rows.items()})
    return finish(out, task, len(found))


def incidents_done(out: Folder, folder: str) -> dict[str, int]:
    """The tasks of a merge that are whole, and how many incidents each settled."""
    found = {}
    for name in out.names(f"{folder}/done"):
        data = out.read(f"{folder}/done/{name}")
        if data is not None:
            found[name.removesuffix(".json")] = int(data)
    return found
