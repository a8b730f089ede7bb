"""Leave to release, and readers of what is RED, on both back ends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchfloor.errors import InputError, StoreError
from watchfloor.store import Database
from watchfloor.store.releases import (
    Release,
    Wanted,
    decide,
    is_released,
    name_readers,
    propose,
    readers,
    releases,
)

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)


def asked(database: Database, marking: str, **more: str) -> Release:
    values = {"kind": "paper", "subject": "p1", "to": "the embassy", "reason": "asked for", **more}
    with database.writing() as session:
        return propose(session, Wanted(marking=marking, **values), "Amina", NOW)


@pytest.mark.parametrize("marking", ["CLEAR", "GREEN", "AMBER"])
def test_up_to_amber_one_person_releases(database: Database, marking: str) -> None:
    assert asked(database, marking).state == "approved"
    with database.reading() as session:
        assert is_released(session, "paper", "p1", marking)
        assert not is_released(session, "paper", "p1", "RED")


@pytest.mark.parametrize("marking", ["AMBER+STRICT", "RED"])
def test_above_amber_it_takes_another(database: Database, marking: str) -> None:
    made = asked(database, marking)
    with database.writing() as session:
        assert not is_released(session, "paper", "p1", marking)
        with pytest.raises(InputError, match="another person approves"):
            decide(session, made.n, "amina", NOW, approve=True)
        done = decide(session, made.n, "Chief", NOW, approve=True)
        assert (done.state, done.proposed_by, done.decided_by) == ("approved", "Amina", "Chief")
        assert is_released(session, "paper", "p1", marking)
    with pytest.raises(StoreError, match="was approved by Chief"), database.writing() as session:
        decide(session, made.n, "Third", NOW, approve=True)


def test_what_is_refused_stays_in(database: Database) -> None:
    made = asked(database, "RED")
    with database.writing() as session:
        decide(session, made.n, "Amina", NOW, approve=False)
        assert not is_released(session, "paper", "p1", "RED")
        assert [r.state for r in releases(session, state="refused")] == ["refused"]


def test_a_release_names_a_marking_a_reader_and_a_reason(database: Database) -> None:
    for marking, more in (("PINK", {}), ("RED", {"to": ""}), ("RED", {"reason": " "})):
        with pytest.raises(InputError):
            asked(database, marking, **more)


def test_readers_are_named_and_named_anew(database: Database) -> None:
    with database.writing() as session:
        name_readers(session, "report", "r1", ["Amina", "Bo"], "Chief", NOW)
        name_readers(session, "report", "r1", ["Bo"], "Chief", NOW)
        assert readers(session, "report", "r1") == ("Bo",)
        assert readers(session, "report", "r2") == ()
