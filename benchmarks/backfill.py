"""How a backfill grows with workers: the same corpus at one and at two, in turns.

    python benchmarks/backfill.py [FOLDER_OR_JSONL] [--reports 48] [--words 450] [--parts 8]

Prints for each number of workers the wall time of coding, reports a second, and CPU-seconds a
report as the workers counted them, which hold when other work shares the machine; then bytes a
report in each table, and the whole of Common Crawl News from these figures. The start of workers
is left out: a cluster is started, told to code two reports, and only then measured.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import msgspec
from distributed import LocalCluster
from msgspec.structs import replace
from speed import EXERCISE, load

from watchfloor.records import Report
from watchfloor.scale import Options, backfill
from watchfloor.scale import manifest as marks
from watchfloor.scale.storage import Folder, Storage
from watchfloor.settings import Settings

#: Articles of Common Crawl News.
ARTICLES = 1_350_000_000
#: Dollars a core-hour and a GB-month, as docs/scale.md takes them.
CORE_HOUR, GB_MONTH = 0.02, 0.023


def write_corpus(folder: Path, reports: list[Report], parts: int) -> None:
    """The reports in so many files of JSON lines."""
    for n in range(parts):
        lines = (msgspec.json.encode(r) + b"\n" for r in reports[n::parts])
        (folder / f"{n:03}.jsonl").write_bytes(b"".join(lines))


def measure(source: Path, scratch: Path, workers: int, warm: Path) -> tuple[float, float]:
    """Seconds of wall time to code, and CPU-seconds as counted by the workers."""
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster:
        options = Options(
            inputs=(str(warm),), out=str(scratch / f"warm{workers}"), merge=False,
            settings=Settings.from_environment(), scheduler=cluster.scheduler_address,
        )  # fmt: skip
        backfill(options, lambda _: None)
        began = time.monotonic()
        out = str(scratch / f"out{workers}")
        backfill(replace(options, inputs=(str(source),), out=out), lambda _: None)
        wall = time.monotonic() - began
    done = marks.marks(Folder(out, Storage()))
    return wall, sum(mark.seconds for mark in done.values())


def sizes(out: Path, reports: int) -> dict[str, float]:
    """Bytes a report by table."""
    return {
        folder.name: sum(p.stat().st_size for p in folder.iterdir()) / reports
        for folder in sorted(out.iterdir())
        if folder.is_dir() and folder.name in {"reports", "events", "claims", "nodes", "problems"}
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, nargs="?", default=EXERCISE)
    parser.add_argument("--words", type=int, default=450)
    parser.add_argument("--reports", type=int, default=48)
    parser.add_argument("--parts", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for folder in ("in", "warm"):
            (scratch / folder).mkdir()
        reports = load(asked.source, asked.reports, asked.words)
        write_corpus(scratch / "in", reports, asked.parts)
        write_corpus(scratch / "warm", reports[:2], 2)
        cpu = 0.0
        for workers in (1, 2):
            wall, cpu = measure(scratch / "in", scratch, workers, scratch / "warm")
            print(f"{workers} workers  {wall:6.1f} s  {asked.reports / wall:6.2f} reports/s  "
                  f"{cpu / asked.reports:.3f} CPU-seconds a report")  # fmt: skip
        held = sizes(scratch / "out2", asked.reports)
    for table, size in held.items():
        print(f"{table:9} {size:8.0f} bytes a report")
    hours = ARTICLES * cpu / asked.reports / 3600
    stored = ARTICLES * sum(held.values()) / 1e9
    print(f"Common Crawl News: {hours:,.0f} core-hours, {hours / 100 / 24:,.0f} days on 100 cores, "
          f"${hours * CORE_HOUR:,.0f}; {stored:,.0f} GB kept, "
          f"${stored * GB_MONTH:,.0f} a month")  # fmt: skip


if __name__ == "__main__":
    main()
