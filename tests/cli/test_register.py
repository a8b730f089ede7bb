"""`watchfloor register`: each line that is wrong is told; the record's is read for a purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.cli.test_watch import folder
from watchfloor.cli.app import app
from watchfloor.errors import InputError, SettingsError
from watchfloor.store import Database
from watchfloor.store.audit import lines
from watchfloor.watch import read_register

HEADER = "id,name,kind,lat,lon,place,country,people,radius_km\n"


def ran(*arguments: str, status: int = 0) -> str:
    done = CliRunner().invoke(app, ["register", *arguments], catch_exceptions=False)
    assert done.exit_code == status, done.output
    return done.output


def test_every_line_that_does_not_hold_is_told_with_what_a_name_may_mean(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text(
        HEADER + "a,A,office,,,San José,CRI,3,10\nb,B,office,,,Springfield,USA,3,10\n"
        "c,C,office,,,Nowhereville,KEN,3,10\nd,D,office,95,0,,KEN,3,10\n"
    )
    said = ran("check", str(tmp_path), status=1).splitlines()
    told = {line.split(":")[0]: line for line in said}
    assert "sites.csv, line 3: place: 'Springfield' is ambiguous" in told["sites.csv, line 3"]
    assert "Missouri" in told["sites.csv, line 3"]
    assert "no place 'Nowhereville' is known in KEN" in told["sites.csv, line 4"]
    assert "95.0 0.0 is no point" in told["sites.csv, line 5"]
    (tmp_path / "sites.csv").write_text(HEADER + "a,A,office,1,2,,CRI,3,10\n")
    assert ran("check", str(tmp_path)) == "every line holds\n"


def test_a_site_may_have_an_outline(tmp_path: Path) -> None:
    header = HEADER.replace("\n", ",outline\n")
    good = "a,A,dam,,,,KEN,3,10,0 36;0 37;1 37;1 36\n"
    (tmp_path / "sites.csv").write_text(header + good)
    assert ran("check", str(tmp_path)) == "every line holds\n"
    (site,) = read_register(tmp_path, lambda name, country: (0.0, 0.0)).sites
    assert (site.lat, site.lon, len(site.outline)) == (0.5, 36.5, 4)
    for bad, said in (("0 36;0 37", "three or more"), ("0 36;x;1 1", "write 'lat lon"),
                      ("0 36;0 37;99 1", "is no point")):  # fmt: skip
        (tmp_path / "sites.csv").write_text(f"{header}a,A,dam,1,2,,KEN,3,10,{bad}\n")
        assert said in ran("check", str(tmp_path), status=1)


def test_the_places_of_a_name_are_listed_the_largest_first() -> None:
    found = ran("places", "Springfield", "--country", "USA").splitlines()
    assert len(found) > 5
    assert found[0].startswith("Springfield (town; Missouri, USA, ")
    with pytest.raises(InputError, match="no such place"):
        ran("places", "Nowhereville")


def test_the_records_register_is_read_for_a_purpose_that_is_logged(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "record.db")]
    ran("import", str(folder(tmp_path / "register")), *store)
    for nothing in ([], ["--purpose", " x "]):
        with pytest.raises(SettingsError, match=r"read for what; --purpose"):
            ran("show", *nothing, *store)
    said = ran("show", "--purpose", "morning  brief", *store)
    assert '"id":"works"' in said
    with pytest.raises(InputError, match="no such register entry"):
        ran("show", "--purpose", "morning brief", "--entry", "groups:none", *store)
    database = Database(tmp_path / "record.db")
    with database.reading() as session:
        read = lines(session, what="register:read")
    database.close()
    assert [line.particulars for line in read] == [{"purpose": "morning brief"}] * 2


def test_why_and_rules_ask_what_for_too(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "record.db")]
    ran("import", str(folder(tmp_path / "register")), *store)
    rules = tmp_path / "rules.yaml"
    rules.write_text("rules: []\n")
    for asked in (["why", "i1", "sites:works"], ["rules", "test", str(rules)]):
        with pytest.raises(SettingsError, match="read for what"):
            CliRunner().invoke(app, [*asked, *store], catch_exceptions=False)
    asked = ["rules", "test", str(rules), "--purpose", "trying rules", *store]
    done = CliRunner().invoke(app, asked, catch_exceptions=False)
    assert done.exit_code == 0
    assert "0 incidents: 0 alerts" in done.output
