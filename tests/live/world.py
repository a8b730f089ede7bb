"""A desk's surroundings, for real: a web server that misbehaves, a mail server, a webhook."""

from __future__ import annotations

import gzip
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import brotli
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

#: How a body can be packed.
PACK = {"gzip": gzip.compress, "br": brotli.compress}


@dataclass
class Page:
    """What an address answers next; `packing` is gzip or br, None as it is."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/rss+xml"
    etag: str | None = None
    stalls: bool = False
    cut: bool = False
    packing: str | None = None


@dataclass
class World:
    """A web server: what stands at each path, what was asked for and when, what was posted; `odd`
    counts the answers that were no plain ones, by kind.
    """

    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    asked_at: list[float] = field(default_factory=list)
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    refuses: int = 0
    stalls: bool = False
    patience: float = 3.0
    released: threading.Event = field(default_factory=threading.Event)
    most_at_once: int = 0
    under_way: int = 0
    odd: Counter[str] = field(default_factory=Counter)


def _handler(world: World) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            world.under_way += 1
            world.most_at_once = max(world.most_at_once, world.under_way)
            try:
                self.answer()
            finally:
                world.under_way -= 1

        def answer(self) -> None:
            world.asked_at.append(time.monotonic())
            world.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            page = world.pages.get(self.path, Page(status=404))
            if page.stalls:
                world.odd["stalled"] += 1
                world.released.wait(world.patience)
                return
            known = page.etag is not None and self.headers.get("If-None-Match") == page.etag
            status = 304 if known and page.status == 200 else page.status
            body = b"" if status == 304 else page.body
            self.send_response(status)
            self.send_header("Content-Type", page.kind)
            if page.etag:
                self.send_header("ETag", page.etag)
            if page.packing and body:
                body = PACK[page.packing](body)
                self.send_header("Content-Encoding", page.packing)
                world.odd[page.packing] += 1
            if status not in {200, 404}:
                world.odd[str(status)] += 1
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if page.cut and body:
                world.odd["cut off"] += 1
            self.wfile.write(body[: len(body) // 2] if page.cut else body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if world.stalls:
                world.odd["webhook stalled"] += 1
                world.released.wait(world.patience)
                return
            refused = world.refuses > 0
            world.refuses -= refused
            world.odd["webhook refused"] += refused
            if not refused:
                world.posted.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(503 if refused else 204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    return Handler


@contextmanager
def serving() -> Iterator[World]:
    """A running web server."""
    made = World()
    running = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{running.server_port}"
    yield made
    running.shutdown()
    running.server_close()


class Inbox:
    """Keeps the mail it is given, but for the next so many, which it refuses."""

    def __init__(self) -> None:
        self.mail: list[Envelope] = []
        self.refuses = 0
        self.refused = 0

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802 - the name is given
        if self.refuses > 0:
            self.refuses -= 1
            self.refused += 1
            return "451 not now"
        self.mail.append(envelope)
        return "250 taken"


@contextmanager
def posting(inbox: Inbox, **more: Any) -> Iterator[int]:
    """A running mail server, and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    running = Controller(inbox, hostname="127.0.0.1", port=port, **more)
    running.start()
    yield port
    running.stop()


@contextmanager
def dripping(greeting: bytes) -> Iterator[int]:
    """A server that begins to greet and then says a byte now and then; its port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                for n in range(2000):
                    self.request.sendall(greeting[n : n + 1] or b"x")
                    time.sleep(0.02)

    running = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running.server_address[1]
    running.shutdown()
    running.server_close()


@contextmanager
def unresolved() -> Iterator[None]:
    """No name is found, and nobody says so."""
    ended = threading.Event()

    def look_up(*_: object, **__: object) -> None:
        ended.wait(60)
        raise OSError("no answer")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("socket.getaddrinfo", look_up)
        yield
        ended.set()
