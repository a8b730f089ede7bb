"""The record from the command line: every command on a record of made-up reports."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from benchmarks.wire_reports import wire
from typer.testing import CliRunner, Result

from watchfloor.cli.app import app
from watchfloor.errors import InputError, SettingsError, StoreError
from watchfloor.flow import CODER
from watchfloor.store import Arrival, Database, put

NOW = datetime(2020, 1, 5, tzinfo=UTC)  # before any run of these tests


@pytest.fixture
def store(tmp_path: Path) -> str:
    where = str(tmp_path / "record.db")
    database = Database(where)
    with database.writing() as session:
        put(session, [Arrival(coded=t.coded, received_at=NOW, coder=CODER) for t in wire(20)])
    database.close()
    return where


def run(store: str, *words: str) -> Result:
    result = CliRunner().invoke(app, [*words, "--store", store])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def lines(store: str, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(store, *words).stdout.splitlines()]


def test_incidents_are_listed_shown_and_told_account_by_account(store: str) -> None:
    listed = lines(store, "incidents", "--type", "ASSAULT")
    assert {found["type"] for found in listed} == {"ASSAULT"}
    (shown,) = lines(store, "show", listed[0]["incident"])
    assert shown["incident"]["incident"] == listed[0]["incident"]
    told = lines(store, "accounts", listed[0]["incident"])
    accounts = [one for one in told if "report" in one]
    fields = {one["field"]: one for one in told if "verdict" in one}
    assert {a["report"] for a in accounts} == set(listed[0]["reports"])
    assert {"harm.killed", "place", "when", "status"} <= set(fields)
    assert all(one["reason"] for one in fields.values())


def test_the_desks_table_of_grades_reaches_the_record(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFLOOR_HOME", str(tmp_path))
    id = lines(store, "incidents", "--type", "ASSAULT")[0]["incident"]
    (one, *_) = (told for told in lines(store, "accounts", id) if "report" in told)
    assert one["grade"][0] == "F"
    names = "|".join(filter(None, (one["outlet"], one["agency"], *one["sources"])))
    table = f"names\treliability\tnote\n{names}\tB\t\n"
    (tmp_path / "grades.tsv").write_text(table, encoding="utf-8")
    grades = {t["report"]: t["grade"] for t in lines(store, "accounts", id) if "report" in t}
    assert grades[one["report"]][0] == "B"
    (tmp_path / "grades.tsv").write_text(table.replace("B", "Q"), encoding="utf-8")
    with pytest.raises(SettingsError, match="no such reliability 'Q'"):
        run(store, "accounts", id)


def test_words_are_found_and_everything_is_counted(store: str) -> None:
    hits = lines(store, "search", "killing", "--limit", "3")
    assert len(hits) == 3
    assert {hits[0]["excerpt"][start:end] for start, end in hits[0]["marks"]} == {"killing"}
    (counted,) = lines(store, "stats")
    assert counted["reports"] == 20
    assert counted["incidents"] > 5


def test_a_decision_is_taken_listed_and_undone(store: str) -> None:
    before = lines(store, "incidents", "--limit", "100")
    one, two = before[0]["incident"], before[1]["incident"]
    judged = run(store, "judge", "merge", one, two, "--reason", "one blast").stdout
    assert len(lines(store, "incidents", "--limit", "100")) == len(before) - 1
    assert "one blast (stands)" in run(store, "decisions").stdout
    run(store, "undo", judged.split(":")[0], "--reason", "two towns")
    assert lines(store, "incidents", "--limit", "100") == before
    assert "two towns" in run(store, "decisions").stdout


def test_an_event_moves_a_field_is_corrected_and_a_copy_is_marked(store: str) -> None:
    listed = lines(store, "incidents", "--limit", "100")
    home = next(i for i in listed if len(i["members"]) > 1)
    into = next(i for i in listed if not set(i["reports"]) & set(home["reports"]))
    goes, stays = home["members"][:2]
    name = f"{goes['report']}/{goes['event']}"
    run(store, "judge", "move", home["incident"], into["incident"], "--event", name,
        "--reason", "the other bus")  # fmt: skip
    held = {(m["report"], m["event"]): i["incident"] for i in lines(
        store, "incidents", "--limit", "100") for m in i["members"]}  # fmt: skip
    theirs = into["members"][0]
    assert held[goes["report"], goes["event"]] == held[theirs["report"], theirs["event"]]
    assert held[stays["report"], stays["event"]] != held[goes["report"], goes["event"]]
    there = held[stays["report"], stays["event"]]
    run(store, "judge", "correct", there, "--field", "harm.killed", "--value", "40-44",
        "--reason", "the hospital's list")  # fmt: skip
    (shown,) = lines(store, "show", there)
    assert shown["incident"]["harm"]["killed"] == {"low": 40, "high": 44}
    run(store, "judge", "duplicate", goes["report"], stays["report"], "--reason", "one wire")
    assert "one wire (stands)" in run(store, "decisions").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("move", "HERE", "HERE"), "is this incident itself"),
        (("move", "HERE", "THERE"), "none of it is meant"),
        (("split", "HERE", "--report", "ALL"), "all of it is meant"),
        (("merge", "HERE"), "takes two incidents"),
        (("correct", "HERE", "--field", "colour", "--value", "red"), "no such field 'colour'"),
        (("correct", "HERE", "--field", "harm.killed", "--value", "many"), "is no count"),
        (("duplicate", "r0000000", "r9"), "no such report"),
        (("burn", "HERE"), "no such kind"),
        (("false", "nowhere"), "no such incident"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    store: str, words: tuple[str, ...], said: str
) -> None:
    here, there = lines(store, "incidents", "--limit", "2")
    names = {"HERE": here["incident"], "THERE": there["incident"]}
    given = [names.get(word, word) for word in words]
    if "ALL" in given:
        given = [*given[:2], *(x for r in here["reports"] for x in ("--report", r))]
    with pytest.raises(InputError, match=said):
        run(store, "judge", *given, "--reason", "a test")


def test_what_is_coded_by_this_coder_is_not_coded_again(store: str) -> None:
    done = run(store, "recode")
    assert done.stdout == ""
    assert "0 reports coded again, 0 incidents changed" in done.stderr


def test_a_copy_is_made_checked_and_restored(store: str, tmp_path: Path) -> None:
    copy, new = str(tmp_path / "copy.db"), str(tmp_path / "new.db")
    run(store, "backup", copy)
    CliRunner().invoke(app, ["restore", copy, "--store", new], catch_exceptions=False)
    assert lines(new, "stats") == lines(store, "stats")
    with pytest.raises(StoreError, match="is there already"):
        run(new, "restore", copy)


def test_what_is_not_there_is_said(store: str) -> None:
    for words in (("show", "inone"), ("accounts", "inone")):
        with pytest.raises(InputError, match="an id that `incidents` lists"):
            run(store, *words)
    with pytest.raises(InputError, match="an id of `commitments`"):
        run(store, "settle", "r1/e1", "broken", "--reason", "seen")
    with pytest.raises(InputError, match="LAT,LON,KM"):
        run(store, "incidents", "--near", "here")


def test_a_line_of_the_ledger_is_listed_by_its_status(store: str) -> None:
    assert lines(store, "commitments", "--status", "broken") == []


def test_an_export_is_a_line_of_the_audit_log(store: str, tmp_path: Path) -> None:
    run(store, "export", "events", "--format", "jsonl", "--out", str(tmp_path / "out.jsonl"))
    log = run(store, "audit", "show").stdout
    assert "export events" in log
    assert '"held_back":0' in log


def test_an_outlet_is_graded_with_a_reason_and_the_grade_taken_back(store: str) -> None:
    def graders() -> set[str | None]:
        found = lines(store, "incidents")
        accounts = [a for i in found for a in i["accounts"] if a["outlet"] == outlet]
        return {a["grading"].get("by") for a in accounts}

    outlet = lines(store, "incidents")[0]["accounts"][0]["outlet"]
    assert graders() == {None}
    words = ("--reason", "wrong twice in May", "--author", "ann")
    made = run(store, "grade", outlet, "e", *words).stdout
    assert graders() == {"ann"}
    assert "wrong twice in May" in run(store, "decisions").stdout
    run(store, "undo", made.split(":")[0], "--reason", "another paper")
    assert graders() == {None}
    with pytest.raises(InputError, match="no such grade 'X'"):
        run(store, "grade", outlet, "X", "--reason", "a slip")
    with pytest.raises(InputError, match="outlet or source"):
        run(store, "grade", outlet, "B", "--of", "paper", "--reason", "a slip")
