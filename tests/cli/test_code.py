"""`watchfloor code` as its users call it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from watchfloor.cli.app import app
from watchfloor.cli.output import opened

SENTENCE = "Gunmen killed two guards near Kabul on Monday, police said."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["code", *arguments])


def piped(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own, with real pipes."""
    command = [sys.executable, "-c", "from watchfloor.cli import main; main()", "code"]
    return subprocess.run([*command, *arguments], input=stdin, capture_output=True, check=False)


@pytest.fixture
def lines(tmp_path: Path) -> str:
    path = tmp_path / "in.jsonl"
    good = json.dumps({"id": "r1", "text": SENTENCE, "published": "2031-03-04"})
    path.write_text(f"{good}\nbroken\n{good.replace('r1', 'r2')}\n")
    return str(path)


def test_a_broken_line_loses_nothing_else(lines: str) -> None:
    result = run("--format", "jsonl", lines)
    coded = [json.loads(line) for line in result.stdout.splitlines()]
    assert [len(report["events"]) > 0 for report in coded] == [True, False, True]
    assert "line 2" in coded[1]["problems"][0]
    assert "line 2" in result.stderr and "Traceback" not in result.stderr
    assert result.exit_code == 1


def test_standard_input_and_json(lines: str) -> None:
    line = Path(lines).read_bytes().splitlines()[0]
    result = piped("--format", "json", "-", stdin=line)
    assert [report["report"]["id"] for report in json.loads(result.stdout)] == ["r1"]
    assert result.returncode == 0


@pytest.mark.parametrize("separator", ["\u0085", "\u2028", "\u2029", "\x0b", "\x1d"])
def test_a_line_separator_in_a_text_cuts_no_line(separator: str) -> None:
    text = f"A council met.{separator}{SENTENCE}"
    given = json.dumps({"id": "r1", "text": text}, ensure_ascii=False)
    result = piped("--format", "jsonl", "-", stdin=given.encode())
    (line,) = result.stdout.decode().splitlines()
    assert json.loads(line)["report"]["text"] == text


def test_csv_has_a_row_an_event(lines: str) -> None:
    rows = list(csv.DictReader(run("--format", "csv", lines).stdout.splitlines()))
    assert {row["report"] for row in rows} == {"r1", "r2"}
    assert rows[0]["sentence"] == SENTENCE


def test_a_table_shows_the_event_and_its_sentence(lines: str) -> None:
    shown = run("--format", "table", "--explain", lines).stdout
    assert "ASSAULT" in shown
    assert "2 killed" in shown
    assert "Gunmen killed two guards" in shown
    assert "coded ASSAULT" in shown


def test_accounts_are_shown_on_whose_word(lines: str) -> None:
    shown = run("--format", "table", "--view", "accounts", lines).stdout
    assert "i1  ASSAULT" in shown
    assert "police - killed: happened, 2 killed" in shown


def test_a_file_is_written_whole_or_not_at_all(lines: str, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run("--out", str(out), lines)
    assert len(out.read_text().splitlines()) == 3
    before = out.read_text()
    with pytest.raises(RuntimeError), opened(out) as stream:
        stream.write("half")
        raise RuntimeError
    assert out.read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_mistakes_are_one_line_without_a_traceback(lines: str) -> None:
    result = piped("--format", "xml", lines)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert b"jsonl" in result.stderr
