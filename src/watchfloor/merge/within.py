"""Join the events of one report that tell of one happening."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.records import Claim, Event, Incident, Place


def within(
    events: Sequence[Event], claims: Sequence[Claim], places: Sequence[Place]
) -> tuple[Incident, ...]:
    """The incidents of a report; every event is in exactly one."""
    return tuple(
        Incident(id=f"i{n}", events=(e.id,), type=e.type, mode=e.mode, place=e.place, when=e.when,
                 status=e.status, harm=e.harm, participants=e.participants)
        for n, e in enumerate(events, 1)
    )
