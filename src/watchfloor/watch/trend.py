"""Whether incidents near a site grow more than they used to: against the site's own past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from watchfloor.merge import MergedIncident
from watchfloor.watch.exposure import day_of, is_area
from watchfloor.watch.register import Site
from watchfloor.watch.rules import Rule
from watchfloor.watch.said import Said, say_day

#: The past must be known for so many times the days that are held against it.
LEAST_PAST = 3


class Past(Protocol):
    """What happened before."""

    def since(self) -> date | None:
        """The first day of which anything is known, None where nothing is."""

    def count(self, site: Site, km: float, rule: Rule, first: date, last: date) -> int:
        """How many incidents that a rule is for happened within `km` of a site in these days."""


class Told:
    """The past as told by incidents at hand."""

    def __init__(self, incidents: Sequence[MergedIncident]) -> None:
        dated = ((day_of(one), one) for one in incidents)
        self._told = [(day, one) for day, one in dated if day is not None]
        days = (a.published[:10] for i in incidents for a in i.accounts if a.published)
        self._since = min(days, default=None)

    def since(self) -> date | None:
        """The day on which the first of their reports was published."""
        return date.fromisoformat(self._since) if self._since else None

    def count(self, site: Site, km: float, rule: Rule, first: date, last: date) -> int:
        """How many happened."""
        return sum(first <= day <= last and counts(one, site, km, rule) for day, one in self._told)


def counts(incident: MergedIncident, site: Site, km: float, rule: Rule) -> bool:
    """Whether an incident counts for a trend: of the rule's kind, and known to be near."""
    spot = incident.place
    if incident.background or incident.type not in rule.types:
        return False
    if incident.status not in rule.statuses or is_area(incident):
        return False
    if rule.modes is not None and incident.mode not in rule.modes:
        return False
    if spot is None or spot.lat is None or spot.lon is None:
        return False
    gap = site.km_to((spot.lat, spot.lon))
    return gap is not None and gap <= km


def rising(incident: MergedIncident, site: Site, rule: Rule, past: Past) -> Said | None:
    """Why there is a trend up to the day of an incident, None where there is none or where too
    little is known of the time before: what is unknown is not taken for calm.
    """
    day, known, trend = day_of(incident), past.since(), rule.trend
    if trend is None or day is None or known is None:
        return None
    km = site.radius_km * rule.radius
    opens = day - timedelta(trend.days - 1)
    first = max(known, opens - timedelta(trend.past_days))
    before = (opens - first).days
    if before < LEAST_PAST * trend.days:
        return None
    now = past.count(site, km, rule, opens, day)
    usual = past.count(site, km, rule, first, opens - timedelta(1)) * trend.days / before
    if now < trend.count or now < trend.factor * usual:
        return None
    return Said(
        "{0} within {1} km of {2} in the {3} days to {4}, "
        "where {5} were usual in the {6} days before",
        (now, f"{km:.0f}", site.name, trend.days, say_day(day), f"{usual:.1f}", before),
    )
