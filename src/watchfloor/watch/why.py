"""Why an incident raised an alert on a register entry, or why it did not; in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from watchfloor.errors import InputError
from watchfloor.geometry import to_route_km
from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport
from watchfloor.watch.alerts import alerts_for, fitting, for_entry
from watchfloor.watch.exposure import day_of, is_area, kind_in_rules, km_off, was_past
from watchfloor.watch.register import Group, Journey, Register, Site
from watchfloor.watch.rules import Rule, Rules
from watchfloor.watch.said import TYPES, Said, joined, say_day, say_land, say_place

#: What most of it comes to.
NONE = Said("so there is no alert")


def why(
    incident: MergedIncident,
    entry: str,
    register: Register,
    rules: Rules,
    told: Mapping[str, CodedReport],
) -> list[Said]:
    """What was looked at, one sentence a check, the outcome last.

    `entry` is `sites:ID`, `groups:ID`, `journeys:ID` or a bare id. Raises InputError where the
    register has no such entry.
    """
    kind, found = _entry(entry, register)
    raised = [
        a for a in alerts_for(incident, register, rules, told) if a.register == f"{kind}:{found.id}"
    ]
    if raised:
        said = [
            Said("rule “{0}”: {1}", (Said(r.rule), joined(r.said, "; "))) for r in raised[0].reasons
        ]
        return [*said, Said("so there is an alert, severity {0}", (Said(raised[0].severity),))]
    for_event = fitting(incident, rules)
    if not for_event:
        return [_no_rule(incident, rules), NONE]
    mine = for_entry(for_event, incident, found, register, told)
    if not mine:
        return [*_not_for(for_event, found), NONE]
    rule = max(mine, key=lambda r: (r.trend is None, r.radius))
    about = (Said(rule.name), _type(incident.type), Said(incident.status))
    said = [Said("rule “{0}” is for {1}, {2}", about)]
    if isinstance(found, Site):
        said += _site(incident, found, rule)
    elif isinstance(found, Journey):
        said += _journey(incident, found, rule, rules, told)
    else:
        said += _group(incident, found, rule, register)
    return [*said, NONE]


def _type(type: str) -> Said:
    return Said(TYPES.get(type, type))


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


def _no_rule(incident: MergedIncident, rules: Rules) -> Said:
    if incident.background:
        return Said("it is told as history, not as news")
    of_type = [r for r in rules.rules if incident.type in r.types]
    if not of_type:
        return Said("no rule is for this kind: {0}", (_type(incident.type),))
    in_status = [r for r in of_type if incident.status in r.statuses]
    if not in_status:
        about = (Said(incident.status), _names(of_type))
        return Said("its status is {0}, which no rule for its kind takes: {1}", about)
    mode = Said(incident.mode or "unknown")
    return Said("its mode is {0}, which no rule for its kind takes: {1}", (mode, _names(in_status)))


def _not_for(rules: list[Rule], entry: Site | Group | Journey) -> list[Said]:
    """Why rules for the kind of event are not for this entry."""
    kind, said = kind_in_rules(entry), []
    for rule in rules:
        name = Said(rule.name)
        if rule.sites is not None and kind not in rule.sites:
            sites = joined([Said(one) for one in rule.sites], ", ")
            said.append(Said("rule “{0}” is for {1}, not for {2}", (name, sites, Said(kind))))
        else:
            wanted = joined([Said(one) for one in rule.harmed or ()], ", ")
            said.append(Said("rule “{0}” is for harm to {1}: nobody tells of it", (name, wanted)))
    return said


def _names(some: list[Rule]) -> Said:
    return joined([Said(rule.name) for rule in some], ", ")


def _site(incident: MergedIncident, site: Site, rule: Rule) -> list[Said]:
    spot, said = incident.place, [Said("no report of it names {0}", (site.name,))]
    if spot is None or spot.lat is None or spot.lon is None:
        return [*said, Said("where it happened is not known")]
    gap, where = km_off(incident, site), say_place(spot.name)
    if gap is None:
        return [*said, Said("where {0} is, is not known", (site.name,))]
    if spot.kind == "country":
        return [*said, Said("only the country is known: {0}", (_land(spot.country, spot.name),))]
    if is_area(incident):
        about = (where, site.name)
        return [*said, Said("only the area {0} is known, and {1} does not lie in it", about)]
    radius = site.radius_km * rule.radius
    off = (where, f"{gap:.0f}", f"{radius:.0f}")
    return [*said, Said("{0} is {1} km off, outside the {2} km watched", off)]


def _land(code: str | None, name: str) -> Said | str:
    return say_land(code) if code else name


def _journey(
    incident: MergedIncident, journey: Journey, rule: Rule, rules: Rules,
    told: Mapping[str, CodedReport],
) -> list[Said]:  # fmt: skip
    spot, day = incident.place, day_of(incident)
    if spot is None or spot.lat is None or spot.lon is None:
        return [Said("where it happened is not known")]
    where = say_place(spot.name)
    if is_area(incident):
        return [Said("only the area {0} is known; a route is held against places", (where,))]
    gap = to_route_km((spot.lat, spot.lon), journey.waypoints)
    corridor = rules.corridor_km * rule.radius
    off = (where, f"{gap:.0f}", f"{corridor:.0f}")
    said = [Said("{0} is {1} km from the route; {2} km are watched", off)]
    if gap <= corridor:
        about = (
            say_day(day) if day else Said("day unknown"), journey.name,
            rules.days_before_departure, say_day(journey.depart), say_day(journey.arrive),
        )  # fmt: skip
        said.append(Said("the day is {0}; {1} is watched from {2} days before {3} to {4}", about))
        if was_past(incident, journey, corridor, told):
            said.append(Said("when it happened {0} had passed there", (journey.name,)))
    return said


def _group(incident: MergedIncident, group: Group, rule: Rule, register: Register) -> list[Said]:
    said = []
    if incident.place and incident.place.country:
        at = [s.name for s in register.sites if s.id in group.sites]
        where = joined(at, ", ") if at else Said("no site")
        about = (say_land(incident.place.country), group.name, where)
        said.append(Said("it was in {0}; {1} is at {2}", about))
    if group.nationality:
        land = say_land(group.nationality)
        said.append(Said("nobody of nationality {0} is told to be harmed or aimed at", (land,)))
    if group.organisation:
        said.append(Said("no report of it names {0}", (group.organisation,)))
    for site in register.sites:
        if site.id in group.sites:
            said += _site(incident, site, rule)
    return said
