"""One happening in many reports is one incident; likeness alone is not enough."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.merge import MergedIncident, across
from watchfloor.merge.across import explain
from watchfloor.merge.nodes import nodes_of
from watchfloor.records import Status

from .building import Story


def blast(id: str, **more: object) -> Story:
    """A report of one blast, with the fields given told otherwise."""
    story = Story(id, published=str(more.pop("published", "2031-03-04")))
    facts = {"hit": "a bus", "mode": "explosives", "killed": 3, **more}
    story.tell("bombed", by="gunmen", **facts)  # type: ignore[arg-type]
    return story


def merged(*stories: Story) -> list[MergedIncident]:
    return list(across(story.coded() for story in stories))


def test_two_outlets_tell_of_one_blast() -> None:
    (incident,) = merged(blast("r1"), blast("r2", killed=4))
    assert incident.reports == ("r1", "r2")
    assert incident.differs == ("harm.killed",)


@pytest.mark.parametrize(
    "other",
    [
        {"town": "Highfield"},
        {"day": "2031-02-10", "published": "2031-02-11"},
        {"background": True, "day": "2029-03-03"},
    ],
)
def test_another_town_another_day_and_history_are_not_merged(other: dict[str, object]) -> None:
    assert len(merged(blast("r1"), blast("r2", **other))) == 2


def test_a_place_that_no_gazetteer_knows_keeps_nobody_from_meeting() -> None:
    one, two = blast("r1"), blast("r2")
    two.places[0] = replace(two.places[0], gazetteer_id=None, country=None, lat=None, lon=None)
    assert len(merged(one, two)) == 1


def test_waters_of_no_country_are_met_by_their_name() -> None:
    stories = blast("r1"), blast("r2")
    for story in stories:
        story.places[0] = replace(story.places[0], kind="water", country=None, lat=None, lon=None)
    assert len(merged(*stories)) == 1


def test_a_report_that_speaks_of_the_place_speaks_for_one_happening() -> None:
    one, two, three = blast("r1"), blast("r2", town=None), blast("r3", town=None)
    two.text += "People of Oldport heard it."
    placed, told, other = (nodes_of(s.coded())[0] for s in (one, two, three))
    assert dict(explain(placed, told).shares)["place_told"] > 0
    assert "place_told" not in dict(explain(placed, other).shares)


def test_ids_of_actors_mean_nothing_across_reports() -> None:
    one, two = Story("r1"), Story("r2")
    one.tell("bombed", by="the Red Brigade", hit="a bus")
    two.tell("bombed", by="the Blue Front", hit="a bus")
    (left,), (right,) = nodes_of(one.coded()), nodes_of(two.coded())
    shares = dict(explain(left, right).shares)
    assert "doer_same" not in shares
    assert shares["doer_other"] < 0


def test_who_is_blamed_is_an_account_and_not_a_fact() -> None:
    one, two = blast("r1"), blast("r2")
    one.text += "Police suspect "
    one.actor("the Red Brigade", "organisation")
    two.text += "The mayor said that it was the work of "
    two.actor("the Blue Front", "organisation")
    (incident,) = merged(one, two)
    assert "participants.actor" in incident.differs
    assert {a.actors for a in incident.accounts} == {
        ("gunmen",), ("the Red Brigade",), ("the Blue Front",)
    }  # fmt: skip
    assert all("Brigade" not in p.text for p in incident.participants)


def test_a_denial_elsewhere_makes_it_disputed() -> None:
    (incident,) = merged(blast("r1"), blast("r2", status=Status.DENIED, killed=3))
    assert incident.status == Status.DISPUTED


STORIES = [
    blast("r1"), blast("r2", killed=4), blast("r3", town="Newquay"), blast("r4", town="Highfield"),
    blast("r5", day="2031-03-04"), blast("r6", status=Status.DENIED), blast("r7", hit="a school"),
]  # fmt: skip


@given(order=st.permutations(STORIES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_reports_changes_nothing(order: list[Story]) -> None:
    assert merged(*order) == merged(*STORIES)


@given(few=st.sets(st.sampled_from(range(len(STORIES))), min_size=1))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_event_is_a_member_of_exactly_one_incident(few: set[int]) -> None:
    told = [STORIES[n] for n in sorted(few)]
    members = [(m.report, m.event) for i in merged(*told) for m in i.members]
    assert sorted(members) == sorted((s.id, e.id) for s in told for e in s.events)


def test_a_pair_is_explained_by_its_shares() -> None:
    (left,), (right,) = nodes_of(blast("r1").coded()), nodes_of(blast("r2").coded())
    found = explain(left, right)
    assert found.value > 0.9
    assert dict(found.shares)["place_same"] > 0


def test_who_did_it_is_the_group_named_and_not_its_fighters() -> None:
    one, two = blast("r1"), blast("r2")
    for story, text in ((one, "its fighters"), (two, "the Northern Front")):
        (event,) = story.events
        parties = [replace(p, text=text, actor=None) if p.role == "actor" else p
                   for p in event.participants]  # fmt: skip
        story.events[0] = replace(event, participants=tuple(parties))
    (incident,) = merged(one, two)
    assert [p.text for p in incident.participants if p.role == "actor"] == ["the Northern Front"]
