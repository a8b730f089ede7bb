"""What is marked is seen by whom it may be, on both back ends and in every table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from benchmarks.wire_reports import wire
from sqlalchemy import select, text

from watchfloor.errors import StoreError
from watchfloor.store import (
    Arrival,
    Database,
    Filter,
    commitments,
    count_all,
    find_incidents,
    find_reports,
    put,
    report_of,
)
from watchfloor.store.alerts import find_alerts, keep_alert, log_of
from watchfloor.store.releases import name_readers
from watchfloor.store.sight import SEEN, Sight
from watchfloor.store.tables import metadata

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)
GREEN = Sight(user="Amina", markings=("CLEAR", "GREEN"))


@pytest.fixture
def marked(database: Database) -> Iterator[Database]:
    """Three reports of three incidents, one of them RED, each with an alert of its own site."""
    told = [t.coded for t in wire(60)]
    chosen = {c.report.id: c for c in told if c.events}
    some = list(chosen.values())[:3]
    with database.writing() as session:
        for coded, marking in zip(some, ("RED", "GREEN", "CLEAR"), strict=True):
            put(session, [Arrival(coded=coded, received_at=NOW, marking=marking)])
        for n, row in enumerate(find_incidents(session, Filter(background=True))):
            alert = {"id": f"a{n}", "incident": row.id, "register": f"sites:{row.marking}"}
            keep_alert(session, {**alert, "severity": "info", "reasons": []}, NOW)
    yield database


def test_what_is_red_is_in_no_answer(marked: Database) -> None:
    with marked.reading() as session:
        (red,) = [r for r in find_incidents(session, Filter(background=True)) if r.marking == "RED"]
        report = red.incident.reports[0]
        stored = report_of(session, report)
        assert stored is not None
        word = max((w for w in stored.coded.report.text.split() if w.isalpha()), key=len)
        whole = count_all(session)
        hit = {h.id for h in find_reports(session, word)}
    assert report in hit
    narrow = marked.seen_by(GREEN)
    with narrow.reading() as session:
        assert report_of(session, report) is None
        assert red.id not in {r.id for r in find_incidents(session, Filter(background=True))}
        assert report not in {h.id for h in find_reports(session, word)}
        found = {r.id for r in find_incidents(session, Filter(words=word, background=True))}
        near = {r.id for r in find_incidents(session, Filter(within=(0, 0, 20_000)))}
        assert red.id not in found | near
        assert {a.register for a in find_alerts(session)} == {"sites:GREEN", "sites:CLEAR"}
        assert all(c.report != report for c in commitments(session, date(2031, 3, 3)))
        counted = count_all(session)
        assert counted["reports"] == whole["reports"] - 1
        assert counted["events"] < whole["events"]
        for table in SEEN:
            for column in {"report", "incident"} & set(table.c.keys()):
                values = set(session.scalars(select(table.c[column])))
                assert not values & {report, red.id}, table.name
    with marked.reading() as session:
        assert count_all(session) == whole


def test_a_named_reader_sees_what_is_red_and_nobody_else(marked: Database) -> None:
    with marked.writing() as session:
        (red,) = session.execute(text("SELECT id FROM report WHERE marking = 'RED'")).scalars()
        name_readers(session, "report", red, ["Amina"], "Chief", NOW)
    with marked.seen_by(GREEN).reading() as session:
        assert report_of(session, red) is not None
    bo = Sight(user="Bo", markings=("CLEAR", "GREEN", "AMBER", "AMBER+STRICT"))
    with marked.seen_by(bo).reading() as session:
        assert report_of(session, red) is None


def test_a_liaison_sees_the_alerts_of_their_own_sites(marked: Database) -> None:
    own = Sight(user="Li", markings=("CLEAR", "GREEN", "AMBER"), sites=("CLEAR", "RED"))
    with marked.seen_by(own).reading() as session:
        (one,) = find_alerts(session)
        assert one.register == "sites:CLEAR"
        assert log_of(session, one.id)
    none = Sight(user="Li", markings=("CLEAR",), sites=())
    with marked.seen_by(none).reading() as session:
        assert find_alerts(session) == []


def test_raw_sql_is_refused_where_it_cannot_be_narrowed(marked: Database) -> None:
    with (
        pytest.raises(StoreError, match="cannot be narrowed"),
        marked.seen_by(GREEN).reading() as session,
    ):
        session.execute(text("SELECT count(*) FROM report"))


def test_every_table_of_reports_and_incidents_is_narrowed() -> None:
    """A new table with a column of them must be thought of."""
    known = {table.name for table in SEEN}
    #: Links and fingerprints that are read by the merger only.
    inner = {"wire", "band", "entry", "feed", "release"}
    named = {
        t.name for t in metadata.tables.values()
        if {"report", "incident", "alert", "case", "marking"} & set(t.c.keys())
    }  # fmt: skip
    assert named - inner - {"incident", "delivery"} <= known
