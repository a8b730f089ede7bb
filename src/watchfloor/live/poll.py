"""Ask one feed what is new: an RSS, Atom or JSON Feed, a page, a sitemap, a folder, a mailbox."""

from __future__ import annotations

import imaplib
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from watchfloor.errors import InputError, SettingsError, without_secrets
from watchfloor.live.answer import Answer, new_of
from watchfloor.live.listing import look
from watchfloor.live.robots import Manners
from watchfloor.read import Received, fetch, parse_bytes, receive
from watchfloor.settings import Settings
from watchfloor.store.feeds import Feed

#: What a feed can be.
KINDS = ("feed", "page", "sitemap", "cap", "folder", "mailbox")
#: Messages got from a mailbox at a time.
MESSAGES = 50


def poll(feed: Feed, seen: dict[str, str], settings: Settings, manners: Manners) -> Answer:
    """What is new in a feed; `seen` holds key and digest of what it offered before.

    Raises InputError where it does not answer, RefusedError where its robots.txt forbids asking.
    """
    if feed.kind == "folder":
        return new_of(receive([feed.address], settings), seen)
    if feed.kind == "mailbox":
        return new_of(_messages(feed.address, settings), seen)
    if feed.kind in {"sitemap", "cap"}:
        return look(feed, seen, settings, manners)
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
    origin = without_secrets(feed.address)
    answer = new_of(parse_bytes(got.data, origin, settings, got.encoding), seen)
    return msgspec.structs.replace(answer, etag=kept[0], modified=kept[1])


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
    """The kind of feed that an address is; a page, a sitemap or a list of CAP messages only where
    it is said to be one.
    """
    if address.startswith(("imap://", "imaps://")):
        return "mailbox"
    if address.startswith(("http://", "https://")):
        return "feed"
    if Path(address).is_dir():
        return "folder"
    raise SettingsError("is no feed", where=address, right="http(s)://…, imaps://… or a folder")
