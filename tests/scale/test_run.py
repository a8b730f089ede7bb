"""A backfill on a real cluster: whole, resumed, merged as one machine merges, nothing doubled."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from dask import config
from distributed import Client, LocalCluster, WorkerPlugin
from msgspec.structs import replace

from tests.scale.conftest import Lines, rows, warc
from watchfloor.errors import ClusterError, SettingsError
from watchfloor.flow import code_reports
from watchfloor.merge import across
from watchfloor.records import Report
from watchfloor.scale import Answers, Options, Step, Storage, backfill, coding
from watchfloor.settings import Settings


def _nothing(_: Step) -> None:
    pass


def _groups(out: str) -> set[frozenset[tuple[str, str]]]:
    found = Answers(out, Storage()).sql("select incident, report, event from members").rows
    groups: dict[str, set[tuple[str, str]]] = {}
    for incident, report, event in found:
        groups.setdefault(incident, set()).add((report, event))
    return {frozenset(group) for group in groups.values()}


@pytest.fixture(scope="session")
def alone(lines: Lines, rules_only: Settings) -> set[frozenset[tuple[str, str]]]:
    """The incidents of the same reports, merged on one machine."""
    reports = [msgspec.json.decode(line, type=Report) for line in lines]
    found = across(code_reports(reports, rules_only))
    return {frozenset((m.report, m.event) for m in one.members) for one in found}


def test_every_format_is_read_and_merging_in_packs_is_merging_at_once(
    asked: Options, alone: set[frozenset[tuple[str, str]]]
) -> None:
    made, step = backfill(replace(asked, stretch=2000, pack_nodes=5), _nothing)
    assert step.faults == {}
    assert made.whole
    assert made.reports == made.coded == 30
    assert made.parts > 6, "plain JSON lines were to be cut into stretches"
    found = Counter(row["report"] for row in rows(asked.out, "reports"))
    assert len(found) == 30
    assert set(found.values()) == {1}
    assert len(list(Path(asked.out, str(made.merged), "open").iterdir())) > 1
    assert _groups(asked.out) == alone


def test_a_second_run_does_only_what_is_new(asked: Options, corpus: Path, lines: Lines) -> None:
    first, _ = backfill(replace(asked, inputs=(str(corpus / "a.jsonl"),)), _nothing)
    stamp = {p: p.stat().st_mtime_ns for p in Path(asked.out, "events").iterdir()}
    second, step = backfill(replace(asked, inputs=(str(corpus / "[ab].*"),)), _nothing)
    assert step.before == 1
    assert (first.reports, second.reports) == (5, 10)
    assert all(p.stat().st_mtime_ns == at for p, at in stamp.items())
    assert [p.name for p in Path(asked.out, "merged").iterdir()] == [
        str(second.merged).removeprefix("merged/")
    ]
    again, step = backfill(replace(asked, inputs=(str(corpus / "[ab].*"),)), _nothing)
    assert (step.reports, again) == (0, replace(second, inputs=again.inputs))


def test_a_folder_begun_with_other_options_is_refused(asked: Options, corpus: Path) -> None:
    one = replace(asked, inputs=(str(corpus / "a.jsonl"),), merge=False)
    backfill(one, _nothing)
    with pytest.raises(SettingsError, match="begun with texts False"):
        backfill(replace(one, texts=True), _nothing)


def test_a_report_in_two_partitions_counts_once(
    asked: Options, tmp_path: Path, lines: Lines
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.jsonl").write_bytes(b"".join(lines[:3]))
    made, _ = backfill(replace(asked, inputs=(str(tmp_path / "*.jsonl"),)), _nothing)
    answers = Answers(asked.out, Storage())
    assert made.repeats == 3
    assert answers.sql("select count(*), count(distinct report) from reports").rows == [(3, 3)]
    doubled = "select count(*) - count(distinct (report, event)) from members"
    assert answers.sql(doubled).rows == [(0,)]


def test_an_archive_is_a_partition(asked: Options, tmp_path: Path, lines: Lines) -> None:
    report = msgspec.json.decode(lines[0], type=Report)
    text = "".join(f"<p>{p}</p>" for p in report.text.split("\n\n"))
    page = (
        f"<html lang=en><head><title>x</title></head><body><article>{text}</article></body></html>"
    )
    archive = tmp_path / "CC-NEWS-1.warc.gz"
    archive.write_bytes(warc({"https://example.org/a": page, "https://example.org/b": "<p>Menu"}))
    made, _ = backfill(replace(asked, inputs=(str(archive),), texts=True), _nothing)
    assert (made.coded, made.lost) == (1, 1)
    (told,) = (r for r in rows(asked.out, "reports") if r["coded"])
    assert told["url"] == "https://example.org/a"
    assert "roadside bomb" in str(told["text"])
    (problem,) = rows(asked.out, "problems")
    assert "no article" in str(problem["problem"])


def test_a_damaged_file_costs_itself_alone(asked: Options, tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 is not all of it PAR1")
    (tmp_path / "good.jsonl").write_bytes((corpus / "a.jsonl").read_bytes())
    made, step = backfill(replace(asked, inputs=(str(tmp_path / "*.*"),)), _nothing)
    assert (made.coded, made.lost, step.faults) == (5, 1, {})
    assert "damaged" in str(rows(asked.out, "problems")[0]["problem"])


class Poison(WorkerPlugin):
    """Coding the report of an id raises, of another ends the worker: on every worker."""

    def setup(self, worker: object) -> None:
        real = code_reports

        def poisoned(reports: list[Report], settings: Settings) -> object:
            for report in reports:
                if report.id == "ex02":
                    raise RuntimeError("poison")
                if report.id == "ex04":
                    os.kill(os.getpid(), signal.SIGKILL)
            return real(reports, settings)

        coding.code_reports = poisoned


@pytest.mark.filterwarnings("ignore:Client.register_worker_plugin")
def test_poison_reports_are_set_aside_and_the_rest_is_coded(
    asked: Options, corpus: Path, rules_only: Settings
) -> None:
    with (
        config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        client.register_plugin(Poison())
        only = (str(corpus / "[ab].jsonl*"),)
        task = replace(asked, inputs=only, scheduler=cluster.scheduler_address)
        made, step = backfill(task, _nothing)
    assert (step.faults, made.reports, made.coded, made.lost) == ({}, 10, 8, 2)
    told = {r["report"]: r["problem"] for r in rows(asked.out, "problems")}
    assert "RuntimeError: poison" in str(told["ex02"])
    assert "the worker ended" in str(told["ex04"])


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    asked: Options, dask: LocalCluster, alone: set[frozenset[tuple[str, str]]]
) -> None:
    killed: list[int] = []

    def kill(step: Step) -> None:
        if step.stage == "code" and step.done and not killed:
            with Client(dask.scheduler_address) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    made, step = backfill(asked, kill)
    assert killed
    assert (made.whole, step.faults) == (True, {})
    assert Counter(Counter(r["report"] for r in rows(asked.out, "reports")).values()) == {1: 30}
    assert _groups(asked.out) == alone


def test_a_scheduler_killed_in_the_middle_is_said_and_the_next_run_goes_on(
    asked: Options, corpus: Path, tmp_path: Path
) -> None:
    known = ["--scheduler-file", str(tmp_path / "scheduler.json")]
    run = [sys.executable, "-m"]
    here = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", ":0"]
    scheduler = subprocess.Popen([*run, "distributed.cli.dask_scheduler", *known, *here])
    one = ["--nthreads", "1", "--nworkers", "1", "--no-dashboard", "--death-timeout", "60"]
    worker = subprocess.Popen([*run, "distributed.cli.dask_worker", *known, *one])
    task = replace(asked, inputs=(str(corpus / "[abc].*"),))

    def kill(step: Step) -> None:
        if step.done:
            scheduler.kill()

    try:
        while not (tmp_path / "scheduler.json").exists():
            assert scheduler.poll() is None
            time.sleep(0.2)
        address = msgspec.json.decode((tmp_path / "scheduler.json").read_bytes())["address"]
        with (
            config.set({"distributed.comm.timeouts.connect": "2s"}),
            pytest.raises(ClusterError, match=r"was lost.*run the same command again"),
        ):
            backfill(replace(task, scheduler=address), kill)
    finally:
        for process in (scheduler, worker):
            process.terminate()
            process.wait()
    made, step = backfill(task, _nothing)
    assert step.before >= 1
    assert (made.whole, made.coded) == (True, 15)
    assert set(Counter(r["report"] for r in rows(asked.out, "reports")).values()) == {1}


def test_no_scheduler_is_said(asked: Options) -> None:
    with pytest.raises(ClusterError, match="no scheduler answers"):
        backfill(replace(asked, scheduler="tcp://127.0.0.1:1"), _nothing)
