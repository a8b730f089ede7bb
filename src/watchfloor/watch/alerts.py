"""Hold incidents against the register: who is exposed, how far off, why, and how severe."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from watchfloor.geometry import Point, distance_km, to_route_km
from watchfloor.merge import MergedIncident
from watchfloor.records import Record
from watchfloor.watch.register import Group, Journey, Register, Site
from watchfloor.watch.rules import SEVERITIES, Rule, Rules

AREAS = frozenset({"province", "region", "country", "district"})
#: Places larger than this (km) are told as areas even where they are towns or parks.
PIN_KM = 60.0


class Reason(Record, frozen=True, kw_only=True):
    """A rule and, in words built from data, why it fits."""

    rule: str
    because: str


class Alert(Record, frozen=True, kw_only=True):
    """An incident held against one register entry; see formats.md for the fields."""

    id: str
    incident: str
    register: str
    basis: str
    severity: str
    distance_km: float | None
    reasons: tuple[Reason, ...]
    reports: tuple[str, ...]
    sources: int
    first: str | None = None
    latest: str | None = None
    schema: str = "watchfloor.alert/1"


class Exposure(Record, frozen=True, kw_only=True):
    """How an entry is touched: the basis, the distance where one is known, and why."""

    basis: str
    distance_km: float | None
    because: str


def alerts_for(
    incident: MergedIncident, register: Register, rules: Rules, texts: Mapping[str, str]
) -> Iterator[Alert]:
    """The alerts of one incident. `texts` holds each report's text, to see entries named in it."""
    rule = fitting(incident, rules)
    if rule is None:
        return
    touched: set[str] = set()
    for site in register.sites:
        exposure = of_site(incident, site, rule, texts)
        if exposure is not None:
            touched.add(site.id)
            yield _alert(incident, f"sites:{site.id}", exposure, rule)
    for journey in register.journeys:
        exposure = of_journey(incident, journey, rules)
        if exposure is not None:
            yield _alert(incident, f"journeys:{journey.id}", exposure, rule)
    for group in register.groups:
        exposure = of_group(incident, group, register, texts)
        if exposure is not None:
            yield _alert(incident, f"groups:{group.id}", exposure, rule)


def fitting(incident: MergedIncident, rules: Rules) -> Rule | None:
    """The first rule whose kind of event this is; none for history, denials and mere plans."""
    if incident.background:
        return None
    for rule in rules.rules:
        if (
            incident.type in rule.types
            and incident.status in rule.statuses
            and (rule.modes is None or incident.mode in rule.modes)
        ):
            return rule
    return None


def of_site(
    incident: MergedIncident, site: Site, rule: Rule, texts: Mapping[str, str]
) -> Exposure | None:
    """How a site is touched: named, near enough, or inside the area that is all that is known."""
    if _is_named(site.name, incident, texts):
        return Exposure(
            basis="named", distance_km=_gap(incident, site), because=f"the report names {site.name}"
        )
    spot = incident.place
    if spot is None or spot.lat is None or spot.lon is None or site.lat is None or site.lon is None:
        return None
    gap = distance_km((spot.lat, spot.lon), (site.lat, site.lon))
    radius = site.radius_km * rule.radius
    if is_area(incident):
        if spot.kind == "country" or gap > spot.radius_km:
            return None
        return Exposure(
            basis="area", distance_km=None,
            because=f"only the area {spot.name} is known, and {site.name} lies in it",
        )  # fmt: skip
    if gap > radius:
        return None
    return Exposure(
        basis="pin", distance_km=round(gap, 1),
        because=f"{spot.name}, {gap:.0f} km from {site.name}, within {radius:.0f} km",
    )  # fmt: skip


def of_journey(incident: MergedIncident, journey: Journey, rules: Rules) -> Exposure | None:
    """Whether a journey's corridor is touched while it is watched."""
    spot = incident.place
    if spot is None or spot.lat is None or spot.lon is None or is_area(incident):
        return None
    gap = to_route_km((spot.lat, spot.lon), journey.waypoints)
    if gap > rules.corridor_km:
        return None
    day = day_of(incident)
    opens = journey.depart - timedelta(rules.days_before_departure)
    if day is None or not opens <= day <= journey.arrive:
        return None
    return Exposure(
        basis="route", distance_km=round(gap, 1),
        because=f"{spot.name}, {gap:.0f} km from the route of {journey.name}, on {day}",
    )  # fmt: skip


