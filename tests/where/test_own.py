"""The desk's own places and GeoNames in full, on real files."""

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from watchfloor import where
from watchfloor.cli.app import app
from watchfloor.errors import InputError, SettingsError
from watchfloor.parse import segment
from watchfloor.records import Place, Report
from watchfloor.settings import Settings
from watchfloor.where import gazetteer, geonames
from watchfloor.where.own import OwnPlace, add, parts, read_csv


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """A home of its own with the built-in file linked in, so that it need not be unpacked."""
    built = gazetteer.unpacked(settings.home)
    (tmp_path / built.name).hardlink_to(built)
    return tmp_path


def places(text: str, home: Path, worldview: str = "un") -> tuple[Place, ...]:
    page = segment(Report(id="r", text=text))
    return where.find(page, Settings(home=home, worldview=worldview))


def line(number: int, name: str, kind: str = "P", code: str = "PPL", people: int = 0) -> str:
    columns = [str(number), name, name, "", "14.5", "-3.5", kind, code, "ML", "", "99", "", "", "",
               str(people), "", "250", "Africa/Bamako", "2024-01-01"]  # fmt: skip
    return "\t".join(columns) + "\n"


def test_a_place_of_the_desks_own_is_found(home: Path) -> None:
    add(home, [OwnPlace(name="Camp Zorrel", lat=14.1, lon=-3.2, kind="facility", country="MLI")])
    (place,) = places("Shots were fired near Camp Zorrel on Sunday.", home)
    assert (place.kind, place.country, place.lat) == ("facility", "MLI", 14.1)


def test_the_desks_own_place_outweighs_its_namesakes(home: Path) -> None:
    add(home, [OwnPlace(name="Hamburg", lat=1.0, lon=2.0, radius_km=1.0)])
    (place,) = places("The yard at Hamburg was searched.", home)
    assert place.radius_km == 1.0


def test_an_entry_made_twice_is_one(home: Path) -> None:
    for _ in range(2):
        add(home, [OwnPlace(name="Camp Zorrel", lat=14.1, lon=-3.2)])
    assert [p.places for p in parts(home) if p.source == "desk"] == [1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("X,95,0,town", "no position"),
        ("X,1,2,castle", "one of: point"),
        ("X,north,2,town", "lat"),
    ],
)
def test_a_wrong_line_of_a_csv_is_named(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"name,lat,lon,kind\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.csv:2.*" + said):
        list(read_csv(path))


def test_a_dump_is_imported_with_its_provinces(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("allCountries.txt", line(1, "Quorvana", "A", "ADM1") + line(2, "Zorrelby"))
    (done,) = geonames.import_dump(path, home)
    (place,) = places("A clash in Zorrelby village left two dead.", home)
    assert done == 2
    assert (place.gazetteer_id, place.country, place.admin1) == ("geonames:2", "MLI", "Quorvana")


def test_an_import_that_broke_off_goes_on_where_it_was(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geonames, "LINES_AT_ONCE", 10)
    path = tmp_path / "ML.txt"
    names = [f"Zorrel {'abcdefghij'[n // 10]}{'abcdefghij'[n % 10]}" for n in range(30)]
    path.write_text("".join(line(n, name) for n, name in enumerate(names)), encoding="utf-8")
    broken = geonames.import_dump(path, home)
    assert next(broken) == 10
    broken.close()
    assert list(geonames.import_dump(path, home)) == [20, 30]
    assert [p.places for p in parts(home) if p.source.startswith("geonames")] == [30]


def test_a_file_of_another_form_is_refused_with_its_line(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "ML.txt"
    path.write_text(line(1, "Zorrelby") + "2\tshort\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"ML\.txt:2: 2 columns; 19"):
        list(geonames.import_dump(path, home))


def test_a_worldview_says_whose_a_disputed_place_is(home: Path) -> None:
    text = "Shots were heard in Simferopol."
    assert [p.country for p in places(text, home)] == ["UKR"]
    assert [p.country for p in places(text, home, "rus")] == ["RUS"]


def test_an_unknown_worldview_is_refused_with_the_known_ones(home: Path) -> None:
    with pytest.raises(SettingsError, match="one of: arg, chn"):
        places("Shots were heard in Simferopol.", home, "atlantis")


def test_the_commands(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFLOOR_HOME", str(home))
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon,also\nKilometre Post 9,9,9,KP Nine;KP9\n", encoding="utf-8")
    run = CliRunner().invoke
    assert "entered Zorrel" in run(app, ["gazetteer", "add", "Zorrel", "10", "20"]).output
    south = run(app, ["gazetteer", "add", "Camp Zorrel", "-14.1", "-3.2", "--also", "North Camp"])
    assert "entered Camp Zorrel" in south.output
    assert "--contry" in run(app, ["gazetteer", "add", "X", "1", "2", "--contry", "MLI"]).output
    assert "1 places" in run(app, ["gazetteer", "import", str(path)]).output
    assert "desk:" in run(app, ["gazetteer", "find", "KP Nine"]).output
    assert "GeoNames CC BY" in run(app, ["gazetteer", "info"]).output
