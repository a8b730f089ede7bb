"""What is exported: which incidents, up to which marking, how much of a person and a point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, floor, radians

from msgspec.structs import replace

from watchfloor.errors import InputError
from watchfloor.merge import MergedIncident
from watchfloor.records import Record
from watchfloor.store import MARKINGS, Filter, Row, Session, stream_incidents

#: The two things that can be exported: a row an incident, or a row an event.
WHAT = ("incidents", "events")
#: Up to this label one person may export; above it two release.
ALONE = "AMBER"
#: Kilometres in a degree of latitude.
DEGREE_KM = 111.2
_GRADE = re.compile(r"([A-F])([1-6])")


class Request(Record, frozen=True, kw_only=True):
    """What is wanted.

    `marking` is the strictest TLP 2.0 label that may leave; `released_by` names who let go what
    is marked above AMBER, two at least. `grade` ("C3") asks for an account at least so good.
    `coarse_km` moves points to a grid so wide; 0 leaves them. `names` keeps private persons' names.
    """

    what: str = "incidents"
    format: str = "csv"
    filter: Filter = Filter()
    marking: str = ALONE
    released_by: tuple[str, ...] = ()
    grade: str | None = None
    coarse_km: float = 0.0
    names: bool = False


@dataclass
class Tally:
    """How many incidents left, and how many their marking held back."""

    given: int = 0
    held_back: int = 0
    markings: set[str] = field(default_factory=set)


def check(request: Request, formats: tuple[str, ...]) -> None:
    """Raise InputError where a request makes no sense or is not allowed."""
    for value, valid, name in (
        (request.what, WHAT, "what"), (request.format, formats, "format"),
        (request.marking, MARKINGS, "marking"),
    ):  # fmt: skip
        if value not in valid:
            raise InputError(f"no such {name} {value!r}", where="export",
                             right=f"one of {', '.join(valid)}")  # fmt: skip
    if request.grade is not None and not _GRADE.fullmatch(request.grade):
        raise InputError(f"{request.grade!r} is no grade", where="export", right="such as C3")
    if request.coarse_km < 0:
        raise InputError("a grid has no negative width", where="export", right="0 or more km")
    people = {name.strip().lower() for name in request.released_by if name.strip()}
    if MARKINGS.index(request.marking) > MARKINGS.index(ALONE) and len(people) < 2:
        raise InputError(
            f"what is marked above {ALONE} is released by two people",
            where="export", right="name both with --released-by",
        )  # fmt: skip


def chosen(session: Session, request: Request, tally: Tally) -> Iterator[Row]:
    """The incidents, the newest in the record first, read a page at a time."""
    allowed = MARKINGS[: MARKINGS.index(request.marking) + 1]
    for row in stream_incidents(session, request.filter):
        if request.grade and not _good_enough(row.incident, request.grade):
            continue
        if row.marking not in allowed:
            tally.held_back += 1
            continue
        tally.given += 1
        tally.markings.add(row.marking)
        yield replace(row, incident=coarsened(row.incident, request.coarse_km))


def best_grade(incident: MergedIncident) -> str | None:
    """The best grade among its accounts, None where none is graded."""
    return min((a.grade for a in incident.accounts if a.grade), default=None)


def coarsened(incident: MergedIncident, km: float) -> MergedIncident:
    """The incident with its point in the middle of a cell of a grid; its radius covers the cell."""
    spot = incident.place
    if not km or spot is None or spot.lat is None or spot.lon is None:
        return incident
    lat, lon = coarse_point(spot.lat, spot.lon, km)
    return replace(
        incident, place=replace(spot, lat=lat, lon=lon, radius_km=max(spot.radius_km, km))
    )


def coarse_point(lat: float, lon: float, km: float) -> tuple[float, float]:
    """The middle of the cell, `km` wide and high, that a point lies in."""
    step = km / DEGREE_KM
    middle = max(-90.0, min(90.0, (floor(lat / step) + 0.5) * step))
    across = step / max(0.01, cos(radians(middle)))
    east = (floor(lon / across) + 0.5) * across
    return round(middle, 4), round((east + 180) % 360 - 180, 4)


def _good_enough(incident: MergedIncident, grade: str) -> bool:
    return any(
        a.grade and a.grade[0] <= grade[0] and a.grade[1] <= grade[1] for a in incident.accounts
    )
