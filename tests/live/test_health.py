"""How feeds fare, and of which countries nothing can be heard."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.live.health import dark, sight
from watchfloor.store.feeds import Feed

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
