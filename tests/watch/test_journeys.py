"""Journeys with times of day: what happens where one has passed is none of its business."""

from __future__ import annotations

from pathlib import Path

import pytest

import watchfloor
from watchfloor.errors import SettingsError
from watchfloor.merge import across
from watchfloor.settings import Settings
from watchfloor.watch import Register, default_rules, latest_alerts, read_register, why
from watchfloor.watch.exposure import day_of

HEADER = "id,name,depart,arrive,waypoints\n"
#: From Gao eastward to Ansongo, on one day.
PLAIN = "run,Supply run,2031-03-04,2031-03-04,16.27 -0.04;15.66 0.5"
TIMED = (
    "run,Supply run,2031-03-04T08:00,2031-03-04T22:00,"
    "16.27 -0.04;16.1 0.1 2031-03-04T10:00;15.66 0.5"
)
ATTACK = (
    "EXERCISE. Gunmen attacked a convoy in Gao, Mali, at {} on Tuesday and wounded two drivers."
)


def registered(folder: Path, line: str) -> Register:
    (folder / "journeys.csv").write_text(f"{HEADER}{line}\n")
    return read_register(folder, lambda name, country: (0.0, 0.0))


def held(register: Register, time: str) -> tuple[list[str], str]:
    """The entries with an alert for an attack at a time, and why there is one or none."""
    coded = watchfloor.code(ATTACK.format(time), published="2031-03-05", settings=Settings())
    (one,) = across([coded])
    assert str(day_of(one)) == "2031-03-04"
    told, rules = {coded.report.id: coded}, default_rules()
    raised = [alert.register for alert in latest_alerts([one], register, rules, told)]
    return raised, " ".join(map(str, why(one, "journeys:run", register, rules, told)))


def test_an_attack_after_a_journey_has_passed_raises_none_and_why_says_so(tmp_path: Path) -> None:
    timed = registered(tmp_path, TIMED)
    assert held(timed, "9 am")[0] == ["journeys:run"]
    raised, said = held(timed, "8 pm")
    assert raised == [], "it passed at ten, although it arrives at ten at night"
    assert "Supply run had passed there" in said


def test_where_a_time_is_not_known_the_day_counts(tmp_path: Path) -> None:
    assert held(registered(tmp_path, PLAIN), "8 pm")[0] == ["journeys:run"]
    timed = registered(tmp_path, TIMED)
    assert held(timed, "8 pm GMT")[0] == ["journeys:run"], "of another zone"
    assert held(timed, "dawn")[0] == ["journeys:run"]


def test_times_are_in_order_and_without_a_zone(tmp_path: Path) -> None:
    for bad, why_not in (
        (TIMED.replace("T10:00", "T23:30"), "before it departs or passes"),
        (TIMED.replace("T08:00", "T08:00Z"), "has a zone"),
        (TIMED.replace("T10:00", "T1x"), "1x"),
    ):
        with pytest.raises(SettingsError, match=why_not):
            registered(tmp_path, bad)
