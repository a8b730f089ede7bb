"""JSON lines: one report a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from watchfloor.read.received import Received, failure, identity, receive_report
from watchfloor.records import Report
from watchfloor.settings import Settings


class _Line(msgspec.Struct):
    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | int | float | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


def parse_lines(lines: Iterable[bytes], origin: str, settings: Settings) -> Iterator[Received]:
    """The reports of JSON lines; a broken line is one failure that names its number."""
    decoder = msgspec.json.Decoder(_Line)
    for number, line in enumerate(lines, 1):
        where = f"{origin}, line {number}"
        if not line.strip():
            continue
        if len(line) > settings.max_bytes:
            yield failure(where, f"larger than {settings.max_bytes} bytes")
            continue
        try:
            read = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield failure(where, f"{error}; one report as a JSON object would be right")
            continue
        received = receive_report(
            Report(
                id=str(read.id) if read.id is not None else identity(where, read.outlet, read.text),
                text=read.text,
                title=read.title,
                published=None if read.published is None else str(read.published),
                outlet=read.outlet,
                url=read.url,
                language=read.language,
            )
        )
        yield msgspec.structs.replace(received, raw=line)
