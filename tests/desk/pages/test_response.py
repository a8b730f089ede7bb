"""The story in real Chromium: an alert becomes a case, guards, papers of two people, a letter."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect

from tests.desk.pages.test_pages import serious
from tests.desk.response.reading_pdf import text_of
from watchfloor.live import Watch
from watchfloor.response.records import Assignment, Case, Paper
from watchfloor.store.response import found

Enter = Callable[..., Page]


def test_from_an_alert_to_a_letter_of_assurance(enter_page: Enter, watch: Watch) -> None:
    officer, head = enter_page("duty officer"), enter_page("head of cell")
    origin = officer.url.rsplit("/", 1)[0]
    case_is_opened_by_one_key_and_worked(officer)
    head.goto(f"{origin}/cell")
    guards_are_assigned(head)
    officer.goto(f"{origin}/cases/1")
    sitrep_is_drafted_edited_and_proposed(officer)
    head.goto(f"{origin}/papers/1")
    press(head, "Approve the release")
    text = words(got(head, "PDF"))
    assert "Trucks were attacked near Gao." in text
    assert "TLP:AMBER+STRICT" in text
    assert "Falcon (4 guards) is with Gao depot" in text
    head.goto(f"{origin}/papers")
    letter_is_signed_and_read(head)
    with watch.database.reading() as session:
        assert [len(found(session, kind)) for kind in (Case, Assignment, Paper)] == [1, 1, 2]
    wrong = {}
    for path in ("/cases", "/cases/1", "/cell", "/papers", "/papers/2", "/assurances"):
        head.goto(origin + path)
        expect(head.get_by_role("heading", level=1)).to_have_count(1)
        if bad := serious(head):
            wrong[path] = bad
    assert wrong == {}


def case_is_opened_by_one_key_and_worked(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.wait_for_url("**/cases/1*")
    expect(page.locator(".flash")).to_contain_text("Case opened")
    task = "Done: ask the authorities for their account"
    press(page, task)
    expect(page.locator(".flash")).to_contain_text("Task done")
    page.keyboard.press("u")
    expect(page.locator(".flash")).to_contain_text("Task not done")
    press(page, task)
    page.locator("[name=expected]").fill("24")
    page.locator("[name=accounted]").fill("23")
    press(page, "Keep the count")
    expect(page.get_by_text("23 of 24").first).to_be_visible()


def guards_are_assigned(page: Page) -> None:
    resource, need = form(page, "/resources"), form(page, "/needs")
    resource.locator("[name=name]").fill("Falcon")
    resource.locator("[name=size]").fill("4")
    press(page, "Add")
    need.locator("[name=subject]").select_option("sites:gao")
    need.locator("[name=size]").fill("6")
    press(page, "State the need")
    expect(page.get_by_text("Gao depot lacks 6 guards").first).to_be_visible()
    form(page, "/assignments").locator("[name=subject]").select_option("sites:gao")
    press(page, "Assign")
    expect(page.get_by_text("Gao depot lacks 2 guards").first).to_be_visible()
    measure = form(page, "/assurances")
    measure.locator("[name=site]").select_option("sites:gao")
    measure.locator("[name=measure]").fill("gate guarded day and night")
    press(page, "Keep")
    expect(page.get_by_text("gate guarded day and night, in place").first).to_be_visible()


def sitrep_is_drafted_edited_and_proposed(page: Page) -> None:
    press(page, "Draft a SITREP from the record")
    page.wait_for_url("**/papers/1*")
    first = page.get_by_label("What happened, sentence 1", exact=True)
    assert first.input_value().startswith("Attack")
    page.locator(".sentence a[href='#e1']").first.click()
    expect(page.locator("#e1.lit")).to_be_visible()
    first.fill("Trucks were attacked near Gao.")
    press(page, "Keep as a new version")
    expect(page.get_by_text("changed by duty officer (key)")).to_be_visible()
    page.locator("select[name=marking]").select_option("AMBER+STRICT")
    press(page, "Mark")
    release(page, "Propose the release")
    expect(page.get_by_text("Somebody else must approve it").first).to_be_visible()


def letter_is_signed_and_read(page: Page) -> None:
    page.locator("[name=site]").select_option("sites:gao")
    page.locator("form", has_text="Letter of assurance").get_by_role("button").click()
    page.wait_for_url("**/papers/2*")
    release(page, "Sign and release")
    said = "Gate guarded day and night: in place, as head of cell (key) found"
    assert said in words(got(page, "PDF"))
    word = Document(BytesIO(got(page, "Word")))
    assert any(said in p.text for p in word.paragraphs)
    assert b"TLP:AMBER" in got(page, "HTML")


def form(page: Page, action: str):  # type: ignore[no-untyped-def]
    return page.locator(f"form[action='{action}']").last


def release(page: Page, button: str) -> None:
    page.locator("[name=to]:visible").first.fill("the embassy")
    page.locator("[name=reason]:visible").first.fill("the daily report")
    press(page, button)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def got(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).first.click()
    return Path(download.value.path()).read_bytes()


def words(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())
