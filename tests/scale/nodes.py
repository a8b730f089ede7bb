"""Nodes of a cluster on this machine: network namespaces where it lets us, else addresses.

In a namespace a node has a network card of its own, which can be pulled; a process on 127.0.0.2 or
127.0.0.3 can only be killed. Linux lets root make namespaces.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

#: The network of the nodes, a private one, and its bridge: other ones in every run of the tests.
NET, BRIDGE = f"10.213.{os.getpid() % 250}", f"wf{os.getpid()}"
_WORKER = [sys.executable, "-m", "distributed.cli.dask_worker"]
_SETTINGS = ["--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--death-timeout", "120"]


def _ip(*words: str) -> str:
    ran = subprocess.run(["ip", *words], check=True, capture_output=True, text=True)
    return ran.stdout


class Node:
    """A worker with its nanny at an address of its own; `space` is its namespace, if it has one."""

    def __init__(self, number: int, spaces: bool) -> None:
        self.space = f"{BRIDGE}-{number}" if spaces else None
        self.process: subprocess.Popen[bytes] | None = None
        self.address = f"{NET}.{number}" if spaces else f"127.0.0.{number}"
        if self.space:
            card = f"{BRIDGE}n{number}"
            _ip("netns", "add", self.space)
            _ip("link", "add", card, "type", "veth", "peer", "name", "eth0", "netns", self.space)
            _ip("link", "set", card, "master", BRIDGE, "up")
            _ip("-n", self.space, "addr", "add", f"{self.address}/24", "dev", "eth0")
            for name in ("lo", "eth0"):
                _ip("-n", self.space, "link", "set", name, "up")

    def join(self, scheduler: str) -> None:
        """Start its worker."""
        inside = ["ip", "netns", "exec", self.space] if self.space else []
        command = [*inside, *_WORKER, scheduler, *_SETTINGS, "--host", self.address]
        self.process = subprocess.Popen(command, start_new_session=True)

    def kill(self) -> None:
        """The node loses its power: every process on it ends at once."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        for pid in _ip("netns", "pids", self.space).split() if self.space else []:
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    @property
    def up(self) -> bool:
        """Whether its worker has not ended."""
        return self.process is not None and self.process.poll() is None

    def unplug(self) -> None:
        """Its network cable is pulled; its processes go on."""
        assert self.space, "only a namespace has a card of its own"
        _ip("-n", self.space, "link", "set", "eth0", "down")


@contextmanager
def network() -> Iterator[bool]:
    """A bridge for nodes at `NET`.1; gives False where this machine has no namespaces for us."""
    try:
        _ip("link", "add", BRIDGE, "type", "bridge")
    except (OSError, subprocess.CalledProcessError):
        yield False
        return
    try:
        _ip("addr", "add", f"{NET}.1/24", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        yield True
    finally:
        _ip("link", "del", BRIDGE)


@contextmanager
def nodes(count: int) -> Iterator[list[Node]]:
    """So many nodes, gone at the end with all that runs on them."""
    with network() as spaces:
        made: list[Node] = []
        try:
            made += (Node(number, spaces) for number in range(2, 2 + count))
            yield made
        finally:
            for node in made:
                node.kill()
                if node.space:
                    _ip("netns", "del", node.space)
