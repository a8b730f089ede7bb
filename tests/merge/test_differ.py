"""What is a dispute between accounts, and what only looks like one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from watchfloor.merge import MergedIncident, across
from watchfloor.records import Status

from .building import Story
from .test_across import blast


def merged(*stories: Story) -> MergedIncident:
    (incident,) = across(story.coded() for story in stories)
    return incident


def test_what_a_denier_tells_instead_is_no_dispute_over_the_means() -> None:
    other = blast("r2", status=Status.DENIED, mode="firearms")
    other.tell("fell", hit="a guard", mode="beat")
    assert merged(blast("r1"), other).differs == ("status",)
    assert "mode" in merged(blast("r1"), blast("r2", mode="firearms")).differs


def test_those_missing_since_an_abduction_are_its_abducted() -> None:
    one, two = Story("r1"), Story("r2")
    one.tell("abducted", by="gunmen", hit="nurses", mode="abduct", abducted=11)
    two.tell("abducted", by="gunmen", hit="nurses", mode="abduct", missing=7)
    assert merged(one, two).differs == ("harm.abducted",)


@pytest.mark.parametrize(
    ("sources", "disputed"),
    [(("county deputies", "the deputies"), False), (("county deputies", "the mayor"), True)],
)
def test_one_speaker_under_two_names_does_not_argue_with_himself(
    sources: tuple[str, str], disputed: bool
) -> None:
    story = Story("r1")
    for source, town in zip(sources, ("Oldport", "Newquay"), strict=True):
        word = story.claim(source)
        story.tell("bombed", hit="a bus", mode="explosives", town=town, word=word)
    coded = story.coded()
    together = replace(coded.incidents[0], events=("e1", "e2"))
    found = merged_one(replace(coded, incidents=(together,)))
    assert ("place" in found.differs) is disputed


def merged_one(coded: object) -> MergedIncident:
    (incident,) = across([coded])  # type: ignore[list-item]
    return incident


def test_arrests_told_one_by_one_add_up() -> None:
    story = Story("r1")
    story.tell("arrested four suspects", "COERCE", mode="arrest", arrested=4)
    story.tell("arrested", "COERCE", mode="arrest", arrested=1, word=story.claim("the minister"))
    coded = story.coded()
    together = replace(coded.incidents[0], events=("e1", "e2"))
    assert merged_one(replace(coded, incidents=(together,))).differs == ()


def test_a_denial_among_what_an_account_tells_is_a_denial() -> None:
    denier = blast("r1", status=Status.DENIED)
    denier.tell("bombed", hit="a bus", mode="explosives", lead="the ")
    coded = denier.coded()
    together = replace(coded.incidents[0], events=("e1", "e2"))
    found = list(across([replace(coded, incidents=(together,)), blast("r2").coded()]))
    assert found[0].status == Status.DISPUTED
