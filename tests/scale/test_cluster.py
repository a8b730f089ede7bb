"""A backfill whose workers, nodes or scheduler end in the middle: whole, and nothing doubled."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from dask import config
from distributed import Client, LocalCluster, WorkerPlugin
from msgspec.structs import replace

from tests.scale.conftest import Groups, groups, nothing, rows
from tests.scale.nodes import NET, Node, nodes
from watchfloor.errors import ClusterError
from watchfloor.flow import code_reports
from watchfloor.records import Report
from watchfloor.scale import Options, Step, backfill, coding
from watchfloor.settings import Settings

#: How long the scheduler waits for a node that is silent; 11 s is the least there is.
TIMEOUTS = {"distributed.comm.timeouts.tcp": "11s"}


def _loser(cluster: LocalCluster, lose: list[tuple[Node, Callable[[], None]]]) -> object:
    """Loses a node, in the way given, whenever one more partition is done and it is at another."""

    def tell(step: Step) -> None:
        at_work = [(n, how) for n, how in lose if _working(cluster, n)]
        if step.stage == "code" and step.done and at_work:
            node, how = at_work[0]
            lose.remove((node, how))
            how()

    return tell


def _working(cluster: LocalCluster, node: Node) -> bool:
    workers = list(cluster.scheduler.workers.values())
    return any(node.address in w.address and w.processing for w in workers)


def test_a_killed_node_and_an_unplugged_one_lose_and_double_nothing(
    asked: Options, alone: Groups
) -> None:
    with config.set(TIMEOUTS), nodes(3) as (dead, cut, left):
        here = f"{NET}.1" if dead.space else "127.0.0.1"
        with LocalCluster(n_workers=0, host=here, dashboard_address=":0") as cluster:
            for node in (dead, cut, left):
                node.join(cluster.scheduler_address)
            while len(cluster.scheduler.workers) < 3:
                assert dead.up and cut.up and left.up
                time.sleep(0.2)
            lose = [(dead, dead.kill), (cut, cut.unplug if cut.space else cut.kill)]
            task = replace(asked, scheduler=cluster.scheduler_address, stretch=4000)
            made, step = backfill(task, _loser(cluster, lose))  # type: ignore[arg-type]
    assert lose == [], "both nodes were to be lost while at work"
    assert (made.whole, step.faults, made.reports) == (True, {}, 30)
    found = Counter(row["report"] for row in rows(asked.out, "reports"))
    assert (len(found), set(found.values())) == (30, {1})
    assert groups(asked.out) == alone


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
def test_poison_reports_are_set_aside_and_the_rest_is_coded(asked: Options, corpus: Path) -> None:
    with (
        config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        client.register_plugin(Poison())
        only = (str(corpus / "[ab].jsonl*"),)
        task = replace(asked, inputs=only, scheduler=cluster.scheduler_address)
        made, step = backfill(task, nothing)
    assert (step.faults, made.reports, made.coded, made.lost) == ({}, 10, 8, 2)
    told = {r["report"]: r["problem"] for r in rows(asked.out, "problems")}
    assert "RuntimeError: poison" in str(told["ex02"])
    assert "the worker ended" in str(told["ex04"])


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
    made, step = backfill(task, nothing)
    assert step.before >= 1
    assert (made.whole, made.coded) == (True, 15)
    assert set(Counter(r["report"] for r in rows(asked.out, "reports")).values()) == {1}


def test_no_scheduler_is_said(asked: Options) -> None:
    with pytest.raises(ClusterError, match="no scheduler answers"):
        backfill(replace(asked, scheduler="tcp://127.0.0.1:1"), nothing)
