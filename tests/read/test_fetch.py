"""Addresses, against a real server on this machine."""

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.errors import InputError, RefusedError
from watchfloor.read import fetch, receive
from watchfloor.read.unpack import STEP, unpacked
from watchfloor.settings import Settings

TEXT = b"Gunmen attacked a police post near the town of Gao and wounded two of the officers."


#: Bodies as servers pack them: whole, cut off, larger than allowed, and in a way nobody asked for.
PACKED = {
    "/gzip": ("gzip", gzip.compress(TEXT)),
    "/br": ("br", brotli.compress(TEXT)),
    "/deflate": ("deflate", zlib.compress(TEXT)),
    "/gzip-cut": ("gzip", gzip.compress(TEXT)[:-9]),
    "/br-cut": ("br", brotli.compress(TEXT)[:-9]),
    "/gzip-bomb": ("gzip", gzip.compress(bytes(20_000_000))),
    "/br-bomb": ("br", brotli.compress(bytes(20_000_000))),
    "/odd": ("compress", TEXT),
}


#: How answers begin that come byte by byte: in the body, and in the head.
DRIPS = {
    "/slow": b"HTTP/1.0 200 OK\r\nContent-Length: 1000\r\n\r\n",
    "/drip": b"HTTP/1.0 200 OK\r\nX-Long: ",
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in DRIPS:  # each byte comes well within any time-out of a read
            for byte in DRIPS[self.path] + b"." * 400:
                try:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.02)
        elif self.path == "/endless":  # no length, so that being cut off looks like its end
            self.answer(200, {"Content-Type": "text/plain"})
            self.wfile.write(TEXT)
            self.wfile.flush()
            time.sleep(2.0)
        elif self.path == "/loop":
            self.answer(302, {"Location": "/loop"})
        elif self.path == "/once":
            self.answer(302, {"Location": "/text"})
        elif self.path == "/big":
            self.answer(200, {})
            self.wfile.write(TEXT * 100)
        elif self.path in PACKED:
            packing, body = PACKED[self.path]
            self.answer(200, {"Content-Type": "text/plain", "Content-Encoding": packing})
            self.wfile.write(body)
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
    return Settings(allow_private=True, timeout_s=20.0, max_bytes=5000)


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
    [
        ("/loop", "redirects"), ("/slow", "no whole answer within 0.5 s"),
        ("/drip", "no whole answer within 0.5 s"), ("/endless", "no whole answer within 0.5 s"),
        ("/big", "larger"), ("/missing", "404"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_said(server: str, allowed: Settings, path: str, word: str) -> None:
    hasty = replace(allowed, timeout_s=0.5) if "within" in word else allowed
    with pytest.raises(InputError, match=word):
        fetch(f"{server}{path}", hasty)


def test_a_name_that_no_resolver_answers_for_is_given_up(
    allowed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = threading.Event()

    def look_up(*_: object, **__: object) -> None:
        silent.wait(60)
        raise OSError("no answer")

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    with pytest.raises(InputError, match=r"no whole answer within 0.5 s.*"):
        fetch("http://slow.example.org/feed.xml", replace(allowed, timeout_s=0.5))
    silent.set()


def test_a_bad_address_costs_nothing_else(server: str, allowed: Settings) -> None:
    bad, good = receive([f"{server}/loop", f"{server}/text"], allowed)
    assert bad.failed and "redirects" in bad.problems[0]
    assert good.report.text == TEXT.decode()
    assert good.report.url == f"{server}/text"


@pytest.mark.parametrize("path", ["/gzip", "/br", "/deflate"])
def test_what_a_server_packs_is_unpacked(server: str, allowed: Settings, path: str) -> None:
    assert fetch(f"{server}{path}", allowed).data == TEXT


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/gzip-cut", "cut off"),
        ("/br-cut", "cut off"),
        ("/gzip-bomb", "larger than 5000 bytes"),
        ("/br-bomb", "larger than 5000 bytes"),
        ("/odd", "packed as 'compress'; one of gzip, br"),
    ],
)
def test_packed_bodies_are_bounded_and_whole(
    server: str, allowed: Settings, path: str, word: str
) -> None:
    with pytest.raises(InputError, match=word):
        fetch(f"{server}{path}", allowed)


@given(
    st.binary(max_size=2000), st.sampled_from(["gzip", "br", "deflate", ""]), st.integers(1, 500)
)
def test_unpacking_gives_back_what_was_packed_however_it_is_cut(
    body: bytes, packing: str, size: int
) -> None:
    pack = {"gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress, "": bytes}
    packed = pack[packing](body)
    pieces = [packed[n : n + size] for n in range(0, len(packed), size)]
    assert b"".join(unpacked(pieces, packing, "here")) == body


@pytest.mark.parametrize("packing", ["gzip", "br"])
def test_no_piece_of_a_bomb_is_large(packing: str) -> None:
    pack = {"gzip": gzip.compress, "br": brotli.compress}[packing]
    sizes = [len(piece) for piece in unpacked([pack(bytes(50_000_000))], packing, "here")]
    assert sum(sizes) == 50_000_000
    assert max(sizes) <= 4 * STEP


SECRET = "https://reader:hunter2@feeds.example.org/a.xml?token=t0ps3cret&page=2"


def test_no_error_tells_a_password_or_a_key() -> None:
    with pytest.raises(InputError) as told:
        fetch(SECRET.replace("feeds.example.org", "nowhere.invalid"), Settings())
    for said in (str(told.value), told.value.where or "", told.value.what):
        assert "hunter2" not in said
        assert "t0ps3cret" not in said
    assert "https://nowhere.invalid/a.xml?token=…&page=2" in str(told.value)
