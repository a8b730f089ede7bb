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


@pytest.mark.parametrize("name", ["San Luis de la Quorva", "Kano Zorrelby", "Cano Limon-Covenas"])
def test_a_known_name_that_begins_a_longer_one_is_not_the_place(places, name: str) -> None:
    assert places("Guards were shot in Kano on Monday.")["Kano"].country == "NGA"
    found = places(f"EXERCISE. Gunmen killed two guards in {name} on Monday.")
    assert all(place.lat is None for place in found.values())


def test_a_telex_keeps_the_whole_of_a_name_with_an_ordinary_word(places) -> None:
    found = places(
        "LIMA, 11 JAN 90 (EXR) -- REBELS KILLED THREE FARMERS NEAR TINGO MARIA ON MONDAY."
    )
    assert (found["TINGO MARIA"].country, found["TINGO MARIA"].admin1) == ("PER", "Huánuco")


@pytest.mark.parametrize("said", ["southern Kandahar province", "Kandahar's Zorrel Wali district"])
def test_a_word_of_kind_behind_a_name_says_what_it_is(places, said: str) -> None:
    found = places(f"EXERCISE. Gunmen killed five policemen in {said} of Afghanistan on Friday.")
    assert {p.kind for p in found.values()} <= {"province", "country", "district", "town"}
    assert "Kandahar" in found and found["Kandahar"].country == "AFG"


def test_a_district_that_nobody_knows_lies_in_the_province_it_is_said_to_lie_in(places) -> None:
    found = places("EXERCISE. A mine went off in Shah Zorrel Kot district of Kandahar province.")
    district = found["Shah Zorrel Kot district"]
    assert (district.gazetteer_id, district.kind, district.country) == (None, "province", "AFG")


def test_a_neighbourhood_is_part_of_the_town_named_with_it_and_no_namesake_abroad(places) -> None:
    found = places(
        "EXERCISE. A bomb went off in the San Antonio Abad neighbourhood of San Salvador."
    )
    part = found["San Antonio Abad"]
    assert (part.gazetteer_id, part.country) == (None, "SLV")


def test_a_datelines_town_lies_where_the_rest_of_the_report_does(places) -> None:
    found = places(
        "SAN JOSE, 3 Jun 90 (EXR) -- Rebels from Nicaragua killed two farmers near Tegucigalpa in"
        " Honduras, the Nicaraguan army said."
    )
    assert (found["SAN JOSE"].country, found["SAN JOSE"].kind) == ("CRI", "town")


def test_the_text_says_whether_a_town_or_its_province_is_meant(places) -> None:
    found = places("Two posts burned in southern Kandahar province on Friday. Herat was calm.")
    assert (found["Kandahar"].kind, found["Herat"].kind) == ("province", "town")


def test_a_small_namesake_is_no_match_where_dateline_and_peoples_speak_of_another_country(
    places,
) -> None:
    found = places(
        "SANTIAGO, 3 Jun 90 (EXR) -- Chilean police found a bomb in Alameda on Sunday. Nobody was"
        " hurt, the Chilean interior ministry said."
    )
    assert found["SANTIAGO"].country == "CHL"
    assert "Alameda" not in found or found["Alameda"].country != "USA"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (
            "A Danish welder was beaten in Chattogram, the police of Bangladesh said.",
            "Chattogram",
            "BGD",
        ),
        ("Two guards were shot near Chittagong in Bangladesh.", "Chittagong", "BGD"),
        ("The ministry in Islamabad, Pakistan, promised guards.", "Islamabad", "PAK"),
        ("Pakistani officials met Chinese engineers in Islamabad.", "Islamabad", "PAK"),
    ],
)
def test_chattogram_and_islamabad_are_two_cities(places, text, name, country) -> None:
    assert places(text)[name].country == country


@pytest.mark.parametrize("name", ["Atlantis Zorrel", "Qwertystan"])
def test_a_country_that_there_is_not_gets_no_code(places, name: str) -> None:
    assert {p.country for p in places(f"Fighting went on in {name}.").values()} <= {None}


def test_the_outlets_home_decides_where_the_report_names_no_country(settings: Settings) -> None:
    text = "A man was shot in Valencia on Sunday, police said."
    found = {
        outlet: where.find(segment(Report(id="r", text=text, outlet=outlet)), settings)
        for outlet in ("Caracas Post", "Madrid Post")
    }
    assert [p.country for places in found.values() for p in places] == ["VEN", "ESP"]


