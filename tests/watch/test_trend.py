"""Trends: more around a site than there used to be, by what the record knows of the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.watch.test_alerts import SITE, incident
from watchfloor.merge import MergedIncident
from watchfloor.merge.outcome import MergedAccount
from watchfloor.records import Harm, When
from watchfloor.watch import Told, alerts_for, default_rules
from watchfloor.watch.alerts import Alert
from watchfloor.watch.register import Register
from watchfloor.watch.rules import check_rules
from watchfloor.watch.trend import rising

REGISTER = Register(sites=(SITE,))
RULE = next(r for r in default_rules().rules if r.trend is not None)
TODAY = date(2031, 3, 1)
#: Some 60 km from the site: outside its own radius, inside that of the trend.
ROUND_ABOUT = 37.54


def on(day: date, lon: float = ROUND_ABOUT, **facts: object) -> MergedIncident:
    said = day.isoformat()
    told = MergedAccount(report="r1", events=("e1",), published=said)
    when = When(from_=said, to=said, precision="day")
    return incident(lon=lon, when=when, accounts=(told,), incident=f"i{day}", **facts)


def days_ago(*some: int) -> list[MergedIncident]:
    return [on(TODAY - timedelta(n)) for n in some]


def raised(last: MergedIncident, past: list[MergedIncident]) -> list[Alert]:
    return list(alerts_for(last, REGISTER, default_rules(), {}, Told(past)))


def test_three_in_a_month_where_one_in_a_quarter_was_usual_raise_an_alert() -> None:
    past = days_ago(0, 8, 20, 100, 200, 300, 385)
    (alert,) = raised(past[0], past)
    (reason,) = alert.reasons
    assert (alert.severity, alert.urgency, alert.basis) == ("moderate", "future", "pin")
    assert reason.because == (
        "Karu, 60 km from Karu works, within 75 km; 3 within 75 km of Karu works in the 30 days to "
        "1 Mar 2031, where 0.3 were usual in the 356 days before; 1 independent source; place "
        "known to the town"
    )


def test_where_as_many_were_usual_there_is_no_trend() -> None:
    past = days_ago(0, 8, 20, *range(31, 380, 11))
    assert raised(past[0], past) == []


@pytest.mark.parametrize("known", [0, 40, 100])
def test_a_short_past_is_not_taken_for_a_calm_one(known: int) -> None:
    past = days_ago(0, 8, 20, *([known] if known else []))
    assert raised(past[0], past) == []


def test_a_trend_is_told_beside_what_fits_anyway_and_changes_no_severity_downwards() -> None:
    past = days_ago(0, 8, 20, 385)
    last = on(TODAY, lon=37.1)
    alone = raised(last, [last])[0]
    with_past = raised(last, [last, *past[1:]])[0]
    assert [r.rule for r in with_past.reasons] == [alone.reasons[0].rule, RULE.name]
    assert with_past.severity == alone.severity


@pytest.mark.parametrize(
    "other",
    [{"status": "denied"}, {"background": True}, {"type": "PROTEST"}, {"lon": 38.5}],
)
def test_what_the_rule_is_not_for_does_not_count(other: dict[str, object]) -> None:
    past = days_ago(0, 8, 385)
    assert raised(past[0], [*past, on(TODAY - timedelta(20), **other)]) == []  # type: ignore[arg-type]


@given(st.lists(st.integers(0, 380), max_size=40), st.integers(0, 29))
def test_one_more_of_late_never_ends_a_trend(ago: list[int], more: int) -> None:
    past = days_ago(0, *ago, 390)
    before = rising(past[0], SITE, RULE, Told(past))
    after = rising(past[0], SITE, RULE, Told([*past, on(TODAY - timedelta(more))]))
    assert before is None or after is not None


def test_the_last_toll_does_not_make_a_trend_more_severe() -> None:
    past = days_ago(0, 8, 20, 385)
    killed = replace(past[0], harm=Harm(killed=None))
    assert raised(killed, past)[0].severity == "moderate"


TREND = """
rules:
- {name: x, types: [ASSAULT], statuses: [happened], severity: minor, trend: {count: 5, days: 7}}
"""


def test_a_rule_says_how_many_in_how_many_days() -> None:
    (rule,) = check_rules(yaml.safe_load(TREND), "rules").rules
    past = days_ago(0, 1, 2, 3, 385)
    assert rising(past[0], SITE, replace(rule, radius=3.0), Told(past)) is None
    more = [*past, on(TODAY - timedelta(4))]
    assert rising(past[0], SITE, replace(rule, radius=3.0), Told(more)) is not None


@given(st.lists(st.integers(31, 380), max_size=40), st.integers(31, 380))
def test_one_more_long_ago_never_begins_a_trend(ago: list[int], more: int) -> None:
    past = days_ago(0, 8, 20, *ago, 390)
    before = rising(past[0], SITE, RULE, Told(past))
    after = rising(past[0], SITE, RULE, Told([*past, on(TODAY - timedelta(more))]))
    assert after is None or before is not None


@given(st.lists(st.integers(0, 380), max_size=30), st.integers(2, 9), st.floats(1.0, 9.0))
def test_a_stricter_trend_never_finds_more(ago: list[int], count: int, factor: float) -> None:
    past = days_ago(0, *ago, 390)
    assert RULE.trend is not None
    strict = replace(RULE, trend=replace(RULE.trend, count=3 + count, factor=2.0 + factor))
    found = rising(past[0], SITE, strict, Told(past))
    assert found is None or rising(past[0], SITE, RULE, Told(past)) is not None


@given(st.lists(st.integers(0, 380), max_size=30))
def test_areas_and_far_places_never_make_a_trend(ago: list[int]) -> None:
    last = on(TODAY)
    far = [on(TODAY - timedelta(n), lon=40.0) for n in (*ago, 390)]
    wide = [replace(one, place=replace(one.place, kind="province", radius_km=200.0)) for one in far
            if one.place is not None]  # fmt: skip
    assert rising(last, SITE, RULE, Told([last, *far, *wide])) is None
