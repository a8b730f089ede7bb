"""The register at rest, on both back ends: with the key it is as it was, without it is nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from watchfloor.errors import SettingsError, StoreError
from watchfloor.store import Database
from watchfloor.store.register import Entry, entries, replace_entries, seal_anew
from watchfloor.store.seal import KEY, new_key

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)
GIVEN = [Entry(kind="sites", id=id, name=f"Depot {id}", doc={"lat": 16.2771}) for id in "bac"]


def raw(database: Database) -> str:
    with database.reading() as session:
        return str(session.execute(text("SELECT name, doc FROM register_entry")).all())


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return [e.name for e in entries(session)]


@pytest.fixture
def register(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.delenv(KEY, raising=False)
    with database.writing() as session:
        replace_entries(session, GIVEN, "Amina", NOW)
    return database


def test_a_register_is_sealed_and_by_another_key(
    register: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "16.2771" in raw(register)
    first, second = new_key(), new_key()
    for given in (first, f"{second},{first}", second):
        monkeypatch.setenv(KEY, given)
        assert names(register) == ["Depot a", "Depot b", "Depot c"]
        with register.writing() as session:
            assert seal_anew(session) == 3
        assert "16.2771" not in raw(register)
        assert "Depot" not in raw(register)
    monkeypatch.setenv(KEY, first)
    with pytest.raises(StoreError, match="sealed by another key"):
        names(register)
    monkeypatch.delenv(KEY)
    with pytest.raises(StoreError, match=f"is sealed; its key in {KEY}"):
        names(register)


def test_what_is_no_key_is_said(register: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "letmein")
    with pytest.raises(SettingsError, match="is no key"), register.writing() as session:
        seal_anew(session)
    monkeypatch.delenv(KEY)
    assert len(names(register)) == 3
