"""The file of the desk's own places and of imported ones, beside the built-in gazetteer."""

from __future__ import annotations

import csv
import hashlib
import math
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from watchfloor.errors import DataError, InputError
from watchfloor.where.gazetteer import OWN_FILE, unpacked
from watchfloor.where.names import key_of

SCHEMA = """
CREATE TABLE IF NOT EXISTS places (
  number INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, country TEXT, admin1 TEXT,
  lat REAL, lon REAL, radius_km REAL, population INTEGER, alternates INTEGER, source TEXT);
CREATE TABLE IF NOT EXISTS names (key TEXT, place INTEGER);
CREATE INDEX IF NOT EXISTS names_key ON names (key);
CREATE TABLE IF NOT EXISTS sources (name TEXT PRIMARY KEY, licence TEXT, lines INTEGER);
"""
KINDS = ("point", "facility", "town", "district", "province", "country", "region", "water")
#: How far a place reaches where its entry does not say, in km.
REACH = {"point": 1.0, "facility": 2.0, "town": 5.0, "district": 25.0, "province": 80.0,
         "country": 300.0, "region": 50.0, "water": 20.0}  # fmt: skip
#: Numbers of the desk's own places begin here, far above those of GeoNames.
FIRST_NUMBER = 2_000_000_000


class OwnPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A village, camp, kilometre post or plant that the desk knows.

    `country` is ISO 3166-1 alpha-3, `radius_km` how large it is, `also` are its other names.
    """

    name: str
    lat: float
    lon: float
    kind: str = "town"
    country: str | None = None
    admin1: str | None = None
    radius_km: float | None = None
    also: tuple[str, ...] = ()


def opened(home: Path) -> sqlite3.Connection:
    """The file, made where there is none; raises DataError where it cannot be."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(home / OWN_FILE)
        base.executescript(SCHEMA)
    except (OSError, sqlite3.Error) as error:
        raise DataError(
            f"the desk's places cannot be opened ({error})", where=str(home / OWN_FILE),
            right="set WATCHFLOOR_HOME to a folder that can be written",
        ) from error  # fmt: skip
    return base


def add(home: Path, places: Iterable[OwnPlace]) -> int:
    """Enter places, or replace those of the same name and position; returns how many."""
    base = opened(home)
    count = 0
    with base:
        for place in places:
            _enter(base, place)
            count += 1
    base.close()
    return count


def _enter(base: sqlite3.Connection, place: OwnPlace) -> None:
    _check(place)
    names = {key for name in (place.name, *place.also) if (key := key_of(name))}
    if not names:
        raise InputError(f"{place.name!r} is no name", right="a name with a letter in it")
    mark = f"{key_of(place.name)}@{place.lat:.3f},{place.lon:.3f}"
    number = FIRST_NUMBER + int(hashlib.sha256(mark.encode()).hexdigest()[:8], 16)
    radius = place.radius_km if place.radius_km is not None else REACH[place.kind]
    base.execute("DELETE FROM names WHERE place = ?", (number,))
    base.execute(
        "INSERT OR REPLACE INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (number, f"desk:{mark}", place.name, place.kind, place.country, place.admin1, place.lat,
         place.lon, radius, 0, len(names), "desk"),
    )  # fmt: skip
    base.executemany("INSERT INTO names VALUES (?,?)", [(key, number) for key in names])


def _check(place: OwnPlace) -> None:
    if place.kind not in KINDS:
        raise InputError(f"{place.name}: kind {place.kind!r}", right=f"one of: {', '.join(KINDS)}")
    whole = math.isfinite(place.lat) and math.isfinite(place.lon)
    if not whole or abs(place.lat) > 90 or abs(place.lon) > 180:
        raise InputError(
            f"{place.name}: {place.lat}, {place.lon} is no position",
            right="latitude from -90 to 90, longitude from -180 to 180, in degrees",
        )
    if place.radius_km is not None and not 0 < place.radius_km < 20_000:
        raise InputError(f"{place.name}: radius {place.radius_km}", right="km, over 0")


def read_csv(path: Path) -> Iterator[OwnPlace]:
    """Places of a CSV file with the columns of `OwnPlace`; `also` is joined by ;.

    Raises InputError that names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", where=str(path), right="UTF-8 CSV") from error
    reader = csv.DictReader(lines)
    missing = {"name", "lat", "lon"} - set(reader.fieldnames or ())
    if missing:
        raise InputError(
            f"no column {', '.join(sorted(missing))}", where=str(path),
            right="name,lat,lon and, as wanted, kind,country,admin1,radius_km,also",
        )  # fmt: skip
    for row in reader:
        where = f"{path}:{reader.line_num}"
        filled = {key: value for key, value in row.items() if key and value}
        also = tuple(filled.pop("also", "").split(";"))
        try:
            place = msgspec.convert(filled | {"also": also}, OwnPlace, strict=False)
            _check(place)
        except (msgspec.ValidationError, InputError) as error:
            raise InputError(str(error), where=where, right="see docs/places.md") from error
        yield place


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One source of the gazetteer: its licence and how many places it gave."""

    source: str
    licence: str
    places: int


def parts(home: Path) -> list[Part]:
    """What the gazetteer is made of, the built-in file first."""
    base = sqlite3.connect(unpacked(home))
    count = base.execute("SELECT count(*) FROM places").fetchone()[0]
    base.close()
    found = [Part(source="built-in", licence=BUILT_IN_LICENCE, places=count)]
    if (home / OWN_FILE).is_file():
        own = opened(home)
        licences = dict(own.execute("SELECT name, licence FROM sources"))
        for source, number in own.execute("SELECT source, count(*) FROM places GROUP BY source"):
            licence = licences.get(source, "the desk's own")
            found.append(Part(source=source, licence=licence, places=number))
        own.close()
    return found


BUILT_IN_LICENCE = "GeoNames CC BY 4.0; Natural Earth public domain; airportsdata MIT; own list"
