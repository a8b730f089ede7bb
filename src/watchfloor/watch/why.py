"""Why an incident raised an alert on a register entry, or why it did not; in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from watchfloor.errors import InputError
from watchfloor.geometry import to_route_km
from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport
from watchfloor.watch.alerts import alerts_for, fitting, for_entry
from watchfloor.watch.exposure import day_of, is_area, kind_in_rules
from watchfloor.watch.register import Group, Journey, Register, Site
from watchfloor.watch.rules import Rule, Rules


def why(
    incident: MergedIncident,
    entry: str,
    register: Register,
    rules: Rules,
    told: Mapping[str, CodedReport],
) -> list[str]:
    """What was looked at, one sentence a check, the outcome last.

    `entry` is `sites:ID`, `groups:ID`, `journeys:ID` or a bare id. Raises InputError where the
    register has no such entry.
    """
    kind, found = _entry(entry, register)
    raised = [
        a for a in alerts_for(incident, register, rules, told) if a.register == f"{kind}:{found.id}"
    ]
    if raised:
        said = [f"rule {r.rule!r}: {r.because}" for r in raised[0].reasons]
        return [*said, f"so there is an alert, severity {raised[0].severity}"]
    for_event = fitting(incident, rules)
    if not for_event:
        return [*_no_rule(incident, rules), "so there is no alert"]
    mine = for_entry(for_event, incident, found, register, told)
    if not mine:
        return [*_not_for(for_event, found), "so there is no alert"]
    rule = max(mine, key=lambda r: (r.trend is None, r.radius))
    said = [f"rule {rule.name!r} is for {incident.type} that is {incident.status}"]
    if isinstance(found, Site):
        said += _site(incident, found, rule)
    elif isinstance(found, Journey):
        said += _journey(incident, found, rule, rules)
    else:
        said += _group(incident, found, rule, register)
    return [*said, "so there is no alert"]


def _entry(entry: str, register: Register) -> tuple[str, Site | Group | Journey]:
    kinds: dict[str, tuple[Site | Group | Journey, ...]] = {
        "sites": tuple(register.sites),
        "groups": tuple(register.groups),
        "journeys": tuple(register.journeys),
    }
    kind, _, id = entry.rpartition(":")
    for name in [kind] if kind else list(kinds):
        for one in kinds.get(name, ()):
            if one.id == id:
                return name, one
    right = "sites:ID, groups:ID or journeys:ID of the register"
    raise InputError("no such register entry", where=entry, right=right)


def _no_rule(incident: MergedIncident, rules: Rules) -> list[str]:
    if incident.background:
        return ["it is told as history, not as news"]
    of_type = [r for r in rules.rules if incident.type in r.types]
    if not of_type:
        return [f"no rule is for {incident.type}"]
    in_status = [r for r in of_type if incident.status in r.statuses]
    if not in_status:
        names = ", ".join(repr(r.name) for r in of_type)
        return [f"it is {incident.status}; {names} {_are(of_type)} not for that"]
    names = ", ".join(repr(r.name) for r in in_status)
    return [f"its mode is {incident.mode or 'unknown'}; {names} {_are(in_status)} not for that"]


def _not_for(rules: list[Rule], entry: Site | Group | Journey) -> list[str]:
    """Why rules for the kind of event are not for this entry."""
    kind, said = kind_in_rules(entry), []
    for rule in rules:
        if rule.sites is not None and kind not in rule.sites:
            said.append(f"rule {rule.name!r} is for {', '.join(rule.sites)}, not for {kind}")
        else:
            wanted = ", ".join(rule.harmed or ())
            said.append(f"rule {rule.name!r} is for harm to {wanted}, which nobody tells of")
    return said


def _are(some: list[Rule]) -> str:
    return "are" if len(some) > 1 else "is"


def _site(incident: MergedIncident, site: Site, rule: Rule) -> list[str]:
    spot, said = incident.place, [f"no report of it names {site.name}"]
    if spot is None or spot.lat is None or spot.lon is None:
        return [*said, "where it happened is not known"]
    gap = site.km_to((spot.lat, spot.lon))
    if gap is None:
        return [*said, f"where {site.name} is, is not known"]
    if spot.kind == "country":
        return [*said, f"only the country, {spot.name}, is known"]
    if is_area(incident):
        return [*said, f"only the area {spot.name} is known, and {site.name} does not lie in it"]
    radius = site.radius_km * rule.radius
    return [*said, f"{spot.name} is {gap:.0f} km off, outside the {radius:.0f} km watched"]


def _journey(incident: MergedIncident, journey: Journey, rule: Rule, rules: Rules) -> list[str]:
    spot, day = incident.place, day_of(incident)
    if spot is None or spot.lat is None or spot.lon is None:
        return ["where it happened is not known"]
    if is_area(incident):
        return [f"only the area {spot.name} is known; a route is held against places"]
    gap = to_route_km((spot.lat, spot.lon), journey.waypoints)
    corridor = rules.corridor_km * rule.radius
    said = [f"{spot.name} is {gap:.0f} km from the route; {corridor:.0f} km are watched"]
    if gap <= corridor:
        early = rules.days_before_departure
        said.append(
            f"it was on {day or 'an unknown day'}; {journey.name} is watched from {early} days "
            f"before {journey.depart:%Y-%m-%d} to {journey.arrive:%Y-%m-%d}"
        )
    return said


def _group(incident: MergedIncident, group: Group, rule: Rule, register: Register) -> list[str]:
    said = []
    if incident.place and incident.place.country:
        said.append(f"it was in {incident.place.country}; {group.name} is at {_at(group)}")
    if group.nationality:
        said.append(f"nobody of nationality {group.nationality} is told to be harmed or aimed at")
    if group.organisation:
        said.append(f"no report of it names {group.organisation}")
    for site in register.sites:
        if site.id in group.sites:
            said += _site(incident, site, rule)
    return said


def _at(group: Group) -> str:
    return ", ".join(group.sites) or "no site"
