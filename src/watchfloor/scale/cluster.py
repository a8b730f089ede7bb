"""Tasks on Dask: a cluster of this machine's, or one at an address."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Generic, TypeVar
from uuid import uuid4

import dask
from distributed import Client, KilledWorker, LocalCluster, as_completed

from watchfloor.errors import ClusterError, SettingsError, WatchfloorError
from watchfloor.flow import CODER

T = TypeVar("T")
R = TypeVar("R")

#: Times that a task whose worker died is given out again with care; each finds one more report
#: that ends a worker, at least.
ROUNDS = 25
#: Seconds after which a scheduler that does not answer is given up.
CONNECT_S = 5
#: Times that a task is tried again that met a fault which may pass (a store that does not answer).
RETRIES = 2
#: Deaths of workers at one task before it is called the cause, on a cluster of this machine's.
DEATHS = 2


class Outcome(Generic[T, R]):
    """What became of a task: its `result`, or `fault` in words, with the other None."""

    def __init__(self, name: str, result: R | None = None, fault: str | None = None) -> None:
        self.name, self.result, self.fault = name, result, fault


@contextmanager
def cluster(scheduler: str | None, workers: int) -> Iterator[Client]:
    """A client of the scheduler at an address, or of a new cluster of `workers` processes here.

    Raises `ClusterError` where no scheduler answers, `SettingsError` where its workers run more
    than one thread or another version of watchfloor.
    """
    if scheduler is None:
        settings = {"distributed.scheduler.allowed-failures": DEATHS}
        with (
            dask.config.set(settings),
            LocalCluster(
                n_workers=workers, threads_per_worker=1, silence_logs=logging.CRITICAL,
                dashboard_address="127.0.0.1:0",
            ) as here,
            Client(here) as client,
        ):  # fmt: skip
            yield client
        return
    try:
        client = Client(scheduler, timeout=f"{CONNECT_S}s")
    except (OSError, ValueError) as error:
        right = "such as tcp://10.0.0.5:8786, with `dask scheduler` running there"
        raise ClusterError("no scheduler answers", where=scheduler, right=right) from error
    with client:
        _check(client, scheduler)
        yield client


def _check(client: Client, scheduler: str) -> None:
    threads = client.nthreads()
    if any(n > 1 for n in threads.values()):
        raise SettingsError(
            "its workers run several threads, and the parser is not made for them",
            where=scheduler, right="dask worker --nthreads 1 --nworkers CORES",
        )  # fmt: skip
    try:
        versions = set(client.run(coder).values())
    except Exception as error:
        right = "the same version of watchfloor on every worker"
        raise SettingsError(f"a worker cannot load watchfloor: {error}", where=scheduler,
                            right=right) from error  # fmt: skip
    if versions - {CODER}:
        what = f"its workers run {', '.join(sorted(versions))}"
        raise SettingsError(what, where=scheduler, right=f"{CODER} on every worker")


def page_of(client: Client, scheduler: str | None) -> str | None:
    """The address of Dask's page of the cluster, as its scheduler gives it; None for a cluster of
    this machine's own where `bokeh`, which draws the page, is not installed.
    """
    if scheduler is None and find_spec("bokeh") is None:
        return None
    return str(client.dashboard_link) or None


def coder() -> str:
    """What codes here."""
    return CODER


def run_all(
    client: Client,
    function: Callable[[T], R],
    tasks: Mapping[str, T],
    with_care: Callable[[T], T] | None = None,
) -> Iterator[Outcome[T, R]]:
    """Run a function over tasks, by name; each outcome as it comes.

    A task at which workers die is given out again as `with_care` makes it. Raises `ClusterError`
    when the scheduler is lost.
    """
    given = {}
    # Dask takes tasks of one key to be one task: another run over the same input, into another
    # folder, is none of ours.
    run = f"{function.__name__}-{uuid4().hex[:8]}"
    for name, task in tasks.items():
        future = client.submit(function, task, key=f"{run}-{name}-0", retries=RETRIES)
        given[future] = (name, 0)
    coming = as_completed(list(given))
    for future in coming:
        name, round = given.pop(future)
        if future.status == "finished":
            yield Outcome(name, result=future.result())
        elif future.status == "cancelled":
            raise lost(client)
        else:
            fault = future.exception()
            if isinstance(fault, KilledWorker) and with_care and round < ROUNDS:
                again = client.submit(
                    function, with_care(tasks[name]), retries=RETRIES,
                    key=f"{run}-{name}-{round + 1}",
                )  # fmt: skip
                given[again] = (name, round + 1)
                coming.add(again)
            else:
                yield Outcome(name, fault=told(fault))


def lost(client: Client) -> ClusterError:
    """The error that says that the scheduler went away."""
    return ClusterError(
        "the scheduler was lost", where=getattr(client.scheduler, "address", None),
        right="what is done is kept: run the same command again and it goes on from there",
    )  # fmt: skip


def told(fault: BaseException | None) -> str:
    """A fault in words."""
    if isinstance(fault, KilledWorker):
        return f"{fault.allowed_failures + 1} workers died at it"
    return str(fault) if isinstance(fault, WatchfloorError) else f"{type(fault).__name__}: {fault}"
