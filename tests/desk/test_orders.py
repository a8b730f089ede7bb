"""The desk goes by its own rules, and what it raises itself is told on its channels."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from tests.desk.conftest import csrf_of, serving
from watchfloor.desk import make_app
from watchfloor.desk.access import Access
from watchfloor.errors import SettingsError
from watchfloor.live import read_channels
from watchfloor.live.register import keep_register
from watchfloor.settings import Settings
from watchfloor.store import Database
from watchfloor.store.alerts import find_alerts
from watchfloor.store.deliveries import claim
from watchfloor.watch import Register
from watchfloor.watch.register import Site

RULES = """
rules:
  - name: anything violent within earshot
    types: [ASSAULT]
    statuses: [happened]
    severity: minor
"""
CHANNELS = """
channels:
  - {name: desk-mail, kind: smtp, to: [desk@example.invalid], min_severity: info}
"""
REPORT = (
    "EXERCISE. Gunmen attacked a police post in Gao, Mali, on Sunday and wounded three officers, "
    "the army said."
)


def test_own_rules_raise_and_own_channels_are_queued_for(
    record: Database, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "channels.yaml").write_text(CHANNELS, encoding="utf-8")
    site = Site(id="post", name="Relay post", kind="depot", country="MLI", lat=16.3, lon=-0.1)
    with record.writing() as session:
        keep_register(session, Register(sites=(site,)), "test", datetime.now(UTC))
    access = Access(record, ("duty officer",))
    own = replace(settings, rules=tmp_path / "rules.yaml")
    app = make_app(record, access, own, read_channels(tmp_path / "channels.yaml"))
    with serving(record, access, app) as url, httpx.Client(base_url=url) as client:
        client.get("/enter", params={"key": access.keys["duty officer"]})
        client.headers["X-CSRF-Token"] = csrf_of(client, record)
        sent = client.post("/api/v1/reports", json={"text": REPORT, "published": "2031-03-10"})
        assert sent.status_code == 200
    with record.writing() as session:
        (raised,) = find_alerts(session, register="sites:post")
        told = claim(session, datetime.now(UTC))
    assert raised.severity == "minor"
    assert raised.doc["reasons"][0]["rule"] == "anything violent within earshot"
    assert told is not None
    assert (told.channel, told.alert.id) == ("desk-mail", raised.id)


def test_a_desk_with_broken_rules_does_not_start(record: Database, tmp_path: Path) -> None:
    wrong = tmp_path / "rules.yaml"
    wrong.write_text("rules: [{name: x, types: [RIOT]}]", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"rules\.yaml"):
        make_app(record, Access(record), Settings(rules=wrong))