@pytest.mark.parametrize(
    ("text", "town", "country"),
    [
        ("Nurses were kidnapped near Goma in eastern Congo.", "Goma", "COD"),
        ("A ship docked at Pointe-Noire in Congo.", "Pointe-Noire", "COG"),
    ],
)
def test_a_bare_congo_is_the_one_its_town_lies_in(
    places, text: str, town: str, country: str
) -> None:
    assert places(text)[town].country == country


@pytest.mark.parametrize(
    ("text", "town", "country"),
    [
        (
            "SAN JOSE (COSTA RICA), 3 JUN 90 (EXR) -- THE MINISTER LEFT ON MONDAY.",
            "SAN JOSE",
            "CRI",
        ),
        ("The lorry broke down in Tripoli, Lebanon.", "Tripoli", "LBN"),
    ],
)
def test_the_larger_place_behind_a_name_outweighs_a_larger_namesake(
    places, text: str, town: str, country: str
) -> None:
    assert places(text)[town].country == country


@pytest.mark.parametrize("name", ["Canton Las Zorrelas", "Canton"])
def test_an_old_name_of_a_foreign_city_is_no_match_in_a_report_on_elsewhere(
    places, name: str
) -> None:
    found = places(
        f"EXERCISE. Salvadoran guerrillas attacked a patrol at {name}, El Salvador's army said in"
        " San Salvador."
    )
    assert "CHN" not in {p.country for p in found.values()}


def test_the_only_namesake_in_the_country_that_a_report_is_about_is_the_place(places) -> None:
    found = places(
        "EXERCISE. Guerrillas of El Salvador broadcast in Spanish that they had killed two soldiers"
        " in San Vicente department on Monday."
    )
    assert (found["San Vicente"].country, found["San Vicente"].kind) == ("SLV", "province")


def test_a_station_is_not_a_province_abroad_that_it_shares_its_name_with(places) -> None:
    found = places(
        "EXERCISE. Bombs went off on trains in Mumbai and Pune, India, on Monday; one at Santa Cruz"
        " station hurt two people."
    )
    assert "BOL" not in {p.country for p in found.values()}


def test_whoever_wrote_the_report_is_no_country(places) -> None:
    found = places("By Chad Zorrel\nA fire closed the road to Pataskala, Ohio, on Monday.")
    assert "TCD" not in {p.country for p in found.values()}


@pytest.mark.parametrize("said", ["Los Angeles town hall", "former Bakersfield city councillors"])
def test_a_known_name_is_not_cut_by_a_word_of_kind_behind_it(places, said: str) -> None:
    found = places(f"EXERCISE. The meeting of the {said} in California was closed on Monday.")
    assert found and {p.country for p in found.values()} == {"USA"}


@pytest.mark.parametrize(
    ("name", "country"),
    [("Mazar-e-Sharif", "AFG"), ("Port-au-Prince", "HTI"), ("Pol-e-Khomri", "AFG")],
)
def test_small_words_between_hyphens_are_part_of_a_name(places, name: str, country: str) -> None:
    assert places(f"Two guards were shot in {name} on Monday.")[name].country == country


@pytest.mark.parametrize(
    "said", ["Kandahar and Helmand provinces", "the provinces of Kandahar and Helmand"]
)
def test_a_word_of_kind_holds_for_all_names_beside_it(places, said: str) -> None:
    found = places(f"EXERCISE. The army searched {said} on Monday.")
    assert {p.kind for p in found.values()} == {"province"} and len(found) == 2


def test_streets_named_together_are_no_provinces(places) -> None:
    found = places(
        "SANTIAGO, 3 Jun 90 (EXR) -- Bombs went off on Tarapaca and Santa Rosa streets, the Chilean"
        " police said on Monday."
    )
    assert "province" not in {p.kind for p in found.values()}


def test_whose_a_town_is_is_not_its_name(places) -> None:
    assert set(places("Crowds marched in the Serb-controlled town of Foca, Bosnia.")) == {
        "Foca", "Bosnia",
    }  # fmt: skip


def test_a_point_of_the_compass_is_no_province(places) -> None:
    assert places("EXERCISE. Guards were shot at North Camp and in the South on Monday.") == {}


@pytest.mark.parametrize(
    "said", ["the streets of Hamburg", "two suburbs of Hamburg", "Hamburg neighbourhoods"]
)
def test_the_streets_of_a_town_are_in_it(places, said: str) -> None:
    assert places(f"EXERCISE. Crowds marched in {said} on Monday.")["Hamburg"].kind == "town"


def test_an_old_name_of_a_country_in_a_list_is_the_country(places) -> None:
    found = places("Ministers of Laos, Burma, Thailand and Cote d'Ivoire, Guinea met on Monday.")
    assert (found["Burma"].country, found["Cote d'Ivoire"].country) == ("MMR", "CIV")
