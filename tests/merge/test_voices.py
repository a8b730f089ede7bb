"""Who is independent of whom: agencies, outlets and sources that several reports share."""

from __future__ import annotations

import pytest

from watchfloor.merge import MergedIncident, across, agency_of, voices_of

from .building import Story

AGENCY = "OLDPORT, 4 March (Northwire) - "


def told(id: str, outlet: str, head: str = "", word: tuple[str, str] | None = None) -> Story:
    """EXERCISE: one report of one blast, in words of its own."""
    story = Story(id, outlet=outlet)
    own = " ".join(f"{id}w{n}" for n in range(30))
    story.text = f"{head}{story.text}{own}. "
    claim = story.claim(word[0], kind=word[1]) if word else None
    story.tell("bombed", by="gunmen", hit="a bus", mode="explosives", killed=3, word=claim)
    return story


def merged(*stories: Story) -> MergedIncident:
    (incident,) = across(story.coded() for story in stories)
    return incident


@pytest.mark.parametrize(
    "other",
    [
        told("r2", "Delta Herald", AGENCY),
        told("r2", "Delta Herald", "By Ana Ruiz, Northwire correspondent\n\n"),
        told("r2", "Delta Herald", word=("Northwire", "outlet")),
        told("r2", "Northwire"),
    ],
    ids=["dateline", "byline", "credit", "the agency itself"],
)
def test_those_who_print_one_agency_are_one_source(other: Story) -> None:
    found = merged(told("r1", "Coast Daily", AGENCY), other)
    assert found.sources == 1
    assert len(set(voices_of(found.accounts))) == 1
    third = merged(told("r1", "Coast Daily", AGENCY), other, told("r3", "Hill Post"))
    assert third.sources == 2
    assert len(set(voices_of(third.accounts))) == 2


def test_two_reports_of_one_outlet_are_one_source() -> None:
    found = merged(told("r1", "Coast Daily"), told("r2", "the Coast Daily"))
    assert found.sources == 1
    assert len(set(voices_of(found.accounts))) == 1


def test_what_officials_told_one_agency_is_the_agencys() -> None:
    """Unnamed officials may be others in each report, but not where one agency spoke to them."""
    word = ("officials", "unnamed")
    alone = merged(told("r1", "Coast Daily", word=word), told("r2", "Delta Herald", word=word))
    assert alone.sources == len(set(voices_of(alone.accounts))) == 2
    printed = merged(told("r1", "Coast Daily", AGENCY, word), told("r2", "Delta Herald", AGENCY))
    assert printed.sources == len(set(voices_of(printed.accounts))) == 1


def test_whose_piece_an_outlet_prints() -> None:
    assert agency_of(told("r1", "Coast Daily", AGENCY).coded()) == "Northwire"
    assert agency_of(told("r1", "Northwire", AGENCY).coded()) is None
    assert agency_of(told("r1", "Coast Daily").coded()) is None
    assert merged(told("r1", "Coast Daily", AGENCY)).accounts[0].agency == "Northwire"
