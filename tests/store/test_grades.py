"""A person's grade of an outlet or source reaches every account it bears on; it can be undone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.merge.building import Story
from watchfloor.errors import InputError, StoreError
from watchfloor.grade import Known, Table
from watchfloor.merge import MergedAccount
from watchfloor.store import (
    Anchor,
    Arrival,
    Database,
    Filter,
    Judgement,
    find_incidents,
    grade_feed,
    hold_table,
    incident_of,
    judge,
    put,
    undo,
)
from watchfloor.store.entries import note_entries
from watchfloor.store.feeds import Feed, add_feed, feeds

NOW = datetime(2031, 3, 5, tzinfo=UTC)


def filled(tmp_path: Path) -> Database:
    """EXERCISE: one blast told by one outlet on the army's word."""
    database = Database(tmp_path / "record.db")
    keep(database, "r1")
    return database


def keep(database: Database, id: str, head: str = "") -> None:
    story = Story(id, outlet="Coast Daily")
    story.text = head + story.text
    word = story.claim("The army")
    story.tell("bombed", by="gunmen", hit="a bus", killed=3, word=word)
    with database.writing() as session:
        put(session, [Arrival(coded=story.coded(), received_at=NOW)])


def account(database: Database) -> MergedAccount:
    with database.reading() as session:
        (row,) = find_incidents(session, Filter(background=True), limit=None)
    return row.incident.accounts[0]


def every(database: Database) -> list[MergedAccount]:
    with database.reading() as session:
        rows = find_incidents(session, Filter(background=True), limit=None)
    return [account for row in rows for account in row.incident.accounts]


def grade(field: str, value: str, *events: Anchor) -> Judgement:
    return Judgement(
        kind="grade", author="ann", reason="called them", made_at=NOW, field=field, value=value,
        events=events,
    )  # fmt: skip


def test_grades_reach_the_accounts_and_are_undone(tmp_path: Path) -> None:
    database = filled(tmp_path)
    assert account(database).grade == "F6"
    with database.writing() as session:
        judge(session, grade("outlet:Coast Daily", "B"))
        _, changed = judge(session, grade("source:the army", "C"))
    assert len(changed) == 1
    assert account(database).grade == "C6"
    grading = account(database).grading
    assert grading is not None
    assert (grading.by, grading.proposed) == ("ann", "F6")
    with database.writing() as session:
        made, _ = judge(session, grade("outlet:Coast Daily", "E"))
    assert account(database).grade == "E6"
    with database.writing() as session:
        undo(session, made.id, "ben", "another paper of that name", NOW)
    assert account(database).grade == "C6"


def test_what_was_said_is_graded_in_its_report_alone(tmp_path: Path) -> None:
    database = filled(tmp_path)
    with database.writing() as session:
        judge(session, grade("outlet:Coast Daily", "B"))
        judge(session, grade("source:The army", "B2", Anchor(report="r1", start=0, end=99)))
    assert account(database).grade == "B2"


def test_the_desks_own_table_is_in_the_record(database: Database) -> None:
    """EXERCISE: its lines hold for what comes after and for what is there, on both back ends."""
    army = Known(name="The Army", reliability="C")
    paper = Known(name="Coast Daily", reliability="B", note="right in nine of ten")
    agency = Known(name="Northwire", reliability="A")
    assert hold_table(database, Table([army]), NOW) == ()
    keep(database, "r1", "OLDPORT (Northwire) - ")
    assert account(database).grade == "F6"
    (changed,) = hold_table(database, Table([army, paper, agency]), NOW)
    assert account(database).grade == "C6"
    assert hold_table(database, Table([army, paper, agency]), NOW) == ()
    with database.reading() as session:
        row = incident_of(session, changed)
        assert row is not None
        assert row.incident.accounts[0].agency == "Northwire"
    worse = Known(name="Northwire", reliability="E", note="prints what it is handed")
    assert hold_table(database, Table([army, paper, worse]), NOW) == (changed,)
    grading = account(database).grading
    assert grading is not None
    assert grading.reasons[0] == ("Northwire is E in the desk's table: prints what it is handed")
    with database.writing() as session:
        made, _ = judge(session, grade("outlet:northwire", "B"))
    assert account(database).grade == "C6"
    assert account(database).grading.proposed == "E6"  # type: ignore[union-attr]
    with database.writing() as session:
        undo(session, made.id, "ben", "not so", NOW)
    assert hold_table(database, Table(), NOW) == (changed,)
    assert account(database).grade == "F6"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("Coast Daily", "B", "outlet:NAME or source:NAME"),
        ("outlet:Coast Daily", "G", "no such grade 'G'"),
        ("outlet:Coast Daily", "B7", "no such grade 'B7'"),
    ],
)
def test_a_grade_that_is_none_is_refused(tmp_path: Path, field: str, value: str, said: str) -> None:
    database = filled(tmp_path)
    with pytest.raises(InputError, match=said), database.writing() as session:
        judge(session, grade(field, value))
    assert account(database).grade == "F6"


def test_a_feeds_grade_reaches_the_reports_that_came_by_it(tmp_path: Path) -> None:
    """EXERCISE."""
    database = Database(tmp_path / "record.db")
    address = "https://coast-daily.invalid/feed"
    with database.writing() as session:
        add_feed(session, Feed(address=address, kind="feed", name="Coast feed"), NOW)
        (feed,) = feeds(session)
        for id in ("r1", "r2"):
            story = Story(id, outlet="Coast Daily")
            day = "2031-03-03" if id == "r1" else "2031-02-01"
            story.tell("bombed", by="gunmen", hit="a bus", killed=3, day=day)
            put(session, [Arrival(coded=story.coded(), received_at=NOW)])
        note_entries(session, feed.n, [("k1", "digest", "r1")], NOW)
        assert len(grade_feed(session, address, "B", NOW)) == 1
    found = {a.report: a for a in every(database)}
    assert (found["r1"].grade, found["r2"].grade) == ("B6", "F6")
    assert found["r1"].grading is not None
    assert found["r1"].grading.proposed == "F6"
    assert "as the feed Coast feed" in found["r1"].grading.reasons[0]
    with database.writing() as session:
        judge(session, grade("outlet:Coast Daily", "D"))
    assert {a.grade for a in every(database)} == {"D6"}
    with database.writing() as session, pytest.raises(StoreError, match="no such feed"):
        grade_feed(session, "https://nowhere.invalid/", "B", NOW)
