"""Accounts that no event states: who is blamed within a report, and denials of what was told."""

from __future__ import annotations

from msgspec.structs import replace

from watchfloor.merge import across
from watchfloor.records import Incident, Span, Status

from .building import Story


def said(story: Story, words: str) -> Span:
    """The last place at which these words stand in the report."""
    start = story.text.rindex(words)
    return Span(start=start, end=start + len(words), text=words)


def denies(story: Story, source: str, cue: str) -> str:
    """A claim that denies, its cue where it stands in the text."""
    made = story.claim(source, "denies")
    story.claims[-1] = replace(story.claims[-1], cue=said(story, cue))
    return made


def incidents(story: Story) -> tuple[Incident, ...]:
    return story.coded().incidents


def test_two_who_are_blamed_by_two_dispute_who_did_it() -> None:
    story = Story("r1")
    story.tell("bombed", hit="a bus", mode="explosives")
    story.actor("The Northern Front", "organisation")
    story.text += ", which has raided the town before, is suspected, though "
    word = story.claim("one councillor")
    story.text += "one councillor blamed "
    story.actor("the Harbour Brigade", "organisation")
    story.claims[-1] = replace(
        story.claims[-1], cue=said(story, "blamed"), content=(said(story, "the Harbour Brigade"),)
    )
    story.text += "."
    (incident,) = incidents(story)
    blamed = [a for a in incident.accounts if "participants.actor" in a.differs]
    assert [a.claims for a in blamed] == [(), (word,)]
    assert incident.status == Status.HAPPENED
    assert not any(p.role == "actor" for p in incident.participants)


def test_who_is_accused_of_something_else_is_not_blamed_for_the_attack() -> None:
    story = Story("r1")
    story.tell("bombed", hit="a bus", mode="explosives")
    story.text += "The minister accused "
    story.actor("the Harbour Brigade", "organisation")
    story.text += " of siding with the enemy."
    (incident,) = incidents(story)
    assert len(incident.accounts) == 1


def test_a_denial_without_an_event_answers_what_was_told_before_it() -> None:
    story = Story("r1")
    story.tell("burned", hit="the market", word=story.claim("Villagers"))
    story.text += "The army denied it."
    word = denies(story, "The army", "denied")
    (incident,) = incidents(story)
    assert incident.status == Status.DISPUTED
    assert [(a.claims, a.differs) for a in incident.accounts] == [
        (("c1",), ("status",)), ((word,), ("status",)),
    ]  # fmt: skip
    (merged,) = across([story.coded()])
    assert merged.status == "disputed"
    assert [a.status for a in merged.accounts] == ["happened", "denied"]


def test_a_denial_that_says_what_it_denies_answers_nothing_else() -> None:
    story = Story("r1")
    story.tell("burned", hit="the market", word=story.claim("Villagers"))
    story.text += "The army denied any wish for war."
    denies(story, "The army", "denied")
    (incident,) = incidents(story)
    assert [a.differs for a in incident.accounts] == [()]


def test_two_sources_that_tell_of_other_places_count_the_same_dead() -> None:
    story = Story("r1")
    story.tell("killed", by="drones", hit="20 fighters", killed=20, word=story.claim("The army"))
    story.tell("killed", by="drones", hit="twelve herders", killed=12, town="Newquay",
               word=story.claim("Villagers"))  # fmt: skip
    fields = {f for i in incidents(story) for a in i.accounts for f in a.differs}
    assert fields == {"harm.killed", "place"}


def test_a_charge_is_denied_and_not_that_it_was_made() -> None:
    story = Story("r1")
    charged = story.tell("accused", "ACCUSE")
    act = story.tell("shot", hit="two herders", word=story.claim("The ministry"),
                     status=Status.POSSIBLE)  # fmt: skip
    bounds = story.events[0].sentence
    story.events[1] = replace(story.events[1], sentence=bounds)
    story.text += "The militia denied it."
    word = denies(story, "The militia", "denied")
    found = {i.events: [a.claims for a in i.accounts] for i in incidents(story)}
    assert found == {(charged,): [()], (act,): [("c1",), (word,)]}


def test_a_toll_is_of_everybody() -> None:
    story = Story("r1")
    story.tell("killed", by="gunmen", hit="six soldiers", killed=6, word=story.claim("Officials"))
    story.tell("toll", hit="four", killed=4, word=story.claim("The ministry"))
    fields = {f for i in incidents(story) for a in i.accounts for f in a.differs}
    assert fields == {"harm.killed"}


def test_an_aside_denies_what_stands_before_it() -> None:
    story = Story("r1")
    act = story.tell("burned", hit="the market", word=story.claim("The governor"))
    told = story.text[: story.events[0].sentence.end - 1]
    story.text += "a version disputed by the union."
    word = denies(story, "the union", "disputed")
    story.claims[-1] = replace(story.claims[-1], content=(Span(start=0, end=len(told), text=told),))
    (incident,) = incidents(story)
    assert incident.events == (act,)
    assert incident.status == Status.DISPUTED
    assert [a.claims for a in incident.accounts] == [("c1",), (word,)]
