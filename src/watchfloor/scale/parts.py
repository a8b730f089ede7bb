"""What is to be read, cut into partitions: one input file each, or a stretch of a large one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

import pyarrow.parquet as pq
from pyarrow import ArrowInvalid, fs

from watchfloor.errors import InputError
from watchfloor.merge import identity
from watchfloor.records import Record
from watchfloor.scale.storage import Storage

#: A file of plain JSON lines is cut at the first line end after so many bytes.
STRETCH = 64_000_000
#: Endings of what is read; `.gz` and `.zst` may follow.
ENDINGS = (".jsonl", ".ndjson", ".json", ".warc", ".parquet", ".txt", ".html", ".htm", ".eml")
PACKED = (".gz", ".zst")
_LISTS = (".list", ".paths")


class Part(Record, frozen=True, kw_only=True):
    """One partition: a file, or a stretch of one.

    `start` and `stop` are bytes of plain JSON lines or row groups of Parquet, the stop exclusive;
    both None for a whole file. `size` is in bytes as stored. `name` is the same in every run.
    """

    name: str
    address: str
    size: int
    start: int | None = None
    stop: int | None = None


def parts_of(inputs: Sequence[str], storage: Storage, stretch: int = STRETCH) -> list[Part]:
    """The partitions of folders, files, globs and lists of addresses, each once.

    A file whose name ends in `.list` or `.paths` names one address a line. `InputError` where an
    input is missing or holds nothing that can be read.
    """
    found: dict[str, Part] = {}
    for given in inputs:
        named = {part.name: part for part in _parts(given, storage, stretch)}
        found = named | found
        if not named:
            right = f"files that end in {' '.join(ENDINGS)}, plain or {' '.join(PACKED)}"
            raise InputError("nothing here that can be read", where=given, right=right)
    return sorted(found.values(), key=lambda p: (p.address, p.start or 0))


def _parts(given: str, storage: Storage, stretch: int) -> Iterator[Part]:
    system, path = storage.reach(given)
    scheme = given[: given.rfind("://") + 3] if "://" in given else ""
    if given.endswith(_LISTS):
        for line in _lines(system, path, given):
            yield from _parts(line, storage, stretch)
        return
    for info in _files(system, path, given):
        yield from _cut(f"{scheme}{info.path}", info, system, stretch)


def _lines(system: Any, path: str, given: str) -> list[str]:
    try:
        with system.open_input_stream(path) as stream:
            text = stream.read().decode("utf-8")
    except OSError as error:
        raise InputError("cannot be read", where=given, right="one address a line") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _files(system: Any, path: str, given: str) -> Iterable[Any]:
    """The files that a path or pattern names, by name; hidden files left out."""
    pattern = any(c in path for c in "*?[")
    base = path
    while any(c in base for c in "*?["):
        base = str(PurePosixPath(base).parent)
    try:
        info = system.get_file_info(base)
        if info.type == fs.FileType.File:
            return [info]
        if info.type == fs.FileType.NotFound:
            raise InputError("is not there", where=given, right="a file, folder or pattern")
        inside = system.get_file_info(fs.FileSelector(base, recursive=True))
    except OSError as error:
        what = str(error).splitlines()[0]
        raise InputError(what, where=given, right="an address that can be reached") from error
    hidden = len(PurePosixPath(base).parts)
    return sorted(
        (
            i
            for i in inside
            if i.is_file
            and not any(p.startswith((".", "_")) for p in PurePosixPath(i.path).parts[hidden:])
            and (fnmatchcase(i.path, path) if pattern else _kind(i.path) in ENDINGS)
        ),
        key=lambda i: i.path,
    )


def _kind(path: str) -> str:
    for ending in PACKED:
        path = path.removesuffix(ending)
    return PurePosixPath(path).suffix


def _cut(address: str, info: Any, system: Any, stretch: int) -> Iterator[Part]:
    ends: list[tuple[int | None, int | None]] = [(None, None)]
    if address.endswith(".parquet"):
        ends = list(_row_groups(system, info, stretch))
    elif address.endswith((".jsonl", ".ndjson")) and info.size > stretch:
        ends = [(n, min(n + stretch, info.size)) for n in range(0, info.size, stretch)]
    for start, stop in ends:
        name = identity("part", address, info.size, start, stop)
        yield Part(name=name, address=address, size=info.size, start=start, stop=stop)


def _row_groups(system: Any, info: Any, stretch: int) -> Iterator[tuple[int | None, int | None]]:
    """Runs of row groups of about `stretch` bytes."""
    try:
        about = pq.ParquetFile(info.path, filesystem=system).metadata
    except (ArrowInvalid, OSError):
        yield None, None  # the task that reads it says what is wrong with it
        return
    start, size = 0, 0
    for group in range(about.num_row_groups):
        size += about.row_group(group).total_byte_size
        if size >= stretch or group == about.num_row_groups - 1:
            yield start, group + 1
            start, size = group + 1, 0
