"""Lists of addresses: sitemaps (sitemaps.org 0.9) and feeds of CAP messages."""

from __future__ import annotations

from typing import Any

from watchfloor.errors import InputError, RefusedError
from watchfloor.read.unpack import unpacked
from watchfloor.read.xml import name_of, parse_xml, text_of
from watchfloor.records import Record

#: The most addresses of one list (the protocol's own bound).
MOST = 50_000
_GZIP = b"\x1f\x8b"


class Listed(Record, frozen=True, kw_only=True):
    """An address, and when it was changed last as the list says; empty where it does not."""

    url: str
    changed: str = ""


class Listing(Record, frozen=True, kw_only=True):
    """What a list names: pages, and further lists."""

    pages: tuple[Listed, ...] = ()
    lists: tuple[Listed, ...] = ()


def parse_sitemap(data: bytes, origin: str, max_bytes: int) -> Listing:
    """The addresses of a sitemap or of an index of sitemaps, also one that is gzipped, or plain
    text with an address a line.

    Raises InputError where it is none, RefusedError where it is larger than `max_bytes`.
    """
    if data.startswith(_GZIP):
        data = _unzipped(data, origin, max_bytes)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Listing(pages=_plain(data, origin))
    top = parse_xml(data, origin)
    if name_of(top) not in {"urlset", "sitemapindex"}:
        right = "a urlset or a sitemapindex (sitemaps.org)"
        raise InputError(f"no sitemap but {name_of(top)}", where=origin, right=right)
    found = tuple(x for entry in top if (x := _listed(entry)) is not None)[:MOST]
    return Listing(lists=found) if name_of(top) == "sitemapindex" else Listing(pages=found)


def parse_alert_list(data: bytes, origin: str) -> Listing:
    """The CAP messages that an RSS or Atom feed links to. Raises InputError where it names none."""
    import feedparser  # noqa: PLC0415 - feeds only

    feed = feedparser.parse(data)
    pages = []
    for entry in feed.entries:
        links = [x for x in entry.get("links", ()) if "cap" in str(x.get("type", ""))]
        url = next((str(x.get("href")) for x in links), None) or entry.get("link")
        if url:
            changed = entry.get("updated") or entry.get("published") or ""
            pages.append(Listed(url=str(url), changed=str(changed)))
    if not pages and feed.get("bozo_exception"):
        raise InputError(f"no feed ({feed['bozo_exception']})", where=origin)
    return Listing(pages=tuple(pages[:MOST]))


def _listed(entry: Any) -> Listed | None:
    url = text_of(entry, "loc")
    if url is None or not url.startswith(("http://", "https://")):
        return None
    news = next((child for child in entry if name_of(child) == "news"), None)
    told = text_of(news, "publication_date") if news is not None else None
    return Listed(url=url, changed=text_of(entry, "lastmod") or told or "")


def _plain(data: bytes, origin: str) -> tuple[Listed, ...]:
    lines = data.decode("utf-8", "replace").split()
    if not lines or not all(x.startswith(("http://", "https://")) for x in lines):
        right = "sitemap XML, or an address a line"
        raise InputError("no sitemap", where=origin, right=right)
    return tuple(Listed(url=x) for x in lines[:MOST])


def _unzipped(data: bytes, origin: str, max_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for piece in unpacked([data], "gzip", origin):
        size += len(piece)
        if size > max_bytes:
            raise RefusedError(f"larger than {max_bytes} bytes", where=origin)
        pieces.append(piece)
    return b"".join(pieces)
