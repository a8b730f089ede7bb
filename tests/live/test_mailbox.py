"""A mailbox as a feed, against a server that speaks IMAP: each message once, and none lost."""

from __future__ import annotations

import logging
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.live.conftest import Clock
from tests.live.test_deliver import certificate
from tests.live.world import dripping, unresolved
from watchfloor.errors import InputError
from watchfloor.live import Watch, mailbox
from watchfloor.settings import Settings
from watchfloor.store import Database, count_all
from watchfloor.store.alerts import find_alerts
from watchfloor.store.feeds import Feed, add_feed, feeds
from watchfloor.watch import Register, default_rules

ATTACK = "EXERCISE. Gunmen attacked a police post in Gao, Mali, on Sunday and killed two officers."
TALKS = "EXERCISE. The ministers of Peru and Chile met in Lima for round {} of their talks."
PASSWORD = "open sesame 7"


@dataclass
class Box:
    """A mailbox: messages by UID, and how often each was got."""

    port: int = 0
    mail: dict[int, bytes] = field(default_factory=dict)
    got: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def put(self, text: str, subject: str = "News") -> None:
        uid = len(self.mail) + 1
        head = f"From: Gao liaison <gao@example.org>\r\nSubject: {subject}\r\n"
        head += f"Date: Mon, 3 Mar 2031 05:00:00 +0000\r\nMessage-ID: <{uid}@example.org>\r\n"
        self.mail[uid] = f"{head}\r\n{text}\r\n".encode()


def _handler(box: Box) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("* OK ready")
            for raw in self.rfile:
                tag, word, rest = (raw.decode().strip() + "  ").split(" ", 2)
                box.words.append(word)
                if word == "LOGIN" and PASSWORD not in rest:
                    self.say(f"{tag} NO wrong password for {rest.strip()}")
                    continue
                self.answer(word, rest.strip())
                self.say(f"{tag} OK done")
                if word == "LOGOUT":
                    return

        def answer(self, word: str, rest: str) -> None:
            if word == "CAPABILITY":
                self.say("* CAPABILITY IMAP4REV1")
            elif word in {"SELECT", "EXAMINE"}:
                self.say(f"* {len(box.mail)} EXISTS")
                self.say("* OK [UIDVALIDITY 42] valid")
            elif rest.startswith("SEARCH"):
                self.say(f"* SEARCH {' '.join(map(str, box.mail))}")
            elif found := re.match(r"FETCH (\d+) \((.*)\)", rest):
                self.fetch(int(found[1]), found[2])

        def fetch(self, uid: int, what: str) -> None:
            body = box.mail[uid]
            if what == "RFC822.SIZE":
                self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(body)})")
                return
            box.got.append(uid)
            self.say(f"* {uid} FETCH (UID {uid} BODY[] {{{len(body)}}}")
            self.wfile.write(body + b")\r\n")

    return Handler


class _Server(socketserver.ThreadingTCPServer):
    """Speaks TLS where it has a context; who breaks off meanwhile is nobody's fault."""

    daemon_threads = True
    context: ssl.SSLContext | None = None

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.context is None:
            super().finish_request(request, client_address)
            return
        with suppress(OSError), self.context.wrap_socket(request, server_side=True) as wrapped:
            super().finish_request(wrapped, client_address)


@contextmanager
def served(box: Box, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A running server of a mailbox, and its port."""
    running = _Server(("127.0.0.1", 0), _handler(box))
    running.context = context
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running.server_address[1]
    running.shutdown()
    running.server_close()


@pytest.fixture
def box() -> Iterator[Box]:
    made = Box()
    with served(made) as made.port:
        yield made


@pytest.fixture
def watch(record: Database, register: Register, here: Settings, clock: Clock, box: Box) -> Watch:
    address = f"imap://desk@127.0.0.1:{box.port}/INBOX"
    with record.writing() as session:
        add_feed(session, Feed(address=address, kind="mailbox", name="Desk mail"), clock())
    return Watch(record, register, default_rules(), here, clock=clock)


def test_each_message_is_got_once_and_more_than_fit_one_look_are_all_got(
    watch: Watch, record: Database, clock: Clock, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(mailbox.PASSWORD, PASSWORD)
    monkeypatch.setattr(mailbox, "MESSAGES", 3)
    for n in range(7):
        box.put(TALKS.format(n))
    box.put(ATTACK, "Attack")
    assert watch.step() == 3
    assert box.got[0] == 8, "the newest first"
    with record.reading() as session:
        assert [a.register for a in find_alerts(session)] == ["sites:gao-depot"]
    fresh = []
    for _ in range(3):
        clock.on(seconds=1)
        fresh.append(watch.step())
    assert fresh == [3, 2, 0]
    clock.on(minutes=6)
    assert watch.step() == 0
    assert sorted(box.got) == list(range(1, 9)), "each once"
    with record.reading() as session:
        assert count_all(session)["reports"] == 8


def test_a_message_larger_than_allowed_is_said_and_not_got(
    watch: Watch, box: Box, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(mailbox.PASSWORD, PASSWORD)
    box.put("x" * 200)
    watch.settings = replace(watch.settings, max_bytes=100)
    watch.step()
    assert box.got == []
    assert "larger than 100 bytes" in caplog.text


@pytest.mark.parametrize("given", [None, "wrong 12345"])
def test_a_mailbox_that_lets_nobody_in_is_blind_and_no_log_tells_the_password(
    watch: Watch, record: Database, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, given: str | None,
) -> None:  # fmt: skip
    monkeypatch.delenv(mailbox.PASSWORD, raising=False)
    if given:
        monkeypatch.setenv(mailbox.PASSWORD, given)
    with caplog.at_level(logging.DEBUG):
        watch.step()
    with record.reading() as session:
        (feed,) = feeds(session)
    assert feed.state == "blind"
    assert feed.error
    assert (mailbox.PASSWORD if given is None else "no answer") in feed.error
    assert "wrong 12345" not in caplog.text + feed.error


def test_a_server_that_drips_is_given_up(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(mailbox.PASSWORD, PASSWORD)
    hasty = replace(here, timeout_s=0.05)
    with (
        dripping(b"* OK ") as port,
        pytest.raises(InputError, match=r"not done within 0.6 s"),
    ):
        mailbox.look(f"imap://duty@127.0.0.1:{port}/INBOX", {}, hasty)


def test_a_server_whose_name_no_resolver_finds_is_given_up(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(mailbox.PASSWORD, PASSWORD)
    hasty = replace(here, timeout_s=0.05)
    with unresolved(), pytest.raises(InputError, match=r"not done within 0.6 s"):
        mailbox.look("imaps://duty@mail.example.org/INBOX", {}, hasty)


def test_a_server_nobody_vouches_for_gets_no_password(
    box: Box, here: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, context = certificate(tmp_path)
    monkeypatch.setenv(mailbox.PASSWORD, PASSWORD)
    box.put(ATTACK)
    with served(box, context) as port:
        address = f"imaps://duty@localhost:{port}/INBOX"
        with pytest.raises(InputError, match="CERTIFICATE_VERIFY_FAILED"):
            mailbox.look(address, {}, here)
        assert (box.words, box.got) == ([], [])
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        assert len(mailbox.look(address, {}, here).reports) == 1
