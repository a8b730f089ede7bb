"""Actors: who they are, whose, and that one actor is found wherever it is named."""

from collections.abc import Callable

import pytest

from watchfloor import who
from watchfloor.errors import SettingsError
from watchfloor.parse import Page
from watchfloor.records import Actor
from watchfloor.settings import Settings

Find = Callable[[str, str], Actor]


@pytest.mark.parametrize(
    ("text", "mention", "country", "sector"),
    [
        ("The Kremlin rejected the offer on Monday.", "Kremlin", "RUS", "GOV"),
        ("Islamabad asked for more time.", "Islamabad", "PAK", "GOV"),
        ("Turkish soldiers crossed the river.", "Turkish soldiers", "TUR", "MIL"),
        ("The Kenyan police held two men.", "Kenyan police", "KEN", "COP"),
        ("Fighters of the Taliban attacked the post.", "Taliban", "AFG", "REB"),
        ("Boko Haram burned the village.", "Boko Haram", "NGA", "REB"),
        ("The United Nations condemned the raid.", "United Nations", "UNO", None),
        ("A Chinese farmer was wounded.", "Chinese farmer", "CHN", "CVL"),
        ("Gunmen shot a farmer.", "Gunmen", None, "UAF"),
        ("The FMLN attacked the garrison.", "FMLN", "SLV", "REB"),
        ("Angela Merkel met the delegation.", "Merkel", "DEU", "GOV"),
    ],
)
def test_country_and_sector(
    actor_of: Find, text: str, mention: str, country: str | None, sector: str | None
) -> None:
    actor = actor_of(text, mention)
    assert (actor.country, actor.sector) == (country, sector)


def test_a_surname_and_a_pronoun_stand_for_the_full_name(actor_of: Find) -> None:
    actor = actor_of(
        "General Daud Karsa visited the camp. Karsa praised the guards. He left at noon.",
        "Daud Karsa",
    )
    assert {"Karsa", "He"} <= {m.text for m in actor.mentions}


def test_an_organ_without_a_country_is_of_the_country_the_report_is_about(actor_of: Find) -> None:
    text = "Protesters gathered in Kenya on Monday. Kenya has seen many. The army stayed away."
    assert actor_of(text, "The army").country == "KEN"


def test_offsets_hold(page_of: Callable[..., Page], settings: Settings) -> None:
    text = "Two Turkish soldiers and a Somali guard met the U.S. envoy in Karu."
    for actor in who.find(page_of(text), settings):
        for mention in actor.mentions:
            assert text[mention.start : mention.end] == mention.text


def test_the_users_own_groups_are_known(tmp_path, page_of) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("names\tcountry\tsector\tkind\nHarbour Front;HF\tKEN\tREB\torganisation\n")
    found = who.find(page_of("The Harbour Front claimed the raid."), Settings(actors_file=own))
    assert any(a.name == "Harbour Front" and a.country == "KEN" for a in found)


def test_a_damaged_file_of_ones_own_is_named_with_its_line(tmp_path, page_of) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("names\tcountry\tsector\tkind\nHarbour Front\tKEN\n")
    with pytest.raises(SettingsError, match="line 2"):
        who.find(page_of("Nobody came."), Settings(actors_file=own))
