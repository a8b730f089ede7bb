"""Every kind of judgement holds when the machine's part is run again, and single events move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport
from watchfloor.store import (
    Anchor,
    Arrival,
    Database,
    Filter,
    Outcome,
    anchors_of,
    find_incidents,
    judge,
    put,
    undo,
)

from .test_judgements import NOW, fill, made, members, shown
from .test_judgements import wire as wire_

Group = frozenset[tuple[str, int]]


def groups(database: Database) -> set[Group]:
    """What is one happening, by report and trigger, so that two coders' work can be compared."""
    with database.reading() as session:
        return {
            frozenset((a.report, a.start) for a in anchors_of(session, row.incident))
            for row in find_incidents(session, Filter(background=True), limit=None)
        }


def values(database: Database) -> list[str]:
    """What incidents say, whatever they are called."""
    return sorted(
        repr((i.harm, i.sources, i.status, sorted(repr(a.grading) for a in i.accounts)))
        for i in (row.incident for row in shown(database).values())
    )


def decisions(database: Database) -> Iterable[dict[str, Any]]:
    """One judgement of every kind that changes an incident, each of incidents of its own."""
    rows = [row.incident for row in shown(database).values()]
    apart: list[MergedIncident] = []
    for found in sorted(rows, key=lambda i: -len(i.reports)):
        if not any(set(found.reports) & set(other.reports) for other in apart):
            apart.append(found)
    split, moved, into, one, two, right, none = apart[:7]

    def of(incident: MergedIncident, *only: str) -> tuple[Anchor, ...]:
        with database.reading() as session:
            return anchors_of(session, incident, only or None)

    wires = {a.wire: a.report for found in apart for a in found.accounts}
    (_, copy), (_, model) = list(wires.items())[:2]
    yield {"kind": "duplicate", "field": copy, "value": model}
    first, *rest = split.reports
    yield {"kind": "split", "events": of(split, first), "others": of(split, *rest)}
    first, *rest = moved.reports
    yield {"kind": "move", "events": of(moved, first), "others": of(moved, *rest),
           "into": of(into)}  # fmt: skip
    yield {"kind": "merge", "events": of(one), "others": of(two)}
    count = {"low": 77, "high": 77}
    yield {"kind": "correct", "events": of(right), "field": "harm.killed", "value": count}
    yield {"kind": "false", "events": of(none)}
    yield {"kind": "grade", "field": f"outlet:{into.accounts[0].outlet}", "value": "E"}


def test_every_kind_of_judgement_is_replayed_on_a_newer_coder(database: Database) -> None:
    fill(database)
    untouched, said = groups(database), values(database)
    ids = []
    for says in list(decisions(database)):
        with database.writing() as session:
            before = values(database)
            kept, changed = judge(session, made(**says))
        assert changed, says["kind"]
        assert values(database) != before, says["kind"]
        ids.append(kept.id)
    judged, told = groups(database), values(database)
    assert set(fill(database, coder="2", shift=5)) == {Outcome.RECODED}
    assert groups(database) == judged
    assert values(database) == told
    for id in ids:
        with database.writing() as session:
            undo(session, id, "ben", "all of it again", NOW)
    assert (groups(database), values(database)) == (untouched, said)


def keep(database: Database, coded: Iterable[CodedReport]) -> None:
    with database.writing() as session:
        put(session, [Arrival(coded=c, received_at=NOW, coder="1") for c in coded])


def joined() -> tuple[CodedReport, list[CodedReport]]:
    """A report whose two events a coder took for one happening, and the others of a wire."""
    told = [t.coded for t in wire_(60)]
    wrong = next(c for c in told if len(c.events) == 2)
    one = replace(wrong.incidents[0], events=tuple(e.id for e in wrong.events))
    return replace(wrong, incidents=(one,)), [c for c in told if c is not wrong]


def test_one_event_of_a_report_moves_and_the_other_stays(database: Database) -> None:
    wrong, others = joined()
    keep(database, [wrong, *others])
    report, (stays, goes) = wrong.report.id, wrong.events
    rows = list(shown(database).values())
    home = next(r.incident for r in rows if report in members(r))
    into = next(r.incident for r in rows if report not in members(r))
    rest = {f"{m.report}/{m.event}" for m in home.members} - {f"{report}/{goes.id}"}
    with database.writing() as session:
        judge(session, made("move", events=anchors_of(session, home, [f"{report}/{goes.id}"]),
                            others=anchors_of(session, home, rest),
                            into=anchors_of(session, into)))  # fmt: skip
    found = next(g for g in groups(database) if (report, goes.trigger.start) in g)
    assert {r for r, _ in found} == {report, *into.reports}
    assert (report, stays.trigger.start) not in found


def test_events_that_are_split_off_together_stay_together(database: Database) -> None:
    wrong, others = joined()
    copy = replace(others[0], report=replace(others[0].report, id="zz"))
    keep(database, [wrong, copy])
    (home,) = (r.incident for r in shown(database).values() if wrong.report.id in members(r))
    (other,) = (r.incident for r in shown(database).values() if "zz" in members(r))
    with database.writing() as session:
        ours, theirs = anchors_of(session, home), anchors_of(session, other)
        kept, _ = judge(session, made("merge", events=ours, others=theirs))
    assert len(groups(database)) == 1
    with database.writing() as session:
        judge(session, made("split", events=ours, others=theirs))
    assert {len(g) for g in groups(database)} == {2, len(copy.events)}
    assert kept.id
