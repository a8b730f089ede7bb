"""A time by which an answer must be whole: connections are cut then, however slowly they drip."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import suppress
from queue import Empty, Queue
from types import TracebackType
from typing import Any


class Deadline:
    """So many seconds from now on. A time-out of a socket is for one read; a server that sends a
    byte now and then never meets it, so that its connection is shut from outside.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._held: list[socket.socket] = []

    def __enter__(self) -> Deadline:
        """Begin to watch the clock."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """The answer is whole, or given up."""
        self._timer.cancel()
        with self._lock:
            for one in self._held:
                one.close()

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._ends

    @property
    def left(self) -> float:
        """The seconds that are left, a hundredth at least, as sockets want it."""
        return max(0.01, self._ends - time.monotonic())

    def guard(self, connected: socket.socket) -> None:
        """Shut a connection when the time is up."""
        twin = socket.socket(fileno=os.dup(connected.fileno()))  # its TLS is left alone
        with self._lock:
            self._held.append(twin)
        if self.over:
            self._cut()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """For the extension `trace` of an httpx request: guards the connection that it makes."""
        if event == "connection.connect_tcp.complete":
            self.guard(info["return_value"].get_extra_info("socket"))

    def _cut(self) -> None:
        with self._lock:
            for one in self._held:
                with suppress(OSError):  # it is closed already
                    one.shutdown(socket.SHUT_RDWR)


def connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A connection to a host, at the first of its addresses that takes one, cut when the time is
    up. Raises OSError where none does, TimeoutError where the time is up before.
    """
    refused: OSError | None = None
    for address in addresses_of(host, port, deadline):
        try:
            made = socket.create_connection((address, port), deadline.left)
        except OSError as error:
            refused = error
            continue
        deadline.guard(made)
        return made
    raise refused or OSError(f"{host} has no address")


def addresses_of(host: str, port: int, deadline: Deadline) -> tuple[str, ...]:
    """The addresses of a host, the preferred one first, by the system's resolver, which knows no
    time-out of its own.

    Raises OSError where it has none, TimeoutError where the time is up before it answers.
    """
    said: Queue[tuple[str, ...] | OSError] = Queue(1)

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            said.put(tuple(str(one[4][0]) for one in found))
        except UnicodeError as error:  # no name that could be looked up
            said.put(OSError(str(error)))
        except OSError as error:
            said.put(error)

    threading.Thread(target=ask, name=f"looking up {host}", daemon=True).start()
    try:
        answer = said.get(timeout=deadline.left)
    except Empty:
        raise TimeoutError(f"{host} was not found in time") from None
    if isinstance(answer, OSError):
        raise answer
    return answer
