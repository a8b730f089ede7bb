"""Merging across partitions, first half: the buckets of blocks, a pack of them on each worker.

Two nodes are compared only where they share a block, and a block lies in one bucket (a kind of
act and a week). A pack is a run of buckets. What its nodes join to is settled there and then,
unless one of them is in a bucket of another pack too: those are left open, each under the label of
its group, for `openings` to join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from watchfloor.merge import Kept, MergedIncident, Merger, Node, NodeKey, identity
from watchfloor.records import Record
from watchfloor.scale.manifest import Done
from watchfloor.scale.storage import Folder, Storage
from watchfloor.scale.tables import Rows, incident_row, read_rows, write_table

#: Nodes that one worker holds at a time: about 5 kB each.
PACK_NODES = 50_000


class Pack(Record, frozen=True, kw_only=True):
    """Some buckets, and the partitions that have nodes in them."""

    name: str
    buckets: tuple[str, ...]
    parts: tuple[str, ...]


class MergeTask(Record, frozen=True, kw_only=True):
    """What a worker is told: `folder` is where this merge is written, within `out`."""

    out: str
    storage: Storage
    folder: str
    name: str
    pack: Pack | None = None
    labels: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


def packs_of(done: dict[str, Done], most: int = PACK_NODES) -> list[Pack]:
    """The buckets of all partitions in runs of at most so many nodes; the same in every run."""
    size: dict[str, int] = defaultdict(int)
    holders: dict[str, set[str]] = defaultdict(set)
    for part, mark in done.items():
        for bucket, nodes in mark.buckets.items():
            size[bucket] += nodes
            holders[bucket].add(part)
    packs: list[Pack] = []
    for buckets in _runs(sorted(size), size, most):
        parts = tuple(sorted(set().union(*(holders[b] for b in buckets))))
        packs.append(Pack(name=f"p{len(packs):06}", buckets=buckets, parts=parts))
    return packs


def _runs(names: Sequence[str], size: dict[str, int], most: int) -> Iterator[tuple[str, ...]]:
    run: list[str] = []
    held = 0
    for name in names:
        if run and held + size[name] > most:
            yield tuple(run)
            run, held = [], 0
        run.append(name)
        held += size[name]
    if run:
        yield tuple(run)


def settle_pack(task: MergeTask) -> int:
    """Merge what lies wholly within a pack, leave the rest open; how many incidents."""
    pack = task.pack
    assert pack is not None
    out = Folder(task.out, task.storage)
    repeats = repeats_in(out, task.folder)
    nodes: dict[NodeKey, tuple[dict[str, Any], bool]] = {}
    inside = set(pack.buckets)
    for part in pack.parts:
        found = read_rows(out, f"nodes/{part}.parquet", filters=[("bucket", "in", pack.buckets)])
        for row in found:
            if (part, row["report"]) not in repeats:
                key = (row["report"], row["event"])
                nodes[key] = (row, inside.issuperset(row["buckets"]))
    merger = merger_of(row for row, _ in nodes.values())
    settled: list[MergedIncident] = []
    open_rows: Rows = []
    for component in components(merger, nodes):
        if all(nodes[key][1] for key in component):
            settled += [merger.incident(group) for group in merger.groups(component)]
        else:
            label = identity("open", pack.name, *component[0])
            open_rows += [{"label": label, **nodes[key][0]} for key in component]
    parts = {key: row["part"] for key, (row, _) in nodes.items()}
    write_incidents(out, task, settled, parts)
    write_table(out, "open", f"{task.folder}/open/{task.name}.parquet",
                sorted(open_rows, key=lambda r: r["label"]))  # fmt: skip
    return finish(out, task, len(settled))


def merger_of(rows: Iterable[Mapping[str, Any]]) -> Merger:
    """A merger that holds these nodes, their pairs and the copies among their reports."""
    merger = Merger(Kept())
    reports: dict[str, list[Node]] = defaultdict(list)
    prints: dict[str, bytes] = {}
    for row in rows:
        node = msgspec.msgpack.decode(row["node"], type=Node)
        reports[node.report].append(node)
        prints[node.report] = row["print"]
    for report in sorted(reports):
        merger.take(report, sorted(reports[report], key=lambda n: n.key), prints[report])
    return merger


def components(merger: Merger, keys: Iterable[NodeKey]) -> Iterator[tuple[NodeKey, ...]]:
    """The connected parts of these nodes, each once, in order."""
    seen: set[NodeKey] = set()
    for key in sorted(keys):
        if key not in seen:
            component = merger.part([key])
            seen.update(component)
            yield component


def write_incidents(
    out: Folder, task: MergeTask, found: Sequence[MergedIncident], parts: dict[NodeKey, str]
) -> None:
    """Write incidents and their members under the name of a task. `parts`: of each node."""
    part_of = {report: part for (report, _), part in parts.items()}
    members = [
        {"incident": one.incident, "report": m.report, "event": m.event,
         "part": part_of[m.report]}
        for one in found
        for m in one.members
    ]  # fmt: skip
    rows = sorted(map(incident_row, found), key=_place_and_day)
    write_table(out, "members", f"{task.folder}/members/{task.name}.parquet", members)
    write_table(out, "incidents", f"{task.folder}/incidents/{task.name}.parquet", rows)


def _place_and_day(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """What is asked for together lies together."""
    return row["country"] or "", str(row["day_from"] or ""), row["incident"]


def finish(out: Folder, task: MergeTask, incidents: int) -> int:
    """Mark a task of merging as whole; how many incidents it settled."""
    out.write(f"{task.folder}/done/{task.name}.json", msgspec.json.encode(incidents))
    return incidents


def repeats_in(out: Folder, folder: str) -> set[tuple[str, str]]:
    """Reports that an earlier partition holds too, as (part, report): left out of merging."""
    rows = read_rows(out, f"{folder}/repeats.parquet")
    return {(row["part"], row["report"]) for row in rows}
