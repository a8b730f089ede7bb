"""The record opens, survives kills, is written by two at once, and is backed up in use."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from benchmarks.kills import killed, read_all, whole, write
from benchmarks.wire_reports import wire
from sqlalchemy import create_engine, insert, text

from watchfloor.errors import StoreError
from watchfloor.jsonlines import json_line
from watchfloor.store import Database, check, report_of
from watchfloor.store.database import upgrade, url_of
from watchfloor.store.tables import metadata, report
from watchfloor.store.types import Utc


def test_kills_lose_no_acknowledged_report_and_leave_none_half_stored(address: str) -> None:
    acknowledged, kept = killed(address, kills=5, seed=3)
    assert 0 < acknowledged <= kept


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


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geometry'")
def test_the_migrations_make_the_schema(database: Database) -> None:
    with database.reading() as session:
        context = MigrationContext.configure(
            session, opts={"include_object": lambda o, name, kind, *_: _is_ours(o, name, kind)}
        )
        differences = compare_metadata(context, metadata)
    assert differences == []


def test_a_record_of_the_first_schema_is_brought_up_to_date_with_what_is_in_it(
    address: str,
) -> None:
    told = next(wire(1)).coded
    first = create_engine(url_of(address))
    upgrade(first, "0001")
    with first.begin() as session:
        session.execute(insert(report).values(
            n=1, id=told.report.id, revision=1, digest="d", text=told.report.text, coder="old",
            marking="AMBER", received_at=datetime(2031, 3, 4, tzinfo=UTC), coded=json_line(told),
        ))  # fmt: skip
    first.dispose()
    database = Database(address)
    with database.reading() as session:
        found = report_of(session, told.report.id)
        assert session.execute(text("SELECT count(*) FROM alert")).scalar_one() == 0
    assert found is not None
    assert found.coded == told
    database.close()


def test_a_record_of_a_newer_program_is_left_alone_and_said(address: str) -> None:
    database = Database(address)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StoreError, match=r"does not know .*9999.*or a newer one"):
        Database(address)


def _is_ours(thing: object, name: str | None, kind: str) -> bool:
    """Not the indexes and tables of full text and space, which the back ends keep themselves."""
    if kind == "table":
        return name in metadata.tables
    return name not in {"words", "reach", "days", "ix_report_words", "ix_incident_reach_days"}


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
