"""A backfill from its inputs to its incidents: what is not done yet, on a cluster, and merged."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from distributed import Client
from msgspec.structs import replace

from watchfloor.flow import CODER
from watchfloor.records import Record
from watchfloor.scale import manifest as marks
from watchfloor.scale.cluster import cluster, page_of, run_all
from watchfloor.scale.coding import Task, code_part
from watchfloor.scale.manifest import Done, Manifest, merge_folder
from watchfloor.scale.openings import find_repeats, incidents_done, openings, settle_open
from watchfloor.scale.packs import PACK_NODES, MergeTask, packs_of, repeats_in, settle_pack
from watchfloor.scale.parts import STRETCH, Part, parts_of
from watchfloor.scale.storage import Folder, Storage
from watchfloor.scale.tables import exists
from watchfloor.settings import Settings


class Options(Record, frozen=True, kw_only=True):
    """What a backfill is told. `scheduler` is None for a cluster of this machine's own, of
    `workers` processes. `stretch`: bytes at which a file is cut. `patience_s` as in `Task`.
    `pack_nodes`: incidents of single reports that a worker merges at a time.
    """

    inputs: tuple[str, ...]
    out: str
    settings: Settings
    storage: Storage = Storage()
    scheduler: str | None = None
    workers: int = os.cpu_count() or 1
    texts: bool = False
    merge: bool = True
    stretch: int = STRETCH
    patience_s: float = 600.0
    pack_nodes: int = PACK_NODES


@dataclass
class Step:
    """How far a backfill is, as it goes. Sizes are in bytes, times in seconds.

    `before` counts partitions that an earlier run had done; reports and events are this run's.
    `page` is the address of Dask's page of the cluster, None before one runs and where none can.
    """

    stage: str = "code"
    page: str | None = None
    done: int = 0
    total: int = 0
    before: int = 0
    reports: int = 0
    events: int = 0
    lost: int = 0
    size: int = 0
    size_left: int = 0
    began: float = field(default_factory=time.monotonic)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def spent_s(self) -> float:
        """Seconds since the run began."""
        return max(time.monotonic() - self.began, 1e-6)

    @property
    def rate(self) -> float:
        """Reports a second."""
        return self.reports / self.spent_s

    @property
    def left_s(self) -> float | None:
        """Seconds that the coding still takes at this rate, None before anything is done."""
        return self.size_left * self.spent_s / self.size if self.size else None


Tell = Callable[[Step], None]


def backfill(options: Options, tell: Tell) -> tuple[Manifest, Step]:
    """Code what is not coded yet, merge it, and write the manifest; `tell` hears of each step.

    Raises `InputError` and `SettingsError` for what makes no sense, `ClusterError` for a cluster
    that is lost; what was done until then is kept.
    """
    parts = parts_of(options.inputs, options.storage, options.stretch)
    out = Folder(options.out, options.storage)
    out.prepare()
    wanted = Manifest(
        inputs=options.inputs, coder=CODER, learned=options.settings.learned, texts=options.texts
    )
    old = marks.load(out)
    marks.agree(old, wanted, options.out)
    marks.save(out, replace(old or wanted, inputs=options.inputs, whole=False))
    done = marks.marks(out)
    step = Step(total=len(parts), before=sum(p.name in done for p in parts))
    step.done = step.before
    todo = [p for p in parts if p.name not in done]
    made = _counted(old or wanted, done, options.inputs)
    if todo or _to_merge(options, made, done):
        with cluster(options.scheduler, options.workers) as client:
            step.page = page_of(client, options.scheduler)
            tell(step)
            _code(client, options, todo, step, tell)
            done = marks.marks(out)
            made = _counted(made, done, options.inputs)
            if _to_merge(options, made, done):
                folder = _merge(client, out, done, options.pack_nodes, step, tell)
                made = _with_merge(made, out, folder) if folder else made
    latest = made.merged == merge_folder(done, options.pack_nodes)
    made = replace(made, whole=latest and not step.faults)
    marks.save(out, made)
    _sweep(out, made)
    return made, step


def _to_merge(options: Options, made: Manifest, done: dict[str, Done]) -> bool:
    """Whether a merge is wanted that the manifest does not name yet."""
    wanted = options.merge and bool(done)
    return wanted and made.merged != merge_folder(done, options.pack_nodes)


def _with_merge(made: Manifest, out: Folder, folder: str) -> Manifest:
    incidents = sum(incidents_done(out, folder).values())
    return replace(made, merged=folder, incidents=incidents, repeats=len(repeats_in(out, folder)))


def _code(client: Client, options: Options, todo: list[Part], step: Step, tell: Tell) -> None:
    tasks = {
        part.name: Task(
            part=part, out=options.out, storage=options.storage, settings=options.settings,
            texts=options.texts, patience_s=options.patience_s,
        )
        for part in sorted(todo, key=_weight, reverse=True)
    }  # fmt: skip
    step.size_left = sum(map(_weight, todo))
    for outcome in run_all(client, code_part, tasks, lambda task: replace(task, careful=True)):
        part = tasks[outcome.name].part
        step.size_left -= _weight(part)
        if outcome.result is None:
            step.faults[_named(part)] = outcome.fault or "unknown"
        else:
            step.done += 1
            step.size += _weight(part)
            step.reports += outcome.result.reports
            step.events += outcome.result.events
            step.lost += outcome.result.lost
        tell(step)


def _weight(part: Part) -> int:
    """The bytes of a partition: of its stretch, or of the whole file."""
    if part.address.endswith(".parquet") or part.start is None or part.stop is None:
        return part.size
    return part.stop - part.start


def _named(part: Part) -> str:
    return part.address if part.start is None else f"{part.address} from {part.start}"


def _counted(old: Manifest, done: Mapping[str, Done], inputs: tuple[str, ...]) -> Manifest:
    names = ("reports", "coded", "events", "claims", "problems", "lost")
    counts = {name: sum(getattr(d, name) for d in done.values()) for name in names}
    return replace(old, inputs=inputs, parts=len(done), **counts)


def _merge(
    client: Client, out: Folder, done: dict[str, Done], most: int, step: Step, tell: Tell
) -> str | None:
    """Merge all partitions that are done, as far as no earlier run has; the folder of the merge,
    None where a part of it failed. `most`: nodes that a worker holds.
    """
    folder = merge_folder(done, most)
    failed = len(step.faults)
    step.stage, step.total, step.done = "merge", 0, 0
    if not exists(out, f"{folder}/repeats.parquet"):
        find_repeats(out, folder, done)
    base = MergeTask(out=out.address, storage=out.storage, folder=folder, name="")
    packs = packs_of(done, most)
    tasks = {p.name: replace(base, name=p.name, pack=p) for p in packs}
    _each(client, settle_pack, tasks, step, tell)
    if len(step.faults) == failed:
        opened = enumerate(openings(out, folder, packs, most))
        tasks = {f"o{n:06}": replace(base, name=f"o{n:06}", labels=labels) for n, labels in opened}
        _each(client, settle_open, tasks, step, tell)
    return folder if len(step.faults) == failed else None


def _each(
    client: Client,
    function: Callable[[MergeTask], int],
    tasks: Mapping[str, MergeTask],
    step: Step,
    tell: Tell,
) -> None:
    """Run those tasks of a merge that are not done yet."""
    one = next(iter(tasks.values()), None)
    if one is None:
        return
    before = incidents_done(Folder(one.out, one.storage), one.folder)
    todo = {name: task for name, task in tasks.items() if name not in before}
    step.total += len(tasks)
    step.done += len(tasks) - len(todo)
    for outcome in run_all(client, function, todo):
        if outcome.result is None:
            step.faults[f"{one.folder}, {outcome.name}"] = outcome.fault or "unknown"
        else:
            step.done += 1
        tell(step)


def _sweep(out: Folder, made: Manifest) -> None:
    """Remove merges that the manifest no longer names, and trails."""
    out.remove("trail")
    if made.merged and made.whole:
        for name in out.folders("merged"):
            if f"merged/{name}" != made.merged:
                out.remove(f"merged/{name}")
