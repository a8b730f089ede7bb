"""Web pages: the article, its title, outlet, date and language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import msgspec

from watchfloor.read.encoding import decode
from watchfloor.read.received import Received, failure, identity, receive_report
from watchfloor.records import Report

#: Pages nested or filled beyond this are tables of data, and cost the extractor minutes.
MOST_CELLS = 20_000
#: What the extractor finds in a page of menus only is shorter than a sentence.
FEWEST_WORDS = 6
_CELL = re.compile(r"<t[dh]\b", re.I)
_TAG = re.compile(r"<[^>]{0,2000}>")
_LANGUAGE = re.compile(r"<html[^>]{0,500}\blang\s*=\s*[\"']?([A-Za-z]{2})", re.I)


def parse_page(data: bytes, origin: str, declared: str | None = None) -> Received:
    """The report that a web page holds; `origin` is its address or file name."""
    html, problems = decode(data, declared)
    cells = len(_CELL.findall(html))
    if cells > MOST_CELLS:
        return failure(origin, f"a table of {cells} cells, no article: at most {MOST_CELLS}")
    found = _extract(html, origin if "://" in origin else None)
    text = without_repeats((found.get("text") or "").split("\n"), found.get("title"))
    if len(text.split()) < FEWEST_WORDS:
        return failure(origin, "a page with no article in it")
    url = origin if "://" in origin else found.get("url")
    outlet = found.get("sitename") or (urlsplit(url).hostname if url else None)
    written = _LANGUAGE.search(html[:5000])
    report = Report(
        id=identity(url or origin, None, "" if "://" in origin else text),
        text=text,
        title=found.get("title"),
        published=found.get("date"),
        outlet=outlet,
        url=url,
    )
    received = receive_report(report)
    if written and received.report.language is None:
        report = msgspec.structs.replace(report, language=written[1].lower())
        received = receive_report(report)
    return msgspec.structs.replace(received, problems=(*problems, *received.problems))


def _extract(html: str, url: str | None) -> dict[str, Any]:
    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second, pages only

    found = bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None:
        return {}
    return found if isinstance(found, dict) else found.as_dict()


def without_repeats(lines: Iterable[str], title: str | None) -> str:
    """Lines as paragraphs, without the title on top and lines told before."""
    seen: set[str] = {title.strip()} if title else set()
    kept: list[str] = []
    for line in map(str.strip, lines):
        if line and line not in seen:
            kept.append(line)
        seen.add(line)
    return "\n\n".join(kept)


def plain(markup: str) -> str:
    """The words of a scrap of HTML, a paragraph a block."""
    if not _TAG.search(markup):
        return markup.strip()
    from lxml import html as lxml_html  # noqa: PLC0415 - pages only

    root = lxml_html.fragment_fromstring(markup, create_parent="div")
    for dead in root.iter("script", "style"):
        dead.text = ""
    for block in root.iter("p", "br", "div", "li", "h1", "h2", "h3", "tr", "blockquote"):
        block.tail = "\n" + (block.tail or "")
    lines = "".join(root.itertext()).split("\n")
    return without_repeats(lines, None)
