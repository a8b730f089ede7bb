"""The desk's table of outlets and bodies."""

from pathlib import Path

import pytest

from watchfloor.errors import SettingsError
from watchfloor.grade import Known, Table, read_table

HEAD = "names\treliability\tnote\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "grades.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_are_looked_up_without_article_and_case(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, f"{HEAD}Coast Daily|The Daily\tb\tright in nine of ten\n"))
    for name in ("the Coast Daily", "COAST DAILY", "The Daily"):
        known = table.of(name, "r1")
        assert known is not None
        assert (known.reliability, known.note) == ("B", "right in nine of ten")
    assert table.of("Delta Herald", "r1") is None
    assert table.of(None, "r1") is None


@pytest.mark.parametrize(
    "name",
    [
        "the Army Press Office (APO), the voice of the army", "Army Press Office", "the APO",
        "the APO's spokesman", "an APO spokeswoman, Mira Sen", "APO spokesman Idris Bello",
        "a statement from the APO", "A spokesman for the Army Press Office",
    ],
)  # fmt: skip
def test_who_speaks_for_a_body_has_its_grade(name: str) -> None:
    table = Table([Known(name="Army Press Office", reliability="C"),
                   Known(name="APO", reliability="C")])  # fmt: skip
    known = table.of(name, "r1")
    assert known is not None
    assert known.reliability == "C"


@pytest.mark.parametrize("name", ["critics of the APO", "the former APO editor", "Capo"])
def test_who_only_has_a_bodys_name_beside_him_has_not(name: str) -> None:
    assert Table([Known(name="APO", reliability="C")]).of(name, "r1") is None


def test_no_table_knows_nobody(tmp_path: Path) -> None:
    assert read_table(tmp_path / "none.tsv").of("Coast Daily", "r1") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\tgrade\nCoast Daily\tB\n", "not a table of grades"),
        (f"{HEAD}Coast Daily\tG\t\n", "line 2: no such reliability 'G'; A to F"),
        (f"{HEAD}Coast Daily\tB\t\n | \tC\t\n", "line 3: names nobody"),
        (f"{HEAD}Coast Daily\n", "line 2: no such reliability"),
    ],
)
def test_a_line_that_makes_no_sense_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_table(written(tmp_path, text))


def test_a_later_line_outweighs_an_earlier_in_its_reports() -> None:
    table = Table(
        [
            Known(name="Coast Daily", reliability="B"),
            Known(name="Coast Daily", reliability="D", reports=frozenset({"r2"}), by="ann"),
        ]
    )
    grades = [known.reliability for r in ("r1", "r2") if (known := table.of("Coast Daily", r))]
    assert grades == ["B", "D"]
