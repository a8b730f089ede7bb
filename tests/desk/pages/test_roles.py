"""A day of each role in real Chromium, each in one go; what only keys reach is reached by keys."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.desk.pages.conftest import arrive, say_why
from watchfloor.desk.access.secrets import hashed
from watchfloor.live import Watch
from watchfloor.records import CodedReport
from watchfloor.store import Arrival
from watchfloor.store.alerts import find_alerts
from watchfloor.store.users import add_user

Enter = Callable[..., Page]
Told = dict[str, CodedReport]
SECRET = "a few plain words"


def at(page: Page, path: str) -> None:
    """Go to a page of the same desk."""
    page.goto(re.sub(r"(//[^/]+)/.*", r"\1", page.url) + path)
    say_why(page)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has this name, or stands in what has it, is in focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(document.activeElement.ariaLabel || document.activeElement.labels?.[0]?.innerText"
            " || document.activeElement.innerText || '').trim()"
        )
        if name == wanted:
            return
    raise AssertionError(f"no key reaches {wanted!r}")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def incident_at(watch: Watch, entry: str) -> str:
    with watch.database.reading() as session:
        return next(a.incident for a in find_alerts(session) if a.register == entry)


def test_the_duty_officers_night_by_keyboard(enter_page: Enter, watch: Watch, told: Told) -> None:
    page = enter_page("duty officer")
    expect(page.locator("#queue [data-row]")).to_have_count(1)
    arrive(watch, told, "later")
    expect(page.locator("#queue [data-row]")).to_have_count(2)
    keys = page.keyboard
    keys.press("j")
    expect(page.locator("#panel")).to_contain_text("attack near an office")
    expect(page.locator("#panel blockquote")).to_contain_text("A bomb wounded three guards")
    keys.press("a")
    expect(page.locator(".row.chosen")).to_contain_text("acknowledged")
    keys.press("e")
    tab_to(page, "report")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The later report")
    tab_to(page, "injured 3")
    keys.press("Enter")
    expect(page.locator("mark.lit").first).to_have_text("three guards")
    page.go_back()
    expect(page.locator("#queue [data-row]")).to_have_count(2)
    keys.press("j")
    keys.press("n")
    page.wait_for_url("**/cases/1*")
    tab_to(page, "A line, which stays as it is written")
    keys.type("the depot is told to stay in")
    tab_to(page, "Write")
    keys.press("Enter")
    expect(page.locator(".log")).to_contain_text("the depot is told to stay in")
    at(page, "/papers")
    tab_to(page, "Draft")
    keys.press("Enter")
    page.wait_for_url("**/papers/1*")
    lines = page.locator("textarea").evaluate_all("all => all.map(one => one.value)")
    assert any("1 untriaged" in line for line in lines)
    assert any("the depot is told to stay in" in line for line in lines)


def test_the_analysts_morning(enter_page: Enter, watch: Watch, told: Told) -> None:
    arrive(watch, told, "later")
    page = enter_page("analyst")
    at(page, "/reports/police")
    event = page.locator(".event", has_text="killed 2")
    event.get_by_text("Correct, or mark false").click()
    event.get_by_label("Field").select_option("harm.killed")
    event.get_by_label("Is", exact=True).fill("3")
    event.get_by_label("Why").first.fill("counted again by the hospital")
    event.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator(".event", has_text="killed 3")).to_have_count(1)
    press(page, "Undo")
    expect(page.locator(".event", has_text="killed 2")).to_have_count(1)

    gao = incident_at(watch, "sites:gao")
    at(page, f"/incidents/{gao}")
    page.get_by_text("Split: some of it").click()
    split = page.locator("form[action$='/split']")
    split.get_by_label("Doctor Courier").check()
    split.get_by_label("Why").fill("another convoy")
    split.get_by_role("button").click()
    expect(page.locator("article.report")).to_have_count(1)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator("article.report")).to_have_count(2)
    merge = page.locator("form[action$='/merge']").last
    if not merge.is_visible():
        page.get_by_text("Merge: another incident is").click()
    merge.get_by_label("Another one").fill(incident_at(watch, "sites:bamako"))
    merge.get_by_label("Why").fill("one attack")
    merge.get_by_role("button").click()
    expect(page.locator("article.report")).to_have_count(3)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator("article.report")).to_have_count(2)

    at(page, "/sources")
    row = page.locator("tr", has_text="Police Courier")
    row.locator("summary").click()
    row.get_by_label("Grade of Police Courier").select_option("B")
    row.get_by_label("Why").fill("right on three counts")
    row.get_by_role("button", name="Grade").click()
    expect(row).to_contain_text("right on three counts")


def test_the_head_of_cell_releases_with_another_and_finds_it_in_the_audit_log(
    enter_page: Enter, watch: Watch
) -> None:
    officer, head = enter_page("duty officer"), enter_page("head of cell")
    at(officer, "/papers")
    handover = officer.locator("form", has_text="Handover")
    handover.get_by_label("Marking").select_option("AMBER+STRICT")
    handover.get_by_role("button", name="Draft").click()
    officer.wait_for_url("**/papers/1*")
    officer.get_by_label("To", exact=True).fill("the next watch")
    officer.get_by_label("Why", exact=True).fill("end of the night")
    press(officer, "Propose the release")
    expect(officer.get_by_text("Somebody else must approve it").first).to_be_visible()
    expect(officer.get_by_role("button", name="Approve the release")).to_have_count(0)
    at(head, "/admin/markings")
    press(head, "Approve")
    expect(head.get_by_role("row", name="paper 1.1")).to_contain_text("approved by head of cell")
    at(head, "/papers")
    letter = head.locator("form", has_text="Letter of assurance")
    letter.get_by_label("For").select_option("sites:gao")
    letter.get_by_role("button", name="Draft").click()
    head.wait_for_url("**/papers/2*")
    head.get_by_label("To", exact=True).fill("the site's contact")
    head.get_by_label("Why", exact=True).fill("asked for")
    press(head, "Sign and release")
    expect(head.get_by_role("link", name="PDF")).to_be_visible()
    at(head, "/admin/audit")
    expect(head.locator("tbody")).to_contain_text("POST /papers/2/release")
    at(head, "/admin")
    expect(head.get_by_text("is whole")).to_be_visible()
    seen = head.locator("main code").last.inner_text()
    command = [str(Path(sys.executable).with_name("watchfloor")), "audit", "verify"]
    store = str(watch.database.name).removeprefix("sqlite:///")
    done = subprocess.run(
        [*command, "--store", store, "--head", seen], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_liaison_sees_what_touches_their_site_and_nothing_marked_above_it(
    enter_page: Enter, watch: Watch, told: Told
) -> None:
    arrive(watch, told, "later")
    now = datetime.now(UTC)
    strict = replace(told["quiet"], report=replace(told["quiet"].report, id="strict"))
    with watch.database.writing() as session:
        add_user(session, "noor", "liaison", now, hashed(SECRET), sites=("gao",))
    watch.take([Arrival(coded=strict, received_at=now, coder="1", marking="AMBER+STRICT")])
    page = enter_page("liaison")
    press(page, "Sign out")
    page.get_by_label("Name").fill("noor")
    page.get_by_label("Password").fill(SECRET)
    page.keyboard.press("Enter")
    expect(page.locator("#queue [data-row]")).to_have_count(1)
    expect(page.locator("#queue")).to_contain_text("Gao depot")
    expect(page.locator("#queue")).not_to_contain_text("Bamako")
    expect(page.locator("#queue a, #queue button")).to_have_count(0)
    page.keyboard.press("j")
    expect(page.locator("#panel blockquote").first).to_contain_text("Gunmen")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    for path in ("/reports/strict", "/reports/police", "/register", "/cases", "/sources"):
        at(page, path)
        expect(page.get_by_role("heading", level=1)).to_contain_text("you are liaison")
        expect(page.get_by_role("navigation", name="Pages")).to_contain_text("Assurances")
    page.get_by_role("link", name="Back to the desk").click()
    expect(page.locator("#queue [data-row]")).to_have_count(1)
    at(page, "/assurances")
    expect(page.locator("main")).to_contain_text("those for your sites will stand here")


def test_a_researcher_searches_and_exports_and_an_auditor_reads_that_they_did(
    enter_page: Enter,
) -> None:
    page = enter_page("researcher")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    page.keyboard.press("/")
    page.keyboard.type("convoy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="The police report")).to_be_visible()
    at(page, "/trends?by=country")
    expect(page.locator("main")).to_contain_text("Mali")
    with page.expect_download() as download:
        page.get_by_role("link", name="Counts as CSV").click()
    lines = list(csv.reader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert ["MLI", "1", "0"] in [line[:3] for line in lines]
    expect(page.get_by_role("button", name="Settle")).to_have_count(0)

    auditor = enter_page("administrator")
    at(auditor, "/admin/audit?who=researcher (key)")
    expect(auditor.locator("tbody")).to_contain_text("signed in")
    at(auditor, "/admin/users")
    made = auditor.locator("form[action='/admin/users']")
    made.get_by_label("Name").fill("lea")
    made.get_by_label("Role").select_option("analyst")
    press(auditor, "Make the user")
    row = auditor.get_by_role("row", name="lea")
    row.get_by_role("button", name="Shut out").click()
    expect(row).to_contain_text("shut out")
    at(auditor, "/cases")
    expect(auditor.get_by_role("heading", level=1)).to_contain_text("you are administrator")
