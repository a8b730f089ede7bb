"""Kill a process that writes to the record, again and again, and look for what is missing.

python -m benchmarks.kills 50                            # an SQLite file of its own
python -m benchmarks.kills 50 postgresql://user@host/db  # an empty database
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from watchfloor.store import Database, report_of

#: Keeps reports of the simulated wire, four a transaction, and prints each id once it is kept.
WRITER = """
import sys
from datetime import UTC, datetime
from benchmarks.wire_reports import wire
from watchfloor.store import Arrival, Database, put
where, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
database = Database(where)
told = list(wire(last))[first:]
for n in range(0, len(told), 4):
    some = [Arrival(coded=t.coded, received_at=datetime.now(UTC)) for t in told[n:n + 4]]
    with database.writing() as session:
        put(session, some)
    for arrival in some:
        print(arrival.coded.report.id, flush=True)
"""


def main() -> None:
    """Print how many kills there were and how many reports were kept; fails where one was lost."""
    kills = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        where = sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "record.db")
        acknowledged, kept = killed(where, kills, seed=3)
    print(f"{kills} kills, {acknowledged} reports acknowledged, {kept} kept, none half")


def killed(where: str, kills: int, seed: int) -> tuple[int, int]:
    """Reports acknowledged before a kill, and reports kept; every kill is followed by a look at
    the whole record. Raises AssertionError where one is missing or half there.
    """
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    kept = 0
    Database(where).close()
    for _ in range(kills):
        writer = write(where, kept, kept + 60)  # it goes on where the last one was killed
        assert writer.stdout is not None
        for _ in range(chance.randrange(1, 40)):
            acknowledged.add(writer.stdout.readline().strip())
        time.sleep(chance.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        acknowledged.update(line for line in read_all(writer) if line)
        acknowledged.discard("")
        database = Database(where)
        kept = whole(database)
        assert kept >= len(acknowledged)
        with database.reading() as session:
            missing = [id for id in acknowledged if report_of(session, id) is None]
        assert not missing, f"lost: {', '.join(missing)}"
        database.close()
    return len(acknowledged), kept


def write(where: str, first: int, last: int) -> subprocess.Popen[str]:
    """A process that keeps reports `first` to `last` of the wire."""
    command = [sys.executable, "-c", WRITER, where, str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def read_all(writer: subprocess.Popen[str]) -> list[str]:
    """The rest of the whole lines it printed, once it has ended."""
    assert writer.stdout is not None
    with writer.stdout as lines:
        told = lines.read().split("\n")[:-1]
    writer.wait()
    return told


def whole(database: Database) -> int:
    """How many reports there are. Raises AssertionError where one lacks its print or an event its
    incident.
    """
    with database.reading() as session:
        halves = session.execute(
            text(
                "SELECT count(*) FROM report LEFT JOIN wire ON wire.report = report.id "
                "WHERE wire.report IS NULL"
            )
        ).scalar_one()
        loose = session.execute(
            text("SELECT count(*) FROM event WHERE incident IS NULL")
        ).scalar_one()
        reports = session.execute(text("SELECT count(*) FROM report")).scalar_one()
    assert halves == 0
    assert loose == 0
    return int(reports)


if __name__ == "__main__":
    main()
