"""Take the pictures of the documents from the EXERCISE week, in real Chromium.

    python tools/screenshots.py        # into docs/images/desk-*.png

The week is moved to the days before now, as `make desk` does; only dates differ between two runs.
"""

from __future__ import annotations

import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from watchfloor.desk.access import Access
from watchfloor.desk.app import make_app
from watchfloor.desk.exercise import seed
from watchfloor.live.exercise import Exercise
from watchfloor.settings import Settings
from watchfloor.store import Database
from watchfloor.store.alerts import find_alerts

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
SIZE = {"width": 1280, "height": 800}


def main() -> None:
    """Load, serve, look, and write the pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        database = Database(Path(scratch) / "record.db")
        now = datetime.now(UTC)
        Exercise(database, Settings.from_environment(), now).load()
        seed(database, now)
        access = Access(database, ("head of cell",))
        config = uvicorn.Config(make_app(database, access), port=0, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        try:
            take(url, access.keys["head of cell"], disputed(database))
        finally:
            server.should_exit = True
            thread.join(10)
            database.close()


def disputed(database: Database) -> str:
    """The incident of the first alert of Quetta, on which accounts differ."""
    with database.reading() as session:
        return next(a.incident for a in find_alerts(session, limit=None) if "quetta" in a.register)


def take(url: str, key: str, incident: str) -> None:
    """The pictures: floor (dark and narrow too), incident, register, sources, trends."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for look in ("light", "dark"):
            page = browser.new_page(viewport=SIZE, color_scheme=look)  # type: ignore[arg-type]
            page.goto(f"{url}/enter?key={key}")
            told = page.locator("[data-row]", has=page.locator(".what"))
            told.first.focus()
            page.wait_for_selector("#panel blockquote")
            shoot(page, "floor" if look == "light" else "floor-dark")
            if look == "light":
                for name, path in (
                    ("incident", f"/incidents/{incident}"), ("register", "/register"),
                    ("trends", "/trends"), ("sources", "/sources"), ("case", "/cases/1"),
                    ("cell", "/cell"), ("paper", "/papers/2"),
                ):  # fmt: skip
                    page.goto(url + path)
                    if page.locator("input[name=purpose]").count():
                        page.fill("input[name=purpose]", "pictures for the documents")
                        page.get_by_role("button", name="Go on").click()
                    shoot(page, name)
            page.close()
        browser.close()


def shoot(page: Page, name: str) -> None:
    """One picture, once the map stands."""
    if page.locator("[data-map]").count():
        page.wait_for_selector("[data-map][data-shown]", timeout=120_000)
        page.wait_for_timeout(4000)
    page.screenshot(path=IMAGES / f"desk-{name}.png")
    print(f"docs/images/desk-{name}.png")


if __name__ == "__main__":
    main()
