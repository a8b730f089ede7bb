"""Alerts that no report raises: commitments that fell due, and countries whose feeds are blind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from watchfloor.ledger import COMMITMENT
from watchfloor.live.alarm import Telling, bring
from watchfloor.live.channels import Channel
from watchfloor.live.health import covering, dark_times
from watchfloor.live.oncall import on_call
from watchfloor.store import Session, commitments, incident_of
from watchfloor.store.alerts import KeptAlert, alerts_of, live_alerts
from watchfloor.store.feeds import feeds, spells
from watchfloor.store.queries import coded_of
from watchfloor.store.reports import incidents_in
from watchfloor.watch import Register, Rules
from watchfloor.watch.alerts import Alert
from watchfloor.watch.standing import (
    FEEDS,
    Blindness,
    Line,
    blind_alerts,
    overdue_alerts,
)


def stand(
    session: Session, register: Register, rules: Rules, channels: Sequence[Channel], at: datetime
) -> list[tuple[str, str]]:
    """Bring the alerts in step with the ledger and the feeds; what was done, as (alert, what)."""
    lines = list(_overdue(session, rules, at))
    told = coded_of(session, {x.commitment.report for x in lines})
    wanted = [
        *overdue_alerts(lines, register, rules, told, at.date()),
        *blind_alerts(
            (b for b in blindness(session, register) if b.until is None), register, rules, at
        ),
    ]
    live = [a for mark in (FEEDS, COMMITMENT) for a in live_alerts(session, mark)]
    known = {a.id: a for a in (*alerts_of(session, [a.incident for a in wanted]), *live)}

    def predecessor(alert: Alert, seen: set[str]) -> KeptAlert | None:
        return None if alert.id in seen else known.get(alert.id)

    telling = Telling(on_call(session, channels, at), at)
    return bring(session, wanted, list(known.values()), predecessor, _why_not, telling)


def blindness(session: Session, register: Register) -> list[Blindness]:
    """Each time that a country of the register was dark, less those that no feed covers at all:
    nothing that was heard of them before has gone silent.
    """
    known, lines = feeds(session), spells(session)
    found = []
    for country in sorted({s.country for s in register.sites if s.country}):
        mine = {f.n: f.name for f in covering(known, country)}
        found += [
            Blindness(country=country, since=since, until=until, feeds=tuple(mine.values()))
            for since, until in dark_times(spell for spell in lines if spell.feed in mine)
        ]
    return found


def _overdue(session: Session, rules: Rules, at: datetime) -> Iterable[Line]:
    """The lines of the ledger that are overdue, with the incident that each was given in."""
    kinds = sorted({kind for rule in rules.overdue for kind in rule.kinds})
    if not kinds:
        return
    for line in commitments(session, at.date(), kinds=kinds, statuses=["overdue"]):
        id = incidents_in(session, line.report).get(line.event)
        row = incident_of(session, id) if id else None
        if row is not None:
            yield Line(commitment=line, incident=row.incident)


def _why_not(alert: KeptAlert) -> str:
    if alert.incident.startswith(FEEDS):
        return "a feed of the country answers again"
    return "the commitment is not overdue any more: something answered or kept it"
