"""`watchfloor watch` over files: coded and raw lines, and lines that are neither."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from watchfloor.cli.app import app
from watchfloor.errors import InputError, SettingsError
from watchfloor.records import Bounds, CodedReport, Event, Report, Span
from watchfloor.store import Database
from watchfloor.store.feeds import Feed, add_feed

TEXT = "EXERCISE. Gunmen attacked the Karu works. " + "The road was closed for the day. " * 200


def folder(at: Path) -> Path:
    at.mkdir()
    header = "id,name,kind,lat,lon,place,country,people,radius_km\n"
    (at / "sites.csv").write_text(header + "works,Karu works,project,0,37,,KEN,9,25\n")
    return at


def ran(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["watch", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_long_coded_report_is_not_taken_for_a_raw_one(tmp_path: Path) -> None:
    trigger = Span(start=17, end=25, text="attacked")
    event = Event(id="e1", type="ASSAULT", trigger=trigger, sentence=Bounds(start=0, end=41))
    coded = CodedReport(report=Report(id="r1", text=TEXT), events=(event,))
    lines = tmp_path / "coded.jsonl"
    lines.write_bytes(msgspec.json.encode(coded))
    said = ran(str(lines), "--register", str(folder(tmp_path / "register")), "--format", "jsonl")
    (alert,) = (msgspec.json.decode(line) for line in said.splitlines())
    assert (alert["register"], alert["basis"]) == ("sites:works", "named")
    assert {e["text"] for e in alert["reasons"][0]["evidence"]} == {"attacked", "Karu works"}


@pytest.mark.parametrize("line", ["{", '{"text": 3}', '{"text": "no id"}'])
def test_a_line_that_is_no_report_is_named(tmp_path: Path, line: str) -> None:
    lines = tmp_path / "odd.jsonl"
    lines.write_text(line)
    register = str(folder(tmp_path / "register"))
    with pytest.raises(InputError, match=r"odd.jsonl, report 1: .*one raw or coded report a line"):
        CliRunner().invoke(
            app, ["watch", str(lines), "--register", register], catch_exceptions=False
        )


def test_a_promise_that_is_overdue_by_the_last_report_raises_an_alert(tmp_path: Path) -> None:
    site = folder(tmp_path / "register")
    header, _ = (site / "sites.csv").read_text().splitlines()
    (site / "sites.csv").write_text(f"{header}\ngao,Gao depot,depot,16.27,-0.04,,MLI,9,25\n")
    lines = tmp_path / "raw.jsonl"
    told = [
        Report(id="1", published="2031-03-03", text="EXERCISE. The governor of Gao in Mali "
               "promised on Monday that he would provide guards for the Gao depot by Wednesday."),
        Report(id="2", published="2031-03-08", text="EXERCISE. Ministers met in Lima on Friday."),
    ]  # fmt: skip
    lines.write_bytes(b"\n".join(msgspec.json.encode(one) for one in told))
    said = ran(str(lines), "--register", str(site), "--format", "jsonl")
    (alert,) = (msgspec.json.decode(line) for line in said.splitlines())
    assert (alert["register"], alert["incident"][:13]) == ("sites:gao", "commitment:1:")
    lines.write_bytes(msgspec.json.encode(told[0]))
    assert ran(str(lines), "--register", str(site), "--format", "jsonl") == ""


def test_a_channel_whose_secret_is_not_set_ends_the_watch_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOOK_KEY", raising=False)
    said = "channels: [{name: head, kind: webhook, url: 'http://127.0.0.1/', secret: HOOK_KEY}]"
    (tmp_path / "channels.yaml").write_text(said)
    store = str(tmp_path / "record.db")
    with Database(store).writing() as session:
        add_feed(session, Feed(address=str(tmp_path), kind="folder", name="In"), datetime.now(UTC))
    with pytest.raises(SettingsError, match="channel 'head': HOOK_KEY is not set"):
        CliRunner().invoke(
            app, ["watch", "--store", store, "--channels", str(tmp_path / "channels.yaml")],
            catch_exceptions=False,
        )  # fmt: skip
