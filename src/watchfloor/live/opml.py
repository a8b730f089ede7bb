"""Lists of feeds: OPML in and out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from watchfloor.errors import InputError, without_secrets
from watchfloor.read.xml import parse_xml
from watchfloor.store.feeds import Feed


def read_opml(path: Path) -> list[Feed]:
    """The feeds of an OPML file. Raises InputError where it is none or names none."""
    try:
        top = parse_xml(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"no OPML that can be read ({error})", where=str(path)) from error
    found = [
        Feed(address=address, kind="feed", name=line.get("title") or line.get("text") or address)
        for line in top.iter("outline")
        if (address := line.get("xmlUrl"))
    ]
    if not found:
        right = 'outline elements with an xmlUrl="https://…"'
        raise InputError("names no feed", where=str(path), right=right)
    return found


def write_opml(feeds: Iterable[Feed]) -> bytes:
    """Feeds (not folders and mailboxes, which nobody else can read) as OPML 2.0, without what lets
    the desk in.
    """
    top = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(top, "head"), "title").text = "watchfloor feeds"
    body = ET.SubElement(top, "body")
    for feed in feeds:
        if feed.kind == "feed":
            address = without_secrets(feed.address)
            ET.SubElement(
                body, "outline", type="rss", text=feed.name, title=feed.name, xmlUrl=address
            )
    return bytes(ET.tostring(top, encoding="utf-8", xml_declaration=True))
