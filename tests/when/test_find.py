"""Time expressions and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor import when
from watchfloor.parse import segment
from watchfloor.records import Date, Place, Report


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
        ("It came on 3 JAN 21.", "2021-01-03", "2021-01-03", "2021-01-03"),
        ("It came on the 28th.", "2022-05-28", "2022-05-28", "2022-05-28"),
        ("It is due by the 28th, they said.", "2022-06-28", "2022-06-28", "2022-06-28"),
        ("It came at 2.15 pm.", "2022-06-15", "2022-06-15", "2022-06-15T14:15"),
        ("It fell last winter.", "2021-12-01", "2022-02-28", "2021-WI"),
        ("It fell in early May.", "2022-05-01", "2022-05-10", "2022-05"),
        ("It came on the eve of 20 May.", "2022-05-19", "2022-05-19", "2022-05-19"),
        ("It came over the weekend.", "2022-06-11", "2022-06-12", "2022-W23-WE"),
        ("It came during the night.", "2022-06-14", "2022-06-15", "2022-06-15TNI"),
        ("It fell on the night of Monday to Tuesday.", "2022-06-13", "2022-06-14", "2022-06-13TNI"),
        ("It was spent in FY2021-22.", "2021-01-01", "2022-12-31", "2022"),
        ("It began in nineteen ninety-six.", "1996-01-01", "1996-12-31", "1996"),
        ("It fell on 22 Bahman 1357.", "1979-02-11", "1979-02-11", "1979-02-11"),
        ("It began on 10 Muharram 1444.", "2022-08-07", "2022-08-09", "2022-08-08"),
        ("It fell at 10 p.m. Friday.", "2022-06-10", "2022-06-10", "2022-06-10T22:00"),
        ("It fell on Friday at 9:30 p.m.", "2022-06-10", "2022-06-10", "2022-06-10T21:30"),
        ("It fell at noon Monday.", "2022-06-13", "2022-06-13", "2022-06-13T12:00"),
        ("It began in July last year.", "2021-07-01", "2021-07-31", "2021-07"),
        ("It begins this September.", "2022-09-01", "2022-09-30", "2022-09"),
        ("It was March nineteen ninety-six.", "1996-03-01", "1996-03-31", "1996-03"),
        ("The road is closed until Sunday.", "2022-06-19", "2022-06-19", "2022-06-19"),
        ("The road is closed until 9 a.m. Sunday.", "2022-06-19", "2022-06-19", "2022-06-19T09:00"),
        ("They may talk as early as Friday.", "2022-06-17", "2022-06-17", "2022-06-17"),
        ("It fell on Christmas Day.", "2021-12-25", "2021-12-25", "2021-12-25"),
        ("It fell on New Year's Eve 2019.", "2019-12-31", "2019-12-31", "2019-12-31"),
        ("It fell on the eve of Easter Sunday.", "2022-04-16", "2022-04-16", "2022-04-16"),
        ("It fell on Eid al-Fitr.", "2022-05-02", "2022-05-04", "2022-05-02"),
        ("It rose in the 2021 third quarter.", "2021-07-01", "2021-09-30", "2021-Q3"),
        ("It rose in last year's first half.", "2021-01-01", "2021-06-30", "2021-H1"),
        ("It will be done by the end of the month.", "2022-06-21", "2022-06-30", "2022-06"),
        ("It began last May.", "2022-05-01", "2022-05-31", "2022-05"),
    ],
)
def test_days_and_values(text: str, first: str, last: str, timex: str) -> None:
    (date,) = find(text)
    assert (date.from_, date.to, date.timex) == (first, last, timex)


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("A two-hour meeting followed.", "PT2H"),
        ("They fled after a two day march.", "P2D"),
        ("It took two and a half years.", "P2Y6M"),
        ("They waited for a minute and a half.", "PT1M30S"),
        ("The camp stood for twenty-five years.", "P25Y"),
        ("They stayed two more weeks.", "P2W"),
        ("They had waited for months.", "PXM"),
        ("It will fall in coming weeks.", "FUTURE_REF"),
    ],
)
def test_how_long_something_takes(text: str, timex: str) -> None:
    (date,) = find(text)
    assert (date.timex, date.from_) == (timex, None)


@pytest.mark.parametrize(
    "text",
    [
        "It imports three-quarters of its food.",
        "The road costs $2 million a year.",
        "The office on the 3rd floor burned.",
    ],
)
def test_shares_and_rates_are_no_times(text: str) -> None:
    assert find(text) == ()


def test_a_month_that_ends_its_sentence_comes_again_each_year() -> None:
    (date,) = find("It rains every August. They say so.")
    assert date.timex == "XXXX-08"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("The next morning they fled.", "2022-06-05"),
        ("That evening they fled.", "2022-06-04"),
        ("They fled three days later.", "2022-06-07"),
        ("They had fled the day before.", "2022-06-03"),
        ("They fled later that day.", "2022-06-04"),
        ("They fled the following Monday.", "2022-06-06"),
        ("They fled at midnight.", "2022-06-04"),
        ("They were freed late in the evening.", "2022-06-04"),
    ],
)
def test_the_telling_goes_on_from_the_day_it_has_come_to(said: str, day: str) -> None:
    _, date = find(f"The camp was raided on 4 June 2022. {said}")
    assert (date.from_, date.to) == (day, day)


def test_a_year_earlier_is_the_quarter_that_a_report_is_about() -> None:
    dates = find("Profit fell in the first quarter, from five million a year earlier.")
    assert [d.timex for d in dates] == ["2022-Q1", "2021-Q1"]


@pytest.mark.parametrize(
    "text",
    [
        "The delegation will visit the plant on Friday.",
        "The drivers threatened to block the port on Friday.",
    ],
)
def test_plans_lie_ahead(page_of, text: str) -> None:
    (date,) = when.find(page_of(text, published="2022-06-15"))
    assert date.from_ == "2022-06-17"


def test_relative_dates_stay_unknown_without_a_publication_date() -> None:
    (date,) = find("He left on Tuesday.", published=None)
    assert date.from_ is None


def test_the_datelines_date_is_a_reference() -> None:
    line, date = find("LIMA, 15 MAR 89 (ANP) -- The bridge fell yesterday.", published=None)
    assert (line.text, line.from_) == ("15 MAR 89", "1989-03-15")
    assert date.from_ == "1989-03-14"


@pytest.mark.parametrize(
    ("told", "first"),
    [("that year", "2014-01-01"), ("the following month", "2014-04-01")],
)
def test_months_and_years_lean_on_those_told_of(told: str, first: str) -> None:
    _, date = find(f"The camp was raided in March 2014. It was closed {told}.")
    assert date.from_ == first


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


@pytest.mark.parametrize(
    ("country", "lat", "lon", "day"),
    [("PER", -12.05, -77.04, "2022-06-13"), ("PAK", 34.0, 71.5, "2022-06-14"),
     ("USA", 34.05, -118.24, "2022-06-13")],
)  # fmt: skip
def test_days_are_those_of_the_datelines_time_zone(country, lat, lon, day) -> None:
    text = "KARO (EXR) - Gunmen fired on a bus today, the police said."
    page = segment(Report(id="r", text=text, published="2022-06-14T01:00:00Z"))
    place = Place(
        id="p1", start=0, end=4, text="KARO", name="Karo", kind="town", country=country, lat=lat,
        lon=lon,
    )  # fmt: skip
    (today,) = [d for d in when.find(page, [place]) if d.text == "today"]
    assert today.from_ == day


@pytest.mark.parametrize(
    ("said", "day", "timex"),
    [
        ("at 2330 GMT on Monday", "2022-06-14", "2022-06-14T04:30"),
        ("at 23:30 UTC on Monday", "2022-06-14", "2022-06-14T04:30"),
        ("at 4:30 a.m. local time on Tuesday", "2022-06-14", "2022-06-14T04:30"),
        ("at 5 p.m. EST on Monday", "2022-06-14", "2022-06-14T03:00"),
        ("at 0130 GMT", "2022-06-14", "2022-06-14T06:30"),
    ],
)
def test_a_clock_time_of_another_zone_is_told_in_that_of_the_dateline(said, day, timex) -> None:
    text = f"KARO (EXR) - Gunmen fired on a bus {said}, the police said."
    page = segment(Report(id="r", text=text, published="2022-06-14"))
    place = Place(
        id="p1", start=0, end=4, text="KARO", name="Karo", kind="town", country="PAK", lat=34.0,
        lon=71.5,
    )  # fmt: skip
    (date,) = [d for d in when.find(page, [place]) if d.text in said]
    assert (date.from_, date.timex, date.precision) == (day, timex, "minute")


def test_a_clock_time_told_in_two_zones_has_the_day_behind_it() -> None:
    dates = find("The blast was heard at 10:35 a.m. (0735 GMT) Friday.")
    assert {d.from_ for d in dates} == {"2022-06-10"}


@pytest.mark.parametrize("said", ["so far this year", "this year alone"])
def test_so_far_this_year_ends_on_the_reports_day(said: str) -> None:
    (date,) = find(f"Ten guards were killed {said}.")
    assert (date.from_, date.to) == ("2022-01-01", "2022-06-15")


def test_a_day_still_to_come_is_not_where_the_telling_is() -> None:
    dates = find(
        "Shots fell on 13 June 2022. A vote is due on 21 June 2022. That evening they fled."
    )
    assert [d.from_ for d in dates] == ["2022-06-13", "2022-06-21", "2022-06-13"]
