"""The response in the record, on both back ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from tests.response.building import T0, assigned, called, case, clearance, hour, made, need, team
from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.response.records import (
    Assurance,
    Case,
    Evidence,
    HeadCount,
    Inquiry,
    Paper,
    Section,
    Sentence,
    Task,
    Turn,
    Verification,
)
from watchfloor.store import Database
from watchfloor.store.alerts import keep_alert
from watchfloor.store.cases import (
    case_about,
    close_case,
    link,
    links_of,
    log_of_case,
    mark_case,
    mark_task,
    note,
    open_case,
    reopen_case,
    unlink,
)
from watchfloor.store.papers import keep_paper, keep_version, version_of, versions_of
from watchfloor.store.response import (
    DROPPABLE,
    change,
    droppable,
    found,
    keep,
    one_of,
    put_back,
    standing,
    take_back,
)


def opened(database: Database) -> Case:
    with database.writing() as session:
        return open_case(session, replace(case(), n=0), {"alert": "a1", "incident": "i1"})


def test_a_case_is_opened_from_an_alert_kept_up_and_closed(database: Database) -> None:
    one = opened(database)
    with database.writing() as session:
        task = keep(session, Task(case=one.n, what="count heads", due_at=hour(1), **made()))
        mark_task(session, task.n, "ben", hour(1), done=True)
        mark_case(session, one.n, "told_at", "ben", hour(0.1))
        close_case(session, one.n, "ben", hour(9), " all accounted for ")
    with database.reading() as session:
        kept = one_of(session, Case, one.n)
        assert (kept.state, kept.outcome, kept.told_at) == (
            "closed", "all accounted for", hour(0.1),
        )  # fmt: skip
        assert one_of(session, Task, task.n).done_by == "ben"
        about = case_about(session, "alert", "a1")
        assert about is not None
        assert about.n == one.n
        assert case_about(session, "alert", "a2") is None
        log = log_of_case(session, one.n)
    assert [line.what for line in log] == ["opened", "task done", "told", "closed"]
    assert [line.author for line in log] == ["ana", "ben", "ben", "ben"]


def test_everything_can_be_undone_and_the_log_says_so(database: Database) -> None:
    one = opened(database)
    with database.writing() as session:
        task = keep(session, Task(case=one.n, what="count heads", **made()))
        mark_task(session, task.n, "ben", hour(1), done=True)
        assert mark_task(session, task.n, "ben", hour(2), done=False).done_at is None
        close_case(session, one.n, "ben", hour(3), "false alarm")
        assert reopen_case(session, one.n, "ana", hour(4)).outcome is None
        mark_case(session, one.n, "written_at", "ana", hour(5))
        assert (
            mark_case(session, one.n, "written_at", "ana", hour(6), done=False).written_at is None
        )
        link(session, one.n, "incident", "i2", "ana", hour(6))
        link(session, one.n, "incident", "i2", "ana", hour(6))
        unlink(session, one.n, "incident", "i2", "ana", hour(7))
        assert {x.subject for x in links_of(session, one.n)} == {"a1", "i1"}
        said = [line.text for line in log_of_case(session, one.n)]
    assert "had been closed as: false alarm" in said
    assert "not written up after all" in said
    assert said.count("incident i2") == 2


def test_a_line_of_the_log_is_never_changed(database: Database) -> None:
    one = opened(database)
    with pytest.raises(StoreError, match="never changed"), database.writing() as session:
        session.execute(text("UPDATE case_log SET text = 'nothing happened'"))
    with database.reading() as session:
        assert log_of_case(session, one.n)[0].text == "opened, severe"


def every_kind(one: int, resource: int) -> list[Any]:
    return [
        Task(case=one, what="call the site", **made()),
        HeadCount(case=one, place="sites:dasu", expected=40, accounted=38, **made()),
        called(None, 1, "sites:dasu"), team(), replace(need(0, 8), n=0),
        replace(assigned(0, 8, resource), n=0),
        Turn(post="duty officer", holder="ana", starts_at=hour(0), ends_at=hour(8), **made()),
        Inquiry(question="Who holds the bridge?", asked_of="district police", case=one, **made()),
        Verification(alert="a1", revision=1, asked_of="the site manager", **made()),
        Assurance(site="sites:dasu", measure="gate guarded", finding="in place", **made()),
    ]  # fmt: skip


def test_each_kind_comes_back_as_kept_and_can_be_taken_back_and_put_back(
    database: Database,
) -> None:
    one = opened(database)
    with database.writing() as session:
        first = keep(session, team()).n
        told = {"id": "a1", "incident": "i1", "register": "sites:dasu", "severity": "info"}
        keep_alert(session, {**told, "reasons": []}, hour(0))
        for given in every_kind(one.n, first):
            kept = keep(session, given)
            kind = type(given)
            assert one_of(session, kind, kept.n) == replace(given, n=kept.n)
            dropped = take_back(session, kind, kept.n, "ben", hour(1))
            assert dropped.dropped_by == "ben"
            assert kept.n not in {x.n for x in standing(session, kind)}
            assert kept.n in {x.n for x in found(session, kind)}
            with pytest.raises(StoreError, match="already"):
                take_back(session, kind, kept.n, "ben", hour(2))
            assert put_back(session, kind, kept.n, "ben", hour(3)) == kept
    assert len(every_kind(1, 1)) + 1 == len(DROPPABLE)  # papers have a test of their own


def test_a_clearance_keeps_its_call_points_and_what_was_decided(database: Database) -> None:
    with database.writing() as session:
        kept = keep(session, replace(clearance(("bridge", 2), ("ferry", 4)), n=0, state="asked"))
        change(session, kept, state="refused", decided_by="ben", decided_at=hour(1), reason="flood")
        again = one_of(session, type(kept), kept.n)
    assert [p.name for p in again.points] == ["bridge", "ferry"]
    assert again.points[1].due_at == hour(4)
    assert (again.state, again.reason) == ("refused", "flood")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(need(0, 8), ends_at=T0 - timedelta(hours=1)), "before it begins"),
        (replace(team(), kind="tank"), "one of guard, vehicle"),
        (replace(team(), name=" "), "name is empty"),
        (replace(team(), size=-1), "below 0"),
        (replace(case(), severity="dire"), "one of info"),
        (replace(called(1, 1), state="fine"), "one of well"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Any, wrong: Record, said: str) -> None:
    with Database(tmp_path / "r.db").writing() as session, pytest.raises(InputError, match=said):
        keep(session, wrong)


def test_what_is_not_there_is_said(tmp_path: Any) -> None:
    with Database(tmp_path / "r.db").writing() as session:
        with pytest.raises(StoreError, match="no such task"):
            take_back(session, Task, 4, "ben", T0)
        with pytest.raises(InputError, match="one of tasks"):
            droppable("guards")
        with pytest.raises(InputError, match="say what it came to"):
            close_case(session, 1, "ben", T0, " ")


SAID = Sentence(
    text="قُتل خمسة؛ 五人死亡。",
    evidence=(Evidence(kind="report", id="r1", says="five", start=0, end=4),),
)


def test_a_paper_keeps_every_version_and_nobody_writes_over_another(database: Database) -> None:
    with database.writing() as session:
        draft = Paper(kind="sitrep", title="SITREP 1", marking="AMBER", first_at=T0,
                      last_at=hour(6), **made())  # fmt: skip
        one = keep_paper(session, draft, [Section(title="What happened", sentences=(SAID,))])
        shorter = [Section(title="What happened")]
        two = keep_version(session, one.n, 1, shorter, "ben", hour(7))
        assert two.version == 2
        with pytest.raises(StoreError, match="ben kept version 2 meanwhile"):
            keep_version(session, one.n, 1, [], "ana", hour(8))
        assert version_of(session, one.n, 1).sections[0].sentences == (SAID,)
        assert [v.author for v in versions_of(session, one.n)] == ["ana", "ben"]
        with pytest.raises(StoreError, match="no version 3"):
            version_of(session, one.n, 3)


def test_notes_stand_in_the_order_written(database: Database) -> None:
    one = opened(database)
    with database.writing() as session:
        for n in range(3):
            note(session, one.n, hour(n), "ana", f"line {n}")
        assert [x.text for x in log_of_case(session, one.n)][1:] == ["line 0", "line 1", "line 2"]
