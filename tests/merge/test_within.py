"""What one report tells twice is one incident, and its accounts are held against each other."""

from __future__ import annotations

from watchfloor.records import Count, Status

from .building import Story


def joined(story: Story) -> list[set[str]]:
    return [set(i.events) for i in story.coded().incidents]


def test_a_blast_and_what_came_of_it_are_one() -> None:
    story = Story("r1")
    blast = story.tell("exploded", hit="a bus", mode="explosives")
    dead = story.tell("were killed", hit="five passengers", killed=5, day=None)
    assert joined(story) == [{blast, dead}]


def test_attacks_in_two_towns_on_two_days_are_two() -> None:
    story = Story("r1")
    one = story.tell("bombed", hit="a bridge", mode="explosives")
    two = story.tell("shot at", hit="a school", town="Highfield", day="2031-02-20",
                     mode="firearms")  # fmt: skip
    assert joined(story) == [{one}, {two}]


def test_a_meeting_is_no_bombing() -> None:
    story = Story("r1")
    story.tell("bombed", hit="a bridge")
    story.tell("met", "CONSULT", by="the governor")
    assert len(story.coded().incidents) == 2


def test_every_event_is_in_exactly_one_incident() -> None:
    story = Story("r1")
    ids = [story.tell(word) for word in ("attacked", "bombed", "shot", "the attack")]
    held = [e for i in story.coded().incidents for e in i.events]
    assert sorted(held) == ids


def test_a_denial_and_an_assertion_dispute_the_status() -> None:
    story = Story("r1")
    story.tell("were abducted", hit="three engineers", mode="abduct", word=story.claim("villagers"))
    story.tell("was abducted", hit="engineers", mode="abduct", status=Status.DENIED,
               word=story.claim("the company", "denies"))  # fmt: skip
    (incident,) = story.coded().incidents
    assert incident.status == Status.DISPUTED
    assert [a.differs for a in incident.accounts] == [("status",), ("status",)]


def test_two_sources_give_two_numbers_and_a_part_is_no_other_number() -> None:
    story = Story("r1")
    story.tell("killed", hit="people", killed=5, word=story.claim("police"))
    story.tell("killed", hit="people", killed=7, word=story.claim("a hospital"))
    story.tell("died", hit="a guard", killed=1, word=story.claim("the firm"))
    told = {a.claims: a.differs for i in story.coded().incidents for a in i.accounts}
    assert told == {("c1",): ("harm.killed",), ("c2",): ("harm.killed",), ("c3",): ()}


def test_one_who_speaks_twice_does_not_argue_with_himself() -> None:
    story = Story("r1")
    story.tell("killed", hit="people", killed=5, word=story.claim("Police"))
    story.tell("killed", hit="people", killed=7, word=story.claim("police"))
    (incident,) = story.coded().incidents
    assert all(account.differs == () for account in incident.accounts)


def test_harm_that_is_only_feared_contradicts_no_number() -> None:
    story = Story("r1")
    story.tell("killed", hit="people", killed=5, word=story.claim("police"))
    story.tell("killed", hit="people", killed=20, word=story.claim("a hospital"),
               status=Status.POSSIBLE)  # fmt: skip
    assert all("harm.killed" not in a.differs
               for i in story.coded().incidents for a in i.accounts)  # fmt: skip


def test_that_nobody_was_hurt_denies_no_attempt() -> None:
    story = Story("r1")
    story.tell("tried to assassinate", hit="the governor", status=Status.ATTEMPTED, mode="targeted",
               word=story.claim("police"))  # fmt: skip
    story.tell("was injured", hit="the governor", status=Status.DENIED, mode="targeted",
               word=story.claim("his office"))  # fmt: skip
    said = {a.differs for i in story.coded().incidents for a in i.accounts}
    assert said == {()}


def test_that_nobody_was_killed_denies_a_killing() -> None:
    story = Story("r1")
    story.tell("shot dead", hit="herders", killed=5, word=story.claim("villagers"))
    story.tell("killed", hit="herders", status=Status.DENIED, word=story.claim("the army"))
    (incident,) = story.coded().incidents
    assert incident.status == Status.DISPUTED


def test_a_place_that_opens_a_sentence_turns_to_another_happening() -> None:
    story = Story("r1")
    one = story.tell("shot dead", hit="two traders", killed=2, mode="firearms", day=None)
    two = story.tell("killed", hit="three soldiers", killed=3, town="Highfield", day=None,
                     mode="explosives", lead="Separately, in Highfield a bomb ")  # fmt: skip
    assert joined(story) == [{one}, {two}]


def test_who_was_shot_in_one_mention_and_died_in_another_is_not_hurt_as_well() -> None:
    story = Story("r1")
    shot = story.tell("shooting", hit="a teenager", injured=1)
    dead = story.tell("was killed", hit="a teenager", killed=1)
    (incident,) = story.coded().incidents
    assert set(incident.events) == {shot, dead}
    assert (incident.harm.killed, incident.harm.injured) == (Count(low=1, high=1), None)


def test_a_denial_of_who_did_it_leaves_it_undisputed_that_it_happened() -> None:
    story = Story("r1")
    story.tell("was killed", hit="the mayor", killed=1)
    story.tell("killed", by="the rebels", hit="the mayor", word="a rebel", status=Status.DENIED)
    (incident,) = story.coded().incidents
    assert incident.status == Status.HAPPENED
    assert any("status" in a.differs for a in incident.accounts)


def test_a_denial_by_those_who_are_named_by_all_is_a_dispute() -> None:
    story = Story("r1")
    story.tell("shot", by="the rebels", hit="the mayor", killed=1, word="villagers")
    story.tell("shot", by="the rebels", hit="the mayor", word="a rebel", status=Status.DENIED)
    (incident,) = story.coded().incidents
    assert incident.status == Status.DISPUTED
