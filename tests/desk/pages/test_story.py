"""The floor in real Chromium: a report comes in, is triaged by keyboard, merged, and undone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.desk.pages.conftest import arrive
from watchfloor.live import Watch
from watchfloor.records import CodedReport
from watchfloor.store.alerts import find_alerts

Enter = Callable[..., Page]


def states(watch: Watch) -> list[str]:
    with watch.database.reading() as session:
        return sorted(a.state for a in find_alerts(session))


def test_a_report_arrives_and_is_triaged_by_keyboard(
    enter_page: Enter, watch: Watch, told: dict[str, CodedReport]
) -> None:
    page = enter_page("duty officer")
    expect(page.locator("#queue [data-row]")).to_have_count(1)
    page.evaluate("window.here = true")
    arrive(watch, told, "later")
    expect(page.locator("#queue [data-row]")).to_have_count(2)
    assert page.evaluate("window.here"), "the page was loaded anew"
    expect(page.locator("#news")).to_contain_text("1 new")
    expect(page).to_have_title("(2) Floor · watchfloor")

    page.keyboard.press("j")
    expect(page.locator("#panel blockquote")).to_contain_text("A bomb wounded three guards")
    page.keyboard.press("a")
    expect(page.locator("#toast")).to_contain_text("Alert acknowledged")
    assert states(watch) == ["acknowledged", "open"]
    page.keyboard.press("u")
    expect(page.locator("#queue .row.open")).to_have_count(2)
    assert states(watch) == ["open", "open"]

    page.keyboard.press("c")
    page.keyboard.press("Enter")
    page.locator(".row.chosen select[name=found]").select_option("some impact")
    page.locator(".row.chosen").get_by_role("button", name="Close it").click()
    expect(page.locator("#queue [data-row]")).to_have_count(1)
    assert states(watch) == ["closed", "open"]

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("acknowledge")


def test_words_are_lit_both_ways_and_a_merge_is_undone(
    enter_page: Enter, watch: Watch, told: dict[str, CodedReport]
) -> None:
    arrive(watch, told, "later")
    with watch.database.reading() as session:
        other = next(a.incident for a in find_alerts(session) if a.register == "sites:bamako")
    page = enter_page("analyst")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/incidents/*")
    killed = page.get_by_role("row", name="killed")
    expect(killed).to_contain_text("differs")
    killed.get_by_role("button", name="5").click()
    expect(page.locator("mark.lit", has_text="five")).to_be_visible()
    page.locator("mark", has_text="two").first.click()
    expect(killed.locator("td.lit")).to_contain_text("2")

    form = page.locator("form[action$='/merge']").last
    form.locator("[name=other]").fill(other)
    form.locator("[name=reason]").fill("one attack, told twice")
    form.get_by_role("button", name="Merge").click()
    expect(page.get_by_role("heading", level=3, name="The later report")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=3, name="The later report")).to_have_count(0)
    expect(page.locator("li", has_text="one attack, told twice")).to_contain_text("undone by")


def test_one_filter_for_queue_map_and_timeline(
    enter_page: Enter, watch: Watch, told: dict[str, CodedReport]
) -> None:
    arrive(watch, told, "later")
    page = enter_page()
    expect(page.locator("[data-map]")).to_have_attribute("data-shown", re.compile("[1-9]"))
    page.locator(".timeline a").first.click()
    page.wait_for_url("**/?first=*")
    expect(page.locator("#queue [data-row]")).to_have_count(1)
    shown = page.locator("[data-map]").get_attribute("data-map") or ""
    assert "first=" in shown
    page.get_by_role("link", name="info 0").click()
    page.wait_for_url("**severity=info**")
    expect(page.locator("#queue")).to_contain_text("Quiet: no alert matches")


def test_alerts_are_merged_from_the_floor_and_the_merge_is_undone(
    enter_page: Enter, watch: Watch, told: dict[str, CodedReport]
) -> None:
    arrive(watch, told, "later")

    def incidents() -> int:
        with watch.database.reading() as session:
            return len({a.incident for a in find_alerts(session, ("open",))})

    page = enter_page("duty officer")
    expect(page.locator("#queue [data-row]")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.locator("#merging")).to_contain_text("choose the other alert")
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.locator("#merging [name=reason]")).to_be_focused()
    page.locator("#merging [name=reason]").fill("one attack, told twice")
    page.locator("#merging").get_by_role("button", name="Merge").click()
    expect(page.locator("#toast")).to_contain_text("Merged into one incident")
    expect(page.locator("#merging")).to_be_hidden()
    assert incidents() == 1
    page.locator("#toast [data-act=undo]").click()
    expect(page.locator("#toast")).to_contain_text("Taken back")
    assert incidents() == 2
    page.keyboard.press("m")
    page.keyboard.press("Escape")
    expect(page.locator("#merging")).to_be_hidden()


def test_a_report_moves_to_another_incident_and_back(
    enter_page: Enter, watch: Watch, told: dict[str, CodedReport]
) -> None:
    arrive(watch, told, "later")
    with watch.database.reading() as session:
        of = {a.register: a.incident for a in find_alerts(session)}
    page = enter_page("analyst")
    origin = page.url.rsplit("/", 1)[0]
    page.goto(f"{origin}/incidents/{of['sites:gao']}")
    page.get_by_text("Move: some of it").click()
    form = page.locator("form[action$='/move']")
    form.get_by_label("Doctor Courier").check()
    form.locator("[name=into]").fill(f"{origin}/incidents/{of['sites:bamako']}")
    form.locator("[name=reason]").fill("the other attack")
    form.get_by_role("button", name="Move them").click()
    page.wait_for_url("**/incidents/*?done=*")
    listed = page.locator("article.report")
    expect(listed).to_have_count(2)
    expect(listed.filter(has_text="The later report")).to_have_count(1)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(listed.filter(has_text="The police report")).to_have_count(1)
    expect(listed.filter(has_text="The later report")).to_have_count(0)


def test_what_became_of_a_commitment_is_said_and_undone(enter_page: Enter) -> None:
    page = enter_page("duty officer")
    page.goto(page.url.rsplit("/", 1)[0] + "/commitments")
    page.locator("summary", has_text="Settle").first.click()
    form = page.locator("form[action='/commitments/settle']").first
    form.locator("select").select_option("broken")
    form.locator("[name=reason]").fill("no troops came")
    form.get_by_role("button", name="Settle").click()
    expect(page.locator("td .status").first).to_have_text("broken")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator("td .status").first).to_have_text("open")
