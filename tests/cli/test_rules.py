"""`watchfloor rules`: what a change would have raised or spared, for feeds and promises too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

import watchfloor
from watchfloor.cli.app import app
from watchfloor.live.register import keep_register
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database, put
from watchfloor.store.feeds import Feed, add_feed, feeds, note_try
from watchfloor.watch import Register
from watchfloor.watch.register import Site

MONDAY = datetime(2025, 3, 3, 6, tzinfo=UTC)
PROMISE = (
    "EXERCISE. The governor of Gao in Mali promised on Monday that he would provide guards for "
    "the Gao depot by Wednesday."
)
NOTHING = "rules: []\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> str:
    """A record with a promise long overdue, and a feed that was blind for eight hours."""
    where = str(tmp_path_factory.mktemp("past") / "record.db")
    database = Database(where)
    depot = Site(id="gao", name="Gao depot", kind="depot", country="MLI", lat=16.27, lon=-0.04)
    coded = watchfloor.code(PROMISE, published="2025-03-03", settings=settings)
    with database.writing() as session:
        keep_register(session, Register(sites=(depot,)), "duty", MONDAY)
        put(session, [Arrival(coded=coded, received_at=MONDAY)])
        add_feed(session, Feed(address="a", kind="feed", name="Wire", country="MLI"), MONDAY)
        (feed,) = feeds(session)
        for hours, state in ((0, "healthy"), (2, "blind"), (10, "healthy")):
            at = MONDAY + timedelta(hours=hours)
            note_try(session, replace(feed, state=state, next_at=at), at)
    database.close()
    return where


def tried(store: str, folder: Path, rules: str) -> list[str]:
    (folder / "rules.yaml").write_text(rules)
    (folder / "none.yaml").write_text(NOTHING)
    files = [str(folder / "rules.yaml"), "--against", str(folder / "none.yaml")]
    command = ["rules", "test", *files, "--store", store, "--purpose", "trying rules"]
    done = CliRunner().invoke(app, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def test_rules_for_promises_and_feeds_are_tried_on_the_past(store: str, tmp_path: Path) -> None:
    overdue = "{name: late, kinds: [pledge], severity: minor}"
    *found, total = tried(store, tmp_path, f"{NOTHING}overdue:\n- {overdue}\n")
    assert len(found) == 1
    assert "due 5 Mar 2025" in found[0]
    assert total.endswith("1 raised, 0 spared, 0 of another severity")
    blind = "{name: blind, hours: %s, severity: minor}"
    *found, _ = tried(store, tmp_path, f"{NOTHING}blind:\n- {blind % 7}\n")
    assert len(found) == 1
    assert "no feed of Mali has answered since 3 Mar 2025 08:00Z (Wire)" in found[0]
    *found, _ = tried(store, tmp_path, f"{NOTHING}blind:\n- {blind % 9}\n")
    assert found == []
