"""A backfill: whole, resumed, merged as one machine merges, nothing doubled."""

from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.scale.conftest import Groups, Lines, groups, nothing, page_of, rows, warc
from watchfloor.errors import SettingsError
from watchfloor.scale import Answers, Options, Step, Storage, backfill


def test_every_format_is_read_and_merging_in_packs_is_merging_at_once(
    asked: Options, alone: Groups
) -> None:
    made, step = backfill(replace(asked, stretch=2000, pack_nodes=5), nothing)
    assert step.faults == {}
    assert made.whole
    assert made.reports == made.coded == 30
    assert made.parts > 6, "plain JSON lines were to be cut into stretches"
    found = Counter(row["report"] for row in rows(asked.out, "reports"))
    assert len(found) == 30
    assert set(found.values()) == {1}
    assert len(list(Path(asked.out, str(made.merged), "open").iterdir())) > 1
    assert groups(asked.out) == alone


def test_a_second_run_does_only_what_is_new(asked: Options, corpus: Path, lines: Lines) -> None:
    first, _ = backfill(replace(asked, inputs=(str(corpus / "a.jsonl"),)), nothing)
    stamp = {p: p.stat().st_mtime_ns for p in Path(asked.out, "events").iterdir()}
    second, step = backfill(replace(asked, inputs=(str(corpus / "[ab].*"),)), nothing)
    assert step.before == 1
    assert (first.reports, second.reports) == (5, 10)
    assert all(p.stat().st_mtime_ns == at for p, at in stamp.items())
    assert [p.name for p in Path(asked.out, "merged").iterdir()] == [
        str(second.merged).removeprefix("merged/")
    ]
    away = replace(asked, inputs=(str(corpus / "[ab].*"),), scheduler="tcp://127.0.0.1:1")
    again, step = backfill(away, nothing)  # nothing is left to do: no cluster is asked for
    assert (step.reports, again) == (0, replace(second, inputs=again.inputs))


def test_a_folder_begun_with_other_options_is_refused(asked: Options, corpus: Path) -> None:
    one = replace(asked, inputs=(str(corpus / "a.jsonl"),), merge=False)
    backfill(one, nothing)
    with pytest.raises(SettingsError, match="begun with texts False"):
        backfill(replace(one, texts=True), nothing)


def test_a_report_in_two_partitions_counts_once(
    asked: Options, tmp_path: Path, lines: Lines
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.jsonl").write_bytes(b"".join(lines[:3]))
    made, _ = backfill(replace(asked, inputs=(str(tmp_path / "*.jsonl"),)), nothing)
    answers = Answers(asked.out, Storage())
    assert made.repeats == 3
    assert answers.sql("select count(*), count(distinct report) from reports").rows == [(3, 3)]
    doubled = "select count(*) - count(distinct (report, event)) from members"
    assert answers.sql(doubled).rows == [(0,)]


def test_an_archive_is_a_partition(asked: Options, tmp_path: Path, lines: Lines) -> None:
    archive = tmp_path / "CC-NEWS-1.warc.gz"
    archive.write_bytes(
        warc({"https://example.org/a": page_of(lines[0]), "https://example.org/b": "<p>Menu"})
    )
    made, _ = backfill(replace(asked, inputs=(str(archive),), texts=True), nothing)
    assert (made.coded, made.lost) == (1, 1)
    (told,) = (r for r in rows(asked.out, "reports") if r["coded"])
    assert told["url"] == "https://example.org/a"
    assert "roadside bomb" in str(told["text"])
    (problem,) = rows(asked.out, "problems")
    assert "no article" in str(problem["problem"])


def test_a_damaged_file_costs_itself_alone(asked: Options, tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 is not all of it PAR1")
    (tmp_path / "good.jsonl").write_bytes((corpus / "a.jsonl").read_bytes())
    made, step = backfill(replace(asked, inputs=(str(tmp_path / "*.*"),)), nothing)
    assert (made.coded, made.lost, step.faults) == (5, 1, {})
    assert "damaged" in str(rows(asked.out, "problems")[0]["problem"])


def test_a_run_over_the_same_input_into_another_folder_does_its_own_work(
    asked: Options, corpus: Path, tmp_path: Path
) -> None:
    one = replace(asked, inputs=(str(corpus / "[ab].jsonl*"),), merge=False)
    others: list[int] = []

    def meanwhile(step: Step) -> None:
        if step.done == 1 and not others:
            other, _ = backfill(replace(one, out=str(tmp_path / "other")), nothing)
            others.append(other.reports)

    made, _ = backfill(one, meanwhile)
    assert (made.reports, others) == (10, [10])
