"""Sentences on the cell: guards and vehicles, gaps and clashes, journeys, watches, measures."""

from __future__ import annotations

from datetime import timedelta

from watchfloor.response.cover import clashes, gaps, unheld
from watchfloor.response.draft.say import day, number, say, seen_at, stamp
from watchfloor.response.draft.seen import Seen
from watchfloor.response.due import overdue, points_of, reached
from watchfloor.response.records import DUTY, Assignment, Clearance, Evidence, Sentence, Turn

#: How far ahead gaps in means and watches are told.
AHEAD = timedelta(hours=36)


def assigned(seen: Seen) -> list[Sentence]:
    """Who and what is with which site or journey in the period."""
    known = {one.n: one for one in seen.resources}
    found = []
    for one in sorted(seen.assignments, key=lambda a: (a.subject, a.starts_at, a.n)):
        resource = known.get(one.resource)
        if resource is None or one.ends_at <= seen.first or not _here(one, seen):
            continue
        size = f" ({number(resource.size, resource.kind)})" if resource.size > 1 else ""
        text = (
            f"{resource.name}{size} is with {seen.called(one.subject)} "
            f"from {stamp(one.starts_at)} to {stamp(one.ends_at)}."
        )
        found += say(text, _assignment(one, resource.name, seen))
    return found


def _here(one: Assignment, seen: Seen) -> bool:
    """Whether it is about what the paper is about; a paper on no site is about all of them."""
    return seen.site is None or one.subject in {seen.site, *(f"cases:{c.n}" for c in seen.cases)}


def _with(one: Assignment, seen: Seen) -> str:
    """Whom it is with: another site is not named to the readers of a paper on one."""
    return seen.called(one.subject) if _here(one, seen) else "a place elsewhere"


def _assignment(one: Assignment, name: str, seen: Seen) -> Evidence:
    says = f"{name} to {_with(one, seen)}, assigned by {one.made_by}"
    return Evidence(kind="assignment", id=str(one.n), says=says, at=one.made_at)


def lacking(seen: Seen) -> list[Sentence]:
    """Gaps and clashes that lie ahead, or in the period."""
    known = {one.n: one for one in seen.resources}
    needs = {one.n: one for one in seen.needs}
    by_n = {one.n: one for one in seen.assignments}
    last = max(seen.last, seen.now) + AHEAD
    found = []
    for gap in gaps(seen.needs, seen.assignments, seen.resources):
        if gap.ends_at <= seen.first or gap.starts_at >= last:
            continue
        need = needs[gap.need]
        text = (
            f"{seen.called(gap.subject)} lacks {number(gap.short, gap.kind)} of "
            f"{need.size} from {stamp(gap.starts_at)} to {stamp(gap.ends_at)}."
        )
        says = f"needs {number(need.size, need.kind)}, said by {need.made_by}"
        found += say(text, Evidence(kind="need", id=str(need.n), says=says, at=need.made_at))
    for clash in clashes(seen.assignments):
        one, other = by_n[clash.one], by_n[clash.other]
        name = known[one.resource].name if one.resource in known else "A resource"
        text = (
            f"{name} is assigned to {_with(one, seen)} and {_with(other, seen)} "
            f"at once from {stamp(clash.starts_at)} to {stamp(clash.ends_at)}."
        )
        found += say(text, *(_assignment(a, name, seen) for a in (one, other)))
    return found


def journeys(seen: Seen) -> list[Sentence]:
    """Journeys asked for, cleared and under way, with those not heard of first."""
    found = []
    open_ = [c for c in seen.clearances if c.state in {"asked", "cleared", "under way"}]
    for alarm in overdue(open_, seen.check_ins, seen.now):
        due = f"was due at {alarm.name} by {stamp(alarm.due_at)}"
        text = f"OVERDUE: {alarm.title} {due} and was not heard of."
        one = next(c for c in open_ if c.n == alarm.clearance)
        found += say(text, _clearance(one))
    for one in open_:
        left = points_of(one)[reached(one, seen.check_ins) :]
        next_ = f"; next call point {left[0][0]} by {stamp(left[0][1])}" if left else ""
        text = (
            f"{one.title} ({number(one.people, 'person', 'people')}) is {one.state}, "
            f"{stamp(one.starts_at)} to {stamp(one.ends_at)}{next_}."
        )
        found += say(text, _clearance(one))
    return found


def _clearance(one: Clearance) -> Evidence:
    by = f", {one.decided_by}" if one.decided_by else ""
    says = f"{one.title}: {one.state}{by}"
    return Evidence(kind="clearance", id=str(one.n), says=says, at=one.decided_at or one.asked_at)


def watches(seen: Seen) -> list[Sentence]:
    """Who takes the watch next, and when nobody holds it."""
    until = seen.now + AHEAD
    ahead = [t for t in seen.turns if t.ends_at > seen.now and t.starts_at < until]
    found = []
    for one in sorted(ahead, key=lambda t: (t.starts_at, t.post)):
        hours = f"from {stamp(one.starts_at)} to {stamp(one.ends_at)}"
        text = f"{one.post}: {one.holder} {hours}."
        found += say(text, _turn(one))
    for free in unheld(DUTY, ahead, seen.now, until):
        hours = f"from {stamp(free.starts_at)} to {stamp(free.ends_at)}"
        text = f"Nobody holds the watch as {DUTY} {hours}."
        found += say(text, *([_turn(t) for t in ahead] or [_no_turn()]))
    return found


def _no_turn() -> Evidence:
    return Evidence(kind="turn", id="none", says="the roster holds no turn of watch ahead")


def _turn(one: Turn) -> Evidence:
    says = f"{one.post}: {one.holder}, {stamp(one.starts_at)} to {stamp(one.ends_at)}"
    return Evidence(kind="turn", id=str(one.n), says=says, at=one.made_at)


def measures(seen: Seen) -> list[Sentence]:
    """The last finding on each measure at the site; one too old to count says so."""
    last = {one.measure: one for one in sorted(seen.assurances, key=lambda a: (a.made_at, a.n))}
    found = []
    for one in sorted(last.values(), key=lambda a: a.measure):
        good = timedelta(days=one.good_days)
        says = f"{one.measure}: {one.finding}" + (f"; {one.note}" if one.note else "")
        evidence = seen_at("assurance", one.n, says, one.made_at, seen.now, good)
        old = f"; that is more than {one.good_days} days ago and must be checked again"
        text = (
            f"{one.measure}: {one.finding}, as {one.made_by} found on "
            f"{day(one.made_at)}{old if evidence.stale else ''}."
        )
        found += say(text, evidence)
    return found
