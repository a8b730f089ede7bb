"""The rules for commitments over reports at hand, by the reports' own days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from watchfloor.ledger import deeds_of, find, follow, fullest
from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport
from watchfloor.watch.alerts import Alert
from watchfloor.watch.register import Register
from watchfloor.watch.rules import Rules
from watchfloor.watch.standing import Line, overdue_alerts


class Promises:
    """The commitments that reports tell of, and what became of them by any day."""

    def __init__(
        self, told: Mapping[str, CodedReport], incidents: Sequence[MergedIncident]
    ) -> None:
        self._told = told
        self._in = {(m.report, m.event): one for one in incidents for m in one.members}
        lines = (line for coded in told.values() for line in find(coded))
        held = ((x, self._in[x.report, x.event]) for x in lines if (x.report, x.event) in self._in)
        self._lines = fullest((line, one.incident) for line, one in held)
        self._deeds = [deed for coded in told.values() for deed in deeds_of(coded)]

    def overdue(self, register: Register, rules: Rules, day: date) -> Iterator[Alert]:
        """The alerts of what was overdue on a day, by what had happened until then."""
        today = day.isoformat()
        said = [line for line in self._lines if (line.said or "") <= today]
        done = [deed for deed in self._deeds if (deed.day or "") <= today]
        lines = [
            Line(commitment=line, incident=self._in[line.report, line.event])
            for line in follow(said, done, today)
            if line.status == "overdue"
        ]
        return overdue_alerts(lines, register, rules, self._told, day)

    def ever_overdue(self, register: Register, rules: Rules, last: date) -> Iterator[Alert]:
        """The alerts that were raised on any day up to the last, whatever became of them."""
        dues = {date.fromisoformat(line.due) for line in self._lines if line.due}
        days = {due + timedelta(rule.days + 1) for due in dues for rule in rules.overdue}
        for day in sorted(day for day in days if day <= last):
            yield from self.overdue(register, rules, day)


def last_day(told: Mapping[str, CodedReport]) -> date | None:
    """The day on which the last of some reports was published, None where none says."""
    days = [c.report.published[:10] for c in told.values() if c.report.published]
    return date.fromisoformat(max(days)) if days else None
