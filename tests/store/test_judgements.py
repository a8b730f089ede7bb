"""What persons decide holds, can be undone, and outlives a newer coder."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from benchmarks.wire_reports import wire
from msgspec.structs import replace

from watchfloor.errors import InputError, StoreError
from watchfloor.records import CodedReport
from watchfloor.store import (
    Arrival,
    Database,
    Filter,
    Judgement,
    Outcome,
    Row,
    anchors_of,
    find_incidents,
    incident_of,
    judge,
    judgements,
    put,
    undo,
)

NOW = datetime(2031, 1, 5, tzinfo=UTC)


def shown(database: Database) -> dict[str, Row]:
    with database.reading() as session:
        return {r.id: r for r in find_incidents(session, Filter(background=True), limit=None)}


def fill(database: Database, coder: str = "1", shift: int = 0) -> list[Outcome]:
    """Thirty reports; `shift` renumbers their events, as another coder would."""
    coded = [_renumbered(t.coded, shift) for t in wire(30)]
    with database.writing() as session:
        done = put(session, [Arrival(coded=c, received_at=NOW, coder=coder) for c in coded])
    return [outcome for _, outcome in done.outcomes]


def _renumbered(coded: CodedReport, shift: int) -> CodedReport:
    names = {e.id: f"e{int(e.id[1:]) + shift}" for e in coded.events}
    return replace(
        coded,
        events=tuple(replace(e, id=names[e.id]) for e in coded.events),
        incidents=tuple(
            replace(i, events=tuple(names[e] for e in i.events)) for i in coded.incidents
        ),
    )


def made(kind: str, **facts: Any) -> Judgement:
    return Judgement(kind=kind, author="ana", reason="seen on the map", made_at=NOW, **facts)


def members(row: Row) -> set[str]:
    return {m.report for m in row.incident.members}


def test_a_merge_joins_and_its_undoing_parts_again(database: Database) -> None:
    fill(database)
    before = {i: row.incident for i, row in shown(database).items()}
    one, two = (row for row in list(shown(database).values())[:2])
    with database.writing() as session:
        decided, changed = judge(
            session,
            made("merge", events=anchors_of(session, one.incident)[:1],
                 others=anchors_of(session, two.incident)[:1]),
        )  # fmt: skip
        joined = incident_of(session, one.id)
    assert joined is not None
    assert members(joined) == members(one) | members(two)
    assert joined.id in changed
    assert len(shown(database)) == len(before) - 1
    with database.writing() as session:
        undo(session, decided.id, "ben", "two towns of one name", NOW)
    assert {i: row.incident for i, row in shown(database).items()} == before
    with database.reading() as session:
        (kept,) = judgements(session, undone=True)
        assert judgements(session) == []
    assert kept.undone_by == "ben"


def test_a_split_parts_and_stays_parted(database: Database) -> None:
    fill(database)
    joined = next(r for r in shown(database).values() if len(r.incident.reports) >= 2)
    first, *rest = joined.incident.reports
    with database.writing() as session:
        judge(
            session,
            made("split", events=anchors_of(session, joined.incident, [first]),
                 others=anchors_of(session, joined.incident, rest)),
        )  # fmt: skip
    assert not any(
        {first, rest[0]} <= members(r) and r.incident.type == joined.incident.type
        and r.id in {joined.id} for r in shown(database).values()
    )  # fmt: skip
    assert set(fill(database, coder="2", shift=5)) == {Outcome.RECODED}
    tellers = [members(r) for r in shown(database).values() if first in members(r)]
    assert not any(set(rest) & told for told in tellers if joined.incident.type)


def test_a_correction_is_laid_over_and_survives_a_newer_coder(database: Database) -> None:
    fill(database)
    row = next(r for r in shown(database).values() if len(r.incident.members) == 1)
    with database.writing() as session:
        anchor = anchors_of(session, row.incident)
        judge(session, made("correct", events=anchor, field="harm.killed",
                            value={"low": 99, "high": 99}))  # fmt: skip
    fill(database, coder="2", shift=5)
    report = row.incident.reports[0]
    held = [r for r in shown(database).values() if report in members(r)]
    killed = [r.incident.harm.killed for r in held]
    assert any(k is not None and k.low == 99 for k in killed)
    with database.reading() as session:
        assert len(judgements(session)) == 1


def test_what_is_no_event_leaves_the_incidents(database: Database) -> None:
    fill(database)
    row = next(r for r in shown(database).values() if len(r.incident.members) == 1)
    with database.writing() as session:
        judge(session, made("false", events=anchors_of(session, row.incident)))
    assert row.id not in shown(database)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"kind": "burn"}, "one of merge, split"),
        ({"kind": "merge"}, "names no event"),
        ({"kind": "correct", "field": "colour", "events": ()}, "one of type"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused(
    tmp_path: Any, facts: dict[str, Any], said: str
) -> None:
    database = Database(tmp_path / "record.db")
    kind = facts.pop("kind")
    with pytest.raises(InputError, match=said), database.writing() as session:
        judge(session, made(kind, **facts))


def test_a_reason_is_asked_for_and_nothing_is_undone_twice(tmp_path: Any) -> None:
    database = Database(tmp_path / "record.db")
    with pytest.raises(InputError, match="no reason"), database.writing() as session:
        judge(session, replace(made("grade", field="outlet:Wire", value="B2"), reason=" "))
    with database.writing() as session:
        kept, _ = judge(session, made("grade", field="outlet:Wire", value="B2"))
        undo(session, kept.id, "ben", "graded in error", NOW)
    with pytest.raises(StoreError, match="already"), database.writing() as session:
        undo(session, kept.id, "ben", "again", NOW)
