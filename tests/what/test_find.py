"""Events: the four classic sentences, roles, counts, harm; and what is no event."""

import pytest

from tests.conftest import Coder, only
from watchfloor.records import Count, Status


def test_one_sided_harm_without_an_actor_is_coded(code: Coder) -> None:
    event = only(code("Five people were killed by a bomb blast in Karachi."), "ASSAULT")
    assert event.harm.killed == Count(low=5, high=5)
    assert event.status is Status.HAPPENED
    assert not [p for p in event.participants if p.role == "actor"]


def test_a_denial_is_an_event_with_status_denied(code: Coder) -> None:
    coded = code("The rebels denied that they had attacked the convoy near Goma.")
    attack = next(e for e in coded.events if e.type == "ASSAULT")
    assert attack.status is Status.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "The army plans to attack the town.",
        "Militants threatened to kill the engineers.",
        "Police foiled an attempt to bomb the station.",
        "Officials fear that gunmen may attack the convoy.",
    ],
)
def test_what_has_not_happened_is_not_coded_as_happened(code: Coder, text: str) -> None:
    attacks = [e for e in code(text).events if e.type == "ASSAULT"]
    assert all(e.status is not Status.HAPPENED for e in attacks)


def test_the_accusation_and_the_act_are_two_events(code: Coder) -> None:
    coded = code("The government accused the rebels of killing ten villagers in Beni.")
    assert {"ACCUSE", "ASSAULT"} <= {e.type for e in coded.events}


def test_who_did_what_to_whom(code: Coder) -> None:
    coded = code("Gunmen abducted two Italian doctors in Zamfara on Monday.")
    event = next(e for e in coded.events if e.type == "ASSAULT")
    roles = {p.role: p.text for p in event.participants}
    assert roles["actor"] == "Gunmen"
    assert "Italian doctors" in roles.get("victim", roles.get("recipient", ""))
    assert event.mode == "abduct"
    assert event.harm.abducted == Count(low=2, high=2)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("At least 12 soldiers were killed in the attack.", Count(low=12, high=None)),
        ("Dozens of villagers were killed in the attack.", Count(low=24, high=None, approx=True)),
        ("A farmer was shot dead by gunmen.", Count(low=1, high=1)),
    ],
)
def test_counts_are_ranges(code: Coder, text: str, killed: Count) -> None:
    assert any(e.harm.killed == killed for e in code(text).events)


@pytest.mark.parametrize(
    "text",
    [
        "The museum opens its new hall of paintings in spring.",
        "Wheat prices rose slightly in early trading.",
        "The orchestra will play two symphonies.",
    ],
)
def test_quiet_sentences_have_no_event(code: Coder, text: str) -> None:
    assert code(text).events == ()


def test_offsets_hold_in_capitals_too(code: Coder) -> None:
    text = (
        "LIMA, 3 MAR 89 (ANP) -- [TEXT] TERRORISTS TODAY KILLED TWO POLICEMEN IN AYACUCHO. "
        "THE GOVERNMENT CONDEMNED THE ATTACK."
    )
    coded = code(text)
    assert any(e.type == "ASSAULT" for e in coded.events)
    for event in coded.events:
        for span in (event.trigger, *event.participants):
            assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Chinese officials voiced concern about Pakistan over the convoy.", "ACCUSE", "happened"),
        ("Police in Quetta plan to set up a security cell for engineers.", "PROTECT", "planned"),
        ("Pakistan assured China of the security of its engineers.", "PROTECT", "planned"),
        ("Kenya and Uganda vowed to share patrols on Lake Victoria.", "AGREE", "happened"),
    ],
)
def test_a_verb_and_its_noun_tell_together(code: Coder, text: str, kind: str, status: str) -> None:
    assert (kind, status) in {(e.type, e.status.value) for e in code(text).events}


def test_the_other_side_of_an_act_is_found_inside_what_it_is_about(code: Coder) -> None:
    coded = code("Ethiopia rejected Egypt's proposal for new talks on the dam.")
    known = {actor.id: actor.country for actor in coded.actors}
    event = next(e for e in coded.events if e.type == "REJECT")
    sides = {(p.role.value, known.get(p.actor or "")) for p in event.participants}
    assert {("actor", "ETH"), ("recipient", "EGY")} <= sides


def test_an_accident_is_no_assault(code: Coder) -> None:
    coded = code("Nine people died when a coach plunged into a ravine near Nakuru.")
    assert {e.type for e in coded.events} == {"HARM"}
    assert any(e.harm.killed == Count(low=9, high=9) for e in coded.events)


def test_what_became_of_a_participant_stands_beside_it(code: Coder) -> None:
    coded = code("Gunmen killed two guards and burned a truck near Maiduguri.")
    effects = {p.text: p.effect for e in coded.events for p in e.participants}
    assert effects.get("two guards") == "killed"


