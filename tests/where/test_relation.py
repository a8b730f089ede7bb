"""Places told by their distance and direction from named ones."""

from collections.abc import Callable

import pytest

from watchfloor import where
from watchfloor.parse import segment
from watchfloor.records import Place, Report
from watchfloor.settings import Settings

Finder = Callable[[str], tuple[Place, ...]]


@pytest.fixture(scope="module")
def find(settings: Settings) -> Finder:
    return lambda text: where.find(segment(Report(id="r", text=text)), settings)


def test_a_distance_and_direction_make_a_point(find: Finder) -> None:
    (place,) = find("Gunmen stopped a bus 40 km north of Gao on Sunday.")
    assert place.text == "40 km north of Gao"
    assert (place.kind, place.gazetteer_id) == ("point", None)
    assert place.relation is not None
    assert (place.relation.km, place.relation.bearing, place.relation.from_) == (40, "N", "Gao")
    assert place.lat == pytest.approx(16.27 + 40 / 111.2, abs=0.05)
    assert place.radius_km is not None and 3 <= place.radius_km <= 10


def test_miles_and_half_winds(find: Finder) -> None:
    (place,) = find("A mine went off 25 miles south-east of Kandahar.")
    assert place.relation is not None
    assert (place.relation.km, place.relation.bearing) == (40.2, "SE")


def test_a_distance_without_direction_is_a_wider_point_round_the_place(find: Finder) -> None:
    (place,) = find("A mine went off some 30 km from Kandahar.")
    assert place.relation is not None and place.relation.bearing is None
    assert place.radius_km is not None and place.radius_km > 30


@pytest.mark.parametrize(
    "said", ["on the road between Kabul and Kandahar", "on the Kabul-Kandahar highway"]
)
def test_a_road_between_two_towns_is_a_line_that_its_radius_covers(find: Finder, said: str) -> None:
    (place,) = find(f"Gunmen stopped a convoy {said} on Sunday.")
    assert place.kind == "line"
    assert place.radius_km is not None and 200 < place.radius_km < 280
    assert place.country == "AFG"


def test_talks_between_two_capitals_are_no_line(find: Finder) -> None:
    assert [p.kind for p in find("Talks between Kabul and Kandahar go on.")] == ["town", "town"]


def test_off_a_coast_is_water(find: Finder) -> None:
    (place,) = find("Pirates boarded a tanker off the coast of Somalia.")
    assert (place.kind, place.country) == ("water", "SOM")


def test_off_a_port_is_water(find: Finder) -> None:
    (place,) = find("Pirates boarded a tanker off Bosaso on Sunday.")
    assert (place.kind, place.country) == ("water", "SOM")


def test_what_is_sealed_off_is_no_water(find: Finder) -> None:
    (place,) = find("The army sealed off Kandahar on Sunday.")
    assert place.kind == "town"
