"""`--view accounts`: who says what of each incident, where they differ, and how each is graded."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from tests.conftest import Coder
from watchfloor.cli.accounts import show_accounts
from watchfloor.records import CodedReport

Shown = Callable[[CodedReport], str]


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The accounts of a report as they are shown, by the table of grades in `tmp_path`."""
    monkeypatch.setenv("WATCHFLOOR_HOME", str(tmp_path))

    def made(coded: CodedReport) -> str:
        told = io.StringIO()
        show_accounts(Console(file=told, width=200), coded)
        return told.getvalue()

    return made


def test_a_report_and_its_denial_stand_side_by_side_with_their_grades(
    code: Coder, shown: Shown, tmp_path: Path
) -> None:
    """EXERCISE."""
    table = "names\treliability\tnote\nCoast Daily\tB\t\nThe army\tC\t\n"
    (tmp_path / "grades.tsv").write_text(table, encoding="utf-8")
    coded = code(
        "Villagers said that soldiers shot two farmers near Tarsa on Monday. "
        "The army denied that its soldiers had shot the farmers.",
        outlet="Coast Daily",
    )
    said = shown(coded)
    assert "disputed" in said
    assert "Coast Daily, citing villagers - shot" in said
    assert "Coast Daily, citing the army (denies it) - shot" in said
    assert "they differ" in said
    assert "whether it happened: happened (Villagers); denied (The army)" in said
    assert "B4: Coast Daily is B in the desk's table" in said
    assert "C5: The army is C in the desk's table" in said
    assert "said by the one who gains by it" in said


def test_each_number_stands_with_whose_it_is(code: Coder, shown: Shown) -> None:
    """EXERCISE."""
    coded = code(
        "Gunmen attacked a bus near Tarsa on Monday, killing five people, police said. "
        "Residents said that nine people were killed in the attack on the bus.",
        outlet="Coast Daily",
    )
    said = shown(coded)
    assert "killed: 5 (police); 9 (Residents)" in said
    assert "harm.killed" not in said
    assert "(clause)" not in said


def test_each_account_of_one_event_has_its_own_grade(
    code: Coder, shown: Shown, tmp_path: Path
) -> None:
    """EXERCISE: a rebuttal in an aside beside what it rebuts."""
    table = "names\treliability\tnote\nthe army\tD\t\nCoast Daily\tA\t\n"
    (tmp_path / "grades.tsv").write_text(table, encoding="utf-8")
    coded = code(
        "Soldiers shot two herders near Tarsa, the governor said, which the army denies.",
        outlet="Coast Daily",
    )
    said = shown(coded)
    assert "F4: the governor is not in the desk's table" in said
    assert "D4: the army is D in the desk's table" in said


def test_who_owns_up_is_confirmed_by_nobody(code: Coder, shown: Shown) -> None:
    """EXERCISE."""
    coded = code("The Delta Front claimed responsibility for the bombing of a bus in Tarsa.")
    said = shown(coded)
    assert "the Delta Front - bombing: happened" in said
    assert "F6: The Delta Front is not in the desk's table; no other source" in said


def test_who_is_blamed_is_named(code: Coder, shown: Shown) -> None:
    """EXERCISE."""
    coded = code(
        "A bomb killed two guards near Tarsa on Monday. The governor blamed the Delta Front."
    )
    said = shown(coded)
    assert "says who did it: the Delta Front" in said
