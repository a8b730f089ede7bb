"""Gaps and clashes: laws that hold for any periods, and what people would say of a few."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.response.building import T0, assigned, hour, made, need, periods, team
from watchfloor.response.cover import clashes, double_turns, gaps, unheld
from watchfloor.response.records import Turn

several = st.lists(periods(), max_size=6)


@given(periods(), several)
def test_an_assignment_that_covers_a_period_leaves_no_gap_in_it(
    wanted: tuple[int, int], others: list[tuple[int, int]]
) -> None:
    start, end = wanted
    there = [assigned(*p, resource=2, n=10 + i) for i, p in enumerate(others)]
    assert gaps([need(start, end)], [*there, assigned(start, end)], [team(1), team(2)]) == ()


@given(periods(), several)
def test_gaps_lie_in_the_need_where_less_is_there_and_nowhere_else(
    wanted: tuple[int, int], others: list[tuple[int, int]]
) -> None:
    there = [assigned(*p, resource=1 + i % 3, n=i) for i, p in enumerate(others)]
    teams = [team(1, size=1), team(2, size=2), team(3, size=3)]
    found = gaps([need(*wanted)], there, teams)
    for quarter in range(wanted[0] * 4, wanted[1] * 4):
        at = hour(quarter / 4)
        present = {a.resource for a in there if a.starts_at <= at < a.ends_at}
        short = [g.short for g in found if g.starts_at <= at < g.ends_at]
        assert sum(short) == max(0, 4 - sum(present)), at
    assert all(hour(wanted[0]) <= g.starts_at < g.ends_at <= hour(wanted[1]) for g in found)


@given(several, several)
def test_one_more_assignment_never_widens_a_gap(
    some: list[tuple[int, int]], more: list[tuple[int, int]]
) -> None:
    first = [assigned(*p, resource=1, n=i) for i, p in enumerate(some)]
    second = [assigned(*p, resource=2, n=50 + i) for i, p in enumerate(more)]
    teams = [team(1, size=2), team(2, size=1)]

    def lacking(there: list) -> float:  # type: ignore[type-arg]
        return sum(
            g.short * (g.ends_at - g.starts_at).total_seconds()
            for g in gaps([need(0, 60)], there, teams)
        )

    assert lacking(first + second) <= lacking(first)


@given(several, st.permutations(range(6)))
def test_clashes_are_the_same_whichever_way_one_looks(
    some: list[tuple[int, int]], order: list[int]
) -> None:
    there = [
        assigned(*p, resource=1 + i % 2, subject=f"sites:{i % 3}", n=i) for i, p in enumerate(some)
    ]
    mixed = [there[i] for i in order if i < len(there)]
    assert clashes(there) == clashes(mixed)
    pairs = {(c.one, c.other) for c in clashes(there)}
    for a in there:
        for b in there:
            both = a.starts_at < b.ends_at and b.starts_at < a.ends_at
            meet = both and a.resource == b.resource and a.subject != b.subject
            assert ((a.n, b.n) in pairs or (b.n, a.n) in pairs) == meet


def test_the_wrong_kind_the_wrong_site_and_what_was_taken_back_do_not_count() -> None:
    wanted = [need(0, 10)]
    back = replace(assigned(0, 10), dropped_at=T0, dropped_by="ana")
    elsewhere = assigned(0, 10, subject="sites:jos")
    cars = assigned(0, 10, resource=2)
    (gap,) = gaps(wanted, [back, elsewhere, cars], [team(1), team(2, "vehicle")])
    assert (gap.starts_at, gap.ends_at, gap.short) == (hour(0), hour(10), 4)
    assert gaps(wanted, [assigned(0, 10)], [replace(team(1), dropped_at=T0)]) != ()
    assert gaps([replace(need(0, 10), dropped_at=T0)], [], []) == ()


def test_a_gap_says_from_when_until_when_and_by_how_many() -> None:
    there = [assigned(0, 4), assigned(3, 6, resource=2, n=2)]
    found = gaps([need(0, 8)], there, [team(1), team(2, size=1)])
    assert [(g.starts_at, g.ends_at, g.short) for g in found] == [
        (hour(4), hour(6), 3), (hour(6), hour(8), 4),
    ]  # fmt: skip


def turn(starts: float, ends: float, holder: str, post: str = "duty officer", n: int = 1) -> Turn:
    return Turn(n=n, post=post, holder=holder, starts_at=hour(starts), ends_at=hour(ends), **made())


def test_a_watch_that_nobody_holds_and_one_account_on_two_posts() -> None:
    turns = [turn(0, 8, "ana"), turn(7, 16, "ben", n=2), turn(10, 12, "ben", "analyst", n=3)]
    (free,) = unheld("duty officer", turns, hour(0), hour(24))
    assert (free.post, free.starts_at, free.ends_at) == ("duty officer", hour(16), hour(24))
    assert unheld("duty officer", turns, hour(2), hour(16)) == ()
    (double,) = double_turns(turns)
    assert (double.who, double.starts_at, double.ends_at) == ("ben", hour(10), hour(12))
