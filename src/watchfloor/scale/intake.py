"""A partition -> the reports in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from watchfloor.read import Received, receive_stream
from watchfloor.read.lines import parse_lines
from watchfloor.read.received import failure
from watchfloor.scale.parts import Part
from watchfloor.scale.storage import Storage, opened
from watchfloor.settings import Settings

#: Columns of a Parquet file of reports, and what else they may be called.
COLUMNS = {
    "text": ("text", "body", "plain_text", "maintext"),
    "id": ("id",),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_date", "date_publish"),
    "outlet": ("outlet", "publisher", "source_domain"),
    "url": ("url", "requested_url"),
    "language": ("language", "lang"),
}
#: Rows of a Parquet file held at once.
_ROWS = 512


def reports_in(part: Part, storage: Storage, settings: Settings) -> Iterator[Received]:
    """The reports of a partition, in order; what cannot be read is one too, with its problem.

    Raises `OSError` where the file cannot be reached, which may pass.
    """
    system, path = storage.reach(part.address)
    if part.address.endswith(".parquet"):
        yield from _rows(system, path, part, settings)
    elif part.start is not None:
        with system.open_input_file(path) as file:
            lines = _stretch(file, part)
            where = f"{part.address} from byte {part.start}"
            yield from parse_lines(lines, where, settings)
    else:
        with io.BufferedReader(cast("io.RawIOBase", opened(system, path))) as stream:
            yield from receive_stream(cast(BinaryIO, stream), part.address, settings)


def _stretch(file: Any, part: Part) -> Iterator[bytes]:
    """The lines that begin within a stretch of a file."""
    start, stop = part.start or 0, part.stop or part.size
    file.seek(max(0, start - 1))
    stream = io.BufferedReader(file)
    at = max(0, start - 1)
    if start:
        at += len(stream.readline())
    while at < stop and (line := stream.readline()):
        at += len(line)
        yield line


def _rows(system: Any, path: str, part: Part, settings: Settings) -> Iterator[Received]:
    """A row of a Parquet file is a report: read as a line of JSON would be."""
    try:
        file = pq.ParquetFile(path, filesystem=system)
        held = {
            name: next((c for c in known if c in file.schema_arrow.names), None)
            for name, known in COLUMNS.items()
        }
        if held["text"] is None:
            right = f"a column {' or '.join(COLUMNS['text'])}"
            yield failure(part.address, f"no column of texts; {right} would be right")
            return
        groups = range(part.start or 0, file.num_row_groups if part.stop is None else part.stop)
        wanted = [c for c in held.values() if c]
        number = 0
        for batch in file.iter_batches(_ROWS, row_groups=list(groups), columns=wanted):
            for row in batch.to_pylist():
                number += 1
                known = {name: _plain(row[c]) for name, c in held.items() if c}
                where = f"{part.address}, row {number} of groups {groups.start} to {groups.stop}"
                (received,) = parse_lines([msgspec.json.encode(known)], where, settings)
                yield received
    except pa.ArrowInvalid as error:
        yield failure(part.address, f"the Parquet file is damaged: {str(error).splitlines()[0]}")


def _plain(value: Any) -> Any:
    """A value as JSON has it: times as text."""
    return value if value is None or isinstance(value, str | int | float) else str(value)
