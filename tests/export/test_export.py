"""What leaves the record: every format, filtered, masked, coarsened, held back by its marking."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from benchmarks.wire_reports import wire
from msgspec.structs import replace
from typer.testing import CliRunner

from watchfloor.cells import safe_cell
from watchfloor.cli.app import app
from watchfloor.errors import InputError
from watchfloor.export import EVENTS, INCIDENTS, Exported, Request, export
from watchfloor.export.choose import coarse_point
from watchfloor.export.mask import WITHHELD, masked_text
from watchfloor.geometry import distance_km
from watchfloor.records import Actor, CodedReport, Source
from watchfloor.store import Arrival, Database, Filter, put

NOW = datetime(2031, 1, 5, tzinfo=UTC)
TOLD = [t.coded for t in wire(24)]
ALL = Filter(background=True)


def keep(database: Database, coded: list[CodedReport], marking: str = "CLEAR") -> None:
    with database.writing() as session:
        put(session, [Arrival(coded=c, received_at=NOW, marking=marking) for c in coded])


def given(database: Database, request: Request) -> tuple[bytes, Exported]:
    out = io.BytesIO()
    with database.reading() as session:
        done = export(session, request, out, NOW)
    return out.getvalue(), done


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def named(coded: CodedReport, name: str, sector: str | None) -> CodedReport:
    """The report with its first doer and its first source being a person of that name."""
    actor = Actor(id="a1", name=name, kind="person", sector=sector)
    event = coded.events[0]
    doer = replace(event.participants[0], actor="a1", text=name)
    claim = replace(coded.claims[0], source=Source(start=None, end=None, text=f"{name}, a baker"))
    return replace(
        coded, actors=(actor, *coded.actors[1:]), claims=(claim, *coded.claims[1:]),
        events=(replace(event, participants=(doer, *event.participants[1:])), *coded.events[1:]),
    )  # fmt: skip


def test_every_format_tells_of_the_same_incidents(database: Database) -> None:
    keep(database, TOLD)
    made = {f: given(database, Request(format=f, filter=ALL)) for f in
            ("csv", "jsonl", "geojson", "parquet")}  # fmt: skip
    table = pq.read_table(io.BytesIO(made["parquet"][0])).to_pylist()
    features = json.loads(made["geojson"][0])["features"]
    lines = [json.loads(line) for line in made["jsonl"][0].splitlines()]
    header, *body = rows(made["csv"][0])
    ids = [row["incident"] for row in table]
    assert len(ids) == len(set(ids)) > 5
    assert ids == [row["incident"] for row in body]
    assert ids == [f["properties"]["incident"] for f in features]
    assert ids == [line["incident"] for line in lines]
    assert {done.rows for _, done in made.values()} == {len(ids)}
    assert header["country"] == "#country+code+v_iso3"
    assert all(isinstance(row["day_from"], date) for row in table)
    assert {f["geometry"]["type"] for f in features} == {"Point"}
    assert all(line["accounts"] for line in lines)


def test_the_event_table_has_every_event_once(database: Database) -> None:
    keep(database, TOLD)
    data, done = given(database, Request(what="events", format="parquet", filter=ALL))
    table = pq.read_table(io.BytesIO(data)).to_pylist()
    assert list(table[0]) == [c.name for c in EVENTS]
    expected = {f"{c.report.id}/{e.id}" for c in TOLD for e in c.events}
    assert {row["event_id"] for row in table} == expected
    assert done.rows == len(table) == len(expected)
    attack = next(row for row in table if row["type"] == "ASSAULT")
    assert attack["quad_class"] == 4
    assert attack["actor1_name"]
    assert attack["outlet"]


def test_only_what_is_asked_for_leaves(database: Database) -> None:
    keep(database, TOLD)
    everything = rows(given(database, Request(filter=ALL))[0])[1:]
    one = everything[0]
    asked = replace(ALL, types=(one["type"],), countries=(one["country"],),
                    first=date.fromisoformat(one["day_from"]))  # fmt: skip
    found = rows(given(database, Request(filter=asked))[0])[1:]
    assert one["incident"] in {row["incident"] for row in found}
    assert {(row["type"], row["country"]) for row in found} == {(one["type"], one["country"])}
    near = replace(ALL, within=(float(one["lat"]), float(one["lon"]), 1.0))
    assert len(rows(given(database, Request(filter=near))[0])) < len(everything)
    _, graded = given(database, Request(filter=ALL, grade="A1"))
    assert graded.rows == 0


def test_marked_incidents_are_held_back_and_counted(database: Database) -> None:
    keep(database, TOLD[:8])
    keep(database, TOLD[16:], marking="RED")
    _, done = given(database, Request(filter=ALL))
    assert done.held_back > 0
    assert done.markings == ("CLEAR",)
    with pytest.raises(InputError, match="two people"):
        given(database, Request(filter=ALL, marking="RED", released_by=("Ana", "ana ")))
    _, released = given(database, Request(filter=ALL, marking="RED", released_by=("ana", "ben")))
    assert released.incidents == done.incidents + done.held_back
    assert released.markings == ("CLEAR", "RED")


@pytest.mark.parametrize("what", ["incidents", "events"])
def test_private_persons_are_masked_and_office_holders_are_not(
    database: Database, what: str
) -> None:
    keep(database, [named(TOLD[0], "Mira Okolo", None), named(TOLD[3], "Sam Veldt", "GOV")])
    for format in ("csv", "jsonl"):
        request = Request(what=what, format=format, filter=ALL)
        told = given(database, request)[0].decode()
        assert "Okolo" not in told
        assert WITHHELD in told
        assert "Sam Veldt" in told
        assert "Mira Okolo" in given(database, replace(request, names=True))[0].decode()


@pytest.mark.parametrize("what", ["incidents", "events"])
def test_points_are_coarsened_and_their_radius_covers_the_cell(
    database: Database, what: str
) -> None:
    keep(database, TOLD[:6])
    exact = rows(given(database, Request(what=what, filter=ALL))[0])[1:]
    coarse = rows(given(database, Request(what=what, filter=ALL, coarse_km=50))[0])[1:]
    for one, two in zip(exact, coarse, strict=True):
        spots = [(float(r["lat"]), float(r["lon"])) for r in (one, two)]
        assert distance_km(*spots) <= 50
        assert float(two["radius_km"]) >= 50
    assert coarse != exact


def test_a_coarse_point_stays_on_the_globe() -> None:
    for lat, lon in ((90.0, 0.0), (-90.0, 180.0), (10.0, 179.99), (0.0, -180.0)):
        north, east = coarse_point(lat, lon, 200)
        assert -90 <= north <= 90
        assert -180 <= east <= 180


def test_no_cell_is_run_as_a_formula() -> None:
    assert safe_cell("=SUM(A1)") == "'=SUM(A1)"
    assert safe_cell("@cmd") == "'@cmd"
    assert safe_cell(-12.5) == -12.5
    assert masked_text("a baker said", ["Mira Okolo"]) == "a baker said"


def test_a_request_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    database = Database(tmp_path / "record.db")
    for wrong, said in (
        (Request(format="xls"), "one of csv"), (Request(what="cases"), "incidents, events"),
        (Request(marking="SECRET"), "AMBER"), (Request(grade="good"), "such as C3"),
        (Request(coarse_km=-1), "0 or more"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=said):
            given(database, wrong)


def test_the_command_writes_a_whole_file_or_none(tmp_path: Path) -> None:
    where, out = str(tmp_path / "record.db"), tmp_path / "out.csv"
    database = Database(where)
    keep(database, TOLD)
    database.close()
    done = CliRunner().invoke(
        app, ["export", "incidents", "--store", where, "--out", str(out), "--coarse", "10"]
    )
    assert done.exit_code == 0, done.output
    assert list(rows(out.read_bytes())[0]) == [c.name for c in INCIDENTS]
    before = out.read_bytes()
    failed = CliRunner().invoke(
        app, ["export", "--store", where, "--out", str(out), "--marking", "RED"]
    )
    assert isinstance(failed.exception, InputError)
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".out")) == []
