"""Probes: what is marked leaks nowhere, text and names are only ever text, paths stay inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from tests.desk.conftest import EVIL, As, only_alert
from watchfloor.desk import make_app
from watchfloor.desk.access import PUBLIC, Access
from watchfloor.desk.access.guard import Guarded, routes_of
from watchfloor.records import CodedReport
from watchfloor.store import Arrival, Database, put
from watchfloor.store import tables as t
from watchfloor.store.alerts import find_alerts
from watchfloor.store.users import add_user

SECRET = "Zzyzxville"
#: They hold what was asked for, this probe's own questions among it.
AUDITS = {"/admin/audit", "/api/v1/admin/audit"}


@pytest.fixture
def pages(record: Database) -> list[Guarded]:
    """Every page, feed and list that is got."""
    found = routes_of(make_app(record, Access(record)))
    return [r for r in found if r.method == "GET" and PUBLIC not in r.permissions]


@pytest.fixture
def red(record: Database, coded: CodedReport) -> Iterator[tuple[str, str, str]]:
    """The one report, incident and alert of the record, marked RED and holding a secret word."""
    report = replace(coded.report, text=coded.report.text + f" {SECRET}.")
    with record.writing() as session:
        arrival = Arrival(coded=replace(coded, report=report), received_at=datetime.now(UTC),
                          coder="2", marking="RED")  # fmt: skip
        put(session, [arrival])
        session.execute(update(t.incident).values(marking="RED"))
        incident = session.scalars(select(t.incident.c.id)).first() or ""
        alert = find_alerts(session)[0].id
    yield coded.report.id, incident, alert


def test_what_is_red_leaks_through_no_page(
    enter: As, pages: list[Guarded], red: tuple[str, str, str]
) -> None:
    report, incident, alert = red
    for role in ("duty officer", "administrator", "head of cell"):
        client = enter(role)
        client.post("/purpose", data={"purpose": "a probe"})
        for route in pages:
            if "stream" in route.path or "{token}" in route.path:
                continue
            for id in (report, incident, alert):
                path = re.sub(r"\{[^}]*\}", id, route.path)
                answer = client.get(path, params={"words": SECRET})
                assert answer.status_code < 500, (path, answer.text)
                text = answer.text.replace(f'value="{SECRET}"', "").replace(f"words={SECRET}", "")
                assert f"{SECRET}." not in text, (role, path)
                if id not in path and path not in AUDITS:
                    assert not any(one in text for one in (incident, alert)), (role, path)


def test_names_and_notes_are_only_ever_text(enter: As, record: Database) -> None:
    with record.writing() as session:
        add_user(session, EVIL, "analyst", datetime.now(UTC))
    chief, officer = enter("administrator"), enter("duty officer")
    officer.post(f"/alerts/{only_alert(record).id}/close", data={"found": "false", "note": EVIL})
    httpx.post(f"{chief.base_url}/sign-in", data={"name": EVIL, "password": "guess"})
    incident = f"/incidents/{only_alert(record).incident}"
    asked = [f"/admin/audit?who={EVIL}", f"/search?words={EVIL}", incident, "/"]
    for path in ("/admin/users", "/admin/tokens", "/admin/audit", *asked):
        answer = chief.get(path)
        assert answer.status_code == 200, path
        assert EVIL not in answer.text, path
        policy = answer.headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "default-src 'self'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fdata/desk_permissions.yaml", "/static//etc/passwd",
        "/reports/../../etc/passwd", "/reports/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/api/v1/reports/..%2f..%2f..%2fetc%2fpasswd", "/static/%00",
    ],
)  # fmt: skip
def test_no_path_leads_out(officer: httpx.Client, path: str) -> None:
    answer = officer.get(path)
    assert answer.status_code in {303, 400, 404}
    assert "root:" not in answer.text
    assert "permissions:" not in answer.text
    assert "def make_app" not in answer.text


@pytest.mark.parametrize("words", ["' OR 1=1 --", '"; DROP TABLE report; --', "%", "NEAR(", "*"])
def test_no_search_is_a_command(officer: httpx.Client, record: Database, words: str) -> None:
    for path in ("/search", "/api/v1/search", "/api/v1/incidents", "/"):
        answer = officer.get(path, params={"words": words, "place": words, "actor": words})
        assert answer.status_code in {200, 400}, (path, answer.text)
    assert only_alert(record)


def test_what_is_no_request_gets_no_traceback(officer: httpx.Client) -> None:
    for method, path, body in (
        ("POST", "/api/v1/reports", b"{"), ("POST", "/api/v1/reports", b'{"text": 3}'),
        ("POST", "/api/v1/judgements", b"[]"), ("GET", "/api/v1/nothing", b""),
        ("DELETE", "/", b""), ("GET", "/?first=yesterday", b""),
    ):  # fmt: skip
        answer = officer.request(
            method, path, content=body, headers={"Content-Type": "application/json"}
        )
        assert 400 <= answer.status_code < 500, path
        assert "Traceback" not in answer.text
