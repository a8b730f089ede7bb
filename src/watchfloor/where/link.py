"""Say at which place each event happened."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Event, Place


def link(events: Sequence[Event], places: Sequence[Place], page: Page) -> tuple[Event, ...]:
    """The events, each with its place or none."""
    return tuple(events)
