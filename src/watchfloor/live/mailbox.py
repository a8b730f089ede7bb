"""A mailbox as a feed: each message is got once, by the number that its server keeps for it."""

from __future__ import annotations

import imaplib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import SplitResult, unquote, urlsplit

from watchfloor.errors import InputError, SettingsError
from watchfloor.live.answer import Answer, Seen, digest_of
from watchfloor.read import Received, parse_bytes
from watchfloor.read.deadline import Deadline, connect
from watchfloor.read.received import failure
from watchfloor.read.trust import for_mail
from watchfloor.settings import Settings

#: Messages got at one look, the newest first.
MESSAGES = 50
#: A whole look may take so many times `timeout_s`.
ANSWERS = 12
#: The environment variable with the password of mailboxes.
PASSWORD = "WATCHFLOOR_MAIL_PASSWORD"


def look(address: str, seen: Seen, settings: Settings) -> Answer:
    """The messages of a mailbox, `imaps://user@host/INBOX`, that were not got before.

    `seen` holds them by UIDVALIDITY and UID (RFC 3501, 2.3.1.1). Messages are left as they are, not
    even marked as read. Raises InputError where it does not answer, SettingsError without password.
    """
    url = urlsplit(address)
    host = url.hostname or ""
    reports, same, problems = [], [], []
    with _opened(url, settings) as box:
        valid = _number(box.response("UIDVALIDITY")[1])
        _, (numbers,) = box.uid("SEARCH", "ALL")
        keys = {f"uid:{valid}:{n.decode()}": n.decode() for n in (numbers or b"").split()}
        fresh = [key for key in keys if key not in seen]
        for key in sorted(fresh, key=lambda k: -int(keys[k]))[:MESSAGES]:
            received = _message(box, keys[key], host, settings)
            if received is None or received.failed:
                problems += list(received.problems) if received else []
                same.append((key, "gone", None))
            else:
                reports.append((key, digest_of(received), received))
    return Answer(
        reports=tuple(reports), same=tuple(same), problems=tuple(problems),
        offered=tuple(keys), more=len(fresh) > MESSAGES,
    )  # fmt: skip


@contextmanager
def _opened(url: SplitResult, settings: Settings) -> Iterator[imaplib.IMAP4]:
    """The mailbox, to be read only."""
    password = os.environ.get(PASSWORD)
    if url.password is not None:
        right = f"imaps://user@host/INBOX, and the password in {PASSWORD}"
        raise SettingsError("a password in the address", where=url.hostname, right=right)
    if password is None:
        raise SettingsError(f"{PASSWORD} is not set", where=url.hostname)
    port = url.port or (143 if url.scheme == "imap" else 993)
    deadline = Deadline(ANSWERS * settings.timeout_s)
    try:
        with deadline, _Box(url, port, deadline, settings.timeout_s) as box:
            box.login(unquote(url.username or ""), password)
            state, _ = box.select(url.path.strip("/") or "INBOX", readonly=True)
            if state != "OK":
                raise InputError("no such mailbox", where=url.hostname)
            yield box
    except (OSError, imaplib.IMAP4.error) as error:
        said = str(error).replace(password, "…")
        if deadline.over:
            said = f"not done within {deadline.seconds:g} s"
        raise InputError(f"no answer: {said}", where=url.hostname) from error


class _Box(imaplib.IMAP4):
    """A way into a mailbox that is cut off when the time is up; with imaps by TLS, to the host that
    its certificate names alone.
    """

    def __init__(self, url: SplitResult, port: int, deadline: Deadline, timeout: float) -> None:
        self._deadline = deadline
        self._tls = for_mail() if url.scheme == "imaps" else None
        super().__init__(url.hostname or "", port, timeout)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        made = connect(self.host, self.port, self._deadline)
        made.settimeout(timeout)
        return self._tls.wrap_socket(made, server_hostname=self.host) if self._tls else made


def _message(box: imaplib.IMAP4, uid: str, host: str, settings: Settings) -> Received | None:
    """One message; None where it went meanwhile."""
    _, size = box.uid("FETCH", uid, "(RFC822.SIZE)")
    told = str(size[0]) if size and size[0] else ""
    length = int("".join(c for c in told.partition("RFC822.SIZE")[2] if c.isdigit()) or 0)
    name = f"{host}/{uid}.eml"
    if length > settings.max_bytes:
        return failure(name, f"larger than {settings.max_bytes} bytes")
    _, parts = box.uid("FETCH", uid, "(BODY.PEEK[])")
    raw = next((p[1] for p in parts if isinstance(p, tuple)), None)
    return next(parse_bytes(raw, name, settings), None) if raw else None


def _number(said: list[bytes | None]) -> str:
    return said[0].decode() if said and said[0] else "0"
