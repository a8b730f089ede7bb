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
