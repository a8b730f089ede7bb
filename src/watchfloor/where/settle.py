"""Where a happening is told of more than once: the one exact place that any telling names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from watchfloor.geometry import distance_km
from watchfloor.records import Event, Incident, Place, PlaceLink

#: Kinds of places that a telling may narrow down, and what it may narrow them down to.
AREAS = frozenset({"province", "region"})
EXACT = frozenset({"town", "district", "facility", "point", "line"})
#: How a place was carried over that may be another happening's.
CARRIED = frozenset({"sentence"})
#: How far outside a province's round area its towns may lie: provinces are not round.
STRETCH = 1.5


def settle(
    events: Sequence[Event], incidents: Sequence[Incident], places: Sequence[Place]
) -> tuple[Event, ...]:
    """The events; one whose clause names only a province or region takes the town inside it.

    It does where the other mentions of its incident name exactly one such place in their own
    clauses; the basis is then `report`. So does one whose place is another event's of its sentence.
    One whose clause names a country keeps it: the incident has the exact place all the same.
    """
    known = {p.id: p for p in places}
    of = {e: incident.events for incident in incidents for e in incident.events}
    by_id = {e.id: e for e in events}
    return tuple(
        _settled(event, [by_id[e] for e in of.get(event.id, ()) if e != event.id], known)
        for event in events
    )


def _settled(event: Event, others: Sequence[Event], known: Mapping[str, Place]) -> Event:
    own = known[event.place.place] if event.place else None
    carried = event.place is not None and event.place.basis in CARRIED
    if own is None or not (carried or own.kind in AREAS):
        return event
    exact = {
        place.gazetteer_id or place.name: place
        for other in others
        if other.place is not None and other.place.basis == "clause"
        and (place := known[other.place.place]).kind in EXACT and place.lat is not None
    }  # fmt: skip
    if len(exact) != 1:
        return event
    (place,) = exact.values()
    if not carried and not _inside(place, own):
        return event
    return replace(event, place=PlaceLink(place=place.id, basis="report"))


def _inside(place: Place, area: Place) -> bool:
    """Whether a place lies in an area; what no country is known of, by the distance alone."""
    if area.country is not None and place.country != area.country:
        return False
    if area.admin1 is not None and place.admin1 == area.admin1:
        return True
    if area.lat is None or area.lon is None or place.lat is None or place.lon is None:
        return False
    away = distance_km((area.lat, area.lon), (place.lat, place.lon))
    return away <= STRETCH * (area.radius_km or 0.0)
