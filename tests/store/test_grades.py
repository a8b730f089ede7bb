"""A person's grade of an outlet or source reaches every account it bears on; it can be undone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.merge.building import Story
from watchfloor.errors import InputError
from watchfloor.merge import MergedAccount
from watchfloor.store import (
    Anchor,
    Arrival,
    Database,
    Filter,
    Judgement,
    find_incidents,
    judge,
    put,
    undo,
)

NOW = datetime(2031, 3, 5, tzinfo=UTC)


def filled(tmp_path: Path) -> Database:
    """EXERCISE: one blast told by one outlet on the army's word."""
    story = Story("r1", outlet="Coast Daily")
    word = story.claim("The army")
    story.tell("bombed", by="gunmen", hit="a bus", killed=3, word=word)
    database = Database(tmp_path / "record.db")
    with database.writing() as session:
        put(session, [Arrival(coded=story.coded(), received_at=NOW)])
    return database


def account(database: Database) -> MergedAccount:
    with database.reading() as session:
        (row,) = find_incidents(session, Filter(background=True), limit=None)
    return row.incident.accounts[0]


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
