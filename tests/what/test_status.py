"""Status by the words over an event, as the rules alone read it."""

import pytest

from tests.conftest import Coder
from watchfloor.parse.trees import load_parser
from watchfloor.records import Status
from watchfloor.what.status import of_tree

SENTENCES = [
    ("happened", "attacked", "Gunmen attacked a convoy near Goma on Monday."),
    ("planned", "attack", "The army plans to attack the town."),
    ("possible", "kill", "Militants threatened to kill the engineers."),
    ("attempted", "bomb", "Police foiled an attempt to bomb the station."),
    ("possible", "attack", "Officials fear that gunmen may attack the convoy."),
    ("denied", "attacked", "The rebels denied that they had attacked the convoy."),
    ("denied", "attack", "The army did not attack the village."),
    ("happened", "raid", "The ministry did not comment on the raid."),
    ("happened", "kidnapping", "Police have not confirmed the kidnapping of the nurse."),
    ("denied", "raid", "The army did not carry out the raid."),
    ("planned", "send", "The minister said Kenya would send troops to the border."),
    ("planned", "visit", "The delegation is to visit Lagos next week."),
    ("possible", "attack", "There are fears of an attack on the port."),
    ("attempted", "attack", "A failed attack on the depot alarmed the staff."),
    ("ongoing", "attacking", "Rebels are attacking the town."),
    ("planned", "rallies", "Students announced new rallies."),
    ("denied", "killed", "No one was killed in the blast."),
    ("happened", "talks", "The two sides held talks in Geneva."),
    ("planned", "talks", "The two sides will hold talks in Geneva."),
    ("denied", "talks", "No talks were held on Friday."),
    ("planned", "withdraw", "Ethiopia agreed to withdraw its troops."),
    ("denied", "hold", "Iran refused to hold talks with Oman."),
    ("denied", "deploy", "The army declined to deploy troops to the border."),
    ("happened", "bombing", "Villagers refused to leave the camp after the bombing."),
    ("happened", "attack", "A driver tried to flee after an attack that killed five people."),
    ("attempted", "assassinate", "Gunmen tried to assassinate the governor."),
    ("happened", "killing", "He was convicted of killing two guards."),
    ("happened", "bombing", "Police arrested a man over the bombing."),
    ("denied", "kidnapped", "The company denied that its staff had been kidnapped."),
    ("happened", "murder", "He promised to punish those responsible for the murder of a judge."),
    ("happened", "killing", "They denied any involvement in the killing of two engineers."),
    ("ongoing", "fighting", "Troops are fighting rebels in the east."),
]


@pytest.mark.parametrize(("status", "word", "text"), SENTENCES)
def test_status_of_a_word(status: str, word: str, text: str) -> None:
    doc = load_parser()(text)
    head = next(token for token in doc if token.text == word)
    assert of_tree(head) is Status(status)


def test_the_year_of_another_clause_is_not_the_events(code: Coder) -> None:
    text = "A court in Kampala on Thursday sentenced two men for the 2019 bombing of a hotel."
    told = {e.trigger.text: e.background for e in code(text, published="2024-03-01").events}
    assert told["sentenced"] is False
    assert any(background for trigger, background in told.items() if "bombing" in trigger)
