"""`watchfloor deliveries`: who was told, and dead letters queued anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.live.test_deliver import ALERT
from watchfloor.cli.app import app
from watchfloor.errors import InputError, StoreError
from watchfloor.store import Database
from watchfloor.store.alerts import keep_alert
from watchfloor.store.deliveries import failed, queue


def ran(at: Path, *arguments: str) -> str:
    command = ["deliveries", "--store", str(at), *arguments]
    done = CliRunner().invoke(app, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_dead_letter_is_listed_with_its_error_and_queued_anew(tmp_path: Path) -> None:
    at = tmp_path / "record.db"
    record, now = Database(at), datetime(2031, 3, 3, 6, tzinfo=UTC)
    with record.writing() as session:
        keep_alert(session, ALERT, now)
        queue(session, "al1", 1, "hook", "raised", now)
        failed(session, 1, "answered with status 503", None)
    record.close()
    (line,) = (msgspec.json.decode(x) for x in ran(at, "--state", "dead").splitlines())
    assert (line["alert"], line["channel"], line["error"]) == (
        "al1", "hook", "answered with status 503",
    )  # fmt: skip
    assert ran(at, "--state", "sent") == ""
    assert ran(at, "--again", "1") == "1 queued anew\n"
    assert ran(at, "--again-all") == "0 queued anew\n"
    (line,) = (msgspec.json.decode(x) for x in ran(at, "--alert", "al1").splitlines())
    assert (line["state"], line["tries"]) == ("waiting", 0)
    with pytest.raises(StoreError, match="no such dead letter"):
        ran(at, "--again", "1")
    with pytest.raises(InputError, match="one of waiting, sent, spared, dead"):
        ran(at, "--state", "lost")
