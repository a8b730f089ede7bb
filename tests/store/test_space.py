"""Incidents near a place are found by the index of space, on both back ends, and none is missed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from benchmarks.wire_reports import wire
from msgspec.structs import replace
from sqlalchemy import text

from watchfloor.geometry import distance_km
from watchfloor.merge import across
from watchfloor.records import CodedReport, Place
from watchfloor.store import Arrival, Database, Filter, find_incidents, put
from watchfloor.store.queries import matching
from watchfloor.store.space import boxes_of

NOW = datetime(2031, 1, 5, tzinfo=UTC)
TOLD = list(wire(120))
CODED = [told.coded for told in TOLD]


def keep(database: Database, coded: list[CodedReport]) -> None:
    with database.writing() as session:
        put(session, [Arrival(coded=c, received_at=NOW) for c in coded])


def somewhere(coded: CodedReport, number: int, place: Place) -> CodedReport:
    """The same report, all of it at another place."""
    places = tuple(replace(place, id=p.id) for p in coded.places)
    report = replace(coded.report, id=f"s{number}", text=f"{coded.report.text} {number}")
    return replace(coded, report=report, places=places)


def area(name: str, lat: float, lon: float, radius_km: float, kind: str = "province") -> Place:
    return Place(start=0, end=1, text="x", id="p", name=name, gazetteer_id=name, kind=kind,
                 country=f"of {name}", lat=lat, lon=lon, radius_km=radius_km)  # fmt: skip


def names_near(database: Database, lat: float, lon: float, km: float) -> set[str]:
    with database.reading() as session:
        rows = find_incidents(session, Filter(within=(lat, lon, km), background=True), limit=None)
    return {row.incident.place.name for row in rows if row.incident.place}


def test_the_index_finds_what_measuring_each_finds(database: Database) -> None:
    keep(database, CODED)
    spots = [i.place for i in across(CODED) if i.place and i.place.lat is not None]
    for lat, lon, km in ((-10.0, -10.0, 300.0), (0.0, 5.0, 900.0), (10.0, 30.0, 80.0)):
        expected = {
            s.name for s in spots
            if s.lat is not None and s.lon is not None
            and distance_km((lat, lon), (s.lat, s.lon)) <= km
        }  # fmt: skip
        assert names_near(database, lat, lon, km) == expected


def test_an_area_counts_from_its_edge_and_the_date_line_parts_nothing(database: Database) -> None:
    first = {n: told.coded for told in reversed(TOLD) for n in told.truth.values()}
    one, two, three, four = (first[n] for n in (0, 1, 2, 3))
    keep(database, [
        somewhere(one, 1, area("Northern province", 10.0, 10.0, 150.0)),
        somewhere(two, 2, area("Far town", 30.0, 10.0, 5.0, "town")),
        somewhere(three, 3, area("East of the line", -17.0, -179.8, 5.0, "town")),
        somewhere(four, 4, area("Isles on the line", -18.0, 179.5, 200.0)),
    ])  # fmt: skip
    assert names_near(database, 11.5, 10.0, 30.0) == {"Northern province"}
    assert names_near(database, 12.0, 10.0, 30.0) == set()
    assert names_near(database, -17.0, 179.9, 50.0) == {"East of the line", "Isles on the line"}
    assert names_near(database, -19.0, -179.0, 10.0) == {"Isles on the line"}


def test_a_question_of_place_and_time_reads_the_index_of_space(database: Database) -> None:
    keep(database, CODED)
    wanted = Filter(within=(0.0, 0.0, 50.0), first=date(2031, 1, 1), last=date(2031, 1, 3))
    with database.writing() as session:
        lite = session.dialect.name == "sqlite"
        if not lite:  # a table of a hundred rows is read as fast without any index
            session.execute(text("SET LOCAL enable_seqscan = off"))
        query = matching(session, wanted).compile(dialect=session.dialect)
        plan = session.exec_driver_sql(
            f"EXPLAIN {'QUERY PLAN ' if lite else ''}{query}",
            tuple(query.params[name] for name in query.positiontup or ()) or query.params,
        )
        told = " ".join(str(value) for row in plan for value in row)
    if lite:
        assert "SCAN incident_space VIRTUAL TABLE INDEX 2:" in told
        assert "SEARCH incident USING INTEGER PRIMARY KEY" in told
    else:
        assert "ix_incident_reach_days" in told


@pytest.mark.parametrize("lon", [-179.99, -90.0, 0.0, 179.99])
@pytest.mark.parametrize("lat", [-89.0, -45.0, 0.0, 60.0])
def test_boxes_hold_what_is_within(lat: float, lon: float) -> None:
    boxes = boxes_of(lat, lon, 400.0)
    for north in range(-89, 90, 2):
        for east in range(-180, 181, 2):
            if distance_km((lat, lon), (north, east)) <= 400.0:
                assert any(b.south <= north <= b.north and b.west <= east <= b.east for b in boxes)
