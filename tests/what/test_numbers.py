"""Number words and what bounds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.records import Count
from watchfloor.what.numbers import less, stated, total, value


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("five", 5),
        ("Twenty-one", 21),
        ("1,200", 1200),
        ("dozen", 12),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("hundred", 100),
        ("three hundred and six", 306),
        ("two thousand five hundred", 2500),
    ],
)
def test_number_words(word: str, number: int) -> None:
    assert value(word) == number


@pytest.mark.parametrize("word", ["several", "gunmen", "", "first"])
def test_other_words_are_no_numbers(word: str) -> None:
    assert value(word) is None


@given(st.integers(0, 10**9))
def test_digits_with_and_without_commas(number: int) -> None:
    assert value(str(number)) == value(f"{number:,}") == number


@pytest.mark.parametrize(
    ("words", "low", "high", "approx"),
    [
        ("five soldiers", 5, 5, False),
        ("at least 12 people", 12, None, False),
        ("more than forty others", 40, None, False),
        ("up to 12 guards", None, 12, False),
        ("12 to 15 people", 12, 15, False),
        ("between ten and fifteen rebels", 10, 15, False),
        ("about 50 peasants", 50, 50, True),
        ("dozens of villagers", 24, None, True),
        ("several drivers", 3, None, True),
        ("no staff", 0, 0, False),
        ("a couple of guards", 2, 2, False),
        ("two 12-year-old boys", 2, 2, False),
    ],
)
def test_counts_are_ranges(words: str, low: int | None, high: int | None, approx: bool) -> None:
    assert stated(words) == Count(low=low, high=high, approx=approx)


@pytest.mark.parametrize("words", ["villagers", "a 45-year-old man", "the second guard"])
def test_words_that_state_no_count(words: str) -> None:
    assert stated(words) is None


def test_bounds_add_up_only_where_every_part_has_them() -> None:
    assert total([Count(low=2, high=2), Count(low=3, high=None)]) == Count(low=5, high=None)
    assert less(Count(low=11, high=11), Count(low=3, high=3)) == Count(low=8, high=8)
