"""Some bytes of any kind -> the reports in them."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

import msgspec

from watchfloor.read.archives import parse_archive
from watchfloor.read.cap import parse_cap
from watchfloor.read.encoding import decode, is_binary
from watchfloor.read.feeds import parse_feed, parse_json_feed
from watchfloor.read.lines import parse_lines
from watchfloor.read.mail import parse_mail
from watchfloor.read.pages import parse_page
from watchfloor.read.received import Received, failure, identity, receive_report
from watchfloor.records import Report
from watchfloor.settings import Settings

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")
_CAP = re.compile(rb"<(?:\w+:)?alert\b[^>]*urn:oasis:names:tc:emergency:cap:1\.[12]")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|table)\b", re.I)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}: ?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
_MAIL_HEAD = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|mime-version):", re.I | re.M
)
_LOOK = 4096


def kind_of(head: bytes, name: str = "") -> str:
    """What some bytes are, by their beginning: archive cap feed json_feed lines page mail text.

    `name` tells a message or JSON lines by its ending where the bytes alone leave it open.
    """
    start = head[:_LOOK]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.decode("utf-16", "ignore").encode()
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"WARC/"):
        return "archive"
    if start.startswith(b"{"):
        return "json_feed" if b"jsonfeed.org/version" in start else "lines"
    if start.startswith(b"<"):
        if _CAP.search(start):
            return "cap"
        if _FEED.search(start):
            return "feed"
        if _PAGE.search(start) or name.endswith((".html", ".htm", ".xhtml")):
            return "page"
    mail = _MAIL.match(start)
    if name.endswith(".eml") or (mail and len(_MAIL_HEAD.findall(mail[0])) >= 2):
        return "mail"
    if name.endswith((".jsonl", ".ndjson")):
        return "lines"
    return "text"


def parse_bytes(
    data: bytes, origin: str, settings: Settings, declared: str | None = None
) -> Iterator[Received]:
    """Every report in some bytes; `declared` is the encoding that a server named."""
    if len(data) > settings.max_bytes:
        yield failure(origin, f"larger than {settings.max_bytes} bytes")
    elif not data.strip():
        yield failure(origin, "empty")
    elif (kind := kind_of(data, origin)) == "archive":
        yield from parse_archive(io.BytesIO(data), origin, settings)
    elif data.startswith(b"%PDF"):
        yield failure(origin, "a PDF; its text, or the page it came from, would be right")
    elif is_binary(data):
        yield failure(origin, "binary; text, HTML, JSON lines, WARC, a feed or .eml would be right")
    elif kind == "feed":
        yield from parse_feed(data, origin)
    elif kind == "cap":
        yield msgspec.structs.replace(parse_cap(data, origin), raw=data)
    elif kind == "json_feed":
        yield from parse_json_feed(data, origin)
    elif kind == "lines":
        yield from parse_lines(io.BytesIO(data), origin, settings)
    elif kind == "page":
        yield msgspec.structs.replace(parse_page(data, origin, declared), raw=data)
    elif kind == "mail":
        yield msgspec.structs.replace(parse_mail(data, origin), raw=data)
    else:
        yield msgspec.structs.replace(parse_text(data, origin, declared), raw=data)


def parse_text(data: bytes, origin: str, declared: str | None = None) -> Received:
    """The report that a plain text is."""
    text, problems = decode(data, declared)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    url = origin if "://" in origin else None
    received = receive_report(Report(id=identity(origin, None, text), text=text, url=url))
    return msgspec.structs.replace(received, problems=(*problems, *received.problems))
