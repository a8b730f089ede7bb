"""Field by field: who agrees, who differs, what changed, and which value is taken and why."""

from __future__ import annotations

from watchfloor.merge import Compared, across, compare
from watchfloor.records import Count, Status

from .building import Story


def told(id: str, killed: int, day: int = 4, source: str | None = None, **more: object) -> Story:
    """EXERCISE: one report of one blast on Monday."""
    story = Story(id, published=f"2031-03-{day:02}", outlet=str(more.pop("outlet", f"Outlet {id}")))
    own = " ".join(f"{id}w{n}" for n in range(30))  # so that it is no copy of another report
    story.text += f"{own}. "
    word = story.claim(source) if source else None
    story.tell("bombed", by="gunmen", hit="a bus", mode="explosives", killed=killed, word=word,
               **more)  # type: ignore[arg-type]  # fmt: skip
    return story


def fields(*stories: Story) -> dict[str, Compared]:
    (incident,) = across(s.coded() for s in stories)
    return {field.field: field for field in compare(incident)}


def number(n: int) -> Count:
    return Count(low=n, high=n)


def test_accounts_agree_and_who_is_alone_is_alone() -> None:
    both = fields(told("r1", 3), told("r2", 3))
    assert (both["harm.killed"].verdict, both["harm.killed"].best) == ("agree", number(3))
    assert both["harm.killed"].reason == "all 2 say so"
    alone = fields(told("r1", 3))
    assert alone["harm.killed"].verdict == "single"
    assert "harm.injured" not in alone


def test_most_independent_voices_are_taken_and_the_others_stay() -> None:
    found = fields(told("r1", 3), told("r2", 5), told("r3", 5))["harm.killed"]
    assert found.verdict == "differ"
    assert (found.best, found.reason) == (number(5), "2 of 3 independent voices")
    assert [(v.value, v.voices) for v in found.values] == [(number(5), 2), (number(3), 1)]


def test_outlets_that_hand_on_one_source_are_one_voice() -> None:
    found = fields(
        told("r1", 3, source="the Oldport police"), told("r2", 3, source="The Oldport Police"),
        told("r3", 5, source="officials"), told("r4", 5, source="officials"),
    )["harm.killed"]  # fmt: skip
    assert {v.value.low: v.voices for v in found.values} == {5: 2, 3: 1}  # type: ignore[attr-defined]
    assert found.best == number(5)


def test_copies_of_one_wire_are_one_voice() -> None:
    one, two = told("r1", 3), told("r1", 3)
    two.id = "r2"
    found = fields(one, two, told("r3", 5), told("r4", 5))["harm.killed"]
    assert {v.value.low: v.voices for v in found.values} == {3: 1, 5: 2}  # type: ignore[attr-defined]


def test_a_toll_that_rises_from_day_to_day_changed() -> None:
    found = fields(told("r1", 3, day=4), told("r2", 5, day=5), told("r3", 8, day=6))
    killed = found["harm.killed"]
    assert (killed.verdict, killed.best) == ("changed", number(8))
    assert "changed over time" in killed.reason
    back = fields(told("r1", 3, day=4), told("r2", 5, day=5), told("r3", 3, day=6))
    assert back["harm.killed"].verdict == "differ"


def test_a_denial_is_an_account_and_a_retraction_is_told_apart() -> None:
    denied = fields(told("r1", 3), told("r2", 3, source="the army", status=Status.DENIED))
    assert denied["status"].verdict == "differ"
    assert {v.value for v in denied["status"].values} == {"happened", "denied"}
    taken_back = fields(
        told("r1", 3, day=4, outlet="Bay Wire"),
        told("r2", 3, day=5, outlet="Bay Wire", status=Status.DENIED),
    )
    assert taken_back["status"].verdict == "retracted"
