"""Sentences in which nothing happens, and like ones in which something does."""

import pytest

from tests.conftest import Coder, only

QUIET = """
The striker fired a rocket into the top corner to kill off the game.
Shares in the bank came under attack from short sellers on Friday.
The film, which bombed at the box office, cost 90 million dollars.
Her bombshell memoir exploded onto the best-seller lists.
The two companies agreed to merge in a deal worth $3 billion.
Heart disease kills more people than any other illness.
Smoking kills half of its users, doctors say.
Napoleon invaded Russia in 1812 and lost most of his army.
The game lets players shoot zombies and blow up bridges.
The chef attacked the menu with new energy.
The storm of applause lasted five minutes.
The tennis champion demolished her opponent in straight sets.
The painting was seized upon by critics as a masterpiece.
Investors fled the currency, sending it crashing to a record low.
Security guards need a licence to work in the country.
The university offers courses in conflict studies.
""".strip().splitlines()

REAL = """
Gunmen opened fire at a football match in Goma, killing four people.
A bomb exploded outside the film museum in Kabul.
Police arrested two bankers over the merger in Lagos.
Militants attacked a chef and three guards near the hotel.
""".strip().splitlines()


@pytest.mark.parametrize("text", QUIET)
def test_figures_of_speech_and_general_statements_are_no_events(code: Coder, text: str) -> None:
    assert code(text).events == ()


@pytest.mark.parametrize("text", REAL)
def test_force_is_heard_in_any_field(code: Coder, text: str) -> None:
    assert code(text).events


def test_a_report_in_which_nothing_is_sure_is_quiet_but_not_where_people_were_harmed(
    code: Coder,
) -> None:
    gala = (
        "EXERCISE. The trio threatened to steal the show. Their bassist broke a string in the "
        "second number and borrowed another. The crowd refused to let him go, and he released one "
        "last ballad."
    )
    assert not code(gala).events
    raid = "EXERCISE. Gunmen killed five drivers on Monday, a doctor said. A poster hung there."
    assert code(raid).events


@pytest.mark.parametrize(
    "text",
    ["A curfew runs from eight.", "She demands an independent inquiry into the shooting."],
)
def test_what_the_reader_is_sure_of_is_an_event_in_the_simple_present_too(
    code: Coder, text: str
) -> None:
    assert code(f"EXERCISE. {text}").events


@pytest.mark.parametrize(
    "act",
    [
        "Gunmen attacked a minibus on the Zaria road.",
        "Three nurses were abducted from their post.",
        "Villagers were killed in the hills.",
    ],
)
def test_a_report_that_says_plainly_that_people_were_attacked_is_never_quiet(
    code: Coder, act: str
) -> None:
    calm = "EXERCISE. The rains came late. The market was busy. Schools will open in a week. "
    assert any(e.type == "ASSAULT" for e in code(f"{calm}{act}").events)


@pytest.mark.parametrize(
    "text",
    [
        "EXERCISE FLASH - GUNMEN KILL FIVE IN QUETTA",
        "EXPLOSION HEARD IN KABUL",
        "EXERCISE - 3 soldiers killed in ambush in Mali",
    ],
)
def test_a_flash_of_one_line_is_coded(code: Coder, text: str) -> None:
    assert only(code(text), "ASSAULT")
