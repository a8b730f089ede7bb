"""How feeds fare, and of which countries nothing can be heard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.live.health import dark, dark_times, sight
from watchfloor.store.feeds import Feed, Spell

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)


def feed(country: str | None, state: str, n: int = 0) -> Feed:
    return Feed(address=f"a{n}", kind="feed", name=f"Wire {n}", country=country, state=state,
                answered_at=NOON)  # fmt: skip


def test_a_country_is_dark_where_none_of_its_own_feeds_answers() -> None:
    known = [feed("MLI", "blind", 1), feed("MLI", "broken", 2), feed("KEN", "blind", 3),
             feed("KEN", "quiet", 4), feed(None, "healthy", 5)]  # fmt: skip
    (mali,) = dark(known, ["MLI", "KEN", "PER", None])
    assert (mali.country, mali.answered_at) == ("MLI", NOON)
    assert [f.name for f in mali.feeds] == ["Wire 1", "Wire 2"]


def test_a_country_without_feeds_is_as_dark_as_those_of_everywhere() -> None:
    assert [one.country for one in dark([feed(None, "blind")], ["PER"])] == ["PER"]
    assert dark([feed(None, "quiet")], ["PER"]) == []
    (none,) = dark([feed("MLI", "healthy")], ["PER"])
    assert (none.country, none.feeds, none.answered_at) == ("PER", (), None)


@pytest.mark.parametrize(
    ("states", "said"),
    [(("healthy", "blind"), "seen"), (("quiet", "blind"), "quiet"), (("blind", "broken"), "blind")],
)
def test_calm_can_be_trusted_where_a_feed_of_any_country_answers(
    states: tuple[str, ...], said: str
) -> None:
    assert sight([feed("MLI", state) for state in states]) == said


COUNTRIES = st.sampled_from([None, "MLI", "KEN", "PER"])
STATES = st.sampled_from(["new", "healthy", "quiet", "blind", "broken"])
FEEDS = st.lists(st.builds(feed, COUNTRIES, STATES), max_size=6)


@given(FEEDS, st.integers(0, 5))
def test_a_feed_that_answers_again_never_makes_a_country_dark(known: list[Feed], n: int) -> None:
    before = {one.country for one in dark(known, ["MLI", "KEN", "PER"])}
    better = [replace(f, state="healthy") if k == n else f for k, f in enumerate(known)]
    assert {one.country for one in dark(better, ["MLI", "KEN", "PER"])} <= before


def hour(n: int) -> datetime:
    return NOON + timedelta(hours=n)


def test_it_is_dark_while_all_feeds_that_were_there_are_deaf() -> None:
    told = [
        (1, "healthy", 0), (1, "blind", 2), (2, "healthy", 3), (2, "broken", 5), (1, "broken", 6),
        (2, "quiet", 8), (2, "blind", 9),
    ]  # fmt: skip
    lines = [Spell(feed=n, state=state, at=hour(at)) for n, state, at in told]
    assert dark_times(lines) == [(hour(2), hour(3)), (hour(5), hour(8)), (hour(9), None)]
    assert dark_times([]) == []


SPELLS = st.lists(st.tuples(st.integers(1, 3), STATES, st.integers(0, 20)), max_size=15)


@given(SPELLS)
def test_dark_times_follow_one_another_and_only_the_last_may_go_on(
    told: list[tuple[int, str, int]],
) -> None:
    lines = [Spell(feed=n, state=state, at=hour(at)) for n, state, at in told]
    found = dark_times(lines)
    for (since, until), (after, _) in pairwise(found):
        assert until is not None
        assert since <= until <= after
