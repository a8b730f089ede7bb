"""RSS, Atom and JSON Feed documents: one report an entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from watchfloor.read.pages import plain
from watchfloor.read.received import Received, failure, identity, receive_report
from watchfloor.records import Report


class _Item(msgspec.Struct):
    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    language: str | None = None


class _JsonFeed(msgspec.Struct):
    title: str | None = None
    language: str | None = None
    items: list[_Item] = []


def parse_feed(data: bytes, origin: str) -> Iterator[Received]:
    """The reports of an RSS or Atom document."""
    import feedparser  # noqa: PLC0415 - feeds only

    feed = feedparser.parse(data)
    if not feed.entries:
        why = feed.get("bozo_exception")
        yield failure(origin, f"a feed without entries{f' ({why})' if why else ''}")
    outlet = feed.feed.get("title")
    alone = _names_once(entry.get("id") or entry.get("link") for entry in feed.entries)
    for number, entry in enumerate(feed.entries, 1):
        body = plain(_body(entry)) or plain(entry.get("title", ""))
        url = entry.get("link")
        if not body:
            yield failure(f"{origin}, entry {number}", "no text")
            continue
        yield receive_report(
            Report(
                id=_identity(entry.get("id") or url, alone, origin, outlet, body),
                text=body,
                title=plain(entry.get("title", "")) or None,
                published=_published(entry),
                outlet=outlet,
                url=url,
            )
        )


def _names_once(names: Iterable[str | None]) -> set[str]:
    """The names that one entry alone has; some feeds give all entries the same."""
    counted = Counter(names)
    return {name for name, times in counted.items() if name and times == 1}


def _identity(name: str | None, alone: set[str], origin: str, outlet: str | None, body: str) -> str:
    """By the entry's own name where it has one to itself, else by what it says too."""
    if name in alone:
        return identity(name, outlet, "")
    return identity(name or origin, outlet, body)


def _body(entry: Any) -> str:
    contents = [str(part.get("value", "")) for part in entry.get("content", ())]
    return max([*contents, str(entry.get("summary", ""))], key=len)


def _published(entry: Any) -> str | None:
    """The entry's time in UTC; as written where the feed's form cannot be read."""
    for name in ("published", "updated"):
        if parsed := entry.get(f"{name}_parsed"):
            return f"{datetime(*parsed[:6]).isoformat()}Z"
    written = entry.get("published")
    return str(written) if written else None


def parse_json_feed(data: bytes, origin: str) -> Iterator[Received]:
    """The reports of a JSON Feed document."""
    try:
        feed = msgspec.json.decode(data, type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        yield failure(origin, f"a JSON Feed that cannot be read: {error}")
        return
    alone = _names_once(str(item.id or item.url or "") for item in feed.items)
    for number, item in enumerate(feed.items, 1):
        markup = item.content_text or item.content_html or item.summary or item.title
        body = plain(markup or "")
        if not body:
            yield failure(f"{origin}, item {number}", "no text")
            continue
        yield receive_report(
            Report(
                id=_identity(str(item.id or item.url or ""), alone, origin, feed.title, body),
                text=body,
                title=item.title,
                published=item.date_published,
                outlet=feed.title,
                url=item.url,
                language=item.language or feed.language,
            )
        )
