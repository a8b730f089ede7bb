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
The home side launched wave after wave of attacks but could not score.
The boxer knocked out his rival in the third round in Lagos.
The airline bombed on its first day of trading.
The virus attacks the lungs, doctors at the clinic explained.
""".strip().splitlines()

FRAMED = """
The film tells the story of a gang that kidnaps a banker's daughter.
In the novel, a young officer is murdered on a train to Istanbul.
The series opens with an explosion that kills the hero's family.
In the thriller, terrorists seize a tanker off Singapore.
In the video game a gang kidnaps the president's daughter.
A lecture on the siege of Vienna opens the season at the museum.
The textbook explains how the Vikings raided the coast.
Students learned how the Romans besieged the city and killed its defenders.
Under the penal code, anyone who kidnaps a child is jailed for ten years.
A person who assaults a police officer may be arrested without a warrant.
Whoever threatens a judge faces five years in prison under the new code.
The law makes it a crime to threaten a witness.
The rule requires ministers to resign when they are charged.
""".strip().splitlines()

FIGURES = """
The mayor came under fire for the state of the parks.
The governor was ambushed by reporters outside the gala.
Her speech was an assault on common sense, the reviewer wrote.
The professor's theory came under attack from younger scholars.
""".strip().splitlines()

REAL = """
Gunmen opened fire at a football match in Goma, killing four people.
A bomb exploded outside the film museum in Kabul.
Police arrested two bankers over the merger in Lagos.
Militants attacked a chef and three guards near the hotel.
A film festival in Goma was bombed on Monday, killing four people.
The play opened after gunmen attacked the theatre in Kabul.
Police stormed the theatre during the play and detained two actors in Minsk.
The series of attacks began on Monday when rebels raided Goma.
The law was passed as protesters clashed with police in Nairobi.
Under the law, police arrested two editors in Cairo on Monday.
Three people who are accused of spying were arrested in Minsk.
The governor warned that anyone who burns a polling station will be shot.
Two fans were stabbed after the match in Marseille.
The convoy came under fire from rebels near Bria.
""".strip().splitlines()


@pytest.mark.parametrize("text", FRAMED)
def test_what_works_lessons_and_laws_tell_of_is_no_event(code: Coder, text: str) -> None:
    assert code(text).events == ()


@pytest.mark.parametrize("text", FIGURES)
def test_force_that_is_only_a_way_of_speaking_is_no_event(code: Coder, text: str) -> None:
    assert code(text).events == ()


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
