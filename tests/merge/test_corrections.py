"""A report that puts right what it or its outlet told before: values change, nothing is lost."""

from __future__ import annotations

import pytest

from watchfloor.merge import across, compare
from watchfloor.merge.corrections import corrects
from watchfloor.records import Count, Report, Status

from .building import Story


def told(id: str, killed: int, day: int, notice: str = "", outlet: str = "Exercise Wire") -> Story:
    """EXERCISE: one report of Monday's blast, with a notice before it."""
    story = Story(id, published=f"2031-03-{day:02}", outlet=outlet)
    story.text += notice + " ".join(f"{id}w{n}" for n in range(30)) + ". "
    story.tell("bombed", by="gunmen", hit="a bus", mode="explosives", killed=killed)
    return story


def number(n: int) -> Count:
    return Count(low=n, high=n)


def test_a_correction_takes_back_what_the_outlet_told_before() -> None:
    stories = (told("r1", 3, 4), told("r2", 2, 5, "CORRECTION: "))
    (incident,) = across(s.coded() for s in stories)
    assert incident.harm.killed == number(2)
    assert incident.differs == ()
    assert [(a.report, a.taken_back) for a in incident.accounts] == [
        ("r1", ("harm.killed",)), ("r2", ()),
    ]  # fmt: skip
    (field,) = (f for f in compare(incident) if f.field == "harm.killed")
    assert (field.verdict, field.best) == ("retracted", number(2))
    assert "taken back" in field.reason
    assert {v.value.low for v in field.values} == {2, 3}  # type: ignore[attr-defined]


def test_what_others_told_stands_and_is_disputed() -> None:
    stories = (
        told("r1", 3, 4), told("r2", 2, 5, "CORRECTION: "), told("r3", 3, 4, outlet="Other Wire"),
    )  # fmt: skip
    (incident,) = across(s.coded() for s in stories)
    assert incident.differs == ("harm.killed",)
    assert {a.report: a.differs for a in incident.accounts} == {
        "r1": (), "r2": ("harm.killed",), "r3": ("harm.killed",),
    }  # fmt: skip


def test_a_correction_takes_back_nothing_of_what_came_after_it() -> None:
    stories = (told("r1", 2, 4, "CORRECTION: "), told("r2", 5, 6))
    (incident,) = across(s.coded() for s in stories)
    assert all(a.taken_back == () for a in incident.accounts)
    assert incident.differs == ("harm.killed",)


def test_a_reports_earlier_version_is_an_account_that_it_takes_back() -> None:
    story = Story("r1")
    story.tell("bombed", by="gunmen", hit="two guards", mode="explosives", killed=2)
    story.tell("bombed", hit="three guards", mode="explosives", killed=3,
               word=story.claim("An earlier version of this report"))  # fmt: skip
    (incident,) = story.coded().incidents
    assert [(a.differs, a.taken_back) for a in incident.accounts] == [
        ((), ()), ((), ("harm.killed",)),
    ]  # fmt: skip
    assert incident.harm.killed == number(2)
    (merged,) = across([story.coded()])
    assert (merged.harm.killed, merged.differs) == (number(2), ())


def test_what_a_report_wrongly_told_and_denies_now_did_not_happen() -> None:
    story = Story("r1")
    story.tell("bombed", hit="a hotel", mode="explosives",
               word=story.claim("An earlier version of this article"))  # fmt: skip
    story.tell("bombed", hit="a hotel", mode="explosives", status=Status.DENIED)
    (incident,) = story.coded().incidents
    assert incident.status == Status.DENIED
    (merged,) = across([story.coded()])
    assert merged.status == "denied"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXERCISE. CORRECTION: Two, not three, guards were killed.", True),
        ("Corrections to our report of Monday", True),
        ("EXERCISE. Two guards died.\n\nThis article was corrected on 5 March 2031.", True),
        ("EXERCISE. Two guards died. An earlier version of this report said three.", True),
        ("We wrongly reported on Tuesday that a hotel had been bombed.", True),
        ("EXERCISE. Two guards of the correctional centre died.", False),
        ("EXERCISE. The minister corrected himself: two guards died.", False),
        ("The article of the treaty was amended.", False),
    ],
)
def test_notices_are_known_by_their_words(text: str, expected: bool) -> None:
    assert corrects(Report(id="r1", text=text)) is expected
