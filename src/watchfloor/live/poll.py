"""Ask one feed what is new: an RSS, Atom or JSON Feed, a page, a sitemap, a folder, a mailbox."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from watchfloor.errors import SettingsError, without_secrets
from watchfloor.live import listing, mailbox
from watchfloor.live.answer import Answer, Seen, new_of
from watchfloor.live.robots import Manners
from watchfloor.read import fetch, parse_bytes, receive
from watchfloor.read.fetch import NOT_MODIFIED, asking_whether_changed
from watchfloor.settings import Settings
from watchfloor.store.feeds import Feed

#: What a feed can be.
KINDS = ("feed", "page", "sitemap", "cap", "folder", "mailbox")


def poll(
    feed: Feed, seen: Seen, settings: Settings, manners: Manners, at: datetime,
    asked: listing.Asked,
) -> Answer:  # fmt: skip
    """What is new in a feed at a time, by what it offered before and what lists were asked lately.

    Raises InputError where it does not answer, RefusedError where its robots.txt forbids asking.
    """
    if feed.kind == "folder":
        return new_of(receive([feed.address], settings), seen)
    if feed.kind == "mailbox":
        return mailbox.look(feed.address, seen, settings)
    if feed.kind in {"sitemap", "cap"}:
        return listing.look(feed, seen, settings, manners, at, asked)
    headers = asking_whether_changed(feed.etag, feed.modified)
    manners.heed(feed.address, settings)
    got = fetch(feed.address, settings, headers)
    kept = (got.headers.get("etag"), got.headers.get("last-modified"))
    if got.status == NOT_MODIFIED:
        return Answer(etag=kept[0] or feed.etag, modified=kept[1] or feed.modified)
    origin = without_secrets(feed.address)
    answer = new_of(parse_bytes(got.data, origin, settings, got.encoding), seen)
    return msgspec.structs.replace(answer, etag=kept[0], modified=kept[1])


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
