"""Feeds by an address that holds a token: what they carry, and what they never do."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from icalendar import Calendar

from tests.desk.conftest import As, only_alert
from watchfloor.desk.access.permissions import permissions_of
from watchfloor.desk.access.secrets import digest, fresh
from watchfloor.response.records import Clearance, Turn
from watchfloor.store import Database
from watchfloor.store.audit import lines
from watchfloor.store.register import Entry, replace_entries
from watchfloor.store.response import keep
from watchfloor.store.sessions import Grant, add_token
from watchfloor.store.users import add_user

NOW = datetime.now(UTC)
FEEDS = ("alerts.rss", "incidents.csv", "incidents.geojson", "watches.ics")


@pytest.fixture
def feed_of(record: Database, url: str) -> Callable[..., str]:
    """The address of a role's feeds."""

    def made(role: str, sites: tuple[str, ...] | None = None) -> str:
        secret = fresh()
        with record.writing() as session:
            user = add_user(session, f"{role} feed", role, NOW, sites=sites)
            grant = Grant(name="f", scopes=permissions_of(role), made_at=NOW)
            add_token(session, user, digest(secret), grant)
        return f"{url}/feeds/{secret}"

    return made


def test_alerts_as_rss_and_cap_and_the_reading_is_logged(
    feed_of: Callable[..., str], record: Database
) -> None:
    at, one = feed_of("duty officer"), only_alert(record)
    assert f"{one.id}.1" in httpx.get(f"{at}/alerts.rss").text
    assert "cap:1.2" in httpx.get(f"{at}/alerts/{one.id}.cap").text
    assert httpx.get(f"{at}/alerts/nothing.cap").status_code == 404
    with record.reading() as session:
        told = {line.what for line in lines(session)}
    assert "feeds:out" in told


def test_incidents_as_csv_and_geojson(feed_of: Callable[..., str]) -> None:
    at = feed_of("analyst")
    rows = list(csv.DictReader(httpx.get(f"{at}/incidents.csv").text.splitlines()))
    assert len(rows) > 1
    shapes = json.loads(httpx.get(f"{at}/incidents.geojson").content)
    assert shapes["type"] == "FeatureCollection"
    assert httpx.get(f"{at}/incidents.exe").status_code == 422


def test_no_feed_carries_a_journey_and_watches_go_out(
    feed_of: Callable[..., str], record: Database
) -> None:
    later = NOW + timedelta(days=2)
    period = {"starts_at": NOW, "ends_at": later}
    with record.writing() as session:
        keep(session, Turn(post="desk", holder="Amina", made_by="Bo", made_at=NOW, **period))
        keep(session, Clearance(
            title="SECRETRIDE", people=3, route="SECRETROUTE", points=(), asked_by="Bo",
            asked_at=NOW, **period,
        ))  # fmt: skip
        journey = Entry(kind="journeys", id="SECRETRIDE", name="SECRETRIDE", doc={})
        replace_entries(session, [journey], "Bo", NOW)
    at = feed_of("head of cell")
    answers = {name: httpx.get(f"{at}/{name}") for name in FEEDS}
    assert {a.status_code for a in answers.values()} == {200}
    assert not any("SECRET" in a.text for a in answers.values())
    (event,) = Calendar.from_ical(answers["watches.ics"].content).walk("VEVENT")
    assert event["summary"] == "desk: Amina"


def test_a_liaison_reads_their_own_sites_only(
    feed_of: Callable[..., str], record: Database
) -> None:
    one = only_alert(record)
    other = feed_of("liaison", ("elsewhere",))
    assert one.id not in httpx.get(f"{other}/alerts.rss").text
    assert httpx.get(f"{other}/alerts/{one.id}.cap").status_code == 404
    assert httpx.get(f"{other}/incidents.csv").status_code == 403


def test_a_wrong_token_and_a_session_open_no_feed(enter: As) -> None:
    client = enter("duty officer")
    assert client.get("/feeds/guess/alerts.rss").status_code == 401