def of_group(
    incident: MergedIncident, group: Group, register: Register, texts: Mapping[str, str]
) -> Exposure | None:
    """Whether people of the group's nationality or organisation are harmed or aimed at near by."""
    homes = [s for s in register.sites if s.id in group.sites]
    country = incident.place.country if incident.place else None
    if country is not None and country not in {s.country for s in homes}:
        return None
    for party in incident.participants:
        if party.role not in {"victim", "target", "recipient"}:
            continue
        if group.nationality and party.country == group.nationality:
            return Exposure(
                basis="people", distance_km=None,
                because=f"{party.text}: nationality {group.nationality}, as {group.name}",
            )  # fmt: skip
    if group.organisation and _is_named(group.organisation, incident, texts):
        return Exposure(
            basis="people", distance_km=None,
            because=f"the report names {group.organisation}, whose people {group.name} are",
        )  # fmt: skip
    return None


def latest_alerts(
    incidents: Sequence[MergedIncident], register: Register, rules: Rules, texts: Mapping[str, str]
) -> list[Alert]:
    """One alert for each happening and entry: of several incidents of one report the severest."""
    best: dict[tuple[str, tuple[str, ...]], Alert] = {}
    for incident in incidents:
        for alert in alerts_for(incident, register, rules, texts):
            key = (alert.register, alert.reports)
            kept = best.get(key)
            if kept is None or _rank(alert) > _rank(kept):
                best[key] = alert
    return _without_parts(list(best.values()))


def _without_parts(alerts: list[Alert]) -> list[Alert]:
    """Leave out an alert whose reports are all told of by a wider one on the same entry."""
    return [one for one in alerts if not any(_covers(other, one) for other in alerts)]


def _covers(other: Alert, one: Alert) -> bool:
    """Whether another alert on the same entry tells of the same reports, and of more."""
    if other.register != one.register or not set(one.reports) & set(other.reports):
        return False
    return _weight(other) > _weight(one)


def _weight(alert: Alert) -> tuple[int, tuple[int, bool], str]:
    return len(alert.reports), _rank(alert), alert.id


def _rank(alert: Alert) -> tuple[int, bool]:
    return SEVERITIES.index(alert.severity), alert.distance_km is not None


def _alert(incident: MergedIncident, entry: str, exposure: Exposure, rule: Rule) -> Alert:
    days = sorted(a.published for a in incident.accounts if a.published)
    sources = f"{incident.sources} independent source{'s' if incident.sources > 1 else ''}"
    digest = hashlib.sha256(msgspec.json.encode(["alert", incident.incident, entry])).hexdigest()
    return Alert(
        id="al" + digest[:16], incident=incident.incident, register=entry, basis=exposure.basis,
        severity=severity(incident, exposure, rule), distance_km=exposure.distance_km,
        reasons=(Reason(rule=rule.name, because=f"{exposure.because}; {sources}"),),
        reports=incident.reports, sources=incident.sources,
        first=days[0] if days else None, latest=days[-1] if days else None,
    )  # fmt: skip


def severity(incident: MergedIncident, exposure: Exposure, rule: Rule) -> str:
    """The rule's severity: one up where people were killed close by, one down for a mere area."""
    level = SEVERITIES.index(rule.severity)
    killed = incident.harm.killed
    if killed is not None and (killed.low or killed.high):
        level += 1
    if exposure.basis == "area":
        level -= 2
    elif incident.status in {"disputed", "attempted"}:
        level -= 1
    return SEVERITIES[max(0, min(level, len(SEVERITIES) - 1))]


def is_area(incident: MergedIncident) -> bool:
    """Whether only an area is known, too wide to be held against a radius."""
    spot = incident.place
    return spot is not None and (
        spot.kind in AREAS - {"district"} or (spot.kind in AREAS and spot.radius_km > PIN_KM)
    )


def _gap(incident: MergedIncident, site: Site) -> float | None:
    spot = incident.place
    if spot is None or spot.lat is None or spot.lon is None or is_area(incident):
        return None
    if site.lat is None or site.lon is None:
        return None
    here: Point = (spot.lat, spot.lon)
    return round(distance_km(here, (site.lat, site.lon)), 1)


def _is_named(name: str, incident: MergedIncident, texts: Mapping[str, str]) -> bool:
    """Whether a report of the incident names an entry in so many words."""
    low = name.lower()
    return any(low in texts.get(report, "").lower() for report in incident.reports)


def day_of(incident: MergedIncident) -> date | None:
    """The day it happened, else the first day it was published."""
    said = incident.when.from_ if incident.when else None
    days = sorted(a.published for a in incident.accounts if a.published)
    text = said or (days[0] if days else None)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
