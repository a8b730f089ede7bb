"""Hold incidents against the register: who is exposed, how far off, why, and how severe."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport, Record
from watchfloor.watch.evidence import Evidence, evidence_of
from watchfloor.watch.exposure import (
    Exposure,
    harmed_of,
    kind_in_rules,
    may_touch,
    of_group,
    of_journey,
    of_site,
)
from watchfloor.watch.register import Group, Journey, Register, Site
from watchfloor.watch.rules import SEVERITIES, URGENCIES, Rule, Rules
from watchfloor.watch.said import Said, counted
from watchfloor.watch.trend import Past, rising


class Reason(Record, frozen=True, kw_only=True):
    """A rule and why it fits: `because` in words, `said` the same as sentences with their values
    apart; `evidence` are the words of reports behind it.
    """

    rule: str
    because: str
    evidence: tuple[Evidence, ...] = ()
    said: tuple[Said, ...] = ()

    @classmethod
    def of(cls, rule: str, said: Iterable[Said], evidence: Iterable[Evidence] = ()) -> Reason:
        """A reason in these sentences."""
        told = tuple(said)
        words = "; ".join(map(str, told))
        return cls(rule=rule, because=words, evidence=tuple(evidence), said=told)


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
    urgency: str = "unknown"
    first: str | None = None
    latest: str | None = None
    schema: str = "watchfloor.alert/1"


def alerts_for(
    incident: MergedIncident, register: Register, rules: Rules, told: Mapping[str, CodedReport],
    past: Past | None = None,
) -> Iterator[Alert]:  # fmt: skip
    """The alerts of one incident. `told` holds its reports, for entries named in them and spans;
    without a `past` there are no trends.
    """
    for_event = fitting(incident, rules)
    if not for_event:
        return
    farthest = max(rule.radius for rule in for_event)
    for kind in ("sites", "journeys", "groups"):
        entry: Site | Journey | Group
        for entry in getattr(register, kind):
            if isinstance(entry, Site) and not may_touch(incident, entry, farthest, told):
                continue
            found: list[tuple[Rule, Exposure]] = []
            for rule in for_entry(for_event, incident, entry, register, told):
                exposure = exposed(incident, entry, rule, rules, register, told)
                if exposure is not None and rule.trend is not None:
                    exposure = _in_trend(incident, entry, rule, exposure, past)
                if exposure is not None:
                    found.append((rule, exposure))
            if found:
                yield _alert(incident, f"{kind}:{entry.id}", found, told)


def _in_trend(
    incident: MergedIncident, entry: Site | Group | Journey, rule: Rule, exposure: Exposure,
    past: Past | None,
) -> Exposure | None:  # fmt: skip
    """The exposure with the trend that it is part of, None where there is none."""
    if past is None or not isinstance(entry, Site) or exposure.basis != "pin":
        return None
    said = rising(incident, entry, rule, past)
    if said is None:
        return None
    return replace(exposure, because=Said("{0}; {1}", (exposure.because, said)))


def fitting(incident: MergedIncident, rules: Rules) -> list[Rule]:
    """The rules whose kind of event this is; none for history, denials and mere plans."""
    if incident.background:
        return []
    return [
        rule
        for rule in rules.rules
        if incident.type in rule.types
        and incident.status in rule.statuses
        and (rule.modes is None or incident.mode in rule.modes)
    ]


def for_entry(
    rules: Sequence[Rule], incident: MergedIncident, entry: Site | Group | Journey,
    register: Register, told: Mapping[str, CodedReport],
) -> list[Rule]:  # fmt: skip
    """Those of the rules that are for this kind of entry and for whom the incident harmed."""
    kind = kind_in_rules(entry)
    mine = [rule for rule in rules if rule.sites is None or kind in rule.sites]
    if all(rule.harmed is None for rule in mine):
        return mine
    harmed = {one.who for one in harmed_of(incident, entry, register, told)}
    return [rule for rule in mine if rule.harmed is None or harmed & set(rule.harmed)]


def exposed(
    incident: MergedIncident, entry: Site | Group | Journey, rule: Rule, rules: Rules,
    register: Register, told: Mapping[str, CodedReport],
) -> Exposure | None:  # fmt: skip
    """How an entry is touched by a rule's measure, None where it is not."""
    if isinstance(entry, Site):
        return of_site(incident, entry, rule.radius, told)
    if isinstance(entry, Journey):
        return of_journey(incident, entry, rule.radius, rules, told)
    return of_group(incident, entry, rule.radius, register, told)


