"""Alerts that no incident raises: commitments past their day, countries without feeds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.watch.test_alerts import GROUP, SITE, incident
from watchfloor.ledger import Commitment
from watchfloor.ledger.find import Side
from watchfloor.records import Span
from watchfloor.watch import default_rules
from watchfloor.watch.register import Register
from watchfloor.watch.standing import Blindness, Line, blind_alerts, overdue_alerts

REGISTER = Register(sites=(SITE,), groups=(GROUP,))
RULES = default_rules()
PLEDGE = Commitment(
    id="r1/e1", kind="pledge", report="r1", event="e1", who=Side(text="the ministry"),
    whom=Side(text="the Chinese embassy", country="CHN"), said="2031-02-20", due="2031-03-01",
    what=Span(start=20, end=45, text="send guards by 1 March"), status="overdue",
)  # fmt: skip
AT = datetime(2031, 3, 4, 6, tzinfo=UTC)


def overdue(line: Commitment, lon: float = 37.1) -> dict[str, str]:
    lines = [Line(commitment=line, incident=incident(type="AGREE", lon=lon))]
    found = overdue_alerts(lines, REGISTER, RULES, {}, AT.date())
    return {a.register: a.reasons[0].because for a in found}


def test_a_promise_past_its_day_is_told_to_the_site_it_was_given_for_and_to_its_people() -> None:
    found = overdue(PLEDGE)
    start = "pledge of the ministry, due 1 Mar 2031, and nothing known that keeps it; "
    assert found == {
        "sites:works": f"{start}Karu, 11 km from Karu works, within 25 km",
        "groups:crew": f"{start}given to the Chinese embassy: nationality China, as Crew",
    }
    assert set(overdue(PLEDGE, lon=39.0)) == {"groups:crew"}


@pytest.mark.parametrize(
    "line",
    [
        replace(PLEDGE, status="kept"),
        replace(PLEDGE, due=None),
        replace(PLEDGE, kind="threat"),
    ],
)
def test_what_is_kept_has_no_day_or_is_no_promise_is_not_overdue(line: Commitment) -> None:
    assert overdue(line) == {}


def test_what_was_given_elsewhere_does_not_concern_a_group() -> None:
    assert set(overdue(replace(PLEDGE, country="PER"), lon=39.0)) == set()


def test_a_rule_may_give_some_days_more() -> None:
    patient = replace(RULES, overdue=(replace(RULES.overdue[0], days=5),))
    lines = [Line(commitment=PLEDGE, incident=incident(type="AGREE"))]
    assert not list(overdue_alerts(lines, REGISTER, patient, {}, AT.date()))
    assert list(overdue_alerts(lines, REGISTER, patient, {}, AT.date() + timedelta(5)))


@pytest.mark.parametrize(("hours", "due"), [(5, False), (7, True)])
def test_sites_of_a_country_whose_feeds_are_blind_are_told_after_some_hours(
    hours: int, due: bool
) -> None:
    blind = Blindness(country="KEN", since=AT - timedelta(hours=hours), feeds=("River Wire",))
    found = list(blind_alerts([blind], REGISTER, RULES, AT))
    assert [a.register for a in found] == (["sites:works"] if due else [])
    if due:
        assert (
            "no feed of Kenya has answered since 3 Mar 2031 23:00Z" in found[0].reasons[0].because
        )
        assert found[0].distance_km is None


def test_each_time_that_feeds_go_blind_is_an_alert_of_its_own() -> None:
    one, other = (
        Blindness(country="KEN", since=AT - timedelta(hours=n), feeds=("River Wire",))
        for n in (10, 30)
    )
    first, second = blind_alerts([one, other], REGISTER, RULES, AT)
    assert first.id != second.id
    assert not list(blind_alerts([replace(one, country="PER")], REGISTER, RULES, AT))


@pytest.mark.parametrize(("hours", "due"), [(5, False), (6, True)])
def test_a_blindness_that_is_over_counts_by_how_long_it_was(hours: int, due: bool) -> None:
    since = AT - timedelta(days=20)
    over = Blindness(country="KEN", since=since, until=since + timedelta(hours=hours), feeds=("W",))
    assert bool(list(blind_alerts([over], REGISTER, RULES, AT))) is due


DAYS = st.integers(0, 40)


@given(DAYS, DAYS, DAYS)
def test_what_is_overdue_stays_so_and_more_patience_never_raises_more(
    late: int, more: int, patience: int
) -> None:
    lines = [Line(commitment=PLEDGE, incident=incident(type="AGREE"))]

    def due(days: int, allowed: int) -> set[str]:
        rule = replace(RULES.overdue[0], days=allowed)
        day = date(2031, 3, 1) + timedelta(days)
        rules = replace(RULES, overdue=(rule,))
        return {a.id for a in overdue_alerts(lines, REGISTER, rules, {}, day)}

    assert due(late, patience) <= due(late + more, patience)
    assert due(late, patience + more) <= due(late, patience)
    assert due(late, patience) == (due(41, 0) if late > patience else set())


@given(
    st.lists(st.integers(1, 60), max_size=4, unique=True), st.integers(1, 48), st.integers(0, 24)
)
def test_a_longer_blindness_never_loses_an_alert_and_each_is_told_once(
    hours: list[int], least: int, more: int
) -> None:
    rules = replace(RULES, blind=(replace(RULES.blind[0], hours=float(least)),))
    blind = [Blindness(country="KEN", since=AT - timedelta(hours=n), feeds=("W",)) for n in hours]
    now = [a.id for a in blind_alerts(blind, REGISTER, rules, AT)]
    later = [a.id for a in blind_alerts(blind, REGISTER, rules, AT + timedelta(hours=more))]
    assert len(now) == len(set(now)) == sum(n >= least for n in hours)
    assert set(now) <= set(later)
