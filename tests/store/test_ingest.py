"""Reports are kept once, whole, and merged the same whatever the order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from benchmarks.wire import pairwise
from benchmarks.wire_reports import Told, wire
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import text

from watchfloor.errors import InputError
from watchfloor.merge import across
from watchfloor.store import (
    Arrival,
    Database,
    Filter,
    Outcome,
    find_incidents,
    find_reports,
    history_of,
    incident_of,
    known_reports,
    put,
    report_of,
)

NOW = datetime(2031, 1, 5, tzinfo=UTC)
TOLD = list(wire(60))


def keep(database: Database, told: list[Told], coder: str = "1") -> list[Outcome]:
    with database.writing() as session:
        done = put(session, [Arrival(coded=t.coded, received_at=NOW, coder=coder) for t in told])
    return [outcome for _, outcome in done.outcomes]


def members(database: Database) -> set[frozenset[tuple[str, str]]]:
    with database.reading() as session:
        rows = find_incidents(session, Filter(background=True), limit=None)
    return {frozenset((m.report, m.event) for m in row.incident.members) for row in rows}


def expected(told: list[Told]) -> set[frozenset[tuple[str, str]]]:
    found = across(t.coded for t in told)
    return {frozenset((m.report, m.event) for m in i.members) for i in found}


def test_the_record_merges_as_memory_does(database: Database) -> None:
    assert set(keep(database, TOLD)) == {Outcome.NEW}
    assert members(database) == expected(TOLD)
    with database.reading() as session:
        rows = find_incidents(session, Filter(background=True), limit=None)
    precision, recall = pairwise(TOLD, [row.incident for row in rows])
    assert precision >= 0.9
    assert recall >= 0.9


def test_the_same_input_again_changes_nothing(database: Database) -> None:
    keep(database, TOLD[:20])
    before = members(database)
    assert set(keep(database, TOLD[:20])) == {Outcome.UNCHANGED}
    assert members(database) == before
    with database.reading() as session:
        known = known_reports(session, (t.coded.report for t in TOLD), "1")
    assert known == {t.coded.report.id for t in TOLD[:20]}


def test_an_edited_report_is_a_revision(database: Database) -> None:
    keep(database, TOLD[:10])
    old = TOLD[0].coded
    text_ = old.report.text + " It was corrected later."
    edited = Told(replace(old, report=replace(old.report, text=text_)), TOLD[0].truth)
    assert keep(database, [edited]) == [Outcome.REVISED]
    with database.reading() as session:
        stored = report_of(session, old.report.id)
        hits = find_reports(session, "corrected")
        raw = session.execute(text("SELECT count(*) FROM blob")).scalar_one()
    assert stored is not None
    assert stored.revision == 2
    assert stored.coded.report.text == text_
    assert [hit.id for hit in hits] == [old.report.id]
    assert raw >= 2, "the bytes of both are kept"


def test_a_report_that_comes_twice_in_one_batch_is_kept_in_its_order(database: Database) -> None:
    old = TOLD[0].coded
    text_ = old.report.text + " It was corrected later."
    edited = Told(replace(old, report=replace(old.report, text=text_)), TOLD[0].truth)
    outcomes = keep(database, [TOLD[0], TOLD[1], TOLD[0], edited])
    assert outcomes == [Outcome.NEW, Outcome.NEW, Outcome.UNCHANGED, Outcome.REVISED]
    assert members(database) == expected([edited, TOLD[1]])


def test_an_incident_keeps_what_the_record_held_of_it(database: Database) -> None:
    many = [t for t in wire(200) if len(t.truth) == 1]
    number = next(n for t in many for n in t.truth.values() if _told(many, n) >= 3)
    told = [t for t in many if number in t.truth.values()]
    for n, one in enumerate(told):
        with database.writing() as session:
            put(session, [Arrival(coded=one.coded, received_at=NOW + timedelta(hours=n))])
    with database.reading() as session:
        (row,) = find_incidents(session, Filter())
        past = history_of(session, row.id)
    assert len(row.incident.reports) == len(told)
    assert past[0][1]["reports"] == [told[0].coded.report.id]
    assert [at for at, _ in past] == sorted(at for at, _ in past)


def _told(many: list[Told], number: int) -> int:
    return sum(number in t.truth.values() for t in many)


def test_incidents_are_found_by_what_is_asked(database: Database) -> None:
    keep(database, TOLD)
    with database.reading() as session:
        rows = find_incidents(session, Filter(background=True), limit=None)
        one = next(r for r in rows if r.incident.place and r.incident.when)
        spot = one.incident.place
        assert spot is not None
        assert spot.lat is not None
        assert spot.lon is not None
        near = find_incidents(session, Filter(within=(spot.lat, spot.lon, 1.0), background=True))
        typed = find_incidents(session, Filter(types=("PROTEST",), background=True))
        early = find_incidents(session, Filter(last=date(2030, 12, 1), background=True))
        placed = find_incidents(session, Filter(place=spot.name, background=True))
    assert one.id in {r.id for r in near}
    assert all(r.distance_km is not None and r.distance_km <= 1 for r in near)
    assert {r.incident.type for r in typed} == {"PROTEST"}
    assert early == []
    assert one.id in {r.id for r in placed}


def test_words_are_searched_as_words_not_as_operators(database: Database) -> None:
    keep(database, TOLD[:5])
    with database.reading() as session:
        assert find_reports(session, 'killing NEAR("nowhere" 4) "') == []
        hits = find_reports(session, "killing")
        assert len(hits) == 5
        for hit in hits:
            assert {hit.excerpt[start:end].lower() for start, end in hit.marks} == {"killing"}
            stored = report_of(session, hit.id)
            assert stored is not None
            assert stored.coded.report.text.startswith(hit.begins)
        with pytest.raises(InputError, match="nothing to search for"):
            find_reports(session, '"*"')


def test_a_wrong_marking_is_refused(database: Database) -> None:
    with pytest.raises(InputError, match="AMBER"), database.writing() as session:
        put(session, [Arrival(coded=TOLD[0].coded, received_at=NOW, marking="SECRET")])


def test_what_is_gone_leads_to_what_took_it_over(database: Database) -> None:
    with database.reading() as session:
        assert incident_of(session, "inone") is None


@given(order=st.permutations(range(12)), parts=st.integers(1, 12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_arrival_changes_nothing(
    order: list[int], parts: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = [t for t in TOLD if len(t.truth) >= 1][:12]
    database = Database(tmp_path_factory.mktemp("order") / "record.db")
    shuffled = [told[n] for n in order]
    for n in range(0, len(shuffled), parts):
        keep(database, shuffled[n : n + parts])
    found = members(database)
    database.close()
    assert found == expected(told)
