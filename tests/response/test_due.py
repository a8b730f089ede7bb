"""Deadlines, overdue call points and head counts."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.response.building import T0, called, case, clearance, hour, made
from watchfloor.response.due import deadlines, overdue
from watchfloor.response.heads import heads
from watchfloor.response.records import HeadCount

ROUTE = (("bridge", 2.0), ("junction", 4.0), ("market town", 6.0))


def test_a_serious_case_is_told_at_once_and_written_up_within_24_hours() -> None:
    told, written = deadlines(case("extreme"), hour(20))
    assert (told.due_at, told.state) == (T0 + timedelta(minutes=15), "overdue")
    assert (written.due_at, written.state) == (hour(24), "due")
    done = case("severe", told_at=T0, written_at=hour(30))
    assert [d.state for d in deadlines(done, hour(40))] == ["met", "met late"]


def test_any_other_case_has_48_hours() -> None:
    (written,) = deadlines(case("minor"), hour(47))
    assert (written.due_at, written.state) == (hour(48), "due")
    assert deadlines(case("moderate"), hour(49))[0].state == "overdue"


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 3), st.floats(0, 30)), max_size=4),
    st.floats(0, 30), st.floats(0, 30),
)  # fmt: skip
def test_a_later_clock_never_takes_an_alarm_back(
    calls: list[tuple[int | None, float]], now: float, later: float
) -> None:
    heard = [called(point, at) for point, at in calls]
    early, late = sorted((now, later))
    before = {o.point for o in overdue([clearance(*ROUTE)], heard, hour(early))}
    after = {o.point for o in overdue([clearance(*ROUTE)], heard, hour(late))}
    assert before <= after


@given(st.floats(0, 30), st.integers(0, 3))
def test_a_check_in_never_raises_an_alarm(now: float, point: int) -> None:
    without = {o.point for o in overdue([clearance(*ROUTE)], [], hour(now))}
    heard = {o.point for o in overdue([clearance(*ROUTE)], [called(point, 1)], hour(now))}
    assert heard == {p for p in without if p > point}


def test_a_call_point_alarms_after_its_grace_and_a_later_point_stands_for_it() -> None:
    convoy = [clearance(*ROUTE)]
    assert overdue(convoy, [], hour(2.2)) == ()
    (first,) = overdue(convoy, [], hour(2.5))
    assert (first.name, first.late) == ("bridge", timedelta(minutes=30))
    assert overdue(convoy, [called(1, 4)], hour(5)) == ()
    assert [o.name for o in overdue(convoy, [called(1, 4)], hour(9))] == ["market town", "arrival"]
    assert overdue(convoy, [called(3, 8)], hour(20)) == ()


def test_only_journeys_on_the_move_alarm_and_other_subjects_say_nothing_of_them() -> None:
    for state in ("asked", "refused", "arrived", "cancelled"):
        assert overdue([clearance(*ROUTE, state=state)], [], hour(20)) == ()
    elsewhere = [called(3, 8, subject="clearances:8"), called(None, 8)]
    assert len(overdue([clearance(*ROUTE)], elsewhere, hour(20))) == 4
    taken_back = [replace(called(3, 8), dropped_at=T0)]
    assert len(overdue([clearance(*ROUTE)], taken_back, hour(20))) == 4


def count(place: str, expected: int, accounted: int, at: float, n: int = 1) -> HeadCount:
    return HeadCount(n=n, case=1, place=place, expected=expected, accounted=accounted, **made(at))


def test_the_last_count_of_each_place_stands_and_one_never_made_is_named() -> None:
    found = heads(
        [count("camp", 40, 20, 1), count("camp", 40, 38, 2, 2), count("gate", 5, 7, 1, 3)],
        ["camp", "gate", "jetty"],
    )
    assert (found.expected, found.accounted, found.missing) == (45, 45, 2)
    assert found.uncounted == ("jetty",)
    assert found.oldest_at == hour(1)
    back = replace(count("camp", 40, 40, 3), dropped_at=hour(4))
    assert heads([count("camp", 40, 20, 1), back]).missing == 20


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5))
def test_people_missing_at_one_place_are_not_made_up_for_at_another(
    counts: list[tuple[int, int]],
) -> None:
    found = heads([count(str(i), e, a, 1, i) for i, (e, a) in enumerate(counts)])
    assert found.missing == sum(max(0, e - a) for e, a in counts)
    assert found.missing >= found.expected - found.accounted
