"""What is due and what is late: deadlines of cases, call points of journeys. A clock is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from watchfloor.records import Record
from watchfloor.response.records import SERIOUS, Case, CheckIn, Clearance

#: "At once", as the desk reads it for a serious incident.
AT_ONCE = timedelta(minutes=15)
#: Within which a case is written up: serious incidents, others (desk.md, "A day").
SERIOUS_WITHIN, OTHERS_WITHIN = timedelta(hours=24), timedelta(hours=48)
#: How long after its time a call point alarms.
GRACE = timedelta(minutes=15)
#: The clearances whose call points are watched.
MOVING = frozenset({"cleared", "under way"})


class Deadline(Record, frozen=True, kw_only=True):
    """Something that a case must have by a time. `state`: due, overdue, met or "met late"."""

    field: str
    says: str
    due_at: datetime
    met_at: datetime | None
    state: str


class Overdue(Record, frozen=True, kw_only=True):
    """A journey was not heard of at a call point, `late` after its time."""

    clearance: int
    title: str
    point: int
    name: str
    due_at: datetime
    late: timedelta


def deadlines(case: Case, now: datetime) -> tuple[Deadline, ...]:
    """The deadlines of a case as they stand at a time, the earliest first."""
    serious = case.severity in SERIOUS
    within = SERIOUS_WITHIN if serious else OTHERS_WITHIN
    hours = within // timedelta(hours=1)
    found = [
        _deadline("written_at", f"written up within {hours} hours", case.opened_at + within,
                  case.written_at, now),
    ]  # fmt: skip
    if serious:
        told = _deadline("told_at", "told at once", case.opened_at + AT_ONCE, case.told_at, now)
        found.insert(0, told)
    return tuple(found)


def _deadline(
    field: str, says: str, due_at: datetime, met_at: datetime | None, now: datetime
) -> Deadline:
    if met_at is None:
        state = "due" if now <= due_at else "overdue"
    else:
        state = "met" if met_at <= due_at else "met late"
    return Deadline(field=field, says=says, due_at=due_at, met_at=met_at, state=state)


def points_of(clearance: Clearance) -> tuple[tuple[str, datetime], ...]:
    """The call points of a journey in order, its arrival the last."""
    named = [(point.name, point.due_at) for point in clearance.points]
    return (*named, ("arrival", clearance.ends_at))


def reached(clearance: Clearance, check_ins: Iterable[CheckIn]) -> int:
    """How many call points a journey is past, by its check-ins: a later point stands for those
    before it; a check-in that names no point stands for none.
    """
    subject = f"clearances:{clearance.n}"
    at = [c.point for c in check_ins if c.subject == subject and c.dropped_at is None]
    return max((point + 1 for point in at if point is not None), default=0)


def overdue(
    clearances: Iterable[Clearance], check_ins: Sequence[CheckIn], now: datetime,
    grace: timedelta = GRACE,
) -> tuple[Overdue, ...]:  # fmt: skip
    """The call points at which journeys on the move should have been heard of, the latest first.

    A journey that was cleared, or is under way, is watched until it has arrived. All that is known
    counts, whenever it was sent, so that with the same check-ins a later clock never takes an
    alarm back.
    """
    found = []
    for one in clearances:
        if one.state not in MOVING:
            continue
        past = reached(one, check_ins)
        for number, (name, due_at) in enumerate(points_of(one)):
            if number >= past and now > due_at + grace:
                found.append(
                    Overdue(clearance=one.n, title=one.title, point=number, name=name,
                            due_at=due_at, late=now - due_at)
                )  # fmt: skip
    return tuple(sorted(found, key=lambda o: (-o.late, o.clearance, o.point)))
