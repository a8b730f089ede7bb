"""Modes and contexts."""

import pytest

from tests.conftest import Coder


@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("A suicide bomber killed four soldiers in Kandahar.", "ASSAULT", "suicide-attack"),
        ("Army helicopters bombed the town of Bria.", "ASSAULT", "aerial"),
        ("Police fired tear gas and rubber bullets at the crowd.", "ASSAULT", "crowd-control"),
        ("The union demanded talks with the government of Peru.", "REQUEST", "meet"),
        ("Thousands of workers in Lyon went on strike on Monday.", "PROTEST", "strike"),
        ("Prisoners began a hunger strike in Lima to demand their rights.", "PROTEST", "hunger"),
        ("France expelled two Russian diplomats.", "SANCTION", "expel"),
        ("The rebels released three engineers in Goma.", "RETREAT", "release"),
    ],
)  # fmt: skip
def test_the_words_tell_the_mode(code: Coder, text: str, kind: str, mode: str) -> None:
    assert (kind, mode) in {(e.type, e.mode) for e in code(text).events}


def test_a_mention_that_points_back_has_the_mode_of_what_it_points_to(code: Coder) -> None:
    text = "A suicide bomber struck a checkpoint in Kandahar. Six soldiers died in the attack."
    coded = code(text)
    assert {e.mode for e in coded.events if e.type == "ASSAULT"} == {"suicide-attack"}


def test_contexts_stand_beside_the_type(code: Coder) -> None:
    coded = code("Police in Lagos arrested three members of a drug gang.")
    arrest = next(e for e in coded.events if e.mode == "arrest")
    assert "illegal_drugs" in arrest.contexts
