"""What a newer coder changes is told; what persons decided stays, and can be taken back in full."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from benchmarks.wire_reports import wire
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.merge.building import Story
from watchfloor.errors import InputError
from watchfloor.records import CodedReport, Count, Role
from watchfloor.store import (
    Arrival,
    Database,
    Filter,
    Judgement,
    Session,
    anchor_of,
    anchors_of,
    changes_since,
    commitment_of,
    commitments,
    count_outdated,
    find_incidents,
    judge,
    outdated,
    put,
    stranded,
    undo,
)

NOW = datetime(2031, 1, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ALL = Filter(background=True)


def keep(
    database: Database, coded: list[CodedReport], coder: str = "1", at: datetime = NOW
) -> None:
    with database.writing() as session:
        put(session, [Arrival(coded=c, received_at=at, coder=coder) for c in coded])


def killed(coded: CodedReport, number: int) -> CodedReport:
    """As a newer coder has it, which reads another number."""
    events = (
        replace(e, harm=replace(e.harm, killed=Count(low=number, high=number)))
        for e in coded.events
    )
    return replace(coded, events=tuple(events))


def test_a_newer_coder_tells_what_it_changed(database: Database) -> None:
    coded = [t.coded for t in wire(6)]
    keep(database, coded)
    with database.reading() as session:
        assert count_outdated(session, "2") == 6
        assert [r.id for r in outdated(session, "2", 2)] == [c.report.id for c in coded[:2]]
    keep(database, [killed(c, 77) for c in coded], coder="2", at=LATER)
    with database.reading() as session:
        assert count_outdated(session, "2") == 0
        changed = list(changes_since(session, LATER))
        assert list(changes_since(session, LATER + timedelta(hours=1))) == []
    assert changed
    first = changed[0].fields["harm"]
    assert first[1]["killed"]["low"] == 77
    assert first[0] != first[1]
    assert not any(c.is_new for c in changed)


def test_a_judgement_on_what_is_no_longer_found_is_told_and_kept(database: Database) -> None:
    coded = [t.coded for t in wire(3)]
    keep(database, coded)
    with database.writing() as session:
        row = find_incidents(session, ALL)[0]
        made = judgement("correct", events=anchors_of(session, row.incident), field="type",
                         value="PROTEST")  # fmt: skip
        judge(session, made)
        assert stranded(session) == []
    gone = [replace(c, events=(), incidents=()) for c in coded]
    keep(database, gone, coder="2", at=LATER)
    with database.reading() as session:
        assert [j.reason for j in stranded(session)] == [made.reason]
        assert {c.gone_into for c in changes_since(session, LATER)} == {""}


def judgement(kind: str, **facts: object) -> Judgement:
    return Judgement(kind=kind, author="ana", reason="seen", made_at=NOW, **facts)  # type: ignore[arg-type]


def ledger_story() -> CodedReport:
    """EXERCISE: a demand, coded by hand."""
    story = Story("r1")
    story.tell("demanded", "REQUEST", by="the Norland mission", lead="in Oldport ")
    coded = story.coded()
    asked = replace(coded.events[0].participants[0], role=Role.RECIPIENT, text="the ministry",
                    actor=None)  # fmt: skip
    event = replace(coded.events[0], participants=(*coded.events[0].participants, asked))
    return replace(coded, events=(event,))


def test_a_person_settles_a_commitment_and_takes_it_back(database: Database) -> None:
    keep(database, [ledger_story()])
    today = date(2031, 3, 9)
    with database.writing() as session:
        (line,) = commitments(session, today)
        made, _ = judge(session, judgement("settle", events=(anchor_of(line),), value="broken"))
        (settled,) = commitments(session, today, statuses=["broken"])
        assert commitment_of(session, line.id, today) == settled
    assert (line.status, settled.status) == ("open", "broken")
    assert settled.evidence[-1].because == "ana: seen"
    keep(database, [ledger_story()], coder="2", at=LATER)
    with database.writing() as session:
        assert [x.status for x in commitments(session, today)] == ["broken"]
        undo(session, made.id, "ben", "too early", LATER)
        assert commitments(session, today) == [line]
        with pytest.raises(InputError, match="one of open"):
            judge(session, judgement("settle", events=(anchor_of(line),), value="forgotten"))


def held(session: Session) -> dict[str, object]:
    return {r.id: r.incident for r in find_incidents(session, ALL, limit=None)}


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "false"]), st.integers(0, 40), st.integers(0, 40)),
    min_size=1,
    max_size=5,
)


@given(steps=STEPS, data=st.data())
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking such a case takes minutes
)  # fmt: skip
def test_whatever_is_decided_and_undone_in_any_order_leaves_no_trace(
    steps: list[tuple[str, int, int]],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    database = Database(tmp_path_factory.mktemp("laws") / "record.db")
    keep(database, [t.coded for t in wire(14)])
    with database.writing() as session:
        before = held(session)
        made = [m for step in steps if (m := decided(session, *step))]
        for id in data.draw(st.permutations(made)):
            undo(session, id, "ben", "undone", NOW)
        assert held(session) == before
        events = sorted((m.report, m.event) for i in before.values() for m in i.members)  # type: ignore[attr-defined]
    assert len(events) == len(set(events))
    database.close()


def decided(session: Session, kind: str, one: int, two: int) -> str | None:
    """Take a decision on two incidents picked by number; None where they are one."""
    rows = find_incidents(session, ALL, limit=None)
    first, second = rows[one % len(rows)], rows[two % len(rows)]
    if kind != "false" and first.id == second.id:
        return None
    others = () if kind == "false" else anchors_of(session, second.incident)
    made, _ = judge(
        session, judgement(kind, events=anchors_of(session, first.incident), others=others)
    )
    return made.id


def test_the_same_decision_twice_is_two_and_each_is_undone(tmp_path: Path) -> None:
    database = Database(tmp_path / "record.db")
    keep(database, [t.coded for t in wire(4)])
    with database.writing() as session:
        before = held(session)
        one, two = (anchors_of(session, r.incident) for r in find_incidents(session, ALL)[:2])
        same = judgement("merge", events=one, others=two)
        ids = [judge(session, same)[0].id for _ in range(2)]
        assert len(set(ids)) == 2
        undo(session, ids[0], "ben", "undone", NOW)
        assert held(session) != before
        undo(session, ids[1], "ben", "undone", NOW)
        assert held(session) == before


def test_a_merge_is_the_same_from_either_side(tmp_path: Path) -> None:
    found = []
    for flip in (False, True):
        database = Database(tmp_path / f"{flip}.db")
        keep(database, [t.coded for t in wire(8)])
        with database.writing() as session:
            one, two = (
                anchors_of(session, row.incident) for row in find_incidents(session, ALL)[:2]
            )
            sides = (two, one) if flip else (one, two)
            judge(session, judgement("merge", events=sides[0], others=sides[1]))
            found.append(held(session))
        database.close()
    assert found[0] == found[1]
