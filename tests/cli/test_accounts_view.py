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
