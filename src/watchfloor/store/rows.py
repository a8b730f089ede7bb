"""The rows that a coded report becomes."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Table

from watchfloor.records import CodedReport, Event, Harm, Place, When
from watchfloor.store import tables as t

Rows = list[dict[str, Any]]
COUNTED = ("killed", "injured", "abducted", "arrested")


def detail_rows(coded: CodedReport) -> dict[Table, Rows]:
    """The rows of each table that holds a part of a report."""
    report = coded.report.id
    places = {p.id: p for p in coded.places}
    return {
        t.event: [
            _event(report, e, places.get(e.place.place) if e.place else None)
            for e in coded.events
        ],
        t.party: _parties(coded),
        t.actor: [
            {"report": report, "id": a.id, "name": a.name, "kind": a.kind, "country": a.country,
             "sector": a.sector}
            for a in coded.actors
        ],
        t.place: [
            {"report": report, "id": p.id, "start": p.start, "end": p.end, "name": p.name,
             "gazetteer_id": p.gazetteer_id, "kind": p.kind, "country": p.country,
             "admin1": p.admin1, "lat": p.lat, "lon": p.lon, "radius_km": p.radius_km}
            for p in coded.places
        ],
        t.claim: [
            {"report": report, "id": c.id, "source": c.source.text if c.source else None,
             "kind": c.source.kind if c.source else None,
             "standing": c.source.standing if c.source else None, "stance": c.stance,
             "quotation": c.quotation, "cue": c.cue.text if c.cue else None,
             "start": c.source.start if c.source else None,
             "end": c.source.end if c.source else None, "parent": c.parent}
            for c in coded.claims
        ],
    }  # fmt: skip


def _event(report: str, event: Event, place: Place | None) -> dict[str, Any]:
    first, last = days_of(event.when)
    return {
        "report": report, "id": event.id, "type": event.type, "mode": event.mode,
        "cameo": event.cameo, "status": event.status.value, "background": event.background,
        "trigger": event.trigger.text, "start": event.trigger.start, "end": event.trigger.end,
        "day_from": first, "day_to": last, **place_row(place), **harm_row(event.harm),
        "confidence": event.confidence, "incident": None,
    }  # fmt: skip


def _parties(coded: CodedReport) -> Rows:
    actors = {a.id: a for a in coded.actors}
    rows: Rows = []
    for event in coded.events:
        for number, party in enumerate(event.participants):
            actor = actors.get(party.actor) if party.actor else None
            rows.append(
                {"report": coded.report.id, "event": event.id, "number": number,
                 "role": party.role.value, "text": party.text, "actor": party.actor,
                 "name": actor.name if actor else None, "kind": actor.kind if actor else None,
                 "country": actor.country if actor else None,
                 "sector": actor.sector if actor else None, "effect": party.effect}
            )  # fmt: skip
    return rows


def place_row(place: Any) -> dict[str, Any]:
    """Where, from a `Place` or a merged incident's `Spot`; all None where it is not known."""
    names = ("gazetteer_id", "country", "lat", "lon", "radius_km")
    row = {name: getattr(place, name, None) for name in names}
    return {
        **row,
        "place": getattr(place, "name", None),
        "place_kind": getattr(place, "kind", None),
    }


def harm_row(harm: Harm) -> dict[str, int | None]:
    """The counts as low and high; both None where it is not said."""
    row: dict[str, int | None] = {}
    for name in COUNTED:
        count = getattr(harm, name)
        row[f"{name}_low"] = count.low if count else None
        row[f"{name}_high"] = count.high if count else None
    return row


def days_of(when: When | None) -> tuple[date | None, date | None]:
    """First and last day of a period, None where they are not known or it is open."""
    if when is None:
        return None, None
    return day(when.from_), day(when.to)


def day(written: str | None) -> date | None:
    """The day of an ISO date or time, None where it is none."""
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None
