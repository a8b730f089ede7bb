"""Datelines are cut off, with place, date and agency."""

import pytest

from watchfloor.parse.dateline import find_dateline


@pytest.mark.parametrize(
    ("text", "place", "date", "outlet"),
    [
        ("KABUL, June 3 (Northwire) - Two men were held.", "KABUL", "June 3", "Northwire"),
        ("LIMA, 11 JAN 90 (ANP) -- [TEXT] TWO MEN DIED.", "LIMA", "11 JAN 90", "ANP"),
        (
            "SAN JOSE (COSTA RICA), 11 DEC 89 (ANP - X) -- [TEXT] HE DIED.",
            "SAN JOSE",
            "11 DEC 89",
            "ANP - X",
        ),
        ("BOSTON — A man was charged.", "BOSTON", None, None),
        ("NAIROBI, Kenya (Northwire) — A man was charged.", "NAIROBI, Kenya", None, "Northwire"),
        ("A headline here\nPARIS (Northwire) - A man was charged.", "PARIS", None, "Northwire"),
        ("date 2022-06-15 Two men were held.", None, "2022-06-15", None),
    ],
)
def test_parts(text: str, place: str | None, date: str | None, outlet: str | None) -> None:
    line = find_dateline(text)
    assert line is not None
    parts = [part and part.text for part in (line.place, line.date, line.outlet)]
    assert parts == [place, date, outlet]


@pytest.mark.parametrize(
    "text",
    [
        "Police - who were late - found nothing.",
        "Two men were held in Kabul on 3 June, police said.",
        "Semi-automatic rifles were found.",
    ],
)
def test_prose_has_no_dateline(text: str) -> None:
    assert find_dateline(text) is None
