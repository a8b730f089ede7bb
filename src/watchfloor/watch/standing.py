"""Alerts that no incident raises: a commitment past its day, a country whose feeds are blind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from watchfloor.ledger import COMMITMENT, Commitment
from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport, Record
from watchfloor.watch.alerts import Alert, Reason, alert_id
from watchfloor.watch.evidence import Evidence
from watchfloor.watch.exposure import Exposure, of_site
from watchfloor.watch.register import Group, Register, Site
from watchfloor.watch.rules import Blind, Overdue, Rules
from watchfloor.watch.said import Said, say_day, say_land, say_moment

#: How what stands for the incident begins in alerts about feeds; country and time follow.
FEEDS = "feeds:"


class Line(Record, frozen=True, kw_only=True):
    """A line of the ledger that is overdue, and the incident that it was given in."""

    commitment: Commitment
    incident: MergedIncident


class Blindness(Record, frozen=True, kw_only=True):
    """From when to when (None: still) no feed that covers a country (ISO alpha-3) answered, and
    which there are.
    """

    country: str
    since: datetime
    feeds: tuple[str, ...]
    until: datetime | None = None


def overdue_alerts(
    lines: Iterable[Line], register: Register, rules: Rules, told: Mapping[str, CodedReport],
    today: date,
) -> Iterator[Alert]:  # fmt: skip
    """The alerts of commitments that are past their day: for the sites that they name or were
    given for, and for groups of the nationality to which they were given.
    """
    for line in lines:
        for rule in rules.overdue:
            if line.commitment.kind in rule.kinds and _is_past(line.commitment, rule, today):
                for site in register.sites:
                    exposure = of_site(line.incident, site, rule.radius, told)
                    if exposure is not None:
                        yield _overdue(line, rule, f"sites:{site.id}", exposure)
                for group in register.groups:
                    given = _given_to(line, group, register)
                    if given is not None:
                        yield _overdue(line, rule, f"groups:{group.id}", given)


def blind_alerts(
    blind: Iterable[Blindness], register: Register, rules: Rules, at: datetime
) -> Iterator[Alert]:
    """The alerts of sites in countries of which nothing was heard, up to a time."""
    for one in blind:
        known = (one.until or at) - one.since
        for rule in [r for r in rules.blind if known >= timedelta(hours=r.hours)]:
            yield from (_blind(one, rule, s) for s in register.sites if s.country == one.country)


def _blind(one: Blindness, rule: Blind, site: Site) -> Alert:
    entry = f"sites:{site.id}"
    incident = f"{FEEDS}{one.country}:{one.since:%Y-%m-%dT%H:%M}Z"
    because = Said(
        "no feed of {0} has answered since {1} ({2}): what happens at {3} may not be heard of",
        (say_land(one.country), say_moment(one.since), ", ".join(one.feeds), site.name),
    )
    return Alert(
        id=alert_id(incident, entry), incident=incident, register=entry, basis="area",
        severity=rule.severity, distance_km=None, reports=(), sources=0, urgency=rule.urgency,
        reasons=(Reason.of(rule.name, [because]),),
        first=one.since.isoformat(timespec="seconds"),
    )  # fmt: skip


def _is_past(line: Commitment, rule: Overdue, today: date) -> bool:
    if line.status != "overdue" or line.due is None:
        return False
    return (today - date.fromisoformat(line.due)).days > rule.days


def _given_to(line: Line, group: Group, register: Register) -> Exposure | None:
    """How a group is concerned: it was given to its state or organisation, where it has a site."""
    whom, where = line.commitment.whom, line.commitment.country
    homes: set[str | None] = {s.country for s in register.sites if s.id in group.sites}
    if whom is None or (where is not None and where not in homes):
        return None
    if group.nationality and whom.country == group.nationality:
        because = Said(
            "given to {0}: nationality {1}, as {2}",
            (whom.text, say_land(group.nationality), group.name),
        )
    elif group.organisation and group.organisation.lower() in (whom.name or whom.text).lower():
        because = Said("given to {0}, whose people {1} are", (whom.text, group.name))
    else:
        return None
    return Exposure(basis="people", distance_km=None, because=because)


def _overdue(line: Line, rule: Overdue, entry: str, exposure: Exposure) -> Alert:
    due, incident = (
        line.commitment,
        f"{COMMITMENT}{line.commitment.report}:{line.commitment.what.start}",
    )
    giver = due.who.text if due.who else Said("somebody unnamed")
    because = Said(
        "{0} of {1}, due {2}, and nothing known that keeps it",
        (Said(due.kind), giver, say_day(date.fromisoformat(due.due)) if due.due else ""),
    )
    words = Evidence(part="commitment", report=due.report, start=due.what.start,
                     end=due.what.end, text=due.what.text)  # fmt: skip
    reason = Reason.of(rule.name, [because, exposure.because], [words])
    return Alert(
        id=alert_id(incident, entry), incident=incident, register=entry,
        basis=exposure.basis, severity=rule.severity, distance_km=exposure.distance_km,
        reasons=(reason,), reports=(due.report,), sources=line.incident.sources,
        urgency=rule.urgency, first=due.said, latest=due.said,
    )  # fmt: skip
