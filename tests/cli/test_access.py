"""`users`, `audit`, `retention`: who may come in, what was done, how long it is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from watchfloor.cli.app import app
from watchfloor.cli.desk import is_here
from watchfloor.desk.access.secrets import is_password
from watchfloor.errors import WatchfloorError
from watchfloor.records import CodedReport, Report
from watchfloor.store import Arrival, Database, put, report_of
from watchfloor.store.audit import lines, verify
from watchfloor.store.users import the_user

PASSWORD = "correct horse battery"


@pytest.fixture
def where(tmp_path: Path) -> str:
    made = Database(tmp_path / "record.db")
    with made.writing() as session:
        coded = CodedReport(report=Report(id="r1", text="EXERCISE. Nothing happened."))
        put(session, [Arrival(coded=coded, received_at=datetime.now(UTC))])
    made.close()
    return str(tmp_path / "record.db")


def run(where: str, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, [*words, "--store", where], input=typed)


def done(where: str, *words: str, typed: str = "") -> str:
    result = run(where, *words, typed=typed)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def refused(where: str, *words: str) -> str:
    result = run(where, *words)
    assert isinstance(result.exception, WatchfloorError), result.output
    return str(result.exception)


def test_a_user_is_made_changed_and_shut_out(where: str) -> None:
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    done(where, "users", "add", "Li", "liaison", "--site", "dasu", typed=typed)
    done(where, "users", "add", "Amina", "analyst", "--openid")
    shown = done(where, "users", "list")
    assert "liaison        password  sites: dasu" in shown
    assert "no way in" in shown
    done(where, "users", "role", "Li", "duty-officer")
    done(where, "users", "disable", "Li")
    assert "disabled" in done(where, "users", "list")
    done(where, "users", "disable", "Li", "--undo")
    done(where, "users", "password", "Li", typed="another long one\nanother long one\n")
    database = Database(where)
    with database.reading() as session:
        user = the_user(session, "Li")
        told = [line.what for line in lines(session)]
        assert verify(session).problems == ()
    database.close()
    assert (user.role, user.sites, user.disabled_at) == ("duty officer", None, None)
    assert is_password(user.password, "another long one")
    assert told == ["users password", "users enable", "users disable", "users role",
                    "users add", "users add"]  # fmt: skip


def test_what_makes_no_user_is_said(where: str) -> None:
    done(where, "users", "add", "Amina", "analyst", "--openid")
    assert "is a user already" in refused(where, "users", "add", "amina", "analyst", "--openid")
    assert "one of duty officer" in refused(where, "users", "role", "Amina", "root")
    assert "no such user" in refused(where, "users", "disable", "Bo")
    short = ("users", "add", "Bo", "analyst", "--password", "short")
    assert "at least 12" in refused(where, *short)


def test_the_log_is_verified_shown_and_erased_from(where: str) -> None:
    done(where, "users", "add", "Amina", "analyst", "--openid")
    told = done(where, "audit", "verify")
    assert "the log is whole" in told
    head = told.split("head ")[1].split()[0]
    assert "users add Amina" in done(where, "audit", "show", "--what", "users")
    done(where, "audit", "erase", "1", "--reason", "asked for")
    assert "1 with their particulars erased" in done(where, "audit", "verify", "--head", head)
    other = run(where, "audit", "verify", "--head", "0" * 63 + "1")
    assert (other.exit_code, "the end is cut off" in other.output) == (1, True)


def test_things_are_held_kept_and_erased(where: str) -> None:
    done(where, "retention", "set", "journeys", "7")
    done(where, "retention", "hold", "report", "r1", "--reason", "a claim")
    shown = done(where, "retention", "show")
    assert "journeys       7 days" in shown
    assert "hold 1: report r1" in shown
    assert "is held" in refused(where, "retention", "erase", "r1", "--reason", "asked for")
    done(where, "retention", "lift", "1")
    assert "0 reports" in done(where, "retention", "run")
    done(where, "retention", "erase", "r1", "--reason", "asked for")
    database = Database(where)
    with database.reading() as session:
        assert report_of(session, "r1") is None
    database.close()


def test_a_key_opens_the_desk_on_this_machine_only(where: str) -> None:
    assert all(is_here(host) for host in ("127.0.0.1", "::1", "localhost", "127.9.9.9"))
    assert not any(is_here(host) for host in ("0.0.0.0", "::", "192.0.2.1", "desk.example"))
    told = refused(where, "desk", "--open-as", "analyst", "--host", "0.0.0.0")
    assert "opens the desk to everybody" in told


def test_a_key_is_made_and_sealing_without_one_is_refused(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WATCHFLOOR_REGISTER_KEY", raising=False)
    assert "is not set" in refused(where, "seal")
    monkeypatch.setenv("WATCHFLOOR_REGISTER_KEY", done(where, "seal", "--new-key").strip())
    assert "0 entries sealed" in done(where, "seal")
