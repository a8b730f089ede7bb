"""Number words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.what.numbers import value


@pytest.mark.parametrize(
    ("word", "number"),
    [("five", 5), ("Twenty-one", 21), ("1,200", 1200), ("dozen", 12), ("hundred", 100)],
)
def test_number_words(word: str, number: int) -> None:
    assert value(word) == number


@pytest.mark.parametrize("word", ["several", "gunmen", "", "first"])
def test_other_words_are_no_numbers(word: str) -> None:
    assert value(word) is None


@given(st.integers(0, 10**9))
def test_digits_with_and_without_commas(number: int) -> None:
    assert value(str(number)) == value(f"{number:,}") == number
