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
