"""The words that tell of events without the reader, our own and those of WordNet."""

import pytest

import watchfloor
from watchfloor.settings import Settings
from watchfloor.what.lexicon import triggers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunmen fired at a convoy near Bria.", "ASSAULT"),
        ("Soldiers neutralised six gunmen near Jos.", "ASSAULT"),
        ("Chad spurned the offer of Sudan.", "REJECT"),
        ("Qatar brokered a truce between Chad and Sudan.", "CONSULT"),
    ],
)
def test_words_beside_our_own_tell_of_events(rules_only: Settings, text: str, kind: str) -> None:
    assert kind in {e.type for e in watchfloor.code(text, settings=rules_only).events}


def test_our_own_list_outranks_the_one_beside_it() -> None:
    known = triggers().single
    assert known["beat", "verb"].mode == "beat"
    assert known["fire", "verb"].mode == "firearms"
    assert ("prosecutor", "noun") not in known
