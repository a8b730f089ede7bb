"""How long things are kept, holds, and erasure on request, on both back ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from benchmarks.wire_reports import wire
from sqlalchemy import func, select

from watchfloor.errors import InputError, StoreError
from watchfloor.store import (
    Arrival,
    Database,
    Filter,
    find_incidents,
    find_reports,
    incident_of,
    put,
    report_of,
    retention,
)
from watchfloor.store import tables as t
from watchfloor.store import watch_tables as w
from watchfloor.store.alerts import alert_of, keep_alert
from watchfloor.store.audit import lines, note, verify
from watchfloor.store.entries import entries as seen_of
from watchfloor.store.entries import note_entries, note_offered
from watchfloor.store.feeds import Feed, add_feed, feeds
from watchfloor.store.register import Entry, entries, replace_entries

NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=4000)
ALL = Filter(background=True)


@pytest.fixture
def kept(database: Database) -> Iterator[Database]:
    """Old reports and a new one, an old sign-in, a journey long over and one to come."""
    told = [one.coded for one in wire(40) if one.coded.events]
    with database.writing() as session:
        put(session, [Arrival(coded=c, received_at=OLD) for c in told[:-1]])
        put(session, [Arrival(coded=told[-1], received_at=NOW)])
        note(session, "Amina", "signed in", "desk", OLD, {"from": "192.0.2.1"})
        note(session, "Amina", "signed in", "desk", NOW, {"from": "192.0.2.2"})
        journeys = [
            Entry(kind="journeys", id=id, name=id, doc={"arrive": arrive})
            for id, arrive in (("over", "2031-01-01"), ("next", "2031-04-01"))
        ]
        replace_entries(session, journeys, "Amina", OLD)
    yield database


def first_report(database: Database) -> str:
    with database.reading() as session:
        return session.execute(select(t.report.c.id).order_by(t.report.c.n)).scalars().first() or ""


def test_what_is_due_is_deleted_and_the_rest_is_not(kept: Database) -> None:
    with kept.reading() as session:
        due = {name: len(found) for name, found in retention.due(session, NOW).items()}
    assert due["journeys"] == due["sign-ins"] == 1
    assert due["reports"] > 3
    with kept.writing() as session:
        counted = retention.delete_due(session, "Chief", NOW)
    assert counted == due
    with kept.reading() as session:
        assert not any(retention.due(session, NOW).values())
        (report,) = session.scalars(select(t.report.c.id))
        assert {r for row in find_incidents(session, ALL) for r in row.incident.reports} == {report}
        assert [e.id for e in entries(session)] == ["next"]
        assert verify(session).problems == ()
        particulars = {line.n: line.particulars for line in lines(session)}
        assert (particulars[1], particulars[2]) == (None, {"from": "192.0.2.2"})


def test_a_hold_outweighs_age_until_it_is_lifted(kept: Database) -> None:
    id = first_report(kept)
    with kept.writing() as session:
        row = find_incidents(session, ALL)[0]
        by_report = retention.place_hold(session, "report", id, "a claim", "Chief", NOW)
        retention.place_hold(session, "incident", row.id, "a claim", "Chief", NOW)
        retention.delete_due(session, "Chief", NOW)
        assert report_of(session, id) is not None
        assert all(report_of(session, r) is not None for r in row.incident.reports)
        with pytest.raises(StoreError, match="is held"):
            retention.erase(session, id, "asked for", "Chief", NOW)
        retention.lift_hold(session, by_report.n, "Chief", NOW)
        retention.place_hold(session, "everything", "*", "inquiry", "Chief", NOW)
        assert not any(retention.due(session, NOW).values())
        with pytest.raises(StoreError, match="lifted already"):
            retention.lift_hold(session, by_report.n, "Chief", NOW)


def test_an_erased_report_leaves_no_word_and_incidents_without_it(kept: Database) -> None:
    id = first_report(kept)
    with kept.writing() as session:
        stored = report_of(session, id)
        assert stored is not None
        word = max((w for w in stored.coded.report.text.split() if w.isalpha()), key=len)
        told = [r for r in find_incidents(session, ALL) if id in r.incident.reports]
        for n, row in enumerate(told):
            alert = {"id": f"a{n}", "incident": row.id, "register": "sites:a", "severity": "info"}
            keep_alert(session, {**alert, "reasons": []}, NOW)
        retention.erase(session, id, "asked for", "Chief", NOW)
    with kept.reading() as session:
        assert report_of(session, id) is None
        assert id not in {h.id for h in find_reports(session, word)}
        for n, row in enumerate(told):
            left = incident_of(session, row.id)
            if row.incident.reports == (id,):
                assert left is None
                assert alert_of(session, f"a{n}") is None
            elif left is not None:
                assert id not in left.incident.reports
        for table in (t.event, t.party, t.claim, t.node, t.revision, t.commitment, t.wire):
            count = select(func.count()).select_from(table).where(table.c.report == id)
            assert session.scalar(count) == 0, table.name
        assert verify(session).problems == ()
        assert (lines(session)[0].what, lines(session)[0].subject) == ("report erased", id)


def test_what_makes_no_sense_is_refused(kept: Database) -> None:
    with kept.writing() as session:
        for kind, days in (("gossip", 3), ("reports", 0)):
            with pytest.raises(InputError):
                retention.keep_for(session, kind, days, "Chief", NOW)
        with pytest.raises(InputError, match="one of report"):
            retention.place_hold(session, "gossip", "x", "why", "Chief", NOW)
        with pytest.raises(InputError, match="has no reason"):
            retention.erase(session, first_report(kept), " ", "Chief", NOW)
        with pytest.raises(StoreError, match="no such report"):
            retention.erase(session, "nothing", "why", "Chief", NOW)
        retention.keep_for(session, "reports", 9999, "Chief", NOW)
        assert retention.kinds(session)["reports"].days == 9999


def test_what_is_offered_no_more_is_forgotten_unless_a_report_came_of_it(
    kept: Database,
) -> None:
    report = first_report(kept)
    with kept.writing() as session:
        add_feed(session, Feed(address="a", kind="sitemap", name="Daily"), OLD)
        (feed,) = feeds(session)
        came = [("/told", "d", report), ("/gone", "d", None), ("/erased", "d", "not there")]
        note_entries(session, feed.n, [*came, ("/listed", "d", None)], OLD)
        note_offered(session, feed.n, ["/listed"], NOW)
        retention.place_hold(session, "report", report, "a claim", "Chief", NOW)
        assert retention.delete_due(session, "Chief", NOW)["entries"] == 2
        known = session.scalars(select(w.entry.c.key).order_by(w.entry.c.key)).all()
    assert known == ["/listed", "/told"]


def test_what_was_the_same_again_is_counted_and_keeps_its_report(database: Database) -> None:
    with database.writing() as session:
        add_feed(session, Feed(address="a", kind="sitemap", name="Daily"), OLD)
        (feed,) = feeds(session)
        for hours, digest, report in (
            (0, "x", "r1"),
            (1, "x", None),
            (2, "x", None),
            (3, "y", None),
        ):
            note_entries(session, feed.n, [("k", digest, report)], OLD + timedelta(hours=hours))
            steady = seen_of(session, feed.n, OLD)["k"].steady
            assert steady == {0: 0, 1: 1, 2: 2, 3: 0}[hours]
        assert session.scalar(select(w.entry.c.report)) == "r1"
        assert seen_of(session, feed.n, NOW) == {}
