"""What a person names -> reports: `-`, a file, a folder, an address."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from watchfloor.errors import InputError
from watchfloor.read.archives import parse_archive
from watchfloor.read.fetch import fetch
from watchfloor.read.lines import parse_lines
from watchfloor.read.parts import kind_of, parse_bytes
from watchfloor.read.received import Received, failure
from watchfloor.settings import Settings

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LOOK = 4096


def receive(names: Sequence[str], settings: Settings) -> Iterator[Received]:
    """Every report of the inputs, in the order given; folders by name, hidden files left out."""
    for name in names:
        if name == "-":
            yield from receive_stream(sys.stdin.buffer, "standard input", settings)
        elif name.startswith(("http://", "https://")):
            yield from _address(name, settings)
        elif Path(name).is_dir():
            for path in _files(Path(name)):
                yield from _file(path, settings)
        else:
            yield from _file(Path(name), settings)


def count(names: Sequence[str]) -> int | None:
    """How many reports the inputs hold, None where that is not known without reading them."""
    total = 0
    for name in names:
        if name == "-" or name.startswith(("http://", "https://")):
            return None
        for path in _files(Path(name)) if Path(name).is_dir() else [Path(name)]:
            if path.suffix in {".gz", ".zst", ".warc", ".xml", ".rss", ".atom", ".json"}:
                return None
            total += _lines_in(path) if path.suffix in {".jsonl", ".ndjson"} else 1
    return total


def _lines_in(path: Path) -> int:
    try:
        with path.open("rb") as stream:
            return sum(1 for line in stream if line.strip())
    except OSError:
        return 1


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(p for p in found if not any(x[0] == "." for x in p.relative_to(folder).parts))


def _file(path: Path, settings: Settings) -> Iterator[Received]:
    try:
        with path.open("rb") as stream:
            yield from receive_stream(stream, str(path), settings)
    except OSError as error:
        yield failure(str(path), error.strerror or "cannot be read")


def receive_stream(stream: BinaryIO, origin: str, settings: Settings) -> Iterator[Received]:
    """Reports of an open file, packed by gzip or zstd or not; `origin` is its name.

    JSON lines and archives are read as they come, others whole.
    """
    buffered = cast("io.BufferedReader", stream)
    try:
        head = buffered.peek(4)[:4]
        if head[:2] == _GZIP:
            buffered = io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=buffered)))
            origin = origin.removesuffix(".gz")
        elif head == _ZSTD:
            unpacked = zstandard.ZstdDecompressor().stream_reader(buffered, read_across_frames=True)
            buffered = io.BufferedReader(cast("io.RawIOBase", unpacked))
            origin = origin.removesuffix(".zst")
        kind = kind_of(buffered.peek(_LOOK), origin)
        if kind == "lines":
            yield from parse_lines(_capped(buffered, settings.max_bytes), origin, settings)
        elif kind == "archive":
            yield from parse_archive(buffered, origin, settings)
        else:
            yield from parse_bytes(buffered.read(settings.max_bytes + 1), origin, settings)
    except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
        yield failure(origin, f"the compressed file is damaged: {error}")


def _capped(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """Lines, cut one byte beyond `most`; the rest of a longer one is passed over."""
    while line := stream.readline(most + 1):
        rest = line
        while len(rest) > most and not rest.endswith(b"\n"):
            rest = stream.readline(most + 1)
        yield line


def _address(url: str, settings: Settings) -> Iterator[Received]:
    try:
        got = fetch(url, settings)
    except InputError as error:
        yield failure(url, error.what)
    else:
        yield from parse_bytes(got.data, got.url, settings, got.encoding)
