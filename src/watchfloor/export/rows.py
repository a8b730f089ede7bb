"""Incidents and events as rows: one value a column, None where it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from watchfloor.export.choose import best_grade, coarse_point
from watchfloor.export.columns import EVENTS, INCIDENTS
from watchfloor.export.mask import masked_text
from watchfloor.goldstein import goldstein
from watchfloor.merge import MergedIncident
from watchfloor.records import Role
from watchfloor.store import Row, incident_columns
from watchfloor.store.outgoing import OutgoingEvent, Side

#: GDELT's quad classes of PLOVER's types: verbal and material cooperation, verbal and material
#: conflict; HARM, which nobody does on purpose, has none.
QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT", "PROTECT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}


def incident_row(row: Row) -> dict[str, Any]:
    """One incident by the columns of `INCIDENTS`."""
    found = row.incident
    known: dict[str, Any] = {
        **incident_columns(found),
        "incident": row.id,
        "actors": _who(found, Role.ACTOR), "victims": _who(found, Role.VICTIM),
        "targets": _who(found, Role.TARGET),
        "differs": "; ".join(found.differs) or None, "grade": best_grade(found),
        "sources": found.sources, "reports": len(found.reports), "marking": row.marking,
        "first_seen": _moment(row.first_at), "updated": _moment(row.updated_at),
    }  # fmt: skip
    return {c.name: known[c.name] for c in INCIDENTS}


def event_row(
    told: OutgoingEvent, row: Row, private: Iterable[str], coarse_km: float = 0.0
) -> dict[str, Any]:
    """One event of an incident by the columns of `EVENTS`, its point moved as the incident's is."""
    names = list(private)
    cameo = told.fields["cameo"]
    known: dict[str, Any] = {
        **told.fields, **_point(told.fields, coarse_km),
        "event_id": f"{told.report}/{told.event}",
        **_side("actor1", told.actor, names), **_side("actor2", told.bearer, names),
        "goldstein": goldstein(cameo), "root_code": cameo[:2] if cameo else None,
        "quad_class": QUADS.get(told.fields["type"]),
        "incident": told.incident, "sources": row.incident.sources, "report": told.report,
        "published": told.published, "outlet": told.outlet, "marking": row.marking,
    }  # fmt: skip
    return {c.name: known[c.name] for c in EVENTS}


def _point(fields: Mapping[str, Any], km: float) -> dict[str, float]:
    if not km or fields["lat"] is None or fields["lon"] is None:
        return {}
    lat, lon = coarse_point(fields["lat"], fields["lon"], km)
    return {"lat": lat, "lon": lon, "radius_km": max(fields["radius_km"] or 0.0, km)}


def _side(name: str, side: Side | None, private: list[str]) -> dict[str, str | None]:
    said = side and (side.name or side.text)
    return {
        f"{name}_name": masked_text(said, private) if said else None,
        f"{name}_country": side.country if side else None,
        f"{name}_sector": side.sector if side else None,
    }


def _who(found: MergedIncident, role: Role) -> str | None:
    texts = dict.fromkeys(" ".join(p.text.split()) for p in found.participants if p.role == role)
    return "; ".join(texts) or None


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
