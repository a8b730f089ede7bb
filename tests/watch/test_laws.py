"""Laws of the rules: knowing more, nearer or worse never makes an alert less severe."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.watch.test_alerts import GROUP, JOURNEY, SITE, incident
from watchfloor.merge import MergedIncident
from watchfloor.merge.facts import Party, Spot
from watchfloor.merge.outcome import MergedAccount
from watchfloor.records import Count, Harm, When
from watchfloor.watch import Register, alerts_for, default_rules, latest_alerts
from watchfloor.watch.rules import SEVERITIES, Rules

REGISTER = Register(sites=(SITE,), groups=(GROUP,), journeys=(JOURNEY,))
RULES = default_rules()
LIVING = st.sampled_from(["happened", "ongoing", "attempted", "disputed"])
TYPES = st.sampled_from(["ASSAULT", "COERCE", "THREATEN", "PROTEST", "HARM"])
FAR = st.floats(0.0, 1.2)
KILLED = st.integers(0, 50)
VICTIM = Party(role="victim", head="engineer", text="a Chinese engineer", country="CHN")


def levels(
    one: MergedIncident, register: Register = REGISTER, rules: Rules = RULES
) -> dict[str, int]:
    """The severity of the alert of each register entry."""
    found = alerts_for(one, register, rules, {})
    return {a.register: SEVERITIES.index(a.severity) for a in found}


def never_less(before: dict[str, int], after: dict[str, int]) -> bool:
    return all(after.get(entry, -1) >= level for entry, level in before.items())


@st.composite
def happened(draw: st.DrawFn) -> MergedIncident:
    """Something near or far, of any kind that rules are for."""
    killed = draw(KILLED)
    day = (date(2024, 7, 7) + timedelta(draw(st.integers(0, 6)))).isoformat()
    return incident(
        lon=37.0 + draw(FAR), type=draw(TYPES), status=draw(LIVING),
        harm=Harm(killed=Count(low=killed, high=killed)),
        when=When(from_=day, to=day, precision="day"),
    )  # fmt: skip


@given(happened(), FAR, FAR)
def test_nearer_is_never_less_severe(one: MergedIncident, near: float, far: float) -> None:
    near, far = sorted((near, far))
    assert one.place is not None
    distant, close = (replace(one, place=replace_place(one, 37.0 + gap)) for gap in (far, near))
    assert never_less(
        {k: v for k, v in levels(distant).items() if k != "journeys:run"}, levels(close)
    )


def replace_place(one: MergedIncident, lon: float, lat: float = 0.0) -> object:
    assert one.place is not None
    return replace(one.place, lat=lat, lon=lon)


@given(happened(), FAR, FAR)
def test_nearer_to_a_route_is_never_less_severe(
    one: MergedIncident, near: float, far: float
) -> None:
    near, far = sorted((near / 4, far / 4))
    distant, close = (replace(one, place=replace_place(one, 37.0, lat)) for lat in (far, near))
    assert never_less(levels(distant), levels(close))


@given(happened(), KILLED)
def test_more_killed_is_never_less_severe(one: MergedIncident, more: int) -> None:
    assert one.harm.killed is not None
    had = one.harm.killed.low or 0
    worse = replace(one, harm=Harm(killed=Count(low=had + more, high=had + more)))
    assert never_less(levels(one), levels(worse))


@given(happened(), st.integers(1, 5))
def test_another_account_never_takes_an_alert_back(one: MergedIncident, more: int) -> None:
    reports = tuple(f"r{n}" for n in range(1, more + 2))
    accounts = tuple(MergedAccount(report=r, events=("e1",), wire=r) for r in reports)
    told = replace(one, reports=reports, accounts=accounts, sources=more + 1)
    assert levels(one) == levels(told)


@given(happened())
def test_our_own_people_among_the_harmed_are_never_less_severe(one: MergedIncident) -> None:
    assert never_less(levels(one), levels(replace(one, participants=(VICTIM,))))


@given(happened(), st.floats(1.0, 200.0), st.floats(1.0, 200.0))
def test_a_wider_radius_never_loses_an_alert(
    one: MergedIncident, small: float, large: float
) -> None:
    small, large = sorted((small, large))
    narrow, wide = (
        replace(REGISTER, sites=(replace(SITE, radius_km=km),)) for km in (small, large)
    )
    assert never_less(levels(one, narrow), levels(one, wide))


@given(happened(), st.sets(st.sampled_from(RULES.rules)))
def test_one_more_rule_never_makes_an_alert_less_severe(
    one: MergedIncident, some: set[object]
) -> None:
    fewer = replace(RULES, rules=tuple(r for r in RULES.rules if r in some))
    assert never_less(levels(one, rules=fewer), levels(one))


@given(happened(), st.sampled_from(["denied", "possible"]))
def test_what_did_not_happen_or_is_history_never_raises_one(
    one: MergedIncident, status: str
) -> None:
    assert levels(replace(one, status=status)) == {}
    assert levels(replace(one, background=True)) == {}


SQUARE = ((-0.2, 36.8), (-0.2, 37.2), (0.2, 37.2), (0.2, 36.8))


@given(st.floats(-0.19, 0.19), st.floats(36.81, 37.19))
def test_inside_its_outline_an_incident_is_at_the_site(lat: float, lon: float) -> None:
    site = replace(SITE, outline=SQUARE)
    (alert,) = alerts_for(incident(lat=lat, lon=lon), Register(sites=(site,)), RULES, {})
    assert alert.distance_km == 0


@given(st.floats(-1.0, 1.0), st.floats(36.0, 38.0))
def test_an_outline_around_the_point_never_loses_an_alert(lat: float, lon: float) -> None:
    one = incident(lat=lat, lon=lon)
    outlined = Register(sites=(replace(SITE, outline=SQUARE),))
    assert never_less(levels(one, Register(sites=(SITE,))), levels(one, outlined))


#: Areas too wide for a pin, with the radius of each, km.
AREAS = st.sampled_from(
    [("province", 120.0), ("region", 400.0), ("district", 80.0), ("country", 900.0)]
)


@given(happened(), AREAS, FAR)
def test_what_is_known_to_an_area_only_never_yields_a_pin_or_a_distance(
    one: MergedIncident, area: tuple[str, float], gap: float
) -> None:
    kind, radius = area
    wide = replace(one, place=Spot(name="Karu", kind=kind, country="KEN", lat=gap, lon=37.0,
                                   radius_km=radius))  # fmt: skip
    for alert in alerts_for(wide, REGISTER, RULES, {}):
        assert alert.basis in {"area", "people"}
        assert alert.distance_km is None
        assert kind != "country" or alert.basis == "people"


@given(happened(), FAR)
def test_an_area_is_never_more_severe_than_a_place_in_it(one: MergedIncident, gap: float) -> None:
    assert one.place is not None
    wide = replace(one, place=Spot(name="Karu", kind="province", country="KEN", lat=gap, lon=37.0,
                                   radius_km=200.0))  # fmt: skip
    near = replace(one, place=Spot(name="Karu", kind="town", country="KEN", lat=0.0, lon=37.0))
    assert never_less({k: v for k, v in levels(wide).items() if k != "journeys:run"}, levels(near))


@given(happened(), st.integers(1, 4))
def test_a_copy_never_raises_a_second_alert(one: MergedIncident, more: int) -> None:
    copies = tuple(f"r{n}" for n in range(1, more + 2))
    told = replace(one, reports=copies)
    first = {a.register: a.id for a in latest_alerts([one], REGISTER, RULES, {})}
    assert {a.register: a.id for a in latest_alerts([told], REGISTER, RULES, {})} == first
    both = latest_alerts(
        [told, replace(one, incident="i2", reports=copies[:1])], REGISTER, RULES, {}
    )
    assert len({a.register for a in both}) == len(both), "one alert an entry for one happening"
