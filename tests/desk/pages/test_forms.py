"""What pages send: corrections, grades, searches, the register, files; wrong input is explained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from tests.desk.conftest import csrf_of
from tests.desk.pages.conftest import BAMAKO, GAO
from watchfloor.live import Watch
from watchfloor.live.register import kept_register
from watchfloor.records import CodedReport, Report
from watchfloor.store import Arrival, incident_of, judgements
from watchfloor.store.alerts import find_alerts
from watchfloor.store.feeds import feeds

SITES = "id,name,kind,lat,lon,place,country,people,radius_km\n"


@pytest.fixture
def analyst(desk: tuple[str, dict[str, str]], watch: Watch) -> Iterator[httpx.Client]:
    url, keys = desk
    with httpx.Client(base_url=url, follow_redirects=True, timeout=60) as client:
        client.get("/enter", params={"key": keys["analyst"]})
        client.headers["X-CSRF-Token"] = csrf_of(client, watch.database)
        client.post("/purpose", data={"purpose": "morning check"})
        yield client


def test_a_correction_becomes_a_judgement_and_changes_the_incident(
    analyst: httpx.Client, watch: Watch
) -> None:
    with watch.database.reading() as session:
        one = incident_of(session, find_alerts(session)[0].incident)
    assert one is not None
    event = next(m.event for m in one.incident.members if m.report == "doctor")
    sent = {"report": "doctor", "event": event, "field": "harm.killed", "reason": "misprint"}
    shown = analyst.post("/events/correct", data={**sent, "value": "3-4"})
    assert "Kept as a judgement: misprint" in shown.text
    assert "3 to 4" in shown.text
    with watch.database.reading() as session:
        (made,) = judgements(session)
        assert (made.kind, made.field, made.value) == (
            "correct",
            "harm.killed",
            {"low": 3, "high": 4},
        )
        again = incident_of(session, one.id)
    assert again is not None
    assert 4 in {a.harm.killed.high for a in again.incident.accounts if a.harm.killed}
    analyst.post(f"/judgements/{made.id}/undo", data={"to": "/"})
    with watch.database.reading() as session:
        assert judgements(session) == []
    bad = analyst.post("/events/correct", data={**sent, "value": "many"})
    assert bad.status_code == 400
    assert "5-7" in bad.text


def test_a_register_with_a_bad_line_changes_nothing_and_a_good_one_is_undone(
    analyst: httpx.Client, watch: Watch
) -> None:
    bad = SITES + "a,A,office,north,3,,MLI,1,\nb,B,office,16,0,,MLI,few,10\n"
    shown = analyst.post("/register/import", files={"file": ("sites.csv", bad, "text/csv")})
    assert "sites.csv, line 2: lat &#39;north&#39; is no number" in shown.text
    assert "sites.csv, line 3: people &#39;few&#39; is no number" in shown.text
    with watch.database.reading() as session:
        assert kept_register(session).sites == (BAMAKO, GAO)
    good = SITES + "lima,Lima office,office,-12.05,-77.04,,PER,9,20\n"
    shown = analyst.post("/register/import", files={"file": ("sites.csv", good, "text/csv")})
    assert "1 new, 0 changed, 2 gone" in shown.text
    with watch.database.reading() as session:
        assert [a.register for a in find_alerts(session, ["open"])] == ["sites:lima"]
    old = shown.text.split('name="old" value="')[1].split('"')[0].replace("&#34;", '"')
    analyst.post("/register/restore", data={"old": old})
    with watch.database.reading() as session:
        assert kept_register(session).sites == (BAMAKO, GAO)
        assert [a.register for a in find_alerts(session, ["open"])] == ["sites:gao"]


def test_feeds_and_outlets_are_graded(analyst: httpx.Client, watch: Watch) -> None:
    with watch.database.reading() as session:
        address = feeds(session)[0].address
    analyst.post("/sources/feeds/grade", data={"address": address, "grade": "B"})
    sent = {"outlet": "Police Courier", "grade": "C", "reason": "two slips in May"}
    shown = analyst.post("/sources/outlets/grade", data=sent)
    assert "two slips in May" in shown.text
    with watch.database.reading() as session:
        assert feeds(session)[0].grade == "B"
    assert analyst.post("/sources/outlets/grade", data={**sent, "grade": "Z"}).status_code == 400


def test_a_search_is_kept_and_taken_away(analyst: httpx.Client) -> None:
    shown = analyst.get("/search", params={"words": "poster", "country": "MLI"})
    assert "doctor" in shown.text
    assert "Quiet Courier" not in shown.text
    assert "<mark>poster</mark> nearby read &lt;script&gt;" in shown.text
    kept = analyst.post("/searches", data={"name": "posters", "query": "words=poster"})
    assert "/search?words=poster" in kept.text
    number = kept.text.split('action="/searches/')[1].split("/")[0]
    gone = analyst.post(f"/searches/{number}/remove")
    assert "The saved search is gone" in gone.text
    assert analyst.get("/search", params={"kind": "NONSENSE"}).status_code == 400


def test_trends_are_files_too(analyst: httpx.Client) -> None:
    table = analyst.get("/trends.csv", params={"by": "country"}).text
    (mali,) = [line.split(",") for line in table.splitlines() if line.startswith("MLI")]
    assert int(mali[1]) > 0
    assert mali[2] == "0"
    heard = analyst.get("/trends/coverage.csv").text.splitlines()
    assert (heard[0], len(heard)) == ("month,reports,deaf", 14)
    assert heard[-1].split(",")[1] == "3", "three reports came in this month"
    coverage = analyst.get("/trends/coverage.svg")
    assert coverage.headers["content-type"] == "image/svg+xml"
    assert "feeds deaf" in coverage.text
    chart = analyst.get("/trends.svg", params={"by": "kind"})
    assert chart.headers["content-type"] == "image/svg+xml"
    assert ">attack</text>" in chart.text
    wrong = analyst.get("/trends", params={"first": "2031-03-03", "last": "2031-01-01"})
    assert wrong.status_code == 400
    assert "a day before the last" in wrong.text


def test_the_ledger_is_narrowed(analyst: httpx.Client) -> None:
    assert "send more troops" in analyst.get("/commitments", params={"of": "mali"}).text
    assert "No line of the ledger matches" in analyst.get("/commitments", params={"of": "xyz"}).text


@pytest.mark.parametrize(
    ("query", "says"),
    [("state=gone", "acknowledged"), ("first=yesterday", "2031-03-03"), ("order=random", "newest")],
)
def test_an_address_that_means_nothing_is_explained(
    analyst: httpx.Client, query: str, says: str
) -> None:
    answer = analyst.get(f"/?{query}")
    assert answer.status_code == 400
    assert says in answer.text


def test_a_report_without_a_title_is_called_by_its_first_words(
    analyst: httpx.Client, watch: Watch
) -> None:
    text = "EXERCISE. A lorry with <b>cement</b> was held up at the ferry of Bourra in Mali today."
    coded = CodedReport(report=Report(id="x1", text=text, published="2031-03-03", outlet="Wire"))
    watch.take([Arrival(coded=coded, received_at=datetime.now(UTC), coder="1")])
    called = "EXERCISE. A lorry with &lt;b&gt;cement&lt;/b&gt; was held up at the ferry of …"
    shown = analyst.get("/search", params={"words": "cement"}).text
    assert called in shown
    assert "&lt;b&gt;<mark>cement</mark>&lt;/b&gt;" in shown
    assert "Wire, 3 Mar 2031" in shown
    assert called in analyst.get("/reports/x1").text
