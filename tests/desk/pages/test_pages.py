"""Every page in real Chromium: axe finds nothing serious, no script of a report runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.desk.pages.conftest import say_why
from watchfloor.desk.exercise import seed
from watchfloor.live import Watch
from watchfloor.store.alerts import find_alerts

Enter = Callable[..., Page]
PAGES = (
    "/", "/?state=closed", "/register", "/register/sites/gao", "/commitments", "/trends",
    "/sources", "/search", "/search?words=poster&kind=ASSAULT", "/reports/doctor", "/reports/quiet",
)  # fmt: skip
#: The pages of the response and of the administration that a head of cell sees.
WORK = (
    "/cases", "/cases/1", "/cell", "/papers", "/papers/1", "/assurances", "/send", "/account",
    "/admin", "/admin/audit", "/admin/markings",
)  # fmt: skip
#: What other roles see that a head of cell does not.
THEIRS = {
    "administrator": ("/admin/users", "/admin/tokens", "/admin/retention"),
    "liaison": ("/", "/assurances", "/account"),
    "researcher": ("/search", "/cases"),
}


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("look", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_serious(enter_page: Enter, watch: Watch, look: str, width: int) -> None:
    seed(watch.database, datetime.now(UTC))
    with watch.database.reading() as session:
        incident = find_alerts(session)[0].incident
    found = {}
    for role, paths in {
        "head of cell": (*PAGES, *WORK, f"/incidents/{incident}"),
        **THEIRS,
    }.items():
        page = enter_page(role, color_scheme=look)
        page.set_viewport_size({"width": width, "height": 900})
        origin = page.url.rsplit("/", 1)[0]
        for path in paths:
            page.goto(origin + path)
            say_why(page)
            expect(page.get_by_role("heading", level=1)).to_have_count(1)
            if wrong := serious(page):
                found[f"{role}: {path}"] = wrong
    assert found == {}


def test_a_look_is_kept(enter_page: Enter) -> None:
    page = enter_page(color_scheme="light")
    page.get_by_role("button", name="Look: auto").click()
    expect(page.locator("html")).to_have_attribute("data-look", "dark")
    page.goto(page.url.rsplit("/", 1)[0] + "/sources")
    expect(page.locator("html")).to_have_attribute("data-look", "dark")


def test_a_narrow_screen_scrolls_one_way_only(enter_page: Enter, watch: Watch) -> None:
    page = enter_page()
    page.set_viewport_size({"width": 390, "height": 800})
    origin = page.url.rsplit("/", 1)[0]
    with watch.database.reading() as session:
        incident = find_alerts(session)[0].incident
    seed(watch.database, datetime.now(UTC))
    found = {}
    for path in (*PAGES, *WORK, f"/incidents/{incident}"):
        page.goto(origin + path)
        say_why(page)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found[path] = wide
    assert found == {}


def test_a_researcher_sees_no_acts(enter_page: Enter) -> None:
    page = enter_page("researcher")
    origin = page.url.rsplit("/", 1)[0]
    page.goto(f"{origin}/reports/doctor")
    expect(page.get_by_role("heading", level=2, name="Events")).to_be_visible()
    expect(page.get_by_role("button", name="Correct", exact=True)).to_have_count(0)
    expect(page.get_by_role("navigation", name="Pages")).not_to_contain_text("Register")
