"""Places: right, or unknown. The wrong-place cases that desks complain of."""

from collections.abc import Callable

import pytest

from watchfloor import where
from watchfloor.parse import Page, segment
from watchfloor.records import Place, Report
from watchfloor.settings import Settings
from watchfloor.where.names import key_of


@pytest.fixture(scope="module")
def places(settings: Settings) -> Callable[[str], dict[str, Place]]:
    def run(text: str) -> dict[str, Place]:
        page: Page = segment(Report(id="r", text=text))
        return {place.text: place for place in where.find(page, settings)}

    return run


def test_assad_is_not_found_inside_ambassador(places) -> None:
    assert places("The ambassador left.") == {}


def test_oklahoma_is_the_state(places) -> None:
    found = places("The storm crossed Oklahoma on Monday.")["Oklahoma"]
    assert (found.country, found.kind) == ("USA", "province")


def test_bangor_maine_is_in_maine(places) -> None:
    assert places("He was held in Bangor, Maine, on Monday.")["Bangor"].admin1 == "Maine"


def test_european_is_no_place(places) -> None:
    assert "European" not in places("European ministers met on Monday.")


def test_islamabad_is_the_capital(places) -> None:
    found = places("The talks were held in Islamabad.")["Islamabad"]
    assert (found.country, found.admin1) == ("PAK", "Islamabad")


def test_the_other_places_of_a_report_decide_between_namesakes(places) -> None:
    found = places("The bus left Tripoli for Beirut and Sidon, in Lebanon.")
    assert found["Tripoli"].country == "LBN"


def test_a_country_is_an_area(places) -> None:
    found = places("The fighting in Mali goes on.")["Mali"]
    assert found.kind == "country"
    assert found.radius_km is not None and found.radius_km > 300


def test_a_police_force_is_no_place(places) -> None:
    assert places("The Islamabad Police held two men.") == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Deir ez-Zor", "DEIR EZ ZOR"), ("São Paulo", "Sao Paulo"), ("Sana'a", "Sanaa")],
)
def test_names_are_compared_without_accents_and_marks(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("in Kandahar", "town"),
        ("in the city of Herat", "town"),
        ("in Kandahar province", "province"),
        ("in the province of Herat", "province"),
    ],
)
def test_a_bare_name_is_the_town_and_what_the_text_says_it_is_counts(
    places, said: str, kind: str
) -> None:
    found = places(f"Gunmen attacked a convoy {said} on Sunday, the police said.")
    assert [place.kind for place in found.values()] == [kind]


def test_a_people_that_the_report_names_decides_between_namesakes(places) -> None:
    assert places("Greek students marched in Athens.")["Athens"].country == "GRC"


def test_a_small_namesake_on_another_continent_is_no_match(places) -> None:
    found = places("The convoy left Kandahar for Kabul and stopped at Bandera, in Afghanistan.")
    assert "Bandera" not in found or found["Bandera"].country != "USA"
