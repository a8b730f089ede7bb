"""The EXERCISE desk: what it has done about its week is there for a newcomer to see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import httpx
import msgspec
import pytest

from tests.desk.conftest import serving
from watchfloor.desk.access import Access
from watchfloor.desk.exercise import seed
from watchfloor.flow import code_reports
from watchfloor.live import Watch
from watchfloor.live.register import keep_register
from watchfloor.records import Report
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database
from watchfloor.store.alerts import find_alerts
from watchfloor.watch import default_rules, read_register
from watchfloor.where.locate import locate

DATA = files("watchfloor.data.exercise")
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[httpx.Client]:
    """The head of cell's client of a desk over the reports that the deeds are about."""
    home = tmp_path_factory.mktemp("exercise")
    database = Database(home / "record.db")
    register = read_register(Path(str(DATA / "register")), lambda n, c: locate(n, c, settings))
    with database.writing() as session:
        keep_register(session, register, "test", NOW)
    lines = DATA.joinpath("week.jsonl").read_bytes().splitlines()
    needed = {f"week-{n:02}" for n in (1, 2, 8, 9, 12, 23, 29, 36)}
    week = [one for line in lines if (one := msgspec.json.decode(line, type=Report)).id in needed]
    watch = Watch(database, None, default_rules(), settings, clock=lambda: NOW - timedelta(days=5))
    for coded in code_reports(week, settings):
        watch.take([Arrival(coded=coded, received_at=NOW - timedelta(days=5), coder="1")])
    seed(database, NOW)
    access = Access(database, ("head of cell",))
    with serving(database, access) as url, httpx.Client(base_url=url) as client:
        client.get("/enter", params={"key": access.keys["head of cell"]})
        yield client
    with database.reading() as session:
        assert {a.state for a in find_alerts(session)} >= {"open", "acknowledged", "closed"}
    database.close()


def test_every_case_of_the_data_is_open_or_closed_as_told(desk: httpx.Client) -> None:
    items = desk.get("/api/v1/cases").json()["items"]
    assert sorted(c["state"] for c in items) == ["closed", "open", "open", "open"]
    dasu = next(c for c in items if c["title"].startswith("Dasu dam"))
    assert dasu["told_at"] and dasu["written_at"] and "EXERCISE" in dasu["hypothesis"]
    log = desk.get(f"/api/v1/cases/{dasu['n']}/log").json()["items"]
    assert [line["at"] for line in log] == sorted(line["at"] for line in log)


def test_the_cell_has_something_to_decide(desk: httpx.Client) -> None:
    def of(what: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = desk.get(f"/api/v1/cell/{what}").json()["items"]
        return found

    assert [late["name"] for late in of("overdue")] == ["Bourra ferry"]
    assert "asked" in [journey["state"] for journey in of("journeys")]
    assert {(gap["subject"], gap["kind"]) for gap in of("gaps")} >= {("sites:dasu", "guard")}
    assert len(of("clashes")) == 1
    page = desk.get("/cell").text
    assert "Lynx is in two places at once" in page
    assert "Nobody holds the watch as duty officer" in page
    assert "clearances:1: well" not in page, "a journey is named, not numbered"


def test_a_released_sitrep_can_be_taken_out(desk: httpx.Client) -> None:
    papers = {p["kind"]: p for p in desk.get("/api/v1/papers").json()["items"]}
    assert set(papers) == {"handover", "sitrep"}
    page = desk.get(f"/papers/{papers['sitrep']['n']}")
    assert "Released to" in page.text
    assert "linked: incident" not in page.text
    file = desk.get(f"/papers/{papers['sitrep']['n']}/file.pdf")
    assert file.content[:5] == b"%PDF-"
