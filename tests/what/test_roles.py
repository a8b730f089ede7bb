"""Who does an act and whom it comes upon, where grammar turns the two round. EXERCISE sentences."""

import pytest

from tests.conftest import Coder, only
from watchfloor.records import Role


@pytest.mark.parametrize(
    ("text", "kind", "doer", "undergoer"),
    [
        ("Oman received a request from Iran.", "REQUEST", "Iran", "Oman"),
        ("Police faced attacks from militants.", "ASSAULT", "militants", "Police"),
        ("The army came under criticism from Mali.", "ACCUSE", "Mali", "army"),
        ("Two guards received threats from the militia.", "THREATEN", "the militia", "Two guards"),
        ("Chad is facing pressure from the United States.", "COERCE", "the United States", None),
        ("There are reports of Chinese nationals being attacked in Karachi.", "ASSAULT", None,
         "Chinese nationals"),
    ],
)  # fmt: skip
def test_an_act_received_comes_from_another(
    code: Coder, text: str, kind: str, doer: str | None, undergoer: str | None
) -> None:
    found = only(code(f"EXERCISE. {text}"), kind).participants
    doers = [p.text for p in found if p.role is Role.ACTOR]
    others = [p.text for p in found if p.role not in {Role.ACTOR, Role.INSTRUMENT}]
    assert doers == ([doer] if doer else [])
    assert undergoer is None or any(undergoer in other for other in others)


@pytest.mark.parametrize(
    ("text", "doer", "killed"),
    [
        ("Forty people have died in police firing since the clashes began in March.", "police", 40),
        ("He said 12 deaths due to police firing had been reported from the port.", "police", 12),
        ("Two brothers from the town were killed in police firing during a march.", "police", 2),
        ("Three persons were killed in the army shelling of the village.", "army", 3),
        ("Six miners were killed in firing by soldiers near the dam.", "soldiers", 6),
        ("Two people were killed after gunmen opened fire on a bus.", "gunmen", 2),
    ],
)
def test_who_fired_killed_those_who_died_of_it(
    code: Coder, text: str, doer: str, killed: int
) -> None:
    deaths = [e for e in code(f"EXERCISE. {text}").events if e.harm.killed]
    assert [e.harm.killed and e.harm.killed.low for e in deaths] == [killed]
    assert [p.text for p in deaths[0].participants if p.role is Role.ACTOR] == [doer]


def test_days_after_an_attack_is_another_happening(code: Coder) -> None:
    report = code("EXERCISE. A guard was killed two days after gunmen attacked the bank.")
    assert [bool(e.harm.killed) for e in report.events] == [True, False]


def test_a_state_counts_nobody_and_a_person_is_one(code: Coder) -> None:
    found = only(code("EXERCISE. Chad threatened the United States with sanctions."), "THREATEN")
    assert [p.count for p in found.participants] == [None, None]
    found = only(code("EXERCISE. Gunmen killed the mayor of Arlit on Monday."), "ASSAULT")
    victim = next(p for p in found.participants if p.role is Role.VICTIM)
    assert victim.count is not None
    assert (victim.count.low, victim.count.high) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "The Defence Ministry confirmed the attack.",
        "Residents heard three explosions.",
        "The governor condemned the killing of two nurses.",
    ],
)
def test_who_tells_of_an_act_did_not_do_it(code: Coder, text: str) -> None:
    found = only(code(f"EXERCISE. {text}"), "ASSAULT").participants
    assert [p.text for p in found if p.role is Role.ACTOR] == []


def test_what_is_taken_control_of_is_the_target(code: Coder) -> None:
    text = "EXERCISE. Rebel fighters have seized full control of Kotwa University."
    taken = only(code(text), "ASSAULT")
    assert {(p.role, p.text) for p in taken.participants} >= {(Role.TARGET, "Kotwa University")}
    assert taken.mode is None, "a university is not abducted"


@pytest.mark.parametrize(
    ("text", "kind", "wrong"),
    [
        ("China demanded military outposts in Balochistan on Monday.", "REQUEST", "Balochistan"),
        ("The ministry rejected the figure on Monday.", "REJECT", "the figure"),
        ("The minister demanded the removal of a fence.", "REQUEST", "removal"),
        ("Chad and Niger held talks on their borders on Monday.", "CONSULT", "their"),
    ],
)
def test_places_and_things_are_addressed_by_nobody(
    code: Coder, text: str, kind: str, wrong: str
) -> None:
    found = only(code(f"EXERCISE. {text}"), kind).participants
    assert not [p.text for p in found if p.role is Role.RECIPIENT and wrong in p.text]


@pytest.mark.parametrize(
    ("text", "kind", "other"),
    [
        ("Nepal refused an Indian request for talks on Monday.", "REJECT", "Indian"),
        ("The delegation requested guards from the government on Monday.", "REQUEST",
         "the government"),
    ],
)  # fmt: skip
def test_the_other_side_is_whom_the_thing_names(
    code: Coder, text: str, kind: str, other: str
) -> None:
    found = only(code(f"EXERCISE. {text}"), kind).participants
    assert [p.text for p in found if p.role is Role.RECIPIENT] == [other]


def test_an_age_is_no_victim(code: Coder) -> None:
    found = only(code("EXERCISE. Mayor Ana Ruiz, 46, was wounded by gunmen."), "ASSAULT")
    assert "46" not in {p.text for p in found.participants}


def test_an_arrest_comes_upon_its_owner(code: Coder) -> None:
    found = only(code("EXERCISE. Mayor Ana Ruiz said that her arrest was unlawful."), "COERCE")
    assert "her" not in {p.text for p in found.participants if p.role is Role.ACTOR}


def test_whose_death_is_told_did_not_do_it(code: Coder) -> None:
    found = only(code("EXERCISE. The army announced the murder of a judge in Lima."), "ASSAULT")
    assert "a judge" not in {p.text for p in found.participants if p.role is Role.ACTOR}
