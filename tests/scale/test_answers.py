"""Questions to a backfill give what its reports say."""

from datetime import date
from pathlib import Path

import pytest

from watchfloor.errors import InputError
from watchfloor.scale import Answers, Asked, Storage
from watchfloor.scale import manifest as marks
from watchfloor.scale.manifest import Manifest
from watchfloor.scale.storage import Folder
from watchfloor.scale.tables import write_table


def _incident(n: int, **known: object) -> dict[str, object]:
    base = {"incident": f"i{n}", "type": "ASSAULT", "status": "happened", "background": False,
            "actors": ["gunmen"], "differs": [], "sources": 1, "reports": 1}  # fmt: skip
    return {**base, **known}


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    """EXERCISE incidents: two near Garissa, one known to its province, one of no date."""
    folder = Folder(str(tmp_path), Storage())
    may, june = date(2031, 5, 4), date(2031, 6, 1)
    town = {"place": "Garissa", "place_kind": "town", "country": "KEN", "admin1": "Garissa"}
    write_table(folder, "incidents", "merged/m/incidents/p.parquet", [
        _incident(1, day_from=may, day_to=may, lat=-0.45, lon=39.65, killed_low=2, **town),
        _incident(2, day_from=june, day_to=june, lat=-0.55, lon=39.65, **town),
        _incident(3, day_from=june, day_to=june, lat=-0.5, lon=39.6, country="KEN",
                  place_kind="province", killed_low=0, actors=["militia", "gunmen"]),
        _incident(4, type="PROTEST", actors=[]),
        _incident(5, day_from=may, day_to=may, background=True),
    ])  # fmt: skip
    write_table(folder, "repeats", "merged/m/repeats.parquet", [])
    write_table(folder, "members", "merged/m/members/p.parquet", [])
    marks.save(folder, Manifest(merged="merged/m"))
    return Answers(str(tmp_path), Storage())


def test_counts_by_month_keep_the_undated_apart_and_unknown_harm_unknown(answers: Answers) -> None:
    assert answers.counts(Asked()).rows == [("2031-05", 1, 2), ("2031-06", 2, 0), (None, 1, None)]
    only = Asked(by=("month", "type"), types=("ASSAULT",), last=date(2031, 5, 31))
    assert answers.counts(only).rows == [("2031-05", "ASSAULT", 1, 2)]


def test_history_is_asked_for(answers: Answers) -> None:
    assert answers.counts(Asked(background=True)).rows[0] == ("2031-05", 2, 2)


def test_near_is_a_circle_of_points_and_an_area_is_no_pin(answers: Answers) -> None:
    found = answers.near(Asked(near=(-0.45, 39.65, 12.0)))
    assert [(row[0], row[-1]) for row in found.rows] == [(0.0, "i1"), (11.1, "i2")]
    assert [row[-1] for row in answers.near(Asked(near=(-0.45, 39.65, 11.0))).rows] == ["i1"]


def test_actors_and_harm(answers: Answers) -> None:
    assert answers.actors(Asked()).rows == [("gunmen", 3, 2), ("militia", 1, 0)]
    harm = answers.harm(Asked(countries=("KEN",)))
    assert harm.rows[0][:4] == ("KEN", "Garissa", 2, 2)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda a: a.counts(Asked(by=("colour",))), "any of day, month"),
        (lambda a: a.near(Asked()), "--near LAT,LON,KM"),
        (lambda a: a.sql("select nothing from nowhere"), "tables: reports events"),
    ],
)
def test_what_makes_no_sense_is_said(answers: Answers, ask: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ask(answers)  # type: ignore[operator]


def test_a_folder_of_something_else_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no manifest\.json here"):
        Answers(str(tmp_path), Storage())
