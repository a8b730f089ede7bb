"""Say when each event happened."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Date, Event


def link(events: Sequence[Event], dates: Sequence[Date], page: Page) -> tuple[Event, ...]:
    """The events, each with its period or none."""
    return tuple(events)
