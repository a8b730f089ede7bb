"""The desk on a real server: what is shown, what a person decides."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.desk.conftest import EVIL, only_alert
from watchfloor.records import CodedReport
from watchfloor.store import Database
from watchfloor.store.alerts import log_of


@pytest.mark.parametrize(
    "path",
    ["/", "/search", "/sources", "/commitments", "/alerts.rss", "/incidents/x", "/reports/x"],
)
def test_nobody_sees_a_page_without_signing_in(url: str, path: str) -> None:
    answer = httpx.get(url + path)
    assert answer.status_code == 401
    assert "gao-depot" not in answer.text


def test_an_alert_is_taken_up_closed_and_undone(officer: httpx.Client, record: Database) -> None:
    one = only_alert(record)
    assert one.doc["reasons"][0]["because"] in officer.get("/").text
    officer.post(f"/alerts/{one.id}/acknowledge")
    assert only_alert(record).state == "acknowledged"
    officer.post(f"/alerts/{one.id}/close", data={"found": "some impact"})
    assert (only_alert(record).state, only_alert(record).disposition) == ("closed", "some impact")
    officer.post(f"/alerts/{one.id}/reopen")
    assert only_alert(record).state == "open"
    with record.reading() as session:
        assert {line.author for line in log_of(session, one.id)} == {
            "watchfloor",
            "duty officer (key)",
        }
    bad = officer.post(f"/alerts/{one.id}/close", data={"found": "nonsense"})
    assert bad.status_code == 400
    assert "no impact" in bad.text


def test_an_incident_shows_its_evidence_and_no_report_can_inject(
    officer: httpx.Client, record: Database, coded: CodedReport
) -> None:
    paths: list[Callable[[], str]] = [
        lambda: f"/incidents/{only_alert(record).incident}",
        lambda: f"/reports/{coded.report.id}",
        lambda: "/search?words=poster",
    ]
    for path in paths:
        answer = officer.get(path())
        assert answer.status_code == 200
        assert EVIL not in answer.text
        assert "script" not in answer.headers["content-security-policy"].replace("'self'", "")
    shown = officer.get(paths[0]()).text
    assert "<mark" in shown
    assert "Gao depot" in shown


def test_alerts_go_out_as_rss_and_cap(officer: httpx.Client, record: Database) -> None:
    one = only_alert(record)
    assert f"{one.id}.1" in officer.get("/alerts.rss").text
    message = officer.get(f"/alerts/{one.id}.cap").text
    assert "urn:oasis:names:tc:emergency:cap:1.2" in message
    assert "Extreme" in message
