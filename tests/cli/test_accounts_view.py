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
    assert "Coast Daily, citing the army - shot" in shown.getvalue()
    assert "differs: status" in shown.getvalue()
    assert "B4: Coast Daily is B in the desk's table" in shown.getvalue()
    assert "C5: The army is C in the desk's table" in shown.getvalue()
    assert "said by the one who gains by it" in shown.getvalue()
