"""Pages that can look calm say of which countries nothing can be heard."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest
from msgspec.structs import replace

from watchfloor.live.register import keep_register
from watchfloor.store import Database
from watchfloor.store.feeds import Feed, add_feed, feeds, note_try
from watchfloor.watch import Register
from watchfloor.watch.register import Site

SITES = tuple(
    Site(id=country.lower(), name=f"{country} depot", kind="depot", country=country, lat=1.0, lon=1)
    for country in ("MLI", "KEN")
)


@pytest.fixture
def reader(officer: httpx.Client, record: Database) -> httpx.Client:
    """Who may read a register of Mali, whose feed is blind, and of Kenya, whose feed is not."""
    now = datetime.now(UTC)
    with record.writing() as session:
        keep_register(session, Register(sites=SITES), "duty", now)
        for name, country in (("River Wire", "MLI"), ("Coast Wire", "KEN")):
            add_feed(session, Feed(address=name, kind="feed", name=name, country=country), now)
        for feed in feeds(session):
            state = "blind" if feed.country == "MLI" else "healthy"
            note_try(session, replace(feed, state=state, answered_at=now), now)
    officer.post("/purpose", data={"purpose": "morning brief"})
    return officer


SAID = "Mali: BLIND, no feed answers (River Wire; last answer just now)"


@pytest.mark.parametrize(
    ("path", "dark"),
    [
        ("/register", True), ("/register/sites/mli", True), ("/register/sites/ken", False),
        ("/search?words=zebra", True), ("/search?country=MLI", True),
        ("/search?country=KEN", False),
    ],
)  # fmt: skip
def test_a_page_says_where_silence_is_no_calm(reader: httpx.Client, path: str, dark: bool) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200
    assert (SAID in answer.text) is dark
    assert "Kenya: BLIND" not in answer.text


def test_feeds_that_cover_a_country_each_are_no_blindness(
    officer: httpx.Client, record: Database
) -> None:
    now = datetime.now(UTC)
    with record.writing() as session:
        add_feed(session, Feed(address="a", kind="feed", name="Wire", country="KEN"), now)
        (feed,) = feeds(session)
        note_try(session, replace(feed, state="healthy", answered_at=now), now)
    assert 'class="sight seen"' in officer.get("/").text
