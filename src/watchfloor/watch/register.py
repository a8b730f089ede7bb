"""The register: the sites, groups and journeys that the desk answers for, read from CSV files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from watchfloor.errors import InputError, SettingsError
from watchfloor.geometry import Point, distance_km, to_area_km, to_areas_km, to_route_km
from watchfloor.records import Record, Ring

#: Radius in km for a site whose line gives none.
DEFAULT_RADIUS = 25.0


class Site(Record, frozen=True, kw_only=True):
    """A place with people or works; `radius_km` is how far off it wants to hear of an attack, from
    its `outline` (corners as latitude, longitude) where that is given, else from its point.
    """

    id: str
    name: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    place: str | None = None
    people: int | None = None
    radius_km: float = DEFAULT_RADIUS
    outline: tuple[Point, ...] = ()

    def km_to(self, point: Point) -> float | None:
        """How far off a point is, None where it is not known where the site is."""
        if self.outline:
            return to_area_km(point, self.outline)
        if self.lat is None or self.lon is None:
            return None
        return distance_km(point, (self.lat, self.lon))

    def km_to_areas(self, rings: Sequence[Ring]) -> float | None:
        """How far off the nearest of some areas is, 0 where a part of the site lies in one."""
        points = self.outline or (
            () if self.lat is None or self.lon is None else ((self.lat, self.lon),)
        )
        if not points:
            return None
        gap = min(to_areas_km(point, rings) for point in points)
        if gap and self.outline:  # an area may lie within the site
            gap = min(gap, *(to_area_km(c, self.outline) for ring in rings for c in ring))
        return gap


class Group(Record, frozen=True, kw_only=True):
    """A head count, never persons, of one nationality (ISO alpha-3) or organisation."""

    id: str
    name: str
    nationality: str | None
    organisation: str | None
    people: int | None
    sites: tuple[str, ...] = ()


class Journey(Record, frozen=True, kw_only=True):
    """A movement along waypoints (latitude, longitude) between two days.

    `arrive_at` is the time at which it arrives, `passes` those at which it passes the waypoints, in
    their order, all by the clocks of the route. None and empty where no time is given.
    """

    id: str
    name: str
    depart: date
    arrive: date
    waypoints: tuple[tuple[float, float], ...]
    arrive_at: datetime | None = None
    passes: tuple[datetime | None, ...] = ()

    def passed_at(self, point: Point, km: float) -> datetime | None:
        """When it is past a point, for good: at the next waypoint with a time behind the last
        stretch that comes within `km`, else when it arrives; None where that is not known.
        """
        near = [n for n, stretch in enumerate(pairwise(self.waypoints), 1)
                if to_route_km(point, stretch) <= km]  # fmt: skip
        behind = self.passes[near[-1] :] if near else ()
        return next((time for time in behind if time is not None), self.arrive_at)


class Register(Record, frozen=True, kw_only=True):
    """Everything the desk answers for."""

    sites: tuple[Site, ...] = ()
    groups: tuple[Group, ...] = ()
    journeys: tuple[Journey, ...] = ()


#: A name and a country to (latitude, longitude); raises InputError where it is none or ambiguous.
Locate = Callable[[str, str | None], tuple[float, float]]

Row = dict[str, str]
T = TypeVar("T")


def read_register(folder: Path, locate: Locate) -> Register:
    """The register of a folder; a file that is not there is empty.

    Raises SettingsError, with file and line, for the first line that makes no sense.
    """
    if not folder.is_dir():
        raise SettingsError("no such folder", where=str(folder), right="a folder of CSV files")
    return Register(
        sites=tuple(_read(folder / "sites.csv", lambda row: _site(row, locate))),
        groups=tuple(_read(folder / "groups.csv", _group)),
        journeys=tuple(_read(folder / "journeys.csv", _journey)),
    )


def problems_in(folder: Path, locate: Locate) -> list[str]:
    """Everything that is wrong with the files of a folder, line by line; empty where they hold."""
    found: list[str] = []
    sites: set[str] = set()
    makers: tuple[tuple[str, Callable[[Row], Site | Group | Journey]], ...] = (
        ("sites.csv", lambda row: _site(row, locate)),
        ("groups.csv", _group),
        ("journeys.csv", _journey),
    )
    for name, make in makers:
        for where, one in _lines(folder / name, make):
            if isinstance(one, SettingsError):
                found.append(str(one))
            elif isinstance(one, Site):
                sites.add(one.id)
            elif isinstance(one, Group):
                found += [
                    f"{where}: no site {s!r} in sites.csv" for s in one.sites if s not in sites
                ]
    return found


def _read(path: Path, make: Callable[[Row], T]) -> Iterator[T]:
    for _, one in _lines(path, make):
        if isinstance(one, SettingsError):
            raise one
        yield one


def _lines(path: Path, make: Callable[[Row], T]) -> Iterator[tuple[str, T | SettingsError]]:
    """Each line of a file as an entry or as what is wrong with it, and where it stands."""
    if not path.is_file():
        return
    seen: set[str] = set()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            where = f"{path.name}, line {number}"
            try:
                made = make({k: (v or "").strip() for k, v in row.items() if k})
            except KeyError as error:
                yield where, SettingsError(f"no column {error}", where=where)
                continue
            except ValueError as error:
                yield where, SettingsError(str(error), where=where)
                continue
            if row["id"] in seen:
                right = "one line an id"
                yield where, SettingsError(f"id {row['id']} twice", where=where, right=right)
                continue
            seen.add(row["id"])
            yield where, made


def _site(row: Row, locate: Locate) -> Site:
    lat, lon = _number(row, "lat"), _number(row, "lon")
    outline = _points(row.get("outline", ""), "outline")
    if outline and len(outline) < 3:
        raise ValueError(f"outline of {len(outline)} corners; three or more make an area")
    if outline and (lat is None or lon is None):
        lat, lon = (sum(corner[n] for corner in outline) / len(outline) for n in (0, 1))
    if lat is None or lon is None:
        if not row.get("place"):
            raise ValueError("neither lat and lon nor outline nor place is given")
        try:
            lat, lon = locate(row["place"], row["country"] or None)
        except InputError as error:
            raise ValueError(f"place: {error}") from error
    for point in (*outline, (lat, lon)):
        _check_point(point)
    return Site(
        id=row["id"], name=row["name"], kind=row["kind"], country=row["country"] or None,
        lat=lat, lon=lon, place=row.get("place") or None, people=_whole(row, "people"),
        radius_km=_number(row, "radius_km") or DEFAULT_RADIUS, outline=outline,
    )  # fmt: skip


def _group(row: Row) -> Group:
    return Group(
        id=row["id"], name=row["name"], nationality=row["nationality"] or None,
        organisation=row["organisation"] or None, people=_whole(row, "people"),
        sites=tuple(part for part in row["sites"].split(";") if part),
    )  # fmt: skip


def _journey(row: Row) -> Journey:
    written = [part.strip().split(maxsplit=2) for part in row["waypoints"].split(";") if part]
    points = _points(";".join(" ".join(part[:2]) for part in written), "waypoint")
    if not points:
        raise ValueError("no waypoints; write 'lat lon;lat lon'")
    for point in points:
        _check_point(point)
    depart, depart_at = _day_and_time(row["depart"])
    arrive, arrive_at = _day_and_time(row["arrive"])
    passes = tuple(_day_and_time(part[2])[1] if len(part) > 2 else None for part in written)
    known = [time for time in (depart_at, *passes, arrive_at) if time is not None]
    if arrive < depart or known != sorted(known):
        raise ValueError(f"arrives {row['arrive']} before it departs or passes its waypoints")
    return Journey(
        id=row["id"], name=row["name"], depart=depart, arrive=arrive, waypoints=points,
        arrive_at=arrive_at, passes=passes if any(passes) else (),
    )  # fmt: skip


def _day_and_time(written: str) -> tuple[date, datetime | None]:
    """A day, and the time where one is given: "2031-03-04", "2031-03-04T08:00"."""
    if len(written) <= len("2031-03-04"):
        return date.fromisoformat(written), None
    time = datetime.fromisoformat(written)
    if time.tzinfo is not None:
        raise ValueError(
            f"{written} has a zone; the clock of the route, without one, would be right"
        )
    return time.date(), time


def _points(written: str, what: str) -> tuple[Point, ...]:
    """Points written as "lat lon;lat lon"."""
    found = []
    for part in written.split(";") if written else ():
        try:
            lat, lon = map(float, part.split())
        except ValueError as error:
            raise ValueError(f"{what} {part!r}; write 'lat lon;lat lon'") from error
        found.append((lat, lon))
    return tuple(found)


def _check_point(point: Point) -> None:
    lat, lon = point
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat} {lon} is no point; latitude is -90 to 90, longitude -180 to 180")


def _number(row: Row, name: str) -> float | None:
    text = row.get(name, "")
    try:
        return float(text) if text else None
    except ValueError as error:
        raise ValueError(f"{name} {text!r} is no number") from error


def _whole(row: Row, name: str) -> int | None:
    number = _number(row, name)
    return None if number is None else int(number)