def latest_alerts(
    incidents: Sequence[MergedIncident], register: Register, rules: Rules,
    told: Mapping[str, CodedReport], past: Past | None = None,
) -> list[Alert]:  # fmt: skip
    """One alert for each happening and entry: of several incidents of one report the severest."""
    best: dict[tuple[str, tuple[str, ...]], Alert] = {}
    for incident in incidents:
        for alert in alerts_for(incident, register, rules, told, past):
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


def _order(incident: MergedIncident, rule: Rule, exposure: Exposure) -> tuple[int, int]:
    level = SEVERITIES.index(severity(incident, exposure, rule))
    return level, URGENCIES.index(urgency(incident, rule))


def _alert(
    incident: MergedIncident, entry: str, found: Sequence[tuple[Rule, Exposure]],
    told: Mapping[str, CodedReport],
) -> Alert:  # fmt: skip
    """The alert by the severest of the rules that fit, and what the trends say beside it."""
    best = max(found, key=lambda one: _order(incident, *one))
    rule, exposure = best
    days = sorted(a.published for a in incident.accounts if a.published)
    because = [exposure.because, *_told_by(incident)]
    evidence = evidence_of(incident, told, exposure.name)
    reasons = [Reason.of(rule.name, because, evidence)]
    reasons += [Reason.of(r.name, [e.because]) for r, e in found
                if r.trend is not None and r is not rule]  # fmt: skip
    return Alert(
        id=alert_id(incident.incident, entry), incident=incident.incident, register=entry,
        basis=exposure.basis, severity=severity(incident, exposure, rule),
        distance_km=exposure.distance_km, reasons=tuple(reasons), reports=incident.reports,
        sources=incident.sources, urgency=urgency(incident, rule),
        first=days[0] if days else None, latest=days[-1] if days else None,
    )  # fmt: skip


def alert_id(incident: str, entry: str) -> str:
    """The id of the one alert of an incident and a register entry."""
    digest = hashlib.sha256(msgspec.json.encode(["alert", incident, entry])).hexdigest()
    return "al" + digest[:16]


def _told_by(incident: MergedIncident) -> Iterator[Said]:
    """Its toll, and how well it is known: sources, and how exactly its place is."""
    for fate in ("killed", "abducted"):
        count = getattr(incident.harm, fate)
        if count is not None and (count.low or count.high):
            yield Said("{0} {1}", (counted(count), Said(fate)))
    many = incident.sources > 1
    said = "{0} independent sources" if many else "{0} independent source"
    yield Said(said, (incident.sources,))
    if incident.place is not None:
        kind = incident.place.kind
        yield Said("place known to the {0}", (Said("stretch" if kind == "line" else kind),))


def severity(incident: MergedIncident, exposure: Exposure, rule: Rule) -> str:
    """The rule's severity: one up where people were killed, two down for a mere area. A trend is
    as severe as its rule says, whatever the last of its incidents was.
    """
    level = SEVERITIES.index(rule.severity)
    killed = incident.harm.killed
    if rule.trend is None and killed is not None and (killed.low or killed.high):
        level += 1
    if exposure.basis == "area":
        level -= 2
    elif incident.status in {"disputed", "attempted"}:
        level -= 1
    return SEVERITIES[max(0, min(level, len(SEVERITIES) - 1))]


def urgency(incident: MergedIncident, rule: Rule) -> str:
    """The rule's urgency; what goes on is immediate, what is planned lies in the future."""
    return {"ongoing": "immediate", "planned": "future"}.get(incident.status, rule.urgency)
