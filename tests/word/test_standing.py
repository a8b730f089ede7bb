"""Who a source is to the event it tells of. All exercises."""

import pytest

from tests.conftest import Coder


@pytest.mark.parametrize(
    ("text", "source", "standing"),
    [
        ("The Delta Front denied that its men attacked the bus.", "The Delta Front", "accused"),
        ("The Delta Front claimed responsibility for the bombing of the bus.", "The Delta Front",
         "accused"),
        ("The Delta Front said its fighters had attacked the bus.", "The Delta Front", "accused"),
        ("The bus firm said that gunmen had attacked its drivers.", "The bus firm", "victim"),
        ("Police said that gunmen had attacked the bus.", "Police", "authority"),
        ("The governor said the letter was a forgery.", "The governor", "authority"),
        ("Witnesses said that gunmen had attacked the bus.", "Witnesses", "witness"),
        ("Relatives said that gunmen had kidnapped the two engineers.", "Relatives", "victim"),
        ("A rights group said that soldiers had shot two men.", "A rights group", "rights_group"),
        ("GOVERNOR: Gunmen attacked the bus. They killed two guards.", "GOVERNOR", "authority"),
        ("State radio said that gunmen had attacked the bus.", "State radio", "outlet"),
    ],
)  # fmt: skip
def test_a_source_has_its_standing(code: Coder, text: str, source: str, standing: str) -> None:
    claims = [c for c in code(text).claims if c.source and c.source.text == source]
    assert [c.source.standing for c in claims if c.source] == [standing]


def test_a_rebuttal_and_what_it_rebuts_are_two_accounts(code: Coder) -> None:
    coded = code(
        "Villagers said that soldiers shot two farmers near Tarsa on Monday. "
        "The army denied that its soldiers had shot the farmers."
    )
    (incident,) = [i for i in coded.incidents if len(i.accounts) > 1]
    assert len(incident.accounts) == 2
    assert incident.status == "disputed"
