"""Rows into bytes: CSV with HXL tags, JSON lines, GeoJSON, Parquet. Each writes as rows come."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from watchfloor.cells import safe_cell
from watchfloor.export.columns import Column
from watchfloor.jsonlines import json_line

Rows = Iterable[dict[str, Any]]
#: What takes the bytes.
Sink = io.RawIOBase
Write = Callable[[Sink, Sequence[Column], Rows], int]

#: Rows in a row group of a Parquet file: what is held in memory at once.
GROUP = 10_000
_TYPES = {
    "text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
    "date": pa.date32(),
}  # fmt: skip


def write_csv(out: Sink, columns: Sequence[Column], rows: Rows) -> int:
    """UTF-8 with a header line and a line of HXL tags; how many rows."""
    text = io.TextIOWrapper(io.BufferedWriter(out), encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow([c.name for c in columns])
    writer.writerow([c.tag for c in columns])
    count = 0
    for row in rows:
        writer.writerow([safe_cell(row[c.name]) for c in columns])
        count += 1
    text.flush()
    text.detach().detach()
    return count


def write_jsonl(out: Sink, columns: Sequence[Column], rows: Rows) -> int:
    """One JSON object a row; how many."""
    count = 0
    for row in rows:
        out.write(json_line(row) + b"\n")
        count += 1
    return count


def write_geojson(out: Sink, columns: Sequence[Column], rows: Rows) -> int:
    """A FeatureCollection (RFC 7946): a point where one is known, else null; how many features.

    `radius_km` among the properties says how large the place is: an area is no pin.
    """
    out.write(b'{"type":"FeatureCollection","features":[')
    count = 0
    for row in rows:
        spot = [row["lon"], row["lat"]]
        shape = None if None in spot else {"type": "Point", "coordinates": spot}
        rest = {k: v for k, v in row.items() if k not in {"lat", "lon"}}
        feature = {"type": "Feature", "geometry": shape, "properties": rest}
        out.write((b"," if count else b"") + b"\n" + json_line(feature))
        count += 1
    out.write(b"\n]}\n")
    return count


def write_parquet(out: Sink, columns: Sequence[Column], rows: Rows) -> int:
    """A Parquet file, `GROUP` rows a row group, HXL tags in the fields' metadata; how many rows."""
    schema = pa.schema([pa.field(c.name, _TYPES[c.kind], metadata={"hxl": c.tag}) for c in columns])
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for some in _few(rows, GROUP):
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
            count += len(some)
    return count


WRITERS: dict[str, Write] = {
    "csv": write_csv, "jsonl": write_jsonl, "geojson": write_geojson, "parquet": write_parquet,
}  # fmt: skip


def _few(rows: Rows, size: int) -> Iterator[list[dict[str, Any]]]:
    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        yield some