def test_acts_and_times_are_nobody(code: Coder) -> None:
    text = (
        "LIMA, 3 MAR 1991 (EXERCISE) -- GUERRILLAS TODAY ATTACKED A POLICE POST. THE ATTACK ON THE"
        " POST, WHICH TOOK PLACE AT 2330, LEFT TWO POLICEMEN DEAD."
    )
    said = {p.text for e in code(text).events for p in e.participants}
    assert "TWO POLICEMEN" in said
    assert not [t for t in said if t.endswith(("ATTACK", "PLACE", "2330", "TODAY"))]


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Of these, 12 died in police firing in the old town on Monday.", "police"),
        ("Police resorted to a lathicharge to disperse the crowd on Friday.", "Police"),
        ("The murder of the judge by Red Dawn gunmen shocked the town.", "Red Dawn gunmen"),
    ],
)
def test_who_did_it_stands_before_or_behind_the_noun_for_the_act(
    code: Coder, text: str, doer: str
) -> None:
    acts = [e for e in code(text).events if e.type == "ASSAULT"]
    assert doer in {p.text for e in acts for p in e.participants if p.role == "actor"}


def test_whose_murder_it_was_is_the_victim(code: Coder) -> None:
    text = "Nobody has been charged with Tomas Ibarra's murder, the police said on Tuesday."
    said = {p.text for e in code(text).events for p in e.participants if p.role == "victim"}
    assert said <= {"Tomas Ibarra"}


def test_people_held_by_rebels_are_abducted(code: Coder) -> None:
    event = only(code("Two engineers were detained by rebels near Bunia on Monday."), "ASSAULT")
    assert event.mode == "abduct"
    assert (event.harm.abducted, event.harm.arrested) == (Count(low=2, high=2), None)


def test_another_is_one_more(code: Coder) -> None:
    event = only(code("A nurse was killed and another wounded when gunmen attacked."), "ASSAULT")
    assert event.harm.injured == Count(low=1, high=1)


def test_a_mine_is_no_accident(code: Coder) -> None:
    text = "Three drivers were killed when their lorry struck a landmine near Bria."
    assert only(code(text), "ASSAULT").harm.killed == Count(low=3, high=3)


def test_a_particle_is_part_of_its_verb(code: Coder) -> None:
    text = "EXERCISE. A bomb killed two officers in Quetta. Troops sealed off the area."
    sealing = [e for e in code(text).events if e.sentence.start > text.index("Quetta")]
    assert [e.trigger.text for e in sealing] in (["sealed"], ["sealed off"])


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("A surveyor was captured by rebels near the depot and held for 13 days.", {"abducted": 1}),
        ("The rebels hold a map of the five engineers whom they captured.", {"abducted": 5}),
        ("Gunmen threatened to kidnap two judges.", {}),
    ],
)
def test_whom_an_abduction_names_are_those_it_took(
    code: Coder, text: str, taken: dict[str, int]
) -> None:
    said = [e.harm.abducted for e in code(f"EXERCISE. {text}").events if e.harm.abducted]
    assert [count.low for count in said] == list(taken.values())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Beijing demanded and requested an inquiry into the blast.", "REQUEST"),
        ("Rebels planted a charge under the bridge near Goma and detonated it.", "ASSAULT"),
    ],
)
def test_verbs_that_go_on_with_one_act_are_one_event(code: Coder, text: str, kind: str) -> None:
    assert len([e for e in code(f"EXERCISE. {text}").events if e.type == kind]) == 1


def test_who_fires_is_told_by_the_noun_that_kills(code: Coder) -> None:
    event = only(code("EXERCISE. Army shelling wounded two farmers near Gao."), "ASSAULT")
    assert [p.text for p in event.participants if p.role == "actor"] == ["Army"]


def test_a_plain_accident_with_its_dead_is_coded(code: Coder) -> None:
    coded = code(
        "EXERCISE. At least 14 people died when a coach ran off a wet curve and fell into a ravine "
        "60 km west of Tarsa early on Monday, road police said."
    )
    event = only(coded, "HARM")
    assert event.harm.killed == Count(low=14, high=None)


def test_a_not_behind_a_semicolon_denies_nothing_before_it(code: Coder) -> None:
    event = only(
        code("EXERCISE. Rebels burned the depot near Goma; the army did not say who guarded it."),
        "ASSAULT",
    )
    assert event.status is Status.HAPPENED


def test_what_somebody_died_of_is_the_same_event(code: Coder) -> None:
    event = only(code("EXERCISE. A trader died after being beaten by policemen."), "ASSAULT")
    assert event.harm.killed == Count(low=1, high=1)
    assert [p.text for p in event.participants if p.role == "actor"] == ["policemen"]


def test_the_crime_in_which_somebody_denies_a_part_was_done(code: Coder) -> None:
    coded = code("EXERCISE. The driver denied that he participated in the murder of the judge.")
    assert {e.status for e in coded.events if e.type == "ASSAULT"} == {Status.HAPPENED}
