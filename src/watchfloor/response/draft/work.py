"""Sentences on the desk's own work: cases, tasks, log, head counts, requests."""

from __future__ import annotations

from watchfloor.response.draft.say import number, say, seen_at, stamp
from watchfloor.response.draft.seen import Seen
from watchfloor.response.due import deadlines
from watchfloor.response.heads import heads
from watchfloor.response.records import Case, Evidence, HeadCount, Inquiry, Sentence, Task

#: Lines of a case's log that a situation report tells.
LINES = 12
#: Lines of a log that name things by their ids, which tell a reader nothing.
BY_ID = frozenset({"linked", "unlinked"})


def cases(seen: Seen) -> list[Sentence]:
    """Each case: who leads it, what the desk works on, the last line of its log, its deadlines."""
    found = []
    for case in seen.cases:
        by = f", led by {case.lead}" if case.lead else ", led by nobody"
        works = f"; working hypothesis: {case.hypothesis}" if case.hypothesis else ""
        came = f"; it came to: {case.outcome}" if case.outcome else ""
        what = f"Case {case.n}, {case.title}, is {case.state} ({case.severity}){by}{works}{came}."
        found += say(what, _case(case))
        lines = [x for x in seen.logs if x.case == case.n and x.what not in BY_ID]
        last = lines[-1:]
        for line in last:
            text = f"Last in the log of case {case.n}, {stamp(line.at)}: {line.what}: {line.text}."
            found += say(text, Evidence(kind="log", id=str(line.n), says=line.text, at=line.at))
        found += late(case, seen)
    return found


def late(case: Case, seen: Seen) -> list[Sentence]:
    """The deadlines of a case that are missed, or were."""
    found = []
    for one in deadlines(case, seen.now):
        if one.state == "overdue":
            text = f"Case {case.n} was to be {one.says}, by {stamp(one.due_at)}, and is not."
            found += say(text, _case(case))
        elif one.state == "met late" and one.met_at:
            text = f"Case {case.n} was to be {one.says}; that was done late, {stamp(one.met_at)}."
            found += say(text, _case(case))
    return found


def _case(case: Case) -> Evidence:
    says = f"{case.title}: {case.state}, {case.severity}, opened {stamp(case.opened_at)}"
    return Evidence(kind="case", id=str(case.n), says=says, at=case.opened_at)


def done(seen: Seen) -> list[Sentence]:
    """The tasks that are done, and what persons noted in the log of the period."""
    found = []
    for task in seen.tasks:
        if task.done_at:
            text = f"{task.what}: done {stamp(task.done_at)} by {task.done_by}."
            found += say(text, _task(task))
    notes = [x for x in seen.logs if x.what == "note" and seen.first <= x.at <= seen.last]
    for line in notes[-LINES:]:
        quote = Evidence(kind="log", id=str(line.n), says=line.text, at=line.at)
        found += say(f"{stamp(line.at)}, {line.author}: {line.text}", quote)
    return found


def to_do(seen: Seen) -> list[Sentence]:
    """The tasks that are not done, the late ones first."""
    left = [t for t in seen.tasks if not t.done_at]
    found = []
    for task in sorted(left, key=lambda t: (t.due_at is None, t.due_at or t.made_at)):
        who = f", for {task.doer}" if task.doer else ", for nobody yet"
        by = ""
        if task.due_at:
            is_late = task.due_at < seen.now
            by = f", {'overdue since' if is_late else 'due'} {stamp(task.due_at)}"
        found += say(f"To do: {task.what}{who}{by}.", _task(task))
    return found


def _task(task: Task) -> Evidence:
    says = f"task of case {task.case}: {task.what}"
    return Evidence(kind="task", id=str(task.n), says=says, at=task.done_at or task.made_at)


def head_count(seen: Seen) -> list[Sentence]:
    """The last count of each place, and the places that nobody counted."""
    summed = heads(seen.counts, seen.places)
    found = []
    for one in summed.latest:
        missing = max(0, one.expected - one.accounted)
        rest = f"{missing} not heard of" if missing else "nobody missing"
        text = (
            f"{seen.called(one.place)}: {one.accounted} of {one.expected} people "
            f"accounted for at {stamp(one.made_at)}, {rest}, {one.hurt} hurt."
        )
        found += say(text, _count(one, seen))
    for place in summed.uncounted:
        found += say(f"No head count of {seen.called(place)} was made.",
                     *(_case(case) for case in seen.cases))  # fmt: skip
    return found


def _count(one: HeadCount, seen: Seen) -> Evidence:
    says = f"{one.accounted} of {one.expected}, {one.hurt} hurt, counted by {one.made_by}"
    return seen_at("head_count", one.n, says, one.made_at, seen.now)


def check_ins(seen: Seen) -> list[Sentence]:
    """The last check-in of each site and team."""
    last = {c.subject: c for c in sorted(seen.check_ins, key=lambda c: (c.made_at, c.n))}
    found = []
    for subject, one in sorted(last.items()):
        people = f", {number(one.people, 'person', 'people')}" if one.people is not None else ""
        note = f": {one.note}" if one.note else ""
        name = seen.called(subject)
        text = f"{name} checked in at {stamp(one.made_at)}: {one.state}{people}{note}."
        says = f"{one.state}, taken by {one.made_by}"
        found += say(text, seen_at("check_in", one.n, says, one.made_at, seen.now))
    return found


def inquiries(seen: Seen) -> list[Sentence]:
    """What was asked, of whom, and the answer, or that there is none."""
    found = []
    for one in seen.inquiries:
        asked = f"Asked of {one.asked_of} on {stamp(one.made_at)}: {one.question}"
        if one.answered_at:
            text = f"{asked} Answer, {stamp(one.answered_at)}: {one.answer}"
        elif one.due_at and one.due_at < seen.now:
            text = f"{asked} No answer, overdue since {stamp(one.due_at)}."
        else:
            text = f"{asked} No answer yet."
        found += say(text, _inquiry(one, seen))
    return found


def _inquiry(one: Inquiry, seen: Seen) -> Evidence:
    says = one.answer or one.question
    return seen_at("inquiry", one.n, says, one.answered_at or one.made_at, seen.now)
