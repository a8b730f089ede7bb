"""By keyboard alone: every act of a page is reached in the order of the page, and seen in focus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.desk.pages.conftest import say_why
from watchfloor.desk.exercise import seed
from watchfloor.live import Watch
from watchfloor.store.alerts import find_alerts

#: What may be done on a page: all that is shown and not disabled, numbered in its order. A group
#: of radio buttons is one stop; the panel is loaded anew for each row, and looked at as a whole.
ACTS = """() => [...document.querySelectorAll(
  'a[href], button, input, select, textarea, summary')].filter(
  (one) => one.checkVisibility() && !one.disabled && one.type !== 'hidden'
    && !one.closest('#panel')).map((one, n) => {
    one.dataset.act_n ??= String(n);
    return one.dataset.act_n; })"""
#: What is in focus: which act it is, whether it is shut, and whether a person sees that it is.
FOCUSED = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const [x, y] = [box.left + Math.min(box.width, 8) / 2, box.top + box.height / 2];
  const there = document.elementFromPoint(x, y);
  const body = one === document.body;
  return {
    n: one.dataset.act_n ?? null, body,
    says: one.outerHTML.slice(0, 120),
    panel: !!one.closest('#panel a, #panel button, #panel summary'),
    shut: one.tagName === 'SUMMARY' && !one.parentElement.open,
    ringed: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
    bare: body || box.width < 2 || one.tagName === 'MAIN' || !there
      || one.contains(there) || there.contains(one) || !!there.closest('label')
      || (!!one.closest('svg') && !!there.closest('svg')),
    after: body ? 0 : [...document.querySelectorAll('*')].indexOf(one),
  };
}"""
PAGES = ("/", "incident", "/cases/1", "/cell")


def walk(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key from the top of the page, each summary opened by Enter."""
    page.evaluate(ACTS)
    stops: list[dict[str, Any]] = []
    for _ in range(600):
        page.keyboard.press("Tab")
        stop: dict[str, Any] = page.evaluate(FOCUSED)
        if stop["body"]:
            return stops
        if stop["shut"]:
            page.keyboard.press("Enter")
            page.evaluate(ACTS.replace("String(n)", "`o${n}_${one.outerHTML.length}`"))
        stops.append(stop)
    raise AssertionError(f"Tab never leaves the page; last at {stops[-1]['says']}")


@pytest.mark.parametrize("path", PAGES)
def test_every_act_is_reached_in_order_and_seen(
    enter_page: Callable[..., Page], watch: Watch, path: str
) -> None:
    seed(watch.database, datetime.now(UTC))
    if path == "incident":
        with watch.database.reading() as session:
            path = f"/incidents/{find_alerts(session)[0].incident}"
    page = enter_page("head of cell")
    page.goto(page.url.rsplit("/", 1)[0] + path)
    say_why(page)
    stops = walk(page)
    reached = {stop["n"] for stop in stops}
    left = [n for n in page.evaluate(ACTS) if n not in reached]
    assert [page.locator(f'[data-act_n="{n}"]').first.evaluate("e => e.outerHTML.slice(0, 150)")
            for n in left] == []  # fmt: skip
    assert len(reached) > 20
    assert any(stop["panel"] for stop in stops) == (path == "/"), "the evidence of an alert"
    places = [stop["after"] for stop in stops]
    assert places == sorted(places), "the order of Tab is the order of the page"
    assert [s["says"] for s in stops if not s["ringed"]] == []
    assert [s["says"] for s in stops if not s["bare"]] == [], "nothing covers what is in focus"
