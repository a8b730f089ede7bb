"""`--view accounts`: who says what of each incident, where they differ, and how each is graded."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from tests.conftest import Coder
from watchfloor.cli.accounts import show_accounts


def test_a_report_and_its_denial_stand_side_by_side_with_their_grades(
    code: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EXERCISE."""
    table = "names\treliability\tnote\nCoast Daily\tB\t\nThe army\tC\t\n"
    (tmp_path / "grades.tsv").write_text(table, encoding="utf-8")
    coded = code(
        "Villagers said that soldiers shot two farmers near Tarsa on Monday. "
        "The army denied that its soldiers had shot the farmers.",
        outlet="Coast Daily",
    )
    monkeypatch.setenv("WATCHFLOOR_HOME", str(tmp_path))
    shown = io.StringIO()
    show_accounts(Console(file=shown, width=200), coded)
    assert "disputed" in shown.getvalue()
    assert "Coast Daily, citing villagers - shot" in shown.getvalue()
    assert "Coast Daily, citing the army (denies it) - shot" in shown.getvalue()
    assert "they differ" in shown.getvalue()
    assert "whether it happened: happened (Villagers); denied (The army)" in shown.getvalue()
    assert "B4: Coast Daily is B in the desk's table" in shown.getvalue()
    assert "C5: The army is C in the desk's table" in shown.getvalue()
    assert "said by the one who gains by it" in shown.getvalue()


def test_each_number_stands_with_whose_it_is(
    code: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EXERCISE."""
    coded = code(
        "Gunmen attacked a bus near Tarsa on Monday, killing five people, police said. "
        "Residents said that nine people were killed in the attack on the bus.",
        outlet="Coast Daily",
    )
    monkeypatch.setenv("WATCHFLOOR_HOME", str(tmp_path))
    shown = io.StringIO()
    show_accounts(Console(file=shown, width=200), coded)
    assert "killed: 5 (police); 9 (Residents)" in shown.getvalue()
    assert "harm.killed" not in shown.getvalue()
    assert "(clause)" not in shown.getvalue()


def test_each_account_of_one_event_has_its_own_grade(
    code: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EXERCISE: a rebuttal in an aside beside what it rebuts."""
    table = "names\treliability\tnote\nthe army\tD\t\nCoast Daily\tA\t\n"
    (tmp_path / "grades.tsv").write_text(table, encoding="utf-8")
    coded = code(
        "Soldiers shot two herders near Tarsa, the governor said, which the army denies.",
        outlet="Coast Daily",
    )
    monkeypatch.setenv("WATCHFLOOR_HOME", str(tmp_path))
    shown = io.StringIO()
    show_accounts(Console(file=shown, width=200), coded)
    assert "F4: the governor is not in the desk's table" in shown.getvalue()
    assert "D4: the army is D in the desk's table" in shown.getvalue()


def test_who_owns_up_is_confirmed_by_nobody(
    code: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EXERCISE."""
    coded = code("The Delta Front claimed responsibility for the bombing of a bus in Tarsa.")
    monkeypatch.setenv("WATCHFLOOR_HOME", str(tmp_path))
    shown = io.StringIO()
    show_accounts(Console(file=shown, width=200), coded)
    assert "the Delta Front - bombing: happened" in shown.getvalue()
    assert "F6: The Delta Front is not in the desk's table; no other source" in shown.getvalue()


def test_who_is_blamed_is_named(
    code: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EXERCISE."""
    coded = code(
        "A bomb killed two guards near Tarsa on Monday. The governor blamed the Delta Front."
    )
    monkeypatch.setenv("WATCHFLOOR_HOME", str(tmp_path))
    shown = io.StringIO()
    show_accounts(Console(file=shown, width=200), coded)
    assert "says who did it: the Delta Front" in shown.getvalue()
