"""Import GeoNames' dump: 19 columns of tab-separated text, streamed, and taken up where it ended.

The columns are described in the dump's own readme: geonameid, name, asciiname, alternatenames,
latitude, longitude, feature class, feature code, country code, cc2, admin1 to admin4 codes,
population, elevation, dem, timezone, modification date.
"""

from __future__ import annotations

import io
import math
import sqlite3
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import IO

from watchfloor.errors import InputError
from watchfloor.where.names import key_of
from watchfloor.where.own import REACH, opened

COLUMNS = 19
#: Lines between two commits: what a broken import has to do again at most.
LINES_AT_ONCE = 20_000
#: Numbers of imported places begin here, so that they never meet the built-in ones.
FIRST_NUMBER = 1_000_000_000
LICENCE = "GeoNames CC BY 4.0"
#: Kinds by feature class; districts, countries and provinces by feature code.
KINDS = {"P": "town", "S": "facility", "H": "water", "L": "region", "T": "point", "R": "point",
         "V": "region", "U": "water"}  # fmt: skip


def import_dump(path: Path, home: Path) -> Iterator[int]:
    """Import `allCountries.zip`, or one country's zip or text; yields the lines done so far.

    An import that was broken off goes on behind the last lines that it had kept. Raises InputError
    for a file of another form.
    """
    base = opened(home)
    source = f"geonames {path.name}"
    done = _begin(base, source)
    with _lines(path) as stream:
        for _ in islice(stream, done):
            pass
        while some := list(islice(stream, LINES_AT_ONCE)):
            rows = [_columns(line, path, done + n) for n, line in enumerate(some, 1)]
            done += len(some)
            with base:
                _keep(base, rows, source)
                base.execute("UPDATE sources SET lines = ? WHERE name = ?", (done, source))
            yield done
    _finish(base, source)
    base.close()


def _begin(base: sqlite3.Connection, source: str) -> int:
    """How many lines an earlier import had kept; a finished one begins anew."""
    known = base.execute("SELECT lines FROM sources WHERE name = ?", (source,)).fetchone()
    with base:
        if known is None or known[0] < 0:
            own = "SELECT number FROM places WHERE source = ?"
            base.execute(f"DELETE FROM names WHERE place IN ({own})", (source,))
            base.execute("DELETE FROM places WHERE source = ?", (source,))
            base.execute("INSERT OR REPLACE INTO sources VALUES (?,?,0)", (source, LICENCE))
        base.execute("DROP INDEX IF EXISTS names_key")
    return int(known[0]) if known and known[0] > 0 else 0


def _finish(base: sqlite3.Connection, source: str) -> None:
    """Give provinces their names, build the index, and note that the import is whole."""
    with base:
        base.execute(
            "CREATE TEMP TABLE areas AS SELECT country, admin1 AS code, name FROM places"
            " WHERE source = ? AND kind = 'province'",
            (source,),
        )
        base.execute("CREATE INDEX temp.areas_code ON areas (country, code)")
        base.execute(
            "UPDATE places SET admin1 = (SELECT areas.name FROM areas WHERE"
            " areas.country = places.country AND areas.code = places.admin1) WHERE source = ?",
            (source,),
        )
        base.execute("CREATE INDEX IF NOT EXISTS names_key ON names (key)")
        base.execute("UPDATE sources SET lines = -1 WHERE name = ?", (source,))


def _lines(path: Path) -> IO[str]:
    """The text of a dump, unzipped as it is read."""
    try:
        if path.suffix.lower() != ".zip":
            return path.open(encoding="utf-8", newline="\n")
        inside = zipfile.ZipFile(path)
        texts = [n for n in inside.namelist() if n.endswith(".txt") and "readme" not in n.lower()]
        if len(texts) != 1:
            raise InputError(
                f"holds {len(texts)} texts", where=str(path), right="one 19-column dump"
            )
        return io.TextIOWrapper(inside.open(texts[0]), encoding="utf-8", newline="\n")
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(
            f"cannot be read ({error})", where=str(path), right="a GeoNames dump, .zip or .txt"
        ) from error


def _columns(line: str, path: Path, number: int) -> list[str]:
    columns = line.rstrip("\n").split("\t")
    if len(columns) != COLUMNS or not columns[0].isdigit():
        raise InputError(
            f"{len(columns)} columns", where=f"{path}:{number}", right=f"{COLUMNS}, id first"
        )
    return columns


def _keep(base: sqlite3.Connection, rows: list[list[str]], source: str) -> None:
    places, names = [], []
    for f in rows:
        kind = _kind(f[6], f[7])
        if kind is None:
            continue
        number, people = FIRST_NUMBER + int(f[0]), int(f[14] or 0)
        keys = {key for name in (f[1], f[2], *f[3].split(",")) if (key := key_of(name))}
        places.append((
            number, f"geonames:{f[0]}", f[1], kind, _alpha3().get(f[8]), f[10] or None,
            float(f[4]), float(f[5]), _reach(kind, people), people, len(keys), source,
        ))  # fmt: skip
        names += [(key, number) for key in keys]
    base.executemany("INSERT OR REPLACE INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", places)
    base.executemany("INSERT INTO names VALUES (?,?)", names)


def _kind(feature_class: str, code: str) -> str | None:
    """The kind of a feature; None for what no longer is (codes that end in H) or says nothing."""
    if feature_class == "A":
        if code.startswith("PCL"):
            return None if code == "PCLH" else "country"
        return None if code.endswith("H") else "province" if code == "ADM1" else "district"
    if feature_class == "P" and code in {"PPLH", "PPLCH", "PPLQ", "PPLW"}:
        return None
    return "district" if code == "PPLX" else KINDS.get(feature_class)


def _reach(kind: str, people: int) -> float:
    if kind == "town":
        return round(min(30.0, max(2.0, 0.02 * math.sqrt(people))), 1)
    return REACH[kind]


@cache
def _alpha3() -> dict[str, str]:
    raw = files("watchfloor.data").joinpath("places_countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in raw.splitlines() if not line.startswith("#")]
    return {row[0]: row[1] for row in rows[1:]}
