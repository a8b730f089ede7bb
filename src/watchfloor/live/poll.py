"""Ask one feed what is new: an RSS, Atom or JSON Feed, a page, a folder, a mailbox."""

from __future__ import annotations

import imaplib
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from watchfloor.errors import InputError, SettingsError
from watchfloor.live.robots import Manners
from watchfloor.read import Received, fetch, parse_bytes, receive
from watchfloor.records import Record
from watchfloor.settings import Settings
from watchfloor.store.feeds import Feed

#: What a feed can be.
KINDS = ("feed", "page", "folder", "mailbox")
#: Messages got from a mailbox at a time.
MESSAGES = 50


class Answer(Record, frozen=True, kw_only=True):
    """What a feed answered: the reports that are new or edited, with key and digest of each; and
    what a server says to be asked with next time.
    """

    reports: tuple[tuple[str, str, Received], ...] = ()
    problems: tuple[str, ...] = ()
    etag: str | None = None
    modified: str | None = None


def poll(feed: Feed, seen: dict[str, str], settings: Settings, manners: Manners) -> Answer:
    """What is new in a feed; `seen` holds key and digest of what it offered before.

    Raises InputError where it does not answer, RefusedError where its robots.txt forbids asking.
    """
    if feed.kind == "folder":
        return _new(receive([feed.address], settings), seen)
    if feed.kind == "mailbox":
        return _new(_messages(feed.address, settings), seen)
    headers = {}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.modified:
        headers["If-Modified-Since"] = feed.modified
    manners.heed(feed.address, settings)
    got = fetch(feed.address, settings, headers)
    kept = (got.headers.get("etag"), got.headers.get("last-modified"))
    if got.status == 304:
        return Answer(etag=kept[0] or feed.etag, modified=kept[1] or feed.modified)
    answer = _new(parse_bytes(got.data, feed.address, settings, got.encoding), seen)
    return msgspec.structs.replace(answer, etag=kept[0], modified=kept[1])


def _new(offered: Iterator[Received], seen: dict[str, str]) -> Answer:
    found: list[tuple[str, str, Received]] = []
    problems: list[str] = []
    for received in offered:
        if received.failed:
            problems += received.problems
            continue
        key = received.report.id
        digest = digest_of(received)
        if seen.get(key) != digest:
            found.append((key, digest, received))
    return Answer(reports=tuple(found), problems=tuple(problems))


def digest_of(received: Received) -> str:
    """The hash of what a report says; another date alone is no news."""
    said = [received.report.title, received.report.text]
    return sha256(msgspec.json.encode(said)).hexdigest()


def _messages(address: str, settings: Settings) -> Iterator[Received]:
    """The newest messages of a mailbox, `imaps://user@host/INBOX`; its password is in the
    environment as WATCHFLOOR_MAIL_PASSWORD.
    """
    url = urlsplit(address)
    password = os.environ.get("WATCHFLOOR_MAIL_PASSWORD")
    if password is None:
        raise SettingsError("WATCHFLOOR_MAIL_PASSWORD is not set", where=url.hostname)
    kind = imaplib.IMAP4 if url.scheme == "imap" else imaplib.IMAP4_SSL
    port = url.port or (143 if url.scheme == "imap" else 993)
    try:
        with kind(url.hostname or "", port, timeout=settings.timeout_s) as box:
            box.login(unquote(url.username or ""), password)
            box.select(url.path.strip("/") or "INBOX", readonly=True)
            _, (numbers,) = box.search(None, "ALL")
            for number in numbers.split()[-MESSAGES:]:
                _, parts = box.fetch(number.decode(), "(BODY.PEEK[])")
                raw = next(p[1] for p in parts if isinstance(p, tuple))
                yield from parse_bytes(raw, f"{url.hostname}/{number.decode()}.eml", settings)
    except (OSError, imaplib.IMAP4.error) as error:
        raise InputError(f"no answer: {error}", where=url.hostname) from error


def kind_of(address: str) -> str:
    """The kind of feed that an address is, a page only where it is said to be one."""
    if address.startswith(("imap://", "imaps://")):
        return "mailbox"
    if address.startswith(("http://", "https://")):
        return "feed"
    if Path(address).is_dir():
        return "folder"
    raise SettingsError("is no feed", where=address, right="http(s)://…, imaps://… or a folder")
