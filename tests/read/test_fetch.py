"""Addresses, against a real server on this machine."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from watchfloor.errors import InputError, RefusedError
from watchfloor.read import fetch, receive
from watchfloor.settings import Settings

TEXT = b"Gunmen attacked a police post near the town of Gao and wounded two of the officers."


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/slow":
            self.answer(200, {"Content-Length": "1000"})
            for _ in range(40):
                try:
                    self.wfile.write(b".")
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.02)
        elif self.path == "/loop":
            self.answer(302, {"Location": "/loop"})
        elif self.path == "/once":
            self.answer(302, {"Location": "/text"})
        elif self.path == "/big":
            self.answer(200, {})
            self.wfile.write(TEXT * 100)
        elif self.path == "/missing":
            self.answer(404, {})
        else:
            self.answer(200, {"Content-Type": "text/plain; charset=utf-8"})
            self.wfile.write(TEXT)

    def answer(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.fixture
def allowed() -> Settings:
    return Settings(allow_private=True, timeout_s=0.3, max_bytes=5000)


def test_redirects_are_followed(server: str, allowed: Settings) -> None:
    got = fetch(f"{server}/once", allowed)
    assert (got.data, got.url, got.encoding) == (TEXT, f"{server}/text", "utf-8")


def test_private_addresses_are_refused_unless_allowed(server: str) -> None:
    with pytest.raises(RefusedError, match="private"):
        fetch(f"{server}/text", Settings())
    with pytest.raises(RefusedError, match="private"):
        fetch("http://[::1]/", Settings())
    with pytest.raises(RefusedError, match="scheme"):
        fetch("file:///etc/hostname", Settings())


@pytest.mark.parametrize(
    ("path", "word"),
    [("/loop", "redirects"), ("/slow", "within"), ("/big", "larger"), ("/missing", "404")],
)
def test_what_goes_wrong_is_said(server: str, allowed: Settings, path: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        fetch(f"{server}{path}", allowed)


def test_a_bad_address_costs_nothing_else(server: str, allowed: Settings) -> None:
    bad, good = receive([f"{server}/loop", f"{server}/text"], allowed)
    assert bad.failed and "redirects" in bad.problems[0]
    assert good.report.text == TEXT.decode()
    assert good.report.url == f"{server}/text"
