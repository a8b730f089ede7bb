"""Alerts: raised for what is near, explained, and silent for what is not."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.errors import InputError, SettingsError
from watchfloor.merge import MergedIncident
from watchfloor.merge.facts import Party, Spot
from watchfloor.merge.outcome import Member
from watchfloor.records import Bounds, CodedReport, Count, Event, Harm, Report, Span, When
from watchfloor.watch import alerts_for, default_rules, read_register, read_rules, why
from watchfloor.watch.alerts import Alert
from watchfloor.watch.register import Group, Journey, Register, Site
from watchfloor.watch.rules import SEVERITIES, check_rules

SITE = Site(id="works", name="Karu works", kind="project", country="KEN", lat=0.0, lon=37.0)
GROUP = Group(
    id="crew", name="Crew", nationality="CHN", organisation=None, people=9, sites=("works",)
)
JOURNEY = Journey(
    id="run", name="Supply run", depart=date(2024, 7, 10), arrive=date(2024, 7, 11),
    waypoints=((0.0, 36.0), (0.0, 38.0)),
)  # fmt: skip
REGISTER = Register(sites=(SITE,), groups=(GROUP,), journeys=(JOURNEY,))


def incident(lat: float = 0.0, lon: float = 37.1, **facts: object) -> MergedIncident:
    told: dict[str, object] = {
        "incident": "i1", "type": "ASSAULT", "reports": ("r1",), "status": "happened",
        "place": Spot(name="Karu", kind="town", country="KEN", lat=lat, lon=lon),
        "when": When(from_="2024-07-08", to="2024-07-08", precision="day"),
    }  # fmt: skip
    return MergedIncident(**(told | facts))  # type: ignore[arg-type]


def raised(one: MergedIncident, register: Register = REGISTER) -> dict[str, Alert]:
    return {a.register: a for a in alerts_for(one, register, default_rules(), {})}


def test_an_attack_near_a_site_raises_an_alert_with_its_distance_and_reason() -> None:
    alert = raised(incident())["sites:works"]
    assert alert.basis == "pin"
    assert alert.distance_km == pytest.approx(11.1, abs=0.2)
    assert "within 25 km" in alert.reasons[0].because


@pytest.mark.parametrize(
    "facts",
    [{"status": "denied"}, {"background": True}, {"status": "possible"}, {"type": "CONSULT"}],
)
def test_what_is_denied_history_possible_or_harmless_raises_none(facts: dict[str, object]) -> None:
    assert raised(incident(**facts)) == {}


def test_far_off_raises_none() -> None:
    assert "sites:works" not in raised(incident(lon=38.5))


def test_a_province_raises_an_area_alert_without_a_distance_and_less_severe() -> None:
    place = Spot(
        name="Karu province", kind="province", country="KEN", lat=0.1, lon=37.1, radius_km=80
    )
    alert = raised(incident(place=place))["sites:works"]
    assert (alert.basis, alert.distance_km) == ("area", None)
    near = raised(incident())["sites:works"]
    assert SEVERITIES.index(alert.severity) < SEVERITIES.index(near.severity)


def test_a_whole_country_raises_none() -> None:
    place = Spot(name="Kenya", kind="country", country="KEN", lat=0.1, lon=37.1, radius_km=400)
    assert "sites:works" not in raised(incident(place=place))


def test_a_journey_is_watched_from_three_days_before_until_it_has_arrived() -> None:
    assert "journeys:run" in raised(incident())
    early = When(from_="2024-07-06", to="2024-07-06", precision="day")
    late = When(from_="2024-07-12", to="2024-07-12", precision="day")
    assert "journeys:run" not in raised(incident(when=early))
    assert "journeys:run" not in raised(incident(when=late))


def test_people_of_a_groups_nationality_harmed_in_its_country() -> None:
    victim = Party(role="victim", head="engineer", text="a Chinese engineer", country="CHN")
    assert "groups:crew" in raised(incident(participants=(victim,)))
    elsewhere = Spot(name="Bhamo", kind="town", country="MMR", lat=24.2, lon=97.2)
    assert raised(incident(participants=(victim,), place=elsewhere)) == {}


def test_a_group_is_touched_where_one_of_its_sites_is() -> None:
    alert = raised(incident())["groups:crew"]
    assert (alert.basis, alert.distance_km) == ("pin", pytest.approx(11.1, abs=0.2))
    assert "Karu works, within 25 km, where Crew are" in alert.reasons[0].because
    far = incident(lon=37.5)
    assert "groups:crew" not in raised(far)
    said = why(far, "groups:crew", REGISTER, default_rules(), {})
    assert any("outside the 25 km watched" in str(line) for line in said)


def told_in(text: str, sentence: str, type: str = "ASSAULT") -> dict[str, CodedReport]:
    start = text.index(sentence)
    event = Event(
        id="e1", type=type, trigger=Span(start=start, end=start + 1, text=text[start]),
        sentence=Bounds(start=start, end=start + len(sentence)),
    )  # fmt: skip
    return {"r1": CodedReport(report=Report(id="r1", text=text), events=(event,))}


FAR = "EXERCISE. Gunmen attacked a post in Bura on Monday.\n\n"


@pytest.mark.parametrize(
    ("more", "due"), [("The Karu works was quiet.", False), ("It is 5 km from there.", False)]
)
def test_a_site_named_elsewhere_in_a_report_of_something_far_off_is_not_touched(
    more: str, due: bool
) -> None:
    one = incident(lon=39.0, members=(Member(report="r1", event="e1"),))
    told = told_in(FAR + more, "Gunmen attacked a post in Bura on Monday.")
    register = Register(sites=(SITE,))
    assert bool(list(alerts_for(one, register, default_rules(), told))) is due
    nowhere = replace(one, place=None)
    named = "Karu works" in more
    assert bool(list(alerts_for(nowhere, register, default_rules(), told))) is named


@pytest.mark.parametrize(
    ("said", "due"), [("the KARU works", True), ("the Karu workshop", False), ("Karuworks", False)]
)
def test_a_name_is_found_as_whole_words_however_it_is_written(said: str, due: bool) -> None:
    text = f"EXERCISE. İzmir: gunmen attacked {said} on Monday."
    one = incident(place=None, members=(Member(report="r1", event="e1"),))
    found = list(alerts_for(one, Register(sites=(SITE,)), default_rules(), told_in(text, text)))
    assert bool(found) is due
    if due:
        (name,) = [e for e in found[0].reasons[0].evidence if e.part == "name"]
        assert text[name.start : name.end] == name.text == "KARU works"


def test_an_organisation_counts_where_the_happening_is_told_not_anywhere() -> None:
    crew = replace(GROUP, nationality=None, organisation="Karu Power", sites=("works",))
    register = Register(sites=(replace(SITE, lat=5.0),), groups=(crew,))
    one = incident(members=(Member(report="r1", event="e1"),))
    near = "EXERCISE. Gunmen attacked staff of Karu Power."
    assert list(alerts_for(one, register, default_rules(), told_in(near, near[10:])))
    other = "EXERCISE. Gunmen attacked a bus.\n\nKaru Power raised its prices."
    assert not list(alerts_for(one, register, default_rules(), told_in(other, other[10:32])))


@given(st.floats(0.0, 0.6), st.floats(0.0, 0.6))
def test_moving_an_incident_nearer_never_lowers_severity(one: float, other: float) -> None:
    near, far = sorted((one, other))
    killed = Harm(killed=Count(low=2, high=2))
    close = raised(incident(lon=37.0 + near, harm=killed)).get("sites:works")
    distant = raised(incident(lon=37.0 + far, harm=killed)).get("sites:works")
    if distant is not None:
        assert close is not None
        assert SEVERITIES.index(close.severity) >= SEVERITIES.index(distant.severity)


def nowhere(name: str, country: str | None) -> tuple[float, float]:
    raise InputError(f"{name!r} is ambiguous")


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_register_line_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    header = "id,name,kind,lat,lon,place,country,people,radius_km\n"
    write(
        tmp_path, "sites.csv", header + "a,A,project,1,2,,KEN,3,10\nb,B,project,north,2,,KEN,3,10\n"
    )
    with pytest.raises(SettingsError, match=r"sites.csv, line 3: lat 'north' is no number"):
        read_register(tmp_path, nowhere)


def test_a_place_name_that_cannot_be_settled_is_refused(tmp_path: Path) -> None:
    header = "id,name,kind,lat,lon,place,country,people,radius_km\n"
    write(tmp_path, "sites.csv", header + "a,A,office,,,San José,CRI,3,10\n")
    with pytest.raises(SettingsError, match=r"sites.csv, line 2: place: 'San José' is ambiguous"):
        read_register(tmp_path, nowhere)


def test_a_rule_with_an_unknown_type_lists_the_valid_ones(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("rules:\n- {name: x, types: [RAID], statuses: [happened], severity: minor}\n")
    with pytest.raises(SettingsError, match=r"unknown type 'RAID'.*ASSAULT"):
        read_rules(path)


def level(alert: Alert) -> int:
    return SEVERITIES.index(alert.severity)


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from(["happened", "disputed"]))
def test_more_killed_never_lowers_severity(one: int, other: int, status: str) -> None:
    fewer, more = (
        raised(incident(status=status, harm=Harm(killed=Count(low=n, high=n))))["sites:works"]
        for n in sorted((one, other))
    )
    assert level(more) >= level(fewer)


@given(st.integers(0, 50), st.floats(36.9, 37.15), st.sampled_from(["project", "school", "tent"]))
def test_an_area_is_never_above_a_pin(killed: int, lon: float, kind: str) -> None:
    register = Register(sites=(replace(SITE, kind=kind),))
    harm = Harm(killed=Count(low=killed, high=killed))
    place = Spot(name="Karu", kind="province", country="KEN", lat=0.0, lon=lon, radius_km=90)
    pin = raised(incident(lon=lon, harm=harm), register)["sites:works"]
    area = raised(incident(place=place, harm=harm), register)["sites:works"]
    assert level(area) <= level(pin)
    assert area.distance_km is None


@given(st.integers(2, 9), st.integers(0, 9))
def test_a_copy_never_changes_severity(copies: int, killed: int) -> None:
    harm = Harm(killed=Count(low=killed, high=killed))
    once = raised(incident(harm=harm))["sites:works"]
    again = raised(incident(harm=harm, reports=tuple(f"r{n}" for n in range(copies))))
    assert level(again["sites:works"]) == level(once)


def test_own_people_harmed_are_watched_farther_and_more_urgently() -> None:
    victim = Party(role="victim", head="engineer", text="a Chinese engineer", country="CHN")
    far = 37.0 + 29 / 111.2
    assert "sites:works" not in raised(incident(lon=far))
    own = raised(incident(lon=far, participants=(victim,)))["sites:works"]
    assert (own.reasons[0].rule, own.urgency) == ("own people attacked", "immediate")


SECTOR = """
rules:
- {name: same sector, types: [ASSAULT], statuses: [happened], harmed: [same sector],
   sites: [pipeline], radius: 3, severity: moderate}
