"""Who counts a crowd otherwise than the report does is an account of his own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from watchfloor.merge import across
from watchfloor.records import Count

from .building import Story
from .test_replies import said


def march(id: str, low: int | None, high: int | None) -> Story:
    """A report of a protest by so many."""
    story = Story(id)
    story.tell("blocked the gates", "PROTEST", by="dismissed workers", mode="obstruct")
    (event,) = story.events
    crowd = replace(event.participants[0], count=Count(low=low, high=high))
    story.events[0] = replace(event, participants=(crowd,))
    return story


def counted(words: str) -> Story:
    """A report of 400, with the union's count in these words."""
    story = march("r1", 400, 400)
    story.claim("The union")
    story.text += f"The union puts {words}."
    story.claims[-1] = replace(story.claims[-1], cue=said(story, "puts"))
    return story


@pytest.mark.parametrize(
    ("words", "disputed"),
    [
        ("the number at 1,200", True),
        ("their number at more than 1,000", True),
        ("the turnout at no more than 100", True),
        ("the number at about 450", False),
        ("the number at at least 300", False),
        ("the losses at 1,200 dollars", False),
    ],
)
def test_another_count_is_a_dispute_only_where_it_is_far_off(words: str, disputed: bool) -> None:
    (incident,) = counted(words).coded().incidents
    differs = {field for account in incident.accounts for field in account.differs}
    assert differs == ({"participants.actor"} if disputed else set())


@pytest.mark.parametrize(
    ("other", "disputed"), [((1200, 1200), True), ((300, None), False), ((450, 450), False)]
)
def test_two_outlets_dispute_a_crowd(other: tuple[int, int | None], disputed: bool) -> None:
    (incident,) = across(s.coded() for s in (march("r1", 400, 400), march("r2", *other)))
    assert incident.differs == (("participants.actor",) if disputed else ())
