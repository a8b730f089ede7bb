"""The examples of docs/events.md are coded as the page says."""

import re
from pathlib import Path

import pytest

from tests.conftest import Coder
from watchfloor.parse.trees import load_parser
from watchfloor.what.harm import of_tolls
from watchfloor.what.tolls import tolls

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
TYPES = re.findall(r"^\| ([A-Z]{3,}) \| (.+?) \|", PAGE, re.M)
HARM = re.findall(r"^\| ([A-Z0-9][^|]+\.) \| ((?:killed|injured|not said)[^|]*) \|$", PAGE, re.M)


@pytest.mark.parametrize(("kind", "text"), TYPES)
def test_each_types_example_is_of_that_type(code: Coder, kind: str, text: str) -> None:
    assert kind in {event.type for event in code(text).events}


def told(text: str) -> str:
    """The harm of a sentence in the words of the page."""
    found = of_tolls(tolls(load_parser()(text)))
    parts = []
    for name in ("killed", "injured"):
        count = getattr(found, name)
        if count is not None:
            low, high = count.low, count.high
            many = (
                f"{low}"
                if low == high
                else f"{low} or more"
                if high is None
                else f"{low} to {high}"
            )
            parts.append(f"{name} {many}")
    return ", ".join(parts) or "not said"


@pytest.mark.parametrize(("text", "harm"), HARM)
def test_each_example_of_harm_is_read_so(text: str, harm: str) -> None:
    assert told(text) == harm


def test_the_page_has_every_type() -> None:
    assert len(TYPES) == 18
    assert len(HARM) == 9