"""


@pytest.mark.parametrize(
    ("kind", "text", "due"),
    [
        ("pipeline", "the pipeline", True),
        ("pump station", "two oil workers", True),
        ("pipeline", "a shopkeeper", False),
        ("office", "the pipeline", False),
    ],
)
def test_a_rule_for_a_sector_is_for_its_sites_only(kind: str, text: str, due: bool) -> None:
    rules = check_rules(yaml.safe_load(SECTOR), "rules")
    hit = Party(role="target", head=text.rsplit(maxsplit=1)[-1], text=text)
    register = Register(sites=(replace(SITE, kind=kind),))
    one = incident(lon=37.5, participants=(hit,))
    assert bool(list(alerts_for(one, register, rules, {}))) is due
    if not due:
        said = why(one, "sites:works", register, rules, {})
        assert str(said[0]).startswith("rule “same sector” is for")


def test_the_words_behind_a_reason_stand_in_its_report() -> None:
    text = "EXERCISE. Gunmen attacked the Karu works on Monday."
    trigger = Span(start=17, end=25, text="attacked")
    event = Event(id="e1", type="ASSAULT", trigger=trigger, sentence=Bounds(start=0, end=51))
    coded = CodedReport(report=Report(id="r1", text=text), events=(event,))
    one = incident(members=(Member(report="r1", event="e1"),))
    (alert,) = alerts_for(one, Register(sites=(SITE,)), default_rules(), {"r1": coded})
    assert alert.basis == "named"
    found = {e.part: text[e.start : e.end] for e in alert.reasons[0].evidence}
    assert found == {"event": "attacked", "name": "Karu works"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sites: [castle]", r"kind of site 'castle'.*project, office"),
        ("harmed: [anyone]", r"kind of harmed 'anyone'.*own nationality"),
        ("urgency: soon", r"urgency 'soon'.*immediate"),
        ("radius: -1", r"radius -1.*over 0"),
        ("site: [port]", r"unknown key 'site'; perhaps sites; keys: name"),
    ],
)
def test_a_wrong_key_or_value_of_a_rule_lists_the_valid_ones(
    tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "rules.yaml"
    rule = f"name: x, types: [ASSAULT], statuses: [happened], severity: minor, {line}"
    path.write_text(f"rules:\n- {{{rule}}}\n")
    with pytest.raises(SettingsError, match=said):
        read_rules(path)
