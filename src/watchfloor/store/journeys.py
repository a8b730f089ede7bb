"""Journeys in the record: leave asked for and decided, call points passed."""

from __future__ import annotations

from datetime import datetime

from watchfloor.errors import InputError, StoreError
from watchfloor.response.due import MOVING, points_of
from watchfloor.response.records import CheckIn, Clearance
from watchfloor.store.database import Session
from watchfloor.store.response import change, keep, one_of

#: To which state a journey may come, from which.
FROM = {
    "cleared": ("asked",), "refused": ("asked",), "under way": ("cleared",),
    "arrived": ("cleared", "under way"), "cancelled": ("asked", "cleared"),
}  # fmt: skip


def ask_leave(session: Session, one: Clearance) -> Clearance:
    """Keep a journey that leave is asked for.

    Raises InputError where a call point is not between its departure and its arrival.
    """
    for point in one.points:
        if not one.starts_at <= point.due_at <= one.ends_at:
            right = "between its departure and its arrival"
            raise InputError(f"call point {point.name!r} is at another time", right=right)
    return keep(session, one)


def decide_leave(
    session: Session, n: int, state: str, reason: str, who: str, at: datetime
) -> Clearance:
    """Clear or refuse a journey, or say that it set out, arrived or was called off.

    Raises InputError for a decision that there is not or a refusal without a reason, StoreError
    where the journey is past it.
    """
    if state not in FROM:
        raise InputError(f"no such decision {state!r}", right=f"one of {', '.join(FROM)}")
    if state == "refused" and not reason.strip():
        raise InputError("no reason", where="refusal", right="say why it may not go")
    one = one_of(session, Clearance, n)
    if one.state not in FROM[state]:
        right = f"one that is {' or '.join(FROM[state])}"
        raise StoreError(f"is {one.state}", where=one.title, right=right)
    said = reason.strip() or one.reason
    return change(session, one, state=state, reason=said, decided_by=who, decided_at=at)


def undecide_leave(session: Session, n: int) -> Clearance:
    """Take a decision back: leave is asked for again."""
    one = one_of(session, Clearance, n)
    return change(session, one, state="asked", decided_by=None, decided_at=None, reason=None)


def keep_check_in(session: Session, one: CheckIn) -> CheckIn:
    """Keep a check-in; at a call point it sets a cleared journey under way, at the last one the
    journey has arrived. Raises InputError for a point that the journey does not have.
    """
    made = keep(session, one)
    kind, _, n = made.subject.partition(":")
    if kind != "clearances" or made.point is None:
        return made
    journey = one_of(session, Clearance, int(n) if n.isdigit() else 0)
    last = len(points_of(journey)) - 1
    if made.point > last:
        right = f"0 to {last}, its arrival"
        raise InputError(f"no call point {made.point}", where=journey.title, right=right)
    if journey.state in MOVING:
        change(session, journey, state="arrived" if made.point == last else "under way")
    return made
