"""The register by program: taken in, put back, and what touches an entry."""

from __future__ import annotations

import httpx
import pytest

from tests.desk.api.conftest import Client
from tests.desk.api.test_writing import done
from tests.desk.conftest import As, only_alert
from watchfloor.store import Database
from watchfloor.store.audit import lines

SITES = (
    "id,name,kind,lat,lon,place,country,people,radius_km\n"
    "gao-depot,Gao depot,depot,16.27,-0.04,,MLI,24,25\n"
)


@pytest.fixture
def client(program: Client) -> httpx.Client:
    made = program("analyst")
    made.headers["X-Purpose"] = "a test of the register"
    return made


def test_files_are_taken_in_and_what_was_before_is_put_back(client: httpx.Client) -> None:
    wrong = done(
        client.post("/register/import", json={"sites_csv": SITES.replace("16.27", "north")})
    )
    assert (wrong["new"], "sites.csv" in wrong["problems"][0]) == (0, True)
    first = done(client.post("/register/import", json={"sites_csv": SITES}))
    assert (first["problems"], first["new"], first["before"]) == ([], 1, [])
    second = done(
        client.post("/register/import", json={"sites_csv": SITES.replace("24,25", "30,25")})
    )
    assert (second["changed"], len(second["before"])) == (1, 1)
    back = done(client.post("/register/restore", json={"entries": second["before"]}))
    assert back["entries"] == 1
    assert done(client.get("/register/sites/gao-depot"))["doc"]["people"] == 24
    assert client.get("/register/sites/nowhere").status_code == 404


def test_what_is_no_entry_is_refused_and_the_register_stays(client: httpx.Client) -> None:
    done(client.post("/register/import", json={"sites_csv": SITES}))
    for doc in ({}, {"id": "s1", "name": "Depot", "lat": "north"}, {"id": "s2", "name": "Depot"}):
        line = {"kind": "sites", "id": "s1", "name": "Depot", "doc": doc}
        assert client.post("/register/restore", json={"entries": [line]}).status_code == 400, doc
    assert [e["id"] for e in done(client.get("/register"))["items"]] == ["gao-depot"]


def test_a_page_puts_back_only_a_register(enter: As) -> None:
    analyst = enter("analyst")
    analyst.post("/purpose", data={"purpose": "a test"})
    for old in ("x", "{}", '[{"kind": "sites", "id": "s", "name": "s", "doc": {}}]'):
        answer = analyst.post("/register/restore", data={"old": old})
        assert answer.status_code == 400, old
        assert "Traceback" not in answer.text


def test_an_import_takes_a_purpose_since_it_shows_the_register(
    program: Client, enter: As, record: Database
) -> None:
    assert program("analyst").post("/register/import", json={"sites_csv": SITES}).status_code == 428
    files = {"file": ("sites.csv", SITES.encode(), "text/csv")}
    assert enter("analyst").post("/register/import", files=files).status_code == 428
    with record.reading() as session:
        assert lines(session)[0].what == "failed: 428"


def test_what_came_near_a_site_and_how_it_went(client: httpx.Client, record: Database) -> None:
    done(client.post("/register/import", json={"sites_csv": SITES}))
    (near,) = [
        one for one in done(client.get("/register/sites/gao-depot/near"))["items"]
        if one["row"]["id"] == only_alert(record).incident
    ] or [None]  # fmt: skip
    months = done(client.get("/register/sites/gao-depot/months"))["items"]
    assert len(months) == 13
    assert near is None or near["why"]
