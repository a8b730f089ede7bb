"""Light verbs and the act they carry are one trigger. EXERCISE sentences."""

from collections.abc import Callable

import pytest

from tests.conftest import only
from watchfloor.records import CodedReport

Coder = Callable[..., CodedReport]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        (
            "Rebels launched an overnight assault on a village near Gao.",
            "launched an overnight assault",
        ),
        ("Rebels began a string of attacks in northern Mali.", "began a string of attacks"),
        ("The assault on a village near Gao killed five guards.", "assault"),
    ],
)
def test_the_verb_that_carries_an_act_is_part_of_its_trigger(
    code: Coder, text: str, trigger: str
) -> None:
    event = only(code(f"EXERCISE. {text}"), "ASSAULT")
    assert event.trigger.text == trigger
    assert event.place is not None and event.place.basis == "clause"


def test_a_verb_that_tells_of_an_event_itself_stays_apart(code: Coder) -> None:
    coded = code("EXERCISE. Rebels resumed the siege of Gao and shelled the town on Monday.")
    assert "shelled" in {e.trigger.text for e in coded.events}


@pytest.mark.parametrize(
    "act",
    [
        "The air force conducted a precision strike on a depot near Raqqa on Monday.",
        "Rebels have carried out several deadly attacks on villages near Goma.",
        "The militants staged an ambush on a convoy in Kunar on Sunday.",
        "The strikes carried out by the Turkish air force hit a depot near Kobani.",
        "A strike was conducted by the army on Monday on a depot near Raqqa.",
    ],
)
def test_those_who_use_force_attack_whatever_verb_carries_it(code: Coder, act: str) -> None:
    calm = "EXERCISE. The province has been calm since the spring, residents say. "
    coded = code(f"{calm}{act} The governor did not comment.")
    event = only(coded, "ASSAULT")
    sectors = {a.id: a.sector for a in coded.actors}
    assert {sectors[p.actor] for p in event.participants if p.role == "actor" and p.actor} <= {
        "MIL",
        "REB",
    }
    assert not [e for e in coded.events if e.type == "PROTEST"]


@pytest.mark.parametrize(
    "text",
    ["Teachers staged a strike in Lahore on Monday.", "Workers conducted a strike at the port."],
)
def test_a_strike_by_workers_is_a_protest(code: Coder, text: str) -> None:
    assert only(code(f"EXERCISE. {text}"), "PROTEST").mode == "strike"


def test_an_attack_in_words_is_none(code: Coder) -> None:
    coded = code("EXERCISE. The minister launched a blistering attack on his critics.")
    assert "ASSAULT" not in {e.type for e in coded.events}


def test_who_executes_a_raid_kills_nobody_by_it(code: Coder) -> None:
    coded = code("EXERCISE. The coalition executed a bombing raid against the port on Monday.")
    assert all(e.harm.killed is None for e in coded.events)
