"""Whatever lists what is known says of which countries nothing can be heard."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from watchfloor.cli.app import app
from watchfloor.live.register import keep_register
from watchfloor.store import Database
from watchfloor.store.feeds import Feed, add_feed, feeds, note_try
from watchfloor.watch import Register
from watchfloor.watch.register import Site

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A record with a depot in Mali, whose feed went blind, and an office in Kenya, without one."""
    where = str(tmp_path / "record.db")
    database = Database(where)
    sites = tuple(
        Site(id=country, name=country, kind="depot", country=country, lat=1.0, lon=1.0)
        for country in ("MLI", "KEN")
    )
    with database.writing() as session:
        keep_register(session, Register(sites=sites), "duty", NOON)
        add_feed(session, Feed(address="a", kind="feed", name="River Wire", country="MLI"), NOON)
        (feed,) = feeds(session)
        note_try(session, replace(feed, state="blind", answered_at=NOON), NOON)
    database.close()
    return where


MALI = "BLIND in MLI: no feed answers (River Wire; last answer: 2031-03-03 12:00Z)"
KENYA = "BLIND in KEN: no feed covers it"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["alerts"], [MALI, KENYA]),
        (["alerts", "--format", "jsonl"], [MALI, KENYA]),
        (["incidents"], [MALI]),
        (["incidents", "--country", "KEN"], [KENYA]),
        (["incidents", "--country", "MLI", "--country", "KEN"], [MALI, KENYA]),
        (["search", "gunmen"], [MALI]),
    ],
)
def test_calm_is_never_shown_without_its_blindness(
    store: str, command: list[str], said: list[str]
) -> None:
    done = CliRunner().invoke(app, [*command, "--store", store], catch_exceptions=False)
    assert done.exit_code == 0
    assert done.stderr.splitlines() == said
    assert "BLIND" not in done.stdout, "what is piped on is not spoilt"
