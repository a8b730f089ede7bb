"""A report that somebody tells the desk, sent in from a page."""

from __future__ import annotations

import httpx

from tests.desk.conftest import EVIL, As
from watchfloor.store import Database, report_of

TOLD = {
    "text": f"EXERCISE. Gunmen killed two guards at a bridge near Gao in Mali on Sunday. {EVIL}",
    "outlet": "Gao liaison", "published": "2031-03-03", "marking": "AMBER",
}  # fmt: skip


def test_what_is_told_is_coded_and_shown(officer: httpx.Client, record: Database) -> None:
    page = officer.post("/send", data={**TOLD, "title": "At the bridge"})
    assert page.url.path.startswith("/reports/desk:")
    assert "At the bridge" in page.text
    assert "Gao liaison · published 3 Mar 2031" in page.text
    assert "2 Mar 2031" in page.text, "Sunday is read from the day on which it was told"
    assert EVIL not in page.text
    with record.reading() as session:
        kept = report_of(session, page.url.path.removeprefix("/reports/"))
    assert kept is not None
    assert (kept.marking, kept.coded.report.text) == ("AMBER", TOLD["text"])


def test_who_may_not_read_reports_is_told_what_became_of_it(enter: As) -> None:
    liaison = enter("liaison")
    assert "Send in" in liaison.get("/send").text
    page = liaison.post("/send", data={**TOLD, "outlet": ""})
    assert "Kept and coded; incidents it tells of: 1." in page.text
    assert enter("researcher").get("/send").status_code == 403


def test_what_cannot_be_taken_is_explained(officer: httpx.Client) -> None:
    for wrong in ({"text": " "}, {"published": "yesterday"}, {"marking": "PINK"}):
        assert officer.post("/send", data={**TOLD, **wrong}).status_code == 400
