"""The record opens, survives kills, is written by two at once, and is backed up in use."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from watchfloor.errors import StoreError
from watchfloor.store import Database, check, report_of
from watchfloor.store.tables import metadata
from watchfloor.store.types import Utc

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


def write(where: str, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, where, str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def read_all(writer: subprocess.Popen[str]) -> list[str]:
    assert writer.stdout is not None
    with writer.stdout as lines:
        told = lines.read().split("\n")[:-1]
    writer.wait()
    return told


def whole(database: Database) -> int:
    """Every stored report has its events, nodes and incidents; how many reports there are."""
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


def test_kills_lose_no_acknowledged_report_and_leave_none_half_stored(address: str) -> None:
    chance = random.Random(3)
    acknowledged: set[str] = set()
    Database(address).close()
    for _ in range(6):
        writer = write(address, 0, 400)
        assert writer.stdout is not None
        for _ in range(chance.randrange(1, 40)):
            acknowledged.add(writer.stdout.readline().strip())
        time.sleep(chance.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        acknowledged.update(line for line in read_all(writer) if line)
        database = Database(address)
        assert whole(database) >= len(acknowledged)
        with database.reading() as session:
            assert all(report_of(session, id) is not None for id in acknowledged)
        database.close()
    assert acknowledged


def test_two_write_at_once_and_a_reader_is_not_kept_waiting(address: str) -> None:
    Database(address).close()
    writers = [write(address, 0, 60), write(address, 60, 120)]
    database = Database(address)
    seen = 0
    while any(w.poll() is None for w in writers):
        now = whole(database)
        assert now >= seen
        seen = now
    assert [len(read_all(w)) for w in writers] == [60, 60]
    assert [w.returncode for w in writers] == [0, 0]
    assert whole(database) == 120
    database.close()


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geography'")
def test_the_migrations_make_the_schema(database: Database) -> None:
    with database.reading() as session:
        context = MigrationContext.configure(
            session, opts={"include_object": lambda o, name, kind, *_: _is_ours(o, name, kind)}
        )
        differences = compare_metadata(context, metadata)
    assert differences == []


def _is_ours(thing: object, name: str | None, kind: str) -> bool:
    """Not the indexes and tables of full text and space, which the back ends keep themselves."""
    if kind == "table":
        return name in metadata.tables
    return name not in {"words", "spot", "ix_report_words", "ix_incident_spot_day_from"}


def test_a_backup_in_use_is_whole_and_can_be_restored(tmp_path: Path) -> None:
    where = tmp_path / "record.db"
    Database(where).close()
    writer = write(str(where), 0, 80)
    assert writer.stdout is not None
    writer.stdout.readline()
    database = Database(where)
    database.back_up(tmp_path / "copy.db")
    read_all(writer)
    check(tmp_path / "copy.db")
    copy = Database(tmp_path / "copy.db")
    assert 1 <= whole(copy) <= 80
    copy.close()
    database.close()


def test_what_is_no_record_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a record")
    with pytest.raises(StoreError, match="not a database"):
        Database(tmp_path / "text.db")
    with pytest.raises(StoreError, match="cannot be opened"):
        Database("postgresql://nobody@127.0.0.1:1/none")


def test_times_come_back_as_they_went_in() -> None:
    class Dialect:
        name = "sqlite"

    told = datetime.fromisoformat("2031-01-01T00:00:00+03:00")
    bound = Utc().process_bind_param(told, Dialect())  # type: ignore[arg-type]
    assert Utc().process_result_value(bound, Dialect()) == told  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no time zone"):
        Utc().process_bind_param(datetime(2031, 1, 1), Dialect())  # type: ignore[arg-type]
    assert told.astimezone(UTC).hour == 21
