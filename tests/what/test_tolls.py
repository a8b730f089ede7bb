"""Statements of harm: who was harmed, how many, in the telegraphic style of news and in full."""

import pytest

from watchfloor.parse import Doc
from watchfloor.parse.tree import from_spacy
from watchfloor.parse.trees import load_parser
from watchfloor.what.harm import of_tolls
from watchfloor.what.tolls import tolls


def read(text: str) -> Doc:
    return from_spacy(load_parser()(text))


def harm(text: str) -> dict[str, tuple[int | None, int | None]]:
    """The harm of a sentence taken as one event, by field."""
    found = of_tolls(tolls(read(text)))
    return {
        name: (count.low, count.high)
        for name in found.__struct_fields__
        if (count := getattr(found, name)) is not None
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Gunmen attacked a bus, killing five and wounding three others.",
         {"killed": (5, 5), "injured": (3, 3)}),
        ("Three soldiers and a civilian were killed in the blast.", {"killed": (4, 4)}),
        ("2 NGO national staff killed, 1 national staff injured when vehicle hit a mine.",
         {"killed": (2, 2), "injured": (1, 1)}),
        ("One driver was shot and killed near the depot.", {"killed": (1, 1)}),
        ("Gunmen raided the town, leaving no fewer than nine persons dead.", {"killed": (9, None)}),
        ("Violence has taken the lives of at least 19 persons.", {"killed": (19, None)}),
        ("A feud that killed at least a thousand people began there.", {"killed": (1000, None)}),
        ("Two of its own people and over 80 cows had been killed.", {"killed": (2, 2)}),
        ("The victim, 24, was abducted on her way home.", {"abducted": (1, 1)}),
        ("A flower-seller aged about ten was killed.", {"killed": (1, 1)}),
        ("A woman of 70 and her grandson perished in the raid.", {"killed": (2, 2)}),
        ("Senator Ana Marin, her driver, and a bodyguard were killed.", {"killed": (3, 3)}),
        ("Omar's predecessor was abducted in 2030.", {"abducted": (1, 1)}),
        ("Clashes left one man dead and nine with machete wounds.",
         {"killed": (1, 1), "injured": (9, 9)}),
        ("Nine passengers died and 34 were taken to hospital.",
         {"killed": (9, 9), "injured": (34, 34)}),
        ("Twelve people were injured; eight were taken to hospital.", {"injured": (12, 12)}),
        ("The hospital received five corpses.", {"killed": (5, 5)}),
        ("Policemen gunned down two men.", {"killed": (2, 2)}),
        ("Gunmen mowed down six worshippers.", {"killed": (6, 6)}),
        ("The air force shot down 17 of 20.", {}),
        ("The firing left one dead and four others injured.",
         {"killed": (1, 1), "injured": (4, 4)}),
        ("One person died and 29 others, including 25 officers, were seriously injured.",
         {"killed": (1, 1), "injured": (29, 29)}),
        ("One of the injured, a lorry driver, passed away.", {"killed": (1, 1)}),
        ("Casualties now stand at 318 dead and more than 900 injured.",
         {"killed": (318, 318), "injured": (900, None)}),
        ("Sources put the number of deaths at between 25 and 40.", {"killed": (25, 40)}),
        ("No fewer than 19 people were killed.", {"killed": (19, None)}),
        ("Nineteen died, among them the man who drove the bus.", {"killed": (19, 19)}),
        ("The attack left five dead and 12 injured.", {"killed": (5, 5), "injured": (12, 12)}),
        ("At least 14 people, including two children, were killed.", {"killed": (14, None)}),
        ("There were 86 deaths, including 14 persons who were killed by mobs.",
         {"killed": (86, 86)}),
        ("The toll rose to 39, officials said.", {"killed": (39, 39)}),
        ("The curve claimed nine lives in July.", {"killed": (9, 9)}),
        ("He was stabbed to death.", {"killed": (1, 1)}),
        ("Seven to eight injured were taken to nearby hospitals.", {"injured": (7, 8)}),
        ("The killing of two engineers angered the embassy.", {"killed": (2, 2)}),
        ("Two guards were taken hostage by rebels.", {"abducted": (2, 2)}),
        ("Two drivers, a Kenyan and a Ugandan, were kidnapped.", {"abducted": (2, 2)}),
        ("A family of five was abducted by armed men.", {"abducted": (5, 5)}),
        ("Police arrested three men and seized two vehicles.", {"arrested": (3, 3)}),
        ("The mayor, Ana Ruiz, was shot dead outside his home.", {"killed": (1, 1)}),
        ("Three employees sustained serious injuries.", {"injured": (3, 3)}),
        ("Two, not three, guards were killed in the raid.", {"killed": (2, 2)}),
        ("Gunmen killed two guards, not three, at the depot.", {"killed": (2, 2)}),
        ("The army lost four men in the ambush.", {"killed": (4, 4)}),
        ("A caretaker lost a leg in the blast.", {"injured": (1, 1)}),
        ("On 6 February 2032 Prefect Claude Marin was shot dead in the street.",
         {"killed": (1, 1)}),
        ("In 2034 gunmen killed two guards.", {"killed": (2, 2)}),
        ("The two men whom the soldiers shot were farmers.", {"injured": (2, 2)}),
        ("We remember the five nuns and their driver, whom soldiers murdered.",
         {"killed": (6, 6)}),
        ("The soldiers who shot the mayor fled.", {"injured": (1, 1)}),
        ("The gunmen abducted the principal of a school in Kumbo and eleven of her teachers.",
         {"abducted": (12, 12)}),
        ("A diplomat put the dead at 38.", {"killed": (38, 38)}),
        ("Flash floods drowned a ferryman on Saturday.", {"killed": (1, 1)}),
        ("The gunmen took hostage 14 workers.", {"abducted": (14, 14)}),
        ("Two guards, a driver and a cook were killed.", {"killed": (4, 4)}),
        ("Gunmen on a motorcycle shot dead a customs inspector.", {"killed": (1, 1)}),
        ("More than 140 people were also injured in the attack.", {"injured": (140, None)}),
        ("Castillo was murdered near his home.", {"killed": (1, 1)}),
        ("The wounded were a guard and two drivers.", {"injured": (3, 3)}),
        ("Also killed was a street vendor.", {"killed": (1, 1)}),
        ("Rangers, eight of whom were murdered in an ambush, were brought back.",
         {"killed": (8, 8)}),
    ],
)  # fmt: skip
def test_who_was_harmed(text: str, told: dict[str, tuple[int, int]]) -> None:
    assert harm(text) == told


def test_the_dead_among_the_wounded_are_counted_once() -> None:
    told = harm("Eleven people were wounded, three of whom later died.")
    assert told == {"killed": (3, 3), "injured": (8, 8)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("No one was injured in the fire.", {"injured": (0, 0)}),
        ("The bomb caused no casualties.", {"killed": (0, 0), "injured": (0, 0)}),
    ],
)
def test_nobody_is_not_the_same_as_unknown(text: str, told: dict[str, tuple[int, int]]) -> None:
    assert harm(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Militants threatened to kill ten judges.",
        "Villagers were killed in the raid.",
        "Troops captured two towns and burned three houses.",
        "Prices were hit by the strike.",
        "A youth was shot at and missed.",
        "The rebels lost the town.",
    ],
)
def test_what_is_not_said_or_has_not_happened_has_no_number(text: str) -> None:
    assert harm(text) == {}
