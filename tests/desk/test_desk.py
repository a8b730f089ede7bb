"""The desk on a real server: who may come in, what is shown, what a person decides."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn

from watchfloor.desk import make_app
from watchfloor.desk.access import Access
from watchfloor.live import Watch
from watchfloor.records import CodedReport
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database
from watchfloor.store.alerts import KeptAlert, find_alerts, log_of
from watchfloor.watch import Register, default_rules
from watchfloor.watch.register import Site

EVIL = "<script>alert(1)</script>"
TEXT = (
    "EXERCISE. Gunmen attacked a police post in Gao, Mali, on Sunday and killed two officers, "
    f"the police said. A poster nearby read {EVIL}."
)


@pytest.fixture(scope="module")
def coded(settings: Settings) -> CodedReport:
    import watchfloor  # noqa: PLC0415 - loads the models

    return watchfloor.code(TEXT, published="2031-03-03", settings=settings, title=EVIL)


@pytest.fixture
def record(tmp_path: Path, coded: CodedReport) -> Iterator[Database]:
    opened = Database(tmp_path / "record.db")
    site = Site(id="gao-depot", name="Gao depot", kind="depot", country="MLI", lat=16.27, lon=-0.04)
    running = Watch(opened, Register(sites=(site,)), default_rules(), Settings(home=tmp_path))
    running.take([Arrival(coded=coded, received_at=datetime.now(UTC), coder="1")])
    yield opened
    opened.close()


@pytest.fixture
def served(record: Database) -> Iterator[tuple[str, Access]]:
    access = Access()
    server = uvicorn.Server(uvicorn.Config(make_app(record, access), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}", access
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def officer(served: tuple[str, Access]) -> Iterator[httpx.Client]:
    url, access = served
    with httpx.Client(base_url=url, follow_redirects=True) as client:
        done = client.post("/sign-in", data={"key": access.key, "name": "Duty Officer"})
        assert done.status_code == 200
        yield client


def only_alert(record: Database) -> KeptAlert:
    with record.reading() as session:
        (one,) = find_alerts(session)
    return one


@pytest.mark.parametrize(
    "path",
    ["/", "/search", "/sources", "/commitments", "/alerts.rss", "/incidents/x", "/reports/x"],
)
def test_nobody_sees_a_page_without_signing_in(served: tuple[str, Access], path: str) -> None:
    answer = httpx.get(served[0] + path)
    assert answer.status_code == 401
    assert "gao-depot" not in answer.text
    wrong = httpx.post(f"{served[0]}/sign-in", data={"key": "guess", "name": "x"})
    assert wrong.status_code == 403
    assert "set-cookie" not in wrong.headers


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
        assert {line.author for line in log_of(session, one.id)} == {"watchfloor", "Duty Officer"}
    bad = officer.post(f"/alerts/{one.id}/close", data={"found": "nonsense"})
    assert bad.status_code == 400
    assert "no impact" in bad.text


def test_a_write_from_another_site_is_refused(officer: httpx.Client, record: Database) -> None:
    one = only_alert(record)
    headers = {"Origin": "http://evil.example"}
    assert officer.post(f"/alerts/{one.id}/acknowledge", headers=headers).status_code == 403
    assert only_alert(record).state == "open"


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
