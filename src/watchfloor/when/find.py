"""Find the time expressions of a report."""

from __future__ import annotations

from watchfloor.parse import Page
from watchfloor.records import Date


def find(page: Page) -> tuple[Date, ...]:
    """Every time expression, with the days it covers where they can be known."""
    return ()
