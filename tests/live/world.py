"""A desk's surroundings, for real: a web server that misbehaves, a mail server, a webhook."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope


@dataclass
class Page:
    """What an address answers next."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/rss+xml"
    etag: str | None = None
    stalls: bool = False
    cut: bool = False


@dataclass
class World:
    """A web server: what stands at each path, what was asked for, what was posted."""

    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    refuses: int = 0
    stalls: bool = False
    patience: float = 3.0
    released: threading.Event = field(default_factory=threading.Event)
    most_at_once: int = 0
    under_way: int = 0


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
            world.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            page = world.pages.get(self.path, Page(status=404))
            if page.stalls:
                world.released.wait(world.patience)
                return
            known = page.etag is not None and self.headers.get("If-None-Match") == page.etag
            self.send_response(304 if known else page.status)
            self.send_header("Content-Type", page.kind)
            if page.etag:
                self.send_header("ETag", page.etag)
            self.send_header("Content-Length", "0" if known else str(len(page.body)))
            self.end_headers()
            if not known:
                self.wfile.write(page.body[: len(page.body) // 2] if page.cut else page.body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if world.stalls:
                world.released.wait(world.patience)
                return
            refused = world.refuses > 0
            world.refuses -= refused
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
    """Keeps the mail it is given."""

    def __init__(self) -> None:
        self.mail: list[Envelope] = []

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802 - the name is given
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
