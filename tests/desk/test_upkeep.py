"""Retention once a day, whoever runs it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from watchfloor.desk.upkeep import SELF, tidied
from watchfloor.store import Database, retention
from watchfloor.store.audit import lines
from watchfloor.store.searches import save_search, saved_searches


def test_what_is_due_goes_once_a_day(record: Database) -> None:
    now = datetime.now(UTC)
    with record.writing() as session:
        save_search(session, "old", "words=gao", "Amina", now - timedelta(days=400))
        save_search(session, "new", "words=gao", "Amina", now)
    done = tidied(record, now)
    assert done is not None
    assert done["searches"] == 1
    with record.reading() as session:
        assert [s.name for s in saved_searches(session)] == ["new"]
        assert lines(session)[0].who == SELF
    assert tidied(record, now + timedelta(hours=23)) is None
    with record.writing() as session:
        retention.delete_due(session, "Amina", now + timedelta(hours=23, minutes=30))
    assert tidied(record, now + timedelta(hours=25)) is None, "a person ran it meanwhile"
    assert tidied(record, now + timedelta(hours=48)) is not None
