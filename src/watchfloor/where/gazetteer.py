"""The gazetteer: one SQLite file, unpacked once, looked up by normalised name."""

from __future__ import annotations

import hashlib
import lzma
import os
import sqlite3
import tempfile
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from watchfloor.errors import DataError
from watchfloor.where.names import key_of

#: Candidates of one name that are looked at, the most populous first.
MOST_CANDIDATES = 40
COLUMNS = "number, id, name, kind, country, admin1, lat, lon, radius_km, population, alternates"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may stand for; `country` is ISO 3166-1 alpha-3."""

    number: int
    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    radius_km: float
    population: int
    alternates: int


class Gazetteer:
    """Looks names up; a connection is opened by the process that uses it."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(
            f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.lookup = lru_cache(maxsize=100_000)(self._lookup)

    def _lookup(self, key: str) -> tuple[Candidate, ...]:
        """The places that bear a name, given as `names.key_of` makes it; most populous first."""
        rows = self._base.execute(
            f"SELECT {COLUMNS} FROM names JOIN places ON number = place WHERE key = ?"
            " ORDER BY population DESC LIMIT ?",
            (key, MOST_CANDIDATES),
        )
        return tuple(Candidate(*row) for row in rows)

    def named(self, name: str) -> tuple[Candidate, ...]:
        """The places that bear a name as it is written."""
        return self.lookup(key_of(name))


@cache
def load(home: Path) -> Gazetteer:
    """The gazetteer, unpacked into `home` by whoever comes first.

    The file is named by the hash of what it was packed in and moved into place when it is whole,
    so processes that start together do not disturb each other. Raises DataError where it is
    missing or damaged, or `home` cannot be written.
    """
    packed = files("watchfloor.data").joinpath("gazetteer.sqlite.xz")
    if not packed.is_file():
        raise DataError("the gazetteer is missing", right="install watchfloor again")
    size = hashlib.sha256(packed.read_bytes()).hexdigest()[:12]
    path = home / f"gazetteer-{size}.sqlite"
    if not path.exists():
        try:
            _unpack(packed.read_bytes(), path)
        except (OSError, lzma.LZMAError) as error:
            raise DataError(
                f"the gazetteer cannot be unpacked ({error})",
                where=str(path),
                right="set WATCHFLOOR_HOME to a folder that can be written",
            ) from error
    return Gazetteer(path)


def _unpack(packed: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as out:
        out.write(lzma.decompress(packed))
    Path(scratch).replace(path)
