"""The gazetteer: one SQLite file, unpacked once, with the desk's own and imported places beside it.

Names are looked up in both by their normalised form.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import sqlite3
import tempfile
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from watchfloor.errors import DataError
from watchfloor.where.names import key_of
from watchfloor.where.worldview import DEFAULT, country_of

#: Candidates of one name that are looked at, the most populous first.
MOST_CANDIDATES = 40
COLUMNS = "number, id, name, kind, country, admin1, lat, lon, radius_km, population, alternates"
#: The file of the desk's own and of imported places, in the home folder.
OWN_FILE = "places.sqlite"


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

    @property
    def own(self) -> bool:
        """Whether the desk entered it itself."""
        return self.id.startswith("desk:")


class Gazetteer:
    """Looks names up; a connection is opened by the process that uses it."""

    def __init__(self, path: Path, own: Path | None = None, worldview: str = DEFAULT) -> None:
        self.path, self.own = path, own if own is not None and own.is_file() else None
        self._bases = [_opened(path, "&immutable=1")]
        if self.own is not None:
            self._bases.append(_opened(self.own, ""))
        self._worldview = worldview
        country_of("", None, worldview)
        self.lookup = lru_cache(maxsize=100_000)(self._lookup)

    def _lookup(self, key: str) -> tuple[Candidate, ...]:
        """The places that bear a name, given as `names.key_of` makes it; most populous first."""
        found: dict[str, Candidate] = {}
        for base in self._bases:
            rows = base.execute(
                f"SELECT {COLUMNS} FROM names JOIN places ON number = place WHERE key = ?"
                " ORDER BY population DESC LIMIT ?",
                (key, MOST_CANDIDATES),
            )
            for row in rows:
                found.setdefault(row[1], Candidate(*row))
        if self._worldview != DEFAULT:
            found = {id: self._seen(one) for id, one in found.items()}
        if len(self._bases) == 1:
            return tuple(found.values())
        some = sorted(found.values(), key=lambda c: (not c.own, -c.population))
        return tuple(some[:MOST_CANDIDATES])

    def _seen(self, one: Candidate) -> Candidate:
        return replace(
            one, country=country_of(one.country, one.admin1 or one.name, self._worldview)
        )

    def named(self, name: str) -> tuple[Candidate, ...]:
        """The places that bear a name as it is written."""
        return self.lookup(key_of(name))


def _opened(path: Path, more: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro{more}", uri=True, check_same_thread=False)


@cache
def load(home: Path, worldview: str = DEFAULT) -> Gazetteer:
    """The gazetteer, unpacked into `home` by whoever comes first, with what stands beside it there.

    The file is named by the hash of what it was packed in and moved into place when it is whole,
    so processes that start together do not disturb each other. Raises DataError where it is
    missing or damaged, or `home` cannot be written; SettingsError for an unknown worldview.
    """
    return Gazetteer(unpacked(home), home / OWN_FILE, worldview)


def unpacked(home: Path) -> Path:
    """The built-in file, unpacked where that was not done yet; raises DataError."""
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
    return path


def _unpack(packed: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as out:
        out.write(lzma.decompress(packed))
    Path(scratch).replace(path)
