"""Grades as proposals: the desk's table, the other accounts, and who gains. All exercises."""

from __future__ import annotations

from msgspec.structs import replace

from tests.merge.building import Story
from watchfloor.grade import Known, Table, graded
from watchfloor.merge import MergedAccount, MergedIncident, across
from watchfloor.records import Status

TABLE = Table(
    [
        Known(name="Coast Daily", reliability="B"),
        Known(name="Delta Herald", reliability="C"),
        Known(name="Northwire", reliability="A"),
        Known(name="the army", reliability="D", note="twice caught out"),
    ]
)


def told(id: str, outlet: str, killed: int = 3, source: str | None = None, **more: object) -> Story:
    story = Story(id, outlet=outlet)
    own = " ".join(f"{id}w{n}" for n in range(30))  # so that it is no copy of another report
    story.text += f"{own}. "
    word = story.claim(source) if source else None
    story.tell("bombed", by="gunmen", hit="a bus", mode="explosives", killed=killed, word=word,
               **more)  # type: ignore[arg-type]  # fmt: skip
    return story


def accounts(*stories: Story, table: Table = TABLE) -> list[MergedAccount]:
    (incident,) = across(story.coded() for story in stories)
    return list(graded(incident, table).accounts)


def grades(*stories: Story, table: Table = TABLE) -> list[str | None]:
    return [account.grade for account in accounts(*stories, table=table)]


def test_an_outlet_that_nobody_graded_is_f_and_says_why() -> None:
    (account,) = accounts(told("r1", "Unheard Of"))
    assert account.grade == "F6"
    assert account.grading is not None
    assert account.grading.reasons == (
        "Unheard Of is not in the desk's table",
        "no other source tells of it",
    )


def test_independent_sources_confirm() -> None:
    assert grades(told("r1", "Coast Daily")) == ["B6"]
    assert grades(told("r1", "Coast Daily"), told("r2", "Delta Herald")) == ["B2", "C2"]
    three = (told("r1", "Coast Daily"), told("r2", "Delta Herald"), told("r3", "Northwire"))
    assert grades(*three) == ["B1", "C1", "A1"]


def test_copies_of_one_wire_confirm_nothing() -> None:
    one = told("r1", "Coast Daily")
    copy = replace_id(one, "r2", "Delta Herald")
    assert grades(one, copy) == ["B6", "C6"]


def replace_id(story: Story, id: str, outlet: str) -> Story:
    return Story(
        id, outlet=outlet, text=story.text, actors=story.actors, places=story.places,
        events=story.events, claims=story.claims,
    )  # fmt: skip


def test_outlets_that_hand_on_one_source_confirm_nothing() -> None:
    one = told("r1", "Coast Daily", source="Colonel Idris Bello")
    two = told("r2", "Delta Herald", source="Colonel Idris Bello")
    assert [grade and grade[1] for grade in grades(one, two)] == ["6", "6"]


def test_contradiction_makes_doubtful() -> None:
    apart = (told("r1", "Coast Daily", 3), told("r2", "Delta Herald", 9))
    assert [grade and grade[1] for grade in grades(*apart)] == ["4", "4"]
    assert "harm.killed" in " ".join(accounts(*apart)[0].grading.reasons)  # type: ignore[union-attr]


def test_a_chain_is_as_reliable_as_its_least_reliable_link() -> None:
    (account,) = accounts(told("r1", "Coast Daily", source="The army"))
    assert account.grading is not None
    assert account.grading.reliability == "D"
    assert account.grading.reasons[0] == "The army is D in the desk's table: twice caught out"


def test_unnamed_sources_stand_on_their_outlet() -> None:
    (incident,) = across([told("r1", "Coast Daily", source="two officials").coded()])
    (account,) = incident.accounts
    unnamed = replace(incident, accounts=(replace(account, kinds=("unnamed",)),))
    assert graded(unnamed, TABLE).accounts[0].grade == "B6"


def test_the_word_of_the_one_who_gains_counts_less() -> None:
    def denial(standing: str | None) -> MergedIncident:
        said, other = told("r1", "Coast Daily"), told("r2", "Delta Herald")
        (incident,) = across([said.coded(), other.coded()])
        mine = replace(incident.accounts[0], standing=standing, status=Status.DENIED)
        return replace(incident, accounts=(mine, *incident.accounts[1:]))

    plain, gains = (graded(denial(s), TABLE).accounts[0].grading for s in (None, "accused"))
    assert plain is not None
    assert gains is not None
    assert gains.credibility == plain.credibility + 1
    assert "said by the one who gains by it" in gains.reasons


def test_a_persons_grade_stands_and_the_proposal_is_kept_beside_it() -> None:
    person = Known(name="Coast Daily", reliability="A", by="ann", note="called them")
    table = Table([Known(name="Coast Daily", reliability="C"), person])
    (account,) = accounts(told("r1", "Coast Daily"), table=table)
    assert account.grade == "A6"
    assert account.grading is not None
    assert (account.grading.by, account.grading.proposed) == ("ann", "C6")


def test_a_person_may_grade_what_was_said_in_one_report() -> None:
    person = Known(
        name="Coast Daily", reliability="B", credibility=2, reports=frozenset({"r1"}), by="ann"
    )
    both = (told("r1", "Coast Daily"), told("r9", "Coast Daily", town="Highfield"))
    found = [graded(i, Table([person])).accounts[0] for i in across(s.coded() for s in both)]
    assert sorted(str(account.grade) for account in found) == ["B2", "F6"]


def test_an_unnamed_speaker_for_a_body_that_the_desk_knows_has_its_grade() -> None:
    story = Story("r1", outlet="Coast Daily")
    word = story.claim("an army spokesman", kind="unnamed")
    story.tell("bombed", by="gunmen", hit="a bus", killed=3, word=word)
    army = Known(name="army", reliability="D")
    assert grades(story, table=Table([*TABLE.lines, army])) == ["D6"]
    assert grades(story, table=Table([Known(name="Coast Daily", reliability="B")])) == ["B6"]


def test_an_agency_that_is_printed_is_a_link() -> None:
    story = Story("r1", outlet="Coast Daily")
    story.text = "OLDPORT (Delta Herald) - EXERCISE. "
    story.tell("bombed", by="gunmen", hit="a bus", killed=3)
    assert grades(story) == ["C6"]
    nobody = Story("r1", outlet="")
    nobody.tell("bombed", by="gunmen", hit="a bus", killed=3)
    (account,) = accounts(nobody)
    assert account.grading is not None
    assert account.grading.reasons[0] == "the report names no outlet"
