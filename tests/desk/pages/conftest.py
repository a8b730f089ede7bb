"""A desk over a small EXERCISE record, and Chromium in front of it that notes what it asks for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.desk.conftest import EVIL, serving
from watchfloor.desk.access import Access
from watchfloor.desk.access.permissions import table
from watchfloor.flow import code_reports
from watchfloor.live import Watch
from watchfloor.live.register import keep_register
from watchfloor.records import CodedReport, Report
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database
from watchfloor.store.feeds import Feed, add_feed, feeds, note_try
from watchfloor.watch import Register, default_rules
from watchfloor.watch.register import Site

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))
import build_assets

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-unsafe-swiftshader"
).split()
TODAY = datetime.now(UTC).date()
GAO = Site(
    id="gao", name="Gao depot", kind="depot", country="MLI", lat=16.27, lon=-0.04, people=24,
    radius_km=50,
)  # fmt: skip
BAMAKO = Site(
    id="bamako", name="Bamako office", kind="office", country="MLI", lat=12.65, lon=-8.0,
    people=9, radius_km=20,
)  # fmt: skip
TEXTS = {
    "police": "Gunmen attacked a convoy of trucks near Gao in Mali on {day} and killed two "
    "drivers, the police said. The interior minister of Mali promised to send more troops to Gao.",
    "doctor": "Gunmen killed five drivers in an attack on trucks near Gao in Mali on {day}, a "
    f"doctor said. A poster nearby read {EVIL}.",
    "quiet": "About 400 people marched in Lima in Peru on {day} to protest against the price of "
    "fuel, organisers said.",
    "later": "A bomb wounded three guards at a hotel in Bamako in Mali on {today}, the army said.",
}


@pytest.fixture(scope="session", autouse=True)
def assets() -> None:
    assert build_assets.build(), "npm is needed: see .venv/system-ready in the Makefile"


@pytest.fixture(scope="session")
def told(settings: Settings) -> dict[str, CodedReport]:
    day = (TODAY - timedelta(days=1)).strftime("%A")
    today = TODAY.strftime("%A")
    reports = [
        Report(
            id=id, text="EXERCISE. " + text.format(day=day, today=today),
            published=TODAY.isoformat(),
            title=f"{id} {EVIL}" if id == "doctor" else f"The {id} report",
            outlet=f"{id.capitalize()} Courier",
        )
        for id, text in TEXTS.items()
    ]  # fmt: skip
    return {coded.report.id: coded for coded in code_reports(reports, settings)}


@pytest.fixture
def watch(tmp_path: Path, told: dict[str, CodedReport]) -> Iterator[Watch]:
    database = Database(tmp_path / "record.db")
    register = Register(sites=(GAO, BAMAKO))
    now = datetime.now(UTC)
    with database.writing() as session:
        keep_register(session, register, "test", now)
        for name in ("North Wire", "South Wire"):
            made = Feed(address=f"https://{name[:5]}.invalid/", kind="feed", name=name)
            add_feed(session, made, now)
        for feed in feeds(session):
            note_try(session, healthy(feed, now), now)
    running = Watch(database, register, default_rules(), Settings(home=tmp_path))
    arrive(running, told, "police", "doctor", "quiet")
    yield running
    database.close()


def healthy(feed: Feed, at: datetime) -> Feed:
    return replace(feed, state="healthy", answered_at=at, fresh_at=at, next_at=at)


def arrive(watch: Watch, told: dict[str, CodedReport], *ids: str) -> None:
    """Take reports in, as the running watch does."""
    for id in ids:
        watch.take([Arrival(coded=told[id], received_at=datetime.now(UTC), coder="1")])


@pytest.fixture
def desk(watch: Watch) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a desk, and the key of each role."""
    access = Access(watch.database, open_as=table().roles)
    with serving(watch.database, access) as url:
        yield url, dict(access.keys)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=60_000)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def enter_page(
    chromium: Browser, desk: tuple[str, dict[str, str]]
) -> Iterator[Callable[..., Page]]:
    """A page that is signed in as a role; afterwards, that it asked nothing of anybody else."""
    url, keys = desk
    asked: list[str] = []
    wrong: list[str] = []
    pages: list[Page] = []

    def made(role: str = "head of cell", **look: str) -> Page:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, **look)  # type: ignore[arg-type]
        page.set_default_timeout(60_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on(
            "console",
            lambda line: (
                wrong.append(line.text) if "Content Security Policy" in line.text else None
            ),
        )
        page.goto(f"{url}/enter?key={keys[role]}")
        pages.append(page)
        return page

    yield made
    for page in pages:
        page.close()
    assert wrong == []
    assert [u for u in asked if not u.startswith((url, "blob:", "data:"))] == []


def say_why(page: Page) -> None:
    """Answer what the register is read for, where it is asked."""
    if page.locator("input[name=purpose]").count():
        page.fill("input[name=purpose]", "checking the morning's journeys")
        page.get_by_role("button", name="Go on").click()
