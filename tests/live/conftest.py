"""A record, a clock that moves when told to, and a desk's surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.live.world import Inbox, Page, World, posting, serving
from tests.store.conftest import cluster, postgresql
from watchfloor.settings import Settings
from watchfloor.store import Database
from watchfloor.watch import Register
from watchfloor.watch.register import Site

__all__ = ["Inbox", "Page", "World", "cluster", "postgresql"]


@dataclass
class Clock:
    """A clock that moves when told to."""

    at: datetime = datetime(2031, 3, 3, 6, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def on(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def world() -> Iterator[World]:
    with serving() as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, allow_private=True, timeout_s=10.0, host_gap_s=0.0)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "record.db")
    yield opened
    opened.close()


@pytest.fixture
def register() -> Register:
    return Register(
        sites=(
            Site(id="gao-depot", name="Gao depot", kind="depot", country="MLI",
                 lat=16.27, lon=-0.04, radius_km=25),
        )
    )  # fmt: skip


def rss(*entries: tuple[str, str, str]) -> bytes:
    """A feed of (guid, title, text), dated as if they came today."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title>"
        f"<description>{text}</description>"
        "<pubDate>Mon, 03 Mar 2031 05:00:00 GMT</pubDate></item>"
        for guid, title, text in entries
    )
    head = "<?xml version='1.0'?><rss version='2.0'><channel><title>River Wire</title>"
    return f"{head}{items}</channel></rss>".encode()


@pytest.fixture
def post() -> Iterator[tuple[Inbox, int]]:
    inbox = Inbox()
    with posting(inbox) as port:
        yield inbox, port
