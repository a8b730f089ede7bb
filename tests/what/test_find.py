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
