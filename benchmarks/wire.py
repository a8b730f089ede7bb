"""Merge and keep a simulated wire; print how right it is, the CPU it takes (reports are made up in
it too), and the most memory it held so far.

python -m benchmarks.wire 1000 10000          # in memory
python -m benchmarks.wire --horizon 30 10000  # in memory, what is 30 days past forgotten
python -m benchmarks.wire --store 1000 10000  # into a record of its own
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from math import comb
from pathlib import Path

from benchmarks.wire_reports import Told, wire

from watchfloor.merge import MergedIncident, Stream
from watchfloor.store import Arrival, Database, Filter, put, stream_incidents

#: Reports between two looks at what is done.
SETTLE = 2000


def main() -> None:
    """Run it at each size given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+", help="reports")
    parser.add_argument("--horizon", type=int, help="days after which a report is forgotten")
    parser.add_argument("--store", action="store_true", help="into a record, not in memory")
    parser.add_argument("--first", type=int, help="take in so many reports of each wire only")
    given = parser.parse_args()
    print(" reports        s  ms each     MB precision  recall     F1")
    for size in given.sizes:
        pairs = Pairs()
        began = time.process_time()
        told = pairs.noted(islice(wire(size), given.first))
        for incident in in_store(told) if given.store else in_memory(told, given.horizon):
            pairs.joined(incident)
        spent = time.process_time() - began
        taken = min(size, given.first or size)
        precision, recall = pairs.result()
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{taken:8} {spent:8.1f} {1000 * spent / taken:8.2f} {used:6.0f} "
            f"{precision:9.3f} {recall:7.3f} {f1:6.3f}",
            flush=True,
        )


def in_memory(told: Iterable[Told], horizon: int | None) -> Iterator[MergedIncident]:
    """Merged by a stream in memory. With a horizon (days) memory is bounded, and what a report
    recalls from before it stays alone.
    """
    stream = Stream(horizon_days=horizon)
    for n, one in enumerate(told, 1):
        stream.add(one.coded)
        if n % SETTLE == 0:
            yield from stream.settled()
    yield from stream.incidents()


def in_store(told: Iterable[Told]) -> Iterator[MergedIncident]:
    """Merged by a record on disk, sixteen reports a transaction."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "record.db")
        waiting = iter(told)
        now = datetime.now(UTC)
        while some := list(islice(waiting, 16)):
            with database.writing() as session:
                put(session, [Arrival(coded=one.coded, received_at=now) for one in some])
        with database.reading() as session:
            for row in stream_incidents(session, Filter(background=True)):
                yield row.incident
        database.close()


class Pairs:
    """Counts pairs of events that are joined and that should be, holding little of either."""

    def __init__(self) -> None:
        self._truth: dict[tuple[str, str], int] = {}
        self._joined = self._right = 0

    def noted(self, told: Iterable[Told]) -> Iterator[Told]:
        """The same reports, of which the truth is kept as they pass."""
        for one in told:
            report = one.coded.report.id
            self._truth.update(((report, event), n) for event, n in one.truth.items())
            yield one

    def joined(self, incident: MergedIncident) -> None:
        """Count the pairs of an incident."""
        numbers = Counter(self._truth[(m.report, m.event)] for m in incident.members)
        self._joined += comb(numbers.total(), 2)
        self._right += sum(comb(n, 2) for n in numbers.values())

    def result(self) -> tuple[float, float]:
        """Precision and recall."""
        wanted = sum(comb(n, 2) for n in Counter(self._truth.values()).values())
        return (
            self._right / self._joined if self._joined else 1.0,
            self._right / wanted if wanted else 1.0,
        )


def pairwise(told: Iterable[Told], found: Iterable[MergedIncident]) -> tuple[float, float]:
    """Precision and recall over pairs of events that tell of one happening."""
    pairs = Pairs()
    deque(pairs.noted(told), maxlen=0)
    for incident in found:
        pairs.joined(incident)
    return pairs.result()


if __name__ == "__main__":
    main()
