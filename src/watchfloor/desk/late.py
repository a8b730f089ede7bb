"""What is late now, as counts: what a duty officer must not miss, whatever page is open."""

from __future__ import annotations

from datetime import datetime

from watchfloor.desk.access.who import Who
from watchfloor.records import Record
from watchfloor.response.due import MOVING, deadlines, overdue
from watchfloor.response.records import Case, CheckIn, Clearance
from watchfloor.store import Session
from watchfloor.store.response import TABLES, found, standing


class Late(Record, frozen=True, kw_only=True):
    """How many journeys were not heard of at a call point, and cases with a deadline missed; 0
    for who may not see them.
    """

    journeys: int = 0
    cases: int = 0


def late(session: Session, who: Who, now: datetime) -> Late:
    """What is late, of what somebody may see."""
    journeys, cases = 0, 0
    if who.may("cell:read"):
        moving = found(session, Clearance, TABLES[Clearance].c.state.in_(MOVING))
        calls = standing(session, CheckIn) if moving else []
        journeys = len({one.clearance for one in overdue(moving, calls, now)})
    if who.may("cases:read"):
        open_ = found(session, Case, TABLES[Case].c.state == "open")
        cases = sum(any(d.state == "overdue" for d in deadlines(c, now)) for c in open_)
    return Late(journeys=journeys, cases=cases)
