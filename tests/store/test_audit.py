"""The audit log on both back ends: only added to, and a change by any way is found."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from watchfloor.errors import InputError, StoreError
from watchfloor.store import Database
from watchfloor.store.audit import START, erase_particulars, lines, note, verify

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def log(database: Database) -> Database:
    with database.writing() as session:
        for n in range(4):
            note(session, "Amina", "alerts:decide", f"POST /alerts/{n}", NOW, {"note": f"n{n}"})
    return database


def checked(database: Database, head: str | None = None) -> tuple[str, ...]:
    with database.reading() as session:
        return verify(session, head).problems


def forge(database: Database, *statements: str) -> None:
    """What somebody does who may change the schema itself."""
    off = (
        ["DROP TRIGGER audit_stays", "DROP TRIGGER audit_is_kept"]
        if database.is_sqlite
        else ["ALTER TABLE audit DISABLE TRIGGER ALL"]
    )
    with database.writing() as session:
        for statement in (*off, *statements):
            session.execute(text(statement))


def test_an_untouched_log_is_whole_and_told_newest_first(log: Database) -> None:
    assert checked(log) == ()
    with log.reading() as session:
        newest, *_, oldest = lines(session)
        found = verify(session)
        assert lines(session, who="Nobody") == []
        assert [line.n for line in lines(session, before=3, what="alerts:")] == [2, 1]
    assert (newest.n, oldest.n, found.lines) == (4, 1, 4)
    assert oldest.prev == START
    assert found.head == newest.digest
    assert newest.particulars == {"note": "n3"}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET who = 'Eve'", "DELETE FROM audit", "DELETE FROM audit WHERE n = 4"],
)
def test_the_record_refuses_to_change_a_line(log: Database, statement: str) -> None:
    with pytest.raises(StoreError, match="only added to"), log.writing() as session:
        session.execute(text(statement))
    assert checked(log) == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit SET who = 'Eve' WHERE n = 2", "line 2 was changed"),
        ("UPDATE audit SET at = '2030' WHERE n = 2", "line 2 was changed"),
        ("DELETE FROM audit WHERE n = 3", "line 3 is missing"),
        ("UPDATE audit_payload SET doc = '{}'", "particulars of line 1 were changed"),
        ("DELETE FROM audit_payload", "particulars of line 1 are gone and no line says why"),
    ],
)
def test_what_is_changed_behind_its_back_is_found(log: Database, statement: str, told: str) -> None:
    forge(log, statement)
    assert told in " ".join(checked(log))


def test_a_log_that_was_cut_off_is_found_by_a_hash_noted_elsewhere(log: Database) -> None:
    with log.reading() as session:
        head = verify(session).head
    forge(log, "DELETE FROM audit WHERE n = 4")
    assert checked(log) == ()
    assert "the end is cut off" in " ".join(checked(log, head))


def test_erasing_particulars_keeps_the_chain_whole(log: Database) -> None:
    with log.writing() as session:
        with pytest.raises(InputError, match="has no reason"):
            erase_particulars(session, 2, "Chief", " ", NOW)
        erase_particulars(session, 2, "Chief", "asked for", NOW)
    assert checked(log) == ()
    with log.reading() as session:
        assert verify(session).erased == 1
        assert {line.n: line.particulars for line in lines(session)}[2] is None
    with pytest.raises(StoreError, match="no particulars"), log.writing() as session:
        erase_particulars(session, 2, "Chief", "again", NOW)


def test_lines_written_at_once_make_one_chain(address: str) -> None:
    database = Database(address)

    def write(name: str) -> None:
        for _ in range(10):
            with database.writing() as session:
                note(session, name, "own", "", NOW)

    threads = [threading.Thread(target=write, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert checked(database) == ()
    with database.reading() as session:
        assert verify(session).lines == 40
    database.close()
