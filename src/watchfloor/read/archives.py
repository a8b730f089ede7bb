"""WARC files: one report a page that the crawl got."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from msgspec.structs import replace

from watchfloor.read.pages import parse_page
from watchfloor.read.received import Received, failure
from watchfloor.settings import Settings


def parse_archive(stream: BinaryIO, origin: str, settings: Settings) -> Iterator[Received]:
    """The pages of a WARC file, one after the other; other records are passed over."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - archives only
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    try:
        for record in ArchiveIterator(stream):
            headers = record.http_headers
            if record.rec_type != "response" or headers is None:
                continue
            kind = headers.get_header("Content-Type") or ""
            if headers.get_statuscode() != "200" or "html" not in kind:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or origin
            data = record.content_stream().read(settings.max_bytes + 1)
            if len(data) > settings.max_bytes:
                yield failure(url, f"larger than {settings.max_bytes} bytes")
            else:
                yield replace(parse_page(data, url), raw=data)
    except (ArchiveLoadFailed, EOFError, OSError) as error:
        yield failure(origin, f"the archive is damaged: {error}")
