"""What the record knows of the time before, for rules about trends."""

from __future__ import annotations

from datetime import date

from watchfloor.geometry import distance_km
from watchfloor.store import Filter, Session, stream_incidents
from watchfloor.store.trends import first_published
from watchfloor.watch.exposure import day_of
from watchfloor.watch.register import Site
from watchfloor.watch.rules import Rule
from watchfloor.watch.trend import counts


class Kept:
    """The past as the record holds it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def since(self) -> date | None:
        """The day on which its first report was published, None where it has none."""
        first = first_published(self.session)
        return first.date() if first else None

    def count(self, site: Site, km: float, rule: Rule, first: date, last: date) -> int:
        """How many incidents that a rule is for happened within `km` of a site in these days."""
        if site.lat is None or site.lon is None:
            return 0
        reach = max((distance_km((site.lat, site.lon), c) for c in site.outline), default=0.0)
        wanted = Filter(
            first=first, last=last, types=rule.types, statuses=rule.statuses,
            within=(site.lat, site.lon, reach + km),
        )  # fmt: skip
        found = (row.incident for row in stream_incidents(self.session, wanted))
        return sum(
            counts(one, site, km, rule)
            and (day := day_of(one)) is not None
            and first <= day <= last
            for one in found
        )
