"""How an incident touches a register entry: near, on its route, in its area, named, its people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from watchfloor.geometry import to_route_km
from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport, Date, Record
from watchfloor.watch.evidence import HARMED_ROLES, named_beside, named_in
from watchfloor.watch.kinds import in_sector, kind_of
from watchfloor.watch.register import Group, Journey, Register, Site
from watchfloor.watch.rules import Rules
from watchfloor.watch.said import Said, say_day, say_land, say_place

AREAS = frozenset({"province", "region", "country", "district"})
#: Places larger than this (km) are told as areas even where they are towns or parks.
PIN_KM = 60.0

#: When parts of a day begin at the earliest, by their TIMEX3 values; a night may be either's.
PARTS = {"AF": "12:00", "EV": "17:00"}
#: Of `rules.HARMED`, those that touch a group.
OWN = ("own nationality", "own organisation")

Told = Mapping[str, CodedReport]


class Exposure(Record, frozen=True, kw_only=True):
    """How an entry is touched: the basis, the distance where one is known, and why. `name` is what
    the reports name, where that is the cause.
    """

    basis: str
    distance_km: float | None
    because: Said
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Harmed:
    """Of whom people are harmed or aimed at: `who` is one of `rules.HARMED`, why, and the `name`
    that a report gives where that is the cause.
    """

    who: str
    because: Said
    name: str | None = None


def of_site(incident: MergedIncident, site: Site, radius: float, told: Told) -> Exposure | None:
    """How a site is touched: named, within so many times its own radius, or inside the area that
    is all that is known.
    """
    if _is_named(site, incident, told):
        return Exposure(
            basis="named", distance_km=_gap(incident, site), name=site.name,
            because=Said("the report names {0}", (site.name,)),
        )  # fmt: skip
    spot = incident.place
    gap = km_off(incident, site)
    if spot is None or gap is None:
        return None
    reach = site.radius_km * radius
    if is_area(incident):
        if spot.kind == "country" or gap > (0 if spot.outlines else spot.radius_km):
            return None
        return Exposure(
            basis="area", distance_km=None,
            because=Said(
                "only the area {0} is known, and {1} lies in it", (say_place(spot.name), site.name)
            ),
        )  # fmt: skip
    if gap > reach:
        return None
    return Exposure(
        basis="pin", distance_km=round(gap, 1),
        because=Said(
            "{0}, {1} km from {2}, within {3} km",
            (say_place(spot.name), f"{gap:.0f}", site.name, f"{reach:.0f}"),
        ),
    )  # fmt: skip


def may_touch(incident: MergedIncident, site: Site, radius: float, told: Told) -> bool:
    """Whether `of_site` could find anything, within so many times its radius at most: told quickly,
    because most incidents are far from most sites.
    """
    gap = km_off(incident, site)
    if gap is not None and (is_area(incident) or gap <= site.radius_km * radius):
        return True
    return any(named_in(site.name, told.get(report)) is not None for report in incident.reports)


def of_journey(
    incident: MergedIncident, journey: Journey, radius: float, rules: Rules, told: Told
) -> Exposure | None:
    """Whether a journey's corridor, so many times as wide, is touched while it is watched: not by
    what is known to have happened after it had passed.
    """
    spot = incident.place
    if spot is None or spot.lat is None or spot.lon is None or is_area(incident):
        return None
    gap = to_route_km((spot.lat, spot.lon), journey.waypoints)
    if gap > rules.corridor_km * radius:
        return None
    day = day_of(incident)
    opens = journey.depart - timedelta(rules.days_before_departure)
    if day is None or not opens <= day <= journey.arrive:
        return None
    if was_past(incident, journey, rules.corridor_km * radius, told):
        return None
    return Exposure(
        basis="route", distance_km=round(gap, 1),
        because=Said(
            "{0}, {1} km from the route of {2}, on {3}",
            (say_place(spot.name), f"{gap:.0f}", journey.name, say_day(day)),
        ),
    )  # fmt: skip


def was_past(incident: MergedIncident, journey: Journey, km: float, told: Told) -> bool:
    """Whether a journey had passed by when it happened; False where either time is not known."""
    spot, time = incident.place, _time_of(incident, told)
    if time is None or spot is None or spot.lat is None or spot.lon is None:
        return False
    passed = journey.passed_at((spot.lat, spot.lon), km)
    return passed is not None and time > passed


def _time_of(incident: MergedIncident, told: Told) -> datetime | None:
    """The earliest time of day at which a telling has it, by the clocks of its place; None where
    none says one.
    """
    found = []
    for member in incident.members:
        coded = told.get(member.report)
        event = next((e for e in coded.events if e.id == member.event), None) if coded else None
        if coded is not None and event is not None and event.when is not None:
            inside = range(event.sentence.start, event.sentence.end)
            said = [d for d in coded.dates if d.start in inside and d.from_ == event.when.from_]
            found += [time for one in said if (time := _clock(one)) is not None]
    return min(found, default=None)


def _clock(said: Date) -> datetime | None:
    """The time of day of a time expression, of an afternoon or evening its beginning; None where it
    says none, or that of another zone.
    """
    day, _, time = (said.timex or "").partition("T")
    if any(
        word.isupper() and word not in {"AM", "PM"} for word in re.findall(r"[A-Za-z]+", said.text)
    ):
        return None
    try:
        return datetime.fromisoformat(f"{day}T{PARTS.get(time, time)}") if time else None
    except ValueError:
        return None


def of_group(
    incident: MergedIncident, group: Group, radius: float, register: Register, told: Told
) -> Exposure | None:
    """Whether people of the group's nationality or organisation are harmed or aimed at in a
    country where it has a site; else whether one of its sites is touched.
    """
    homes = [s for s in register.sites if s.id in group.sites]
    country = incident.place.country if incident.place else None
    if country is None or country in {s.country for s in homes}:
        for one in harmed_of(incident, group, register, told):
            if one.who in OWN:
                return Exposure(
                    basis="people", distance_km=None, because=one.because, name=one.name
                )
    for site in homes:
        touched = of_site(incident, site, radius, told)
        if touched is not None:
            said = Said("{0}, where {1} are", (touched.because, group.name))
            return replace(touched, because=said)
    return None


def harmed_of(
    incident: MergedIncident, entry: Site | Group | Journey, register: Register, told: Told
) -> tuple[Harmed, ...]:
    """Who is harmed or aimed at, as seen from an entry; at most one of each of `rules.HARMED`."""
    hit = [p for p in incident.participants if p.role in HARMED_ROLES]
    if isinstance(entry, Group):
        groups = [entry]
    else:
        groups = [g for g in register.groups if entry.id in g.sites]
    found: dict[str, Harmed] = {}
    for group in groups:
        for party in hit:
            if group.nationality and party.country == group.nationality:
                because = Said(
                    "{0}: nationality {1}, as {2}",
                    (party.text, say_land(group.nationality), group.name),
                )
                found.setdefault("own nationality", Harmed("own nationality", because))
        name = group.organisation
        if name and named_beside(name, incident, told):
            because = Said("the report names {0}, whose people {1} are", (name, group.name))
            found.setdefault("own organisation", Harmed("own organisation", because, name))
    for party in hit:
        if in_sector(kind_in_rules(entry), party.text):
            because = Said("{0}: the same sector as {1}", (party.text, entry.name))
            found.setdefault("same sector", Harmed("same sector", because))
    return tuple(found.values())


def kind_in_rules(entry: Site | Group | Journey) -> str:
    """The kind by which rules know an entry."""
    if isinstance(entry, Site):
        return kind_of(entry.kind)
    return "people" if isinstance(entry, Group) else "convoy"


def is_area(incident: MergedIncident) -> bool:
    """Whether only an area is known, too wide to be held against a radius."""
    spot = incident.place
    return spot is not None and (
        spot.kind in AREAS - {"district"} or (spot.kind in AREAS and spot.radius_km > PIN_KM)
    )


def _is_named(site: Site, incident: MergedIncident, told: Told) -> bool:
    """Whether reports of the incident name a site where they tell of it; or anywhere, as long as
    it is not known to have happened somewhere else.
    """
    if named_beside(site.name, incident, told):
        return True
    gap = _gap(incident, site)
    if gap is not None and gap > site.radius_km:
        return False
    return any(named_in(site.name, told.get(report)) is not None for report in incident.reports)


def day_of(incident: MergedIncident) -> date | None:
    """The day it happened, else the first day it was published."""
    said = incident.when.from_ if incident.when else None
    days = sorted(a.published for a in incident.accounts if a.published)
    text = said or (days[0] if days else None)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _gap(incident: MergedIncident, site: Site) -> float | None:
    """How far off it was, where more than an area is known."""
    gap = km_off(incident, site)
    return None if gap is None or is_area(incident) else round(gap, 1)


def km_off(incident: MergedIncident, site: Site) -> float | None:
    """How far off the place of an incident is, from its edge where that is known; None where it or
    the site has none.
    """
    spot = incident.place
    if spot is None or spot.lat is None or spot.lon is None:
        return None
    if spot.outlines:
        return site.km_to_areas(spot.outlines)
    return site.km_to((spot.lat, spot.lon))
