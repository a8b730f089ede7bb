"""Who: names, words for people, and what later words point back to. EXERCISE sentences."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from watchfloor import parse, where, who
from watchfloor.errors import SettingsError
from watchfloor.records import Actor, Report
from watchfloor.settings import Settings

Finder = Callable[[str, str], Actor]


def found(text: str, settings: Settings, published: str | None = None) -> tuple[Actor, ...]:
    report = Report(id="r", text=text, published=published)
    (page,) = parse.read([parse.segment(report)], settings)
    return who.find(page, where.find(page, settings), settings)


@pytest.mark.parametrize(
    ("text", "mention", "country", "sector"),
    [
        ("The Kremlin rejected the offer.", "Kremlin", "RUS", "GOV"),
        ("Islamabad summoned the envoy.", "Islamabad", "PAK", "GOV"),
        ("Two Chinese nationals were killed.", "Two Chinese nationals", "CHN", "CVL"),
        ("Norwegian police searched the flat.", "Norwegian police", "NOR", "COP"),
        ("The BLA attacked the convoy.", "BLA", "PAK", "REB"),
        ("The FMLN rejected the offer.", "FMLN", "SLV", "REB"),
        ("The World Food Programme stopped work.", "World Food Programme", "UNO", None),
        ("Police in Kampala fired tear gas.", "Police in Kampala", "UGA", "COP"),
        ("Gunmen from Chad seized the post.", "Gunmen from Chad", "TCD", "UAF"),
        ("Chile's Defense Department denied it.", "Defense Department", "CHL", "GOV"),
        ("Kenyan lawmakers met on Monday.", "Kenyan lawmakers", "KEN", "LEG"),
        ("A former Peruvian minister was arrested.", "minister", "PER", "ELI"),
    ],
)
def test_country_and_sector(
    actor_of: Finder, text: str, mention: str, country: str, sector: str | None
) -> None:
    actor = actor_of(text, mention)
    assert (actor.country, actor.sector) == (country, sector)


@pytest.mark.parametrize(
    ("text", "mention", "sector"),
    [
        ("Police sources confirmed the raid.", "Police sources", "COP"),
        ("An army spokesman confirmed the raid.", "spokesman", "MIL"),
        ("The head of the union was freed.", "head of the union", "LAB"),
        ("Rebel leaders signed the accord.", "Rebel leaders", "REB"),
        ("Anti-government elements burned the clinic.", "Anti-government elements", "REB"),
        ("Three armed tribesmen took the nurse.", "Three armed tribesmen", "UAF"),
        ("Four people died in an army raid.", "army", "MIL"),
    ],
)
def test_who_speaks_for_others_has_their_sector(
    actor_of: Finder, text: str, mention: str, sector: str
) -> None:
    assert actor_of(text, mention).sector == sector


def test_others_are_what_those_before_them_were(actor_of: Finder) -> None:
    text = "The blast killed three Malian soldiers and wounded four others."
    assert (actor_of(text, "four others").country, actor_of(text, "four others").sector) == (
        "MLI",
        "MIL",
    )


def test_a_number_alone_stands_for_people(actor_of: Finder) -> None:
    assert actor_of("Villagers fled and 49 drowned.", "49").sector == "CVL"


@pytest.mark.parametrize(
    ("text", "first", "later"),
    [
        (
            "General Amin Qureshi, Chief of Army Staff, flew to Karachi. The general said that he"
            " would stay.",
            "Amin Qureshi",
            {"Chief of Army Staff", "The general", "he"},
        ),
        (
            "The Balochistan Liberation Army shelled the port. The BLA said it would do so again.",
            "Balochistan Liberation Army",
            {"The BLA", "it"},
        ),
        (
            "A delegation of farmers came to Lima. The delegation demanded land.",
            "A delegation of farmers",
            {"The delegation"},
        ),
        ("Minister Ana Ruiz arrived late. Ruiz left early.", "Ana Ruiz", {"Ruiz"}),
    ],
)
def test_short_forms_and_pronouns_point_back(
    actor_of: Finder, text: str, first: str, later: set[str]
) -> None:
    assert later <= {mention.text for mention in actor_of(text, first).mentions}


def test_people_whose_country_is_not_said_are_of_the_place_named(actor_of: Finder) -> None:
    text = "Soldiers opened fire in Quetta. A Danish tourist saw it."
    assert actor_of(text, "Soldiers").country == "PAK"


def test_a_town_that_no_list_of_actors_knows_says_whose_soldiers(actor_of: Finder) -> None:
    text = "A marine was killed in the town of Zamboanga. Four others were hurt."
    assert actor_of(text, "A marine").country == "PHL"
    assert actor_of(text, "Four others").country == "PHL"


def test_a_town_lies_where_the_report_has_it(actor_of: Finder) -> None:
    text = "Dismissed workers blocked the gates of a plant in Valencia, Venezuela, on Tuesday."
    assert actor_of(text, "workers").country == "VEN"


@pytest.mark.parametrize(
    ("text", "thing", "country"),
    [
        (
            "Norway's embassy was closed. A bomb went off in the embassy's car park.",
            "car park",
            "NOR",
        ),
        ("Kenyan police fled. Their post was burned down.", "post", "KEN"),
        ("Protesters in Quito threw stones at a government building.", "building", "ECU"),
        ("Rioters burned a Chilean embassy warehouse.", "warehouse", "CHL"),
    ],
)
def test_a_thing_is_of_the_country_of_whose_it_is(
    settings: Settings, text: str, thing: str, country: str
) -> None:
    at = text.index(thing)
    owners = [a for a in found(text, settings) for m in a.mentions if 0 <= at - m.end < 9]
    assert country in {a.country for a in owners}


def test_a_report_is_at_home_where_its_towns_lie(actor_of: Finder) -> None:
    text = (
        "A Hungarian delegation visited Karaganda on Monday. The guests met the governor. Sixty"
        " Hungarians work in the town, the Hungarian side said."
    )
    assert actor_of(text, "the governor").country == "KAZ"


def test_attackers_are_not_of_the_country_of_the_strangers_they_attack(actor_of: Finder) -> None:
    text = "Gunmen kidnapped three Indian doctors on Monday. Two guards were wounded."
    assert actor_of(text, "Gunmen").country is None
    assert actor_of(text, "Two guards").country is None
    assert actor_of(text, "doctors").country == "IND"
    text = "Two attackers were killed when gunmen fired on a convoy of Chinese engineers at Gwadar."
    assert actor_of(text, "Two attackers").country is None
    assert actor_of("Nigerian troops killed two bandits.", "two bandits").country == "NGA"


def test_nothing_is_guessed_where_no_country_is_named(actor_of: Finder) -> None:
    assert actor_of("The soldiers left at noon.", "The soldiers").country is None


def test_days_are_nobody(settings: Settings) -> None:
    mentions = {m.text for a in found("Troops left near Monday.", settings) for m in a.mentions}
    assert "Monday" not in mentions


def test_a_town_can_be_a_surname(actor_of: Finder) -> None:
    actor = actor_of("Singer Michael Cleveland was freed.", "Cleveland")
    assert (actor.kind, actor.name) == ("person", "Michael Cleveland")


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Police Chief Ana Ruiz Soto was freed.", "Ruiz", "Ana Ruiz Soto"),
        ("Dr. Tomas de la Vega left. Vega came back.", "Vega", "Tomas de la Vega"),
        (
            "LIMA, 4 MAR 1991 (EXERCISE) -- A BAKER AND COLONEL MATEO IBARRA QUISPE WERE FREED BY"
            " THE KIDNAPPERS, WITNESSES SAID.",
            "IBARRA",
            "Mateo Ibarra Quispe",
        ),
    ],
)
def test_a_person_is_called_by_name_without_titles(
    actor_of: Finder, text: str, mention: str, name: str
) -> None:
    assert actor_of(text, mention).name == name


def test_in_a_telex_a_noun_is_no_name(actor_of: Finder) -> None:
    text = (
        "LIMA, 4 MAR 1991 (EXERCISE) -- WITNESSES SAW THAT A PEASANT WAS FREED BY THE"
        " KIDNAPPERS NEAR THE RIVER."
    )
    assert actor_of(text, "A PEASANT").name == "a peasant"


def test_a_bare_surname_is_an_office_holder_only_in_his_time(settings: Settings) -> None:
    text = "Obama spoke to reporters."
    assert found(text, settings, "2012-05-01")[0].country == "USA"
    assert found(text, settings, "1985-05-01")[0].country is None


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("The Northern River Force attacked.", "Northern River Force", "organisation"),
        ("A gunman fled.", "A gunman", "person"),
        ("Three gunmen fled.", "Three gunmen", "group"),
        ("Many villagers fled.", "villagers", "population"),
        ("Nepal closed its border.", "Nepal", "state"),
    ],
)
def test_kind(actor_of: Finder, text: str, mention: str, kind: str) -> None:
    assert actor_of(text, mention).kind == kind


def test_the_users_own_file_adds_names(tmp_path: Path) -> None:
    table = tmp_path / "actors.tsv"
    table.write_text("names\tcountry\tsector\tkind\nHarbour Watch;HW\tMOZ\tPRM\torganisation\n")
    actors = found("HW stopped a lorry.", Settings(learned=False, actors_file=table))
    assert (actors[0].name, actors[0].country, actors[0].sector) == ("Harbour Watch", "MOZ", "PRM")


def test_a_bad_line_in_the_users_file_is_named(tmp_path: Path) -> None:
    table = tmp_path / "actors.tsv"
    table.write_text("names\tcountry\tsector\tkind\nHarbour Watch\tMOZ\n")
    with pytest.raises(SettingsError, match=r"actors\.tsv, line 2"):
        found("HW stopped a lorry.", Settings(learned=False, actors_file=table))


@given(
    st.lists(
        st.sampled_from(
            "The police Gunmen BLA he they killed said two others in Quetta Obama , . of".split()
        ),
        max_size=14,
    )
)
@example_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_mentions_are_the_reports_own_text_and_ids_are_in_order(
    settings: Settings, words: list[str]
) -> None:
    text = " ".join(words)
    actors = found(text, settings)
    assert [a.id for a in actors] == [f"a{n}" for n in range(1, len(actors) + 1)]
    assert all(text[m.start : m.end] == m.text for a in actors for m in a.mentions)


def test_months_cut_short_and_weapons_by_acronym_are_nobody(settings: Settings) -> None:
    text = "EXERCISE. On Dec. 6 rebels fired an RPG at the UNDP. An IED hit a VBIED on Jan. 9."
    assert {a.name for a in found(text, settings)} & {"Dec.", "Jan.", "an RPG", "An IED"} == set()


def test_initials_stand_for_the_body_named_before(actor_of: Finder) -> None:
    text = "EXERCISE. Rebels attacked the Lodian Security Forces. The LSF fought back."
    assert actor_of(text, "The LSF") == actor_of(text, "the Lodian Security Forces")


def test_two_offices_with_one_noun_are_two_people(actor_of: Finder) -> None:
    text = "EXERCISE. The Foreign Secretary met the Defence Secretary. The Secretary left."
    assert actor_of(text, "The Foreign Secretary") != actor_of(text, "the Defence Secretary")


def test_a_chief_of_staff_is_an_officer(actor_of: Finder) -> None:
    assert (
        actor_of("EXERCISE. The Chief of Army Staff met villagers.", "Army Staff").sector == "MIL"
    )


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("EXERCISE. The military leadership asked for time. Beijing wants guards for its staff.",
         "The military leadership"),
        ("EXERCISE. Lodian troops shelled the town of Mopti in Mali on Tuesday.", "Lodian troops"),
        ("EXERCISE. The Lodian government denied it. Paris condemned the shelling.",
         "The Lodian government"),
        ("EXERCISE. Gunmen seized a doctor in Zamboanga on Monday.", "Gunmen"),
        ("EXERCISE. Five foreigners were killed at a hotel in Tripoli.", "Five foreigners"),
    ],
)  # fmt: skip
def test_a_country_that_nothing_tells_is_not_guessed(
    actor_of: Finder, text: str, mention: str
) -> None:
    assert actor_of(text, mention).country is None


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("EXERCISE. Chad's elections were put off. The electoral commission gave no reason.",
         "The electoral commission", "TCD"),
        ("EXERCISE. Students throughout Peru marched on Monday.", "Students", "PER"),
        ("EXERCISE. Malian troops left the town. A colonel said that they would be back.",
         "A colonel", "MLI"),
        ("EXERCISE. The minister said Vietnam would open its ports.", "The minister", "VNM"),
    ],
)  # fmt: skip
def test_where_a_report_is_set_tells_whose_offices_are(
    actor_of: Finder, text: str, mention: str, country: str
) -> None:
    assert actor_of(text, mention).country == country


@pytest.mark.parametrize(
    ("text", "name", "later"),
    [
        ("EXERCISE. The Sarvan Liberation Front said that its fighters attacked a post.",
         "Sarvan Liberation Front", "its fighters"),
        ("EXERCISE. The Taliban owned up to the raid. Its fighters had come at night.",
         "The Taliban", "Its fighters"),
        ("EXERCISE. The Sarvan Liberation Front burned a bus. The group vowed more attacks.",
         "Sarvan Liberation Front", "The group"),
    ],
)  # fmt: skip
def test_those_who_fight_for_a_group_are_the_group(
    actor_of: Finder, text: str, name: str, later: str
) -> None:
    assert later in {m.text for m in actor_of(text, name).mentions}


def test_a_place_is_nobody_to_point_back_to(actor_of: Finder) -> None:
    text = "EXERCISE. Talks ended in Geneva. Their blockade of the port was lifted."
    assert {m.text for m in actor_of(text, "Geneva").mentions} == {"Geneva"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("EXERCISE. Rebels captured Upper Karsa on Monday.", "Upper Karsa"),
        ("EXERCISE. Soldiers stormed Varnagar at dawn.", "Varnagar"),
        ("EXERCISE. Two men drowned in the Tolma River.", "Tolma River"),
        ("EXERCISE. The march went towards Tolmasar.", "Tolmasar"),
        ("EXERCISE. Rebels attacked Camp Tolmasar on Monday.", "Camp Tolmasar"),
        ("EXERCISE. Ministers opened the Tolma Conference on Monday.", "Tolma Conference"),
    ],
)
def test_the_name_of_a_place_or_thing_is_no_persons(actor_of: Finder, text: str, name: str) -> None:
    assert actor_of(text, name).kind == "unknown"


def test_whom_soldiers_killed_are_no_soldiers(actor_of: Finder) -> None:
    assert actor_of("EXERCISE. Soldiers shelled a market, killing four.", "four").sector != "MIL"


@pytest.mark.parametrize(
    ("text", "mention", "country", "sector"),
    [
        ("EXERCISE. Two were wounded by Russian fire.", "Russian", "RUS", "GOV"),
        ("EXERCISE. Armed members of the clan beat a driver.", "Armed members", None, "UAF"),
        (
            "EXERCISE. The Saudi-led coalition shelled a market.",
            "Saudi-led coalition",
            "SAU",
            "MIL",
        ),
        ("EXERCISE. Ex-Seleka fighters burned a truck.", "Ex-Seleka", "CAF", "REB"),
        ("EXERCISE. Anti-Balaka men burned a truck.", "Anti-Balaka men", "CAF", "REB"),
    ],
)
def test_armed_men_by_their_words(
    actor_of: Finder, text: str, mention: str, country: str | None, sector: str
) -> None:
    actor = actor_of(text, mention)
    assert (actor.country, actor.sector) == (country, sector)
