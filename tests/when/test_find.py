"""Time expressions and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor import when
from watchfloor.parse import segment
from watchfloor.records import Date, Report


def find(text: str, published: str | None = "2022-06-15") -> tuple[Date, ...]:
    return when.find(segment(Report(id="r", text=text, published=published)))


@pytest.mark.parametrize(
    ("text", "first", "last", "timex"),
    [
        ("They met on 12 June 2022.", "2022-06-12", "2022-06-12", "2022-06-12"),
        ("They visited from 9 to 12 June 2022.", "2022-06-09", "2022-06-12", "2022-06-09"),
        ("He left on Tuesday.", "2022-06-14", "2022-06-14", "2022-06-14"),
        ("He left yesterday.", "2022-06-14", "2022-06-14", "2022-06-14"),
        ("It happened last month.", "2022-05-01", "2022-05-31", "2022-05"),
        ("It began in March.", "2022-03-01", "2022-03-31", "2022-03"),
        ("It began three days ago.", "2022-06-12", "2022-06-12", "2022-06-12"),
        ("It happened in 2014.", "2014-01-01", "2014-12-31", "2014"),
        ("It happened in the 1990s.", "1990-01-01", "1999-12-31", "199"),
        ("It happened in early June.", "2022-06-01", "2022-06-10", "2022-06"),
        ("It came overnight into Tuesday.", "2022-06-13", "2022-06-14", "2022-06-14"),
        ("It came on 3 JAN 90.", "1990-01-03", "1990-01-03", "1990-01-03"),
    ],
)
def test_days_and_values(text: str, first: str, last: str, timex: str) -> None:
    (date,) = find(text)
    assert (date.from_, date.to, date.timex) == (first, last, timex)


def test_relative_dates_stay_unknown_without_a_publication_date() -> None:
    (date,) = find("He left on Tuesday.", published=None)
    assert date.from_ is None


def test_the_datelines_date_is_a_reference() -> None:
    (date,) = find("LIMA, 15 MAR 89 (ANP) -- The bridge fell yesterday.", published=None)
    assert date.from_ == "1989-03-14"


def test_since_leaves_the_end_open() -> None:
    (date,) = find("They have fought since March.")
    assert (date.from_, date.to, date.open_end) == ("2022-03-01", None, True)


@pytest.mark.parametrize("text", ["They may attack.", "The troops march on.", "A second man fled."])
def test_words_that_only_look_like_dates(text: str) -> None:
    assert find(text) == ()


def test_an_unreadable_publication_date_is_not_used() -> None:
    (date,) = find("He left on Tuesday.", published="soonish")
    assert date.from_ is None


@given(st.dates())
def test_every_iso_date_is_read_as_itself(day) -> None:
    if day.year >= 1500 and day.year < 2100:
        (found,) = find(f"It fell on {day.isoformat()}.")
        assert found.from_ == found.to == day.isoformat()


@given(st.text(max_size=120))
def test_offsets_always_hold(text: str) -> None:
    for date in find(text):
        assert text[date.start : date.end] == date.text
