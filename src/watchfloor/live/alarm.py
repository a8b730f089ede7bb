"""Raise, change and withdraw alerts for the incidents that changed, and queue their telling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from watchfloor.live.channels import Channel, telling_time
from watchfloor.live.oncall import on_call
from watchfloor.live.past import Kept
from watchfloor.merge import MergedIncident
from watchfloor.store import Session
from watchfloor.store import tables as t
from watchfloor.store.alerts import (
    KeptAlert,
    alert_of,
    alerts_of,
    change_alert,
    keep_alert,
    open_since,
    withdraw,
)
from watchfloor.store.deliveries import queue
from watchfloor.store.queries import coded_of, incidents_of
from watchfloor.watch import Alert, Register, Rules, latest_alerts
from watchfloor.watch.alerts import alert_id
from watchfloor.watch.rules import SEVERITIES


def raise_alerts(
    session: Session,
    changed: Iterable[str],
    register: Register,
    rules: Rules,
    channels: Sequence[Channel],
    at: datetime,
) -> list[tuple[str, str]]:
    """Bring the alerts in step with incidents that changed; what was done, as (alert, what).

    One alert for each incident and register entry. A copy of a wire, or an edit that changes
    nothing coded, is not worth telling; another source, another severity or toll is.
    """
    changed = set(changed)
    around = _around(session, changed)
    told = coded_of(session, {r for i in around for r in i.reports})
    wanted = latest_alerts(around, register, rules, told, Kept(session))
    known = {i.incident: i for i in around}
    kept = alerts_of(session, changed | set(known))
    heirs = {i: row.id for i, row in incidents_of(session, {a.incident for a in kept}).items()}
    own = {(a.incident, a.register) for a in wanted}

    def predecessor(alert: Alert, seen: set[str]) -> KeptAlert | None:
        free = [
            a
            for a in kept
            if a.id not in seen
            and (a.incident == alert.incident or (a.incident, a.register) not in own)
        ]
        return _predecessor(alert, free, heirs)

    def why_not(alert: KeptAlert) -> str:
        return _why_not(known.get(alert.incident))

    telling = Telling(on_call(session, channels, at), at)
    return bring(session, wanted, kept, predecessor, why_not, telling)


@dataclass(frozen=True, slots=True)
class Telling:
    """To whom changes of alerts are told, and from when on."""

    channels: Sequence[Channel]
    at: datetime


def bring(
    session: Session, wanted: Iterable[Alert], kept: Sequence[KeptAlert],
    predecessor: Callable[[Alert, set[str]], KeptAlert | None],
    why_not: Callable[[KeptAlert], str], telling: Telling,
) -> list[tuple[str, str]]:  # fmt: skip
    """Bring alerts that are kept in step with those that are wanted; what was done."""
    done: list[tuple[str, str]] = []
    seen: set[str] = set()
    for one in wanted:
        old = predecessor(one, seen)
        alert = one if old is not None else _under_a_free_id(session, one)
        what = _apply(session, alert, old, telling.at)
        id = old.id if old else alert.id
        seen.add(id)
        if what is not None:
            done.append((id, what[0]))
            _queue(session, (id, alert.severity), what, telling)
    for old in kept:
        if old.id not in seen and old.state not in {"withdrawn", "closed"}:
            revision = withdraw(session, old, telling.at, why_not(old))
            done.append((old.id, "withdrawn"))
            _queue(session, (old.id, old.severity), ("withdrawn", revision), telling)
    return done


def _under_a_free_id(session: Session, alert: Alert) -> Alert:
    """A new alert under an id that no other bears: one that went with its reports to another
    incident has kept the id of the first.
    """
    tries = (alert_id(alert.incident, f"{alert.register} {n}") for n in count(2))
    free = (id for id in chain([alert.id], tries) if alert_of(session, id) is None)
    return replace(alert, id=next(free))


def _around(session: Session, changed: Iterable[str]) -> list[MergedIncident]:
    """The incidents that changed and those that share a report with them."""
    rows = {row.id: row for row in incidents_of(session, set(changed)).values()}
    reports = sorted({r for row in rows.values() for r in row.incident.reports})
    query = select(t.node.c.incident).where(t.node.c.report.in_(reports)).distinct()
    beside = {i for i in session.scalars(query) if i} - rows.keys()
    rows |= incidents_of(session, beside)
    return [row.incident for _, row in sorted(rows.items()) if row.gone_into is None]


def _predecessor(
    alert: Alert, kept: Sequence[KeptAlert], heirs: dict[str, str]
) -> KeptAlert | None:
    """The alert that told of this before: of the incident, or of one that it took over, or of
    another incident of the same reports.
    """
    same = [a for a in kept if a.register == alert.register]
    exact = [a for a in same if a.incident == alert.incident]
    taken = [a for a in same if heirs.get(a.incident) == alert.incident]
    shared = [a for a in same if set(a.doc["reports"]) & set(alert.reports)]
    for found in (exact, taken, shared):
        if found:
            return min(found, key=lambda a: a.n)
    return None


def _apply(
    session: Session, alert: Alert, old: KeptAlert | None, at: datetime
) -> tuple[str, int] | None:
    """Keep the alert; what there is to tell and the revision that tells it, None where nothing."""
    doc: dict[str, Any] = msgspec.to_builtins(alert)
    if old is None:
        return "raised", keep_alert(session, doc, at)
    if {**doc, "id": old.id} == old.doc and old.state != "withdrawn":
        return None
    what = _change(old, doc)
    if old.state == "closed" and what != "escalated":
        what = None
    revision = change_alert(session, old, doc, at, what)
    return (what, revision) if what else None


def _change(old: KeptAlert, new: dict[str, Any]) -> str | None:
    """What is new about an alert, None where it only has more copies of the same."""
    before, now = (SEVERITIES.index(s) for s in (old.severity, new["severity"]))
    if old.state == "withdrawn":
        return "raised again"
    if now != before:
        return "escalated" if now > before else "downgraded"
    told = ("sources", "basis", "distance_km", "urgency")
    if any(old.doc.get(name) != new.get(name) for name in told):
        return "updated"
    return "updated" if _said(old.doc) != _said(new) else None


def _said(alert: dict[str, Any]) -> tuple[str, list[str]]:
    """The reason in words, and the rules that fit beside it; another copy of the same words bears
    them too and is no news, nor is another count of a trend.
    """
    reasons = alert["reasons"]
    return reasons[0]["because"], [reason["rule"] for reason in reasons]


def _why_not(incident: MergedIncident | None) -> str:
    if incident is None:
        return "the incident is no more: its reports say something else, or it was judged"
    return f"nothing gives cause for it any more: the incident is {incident.status}"


def _queue(
    session: Session, alert: tuple[str, str], what: tuple[str, int], telling: Telling
) -> None:
    id, severity = alert
    since = open_since(session, id)
    for channel in telling.channels:
        if SEVERITIES.index(severity) >= SEVERITIES.index(channel.min_severity):
            due = telling_time(channel, severity, telling.at, since)
            queue(session, id, what[1], channel.name, what[0], due)
