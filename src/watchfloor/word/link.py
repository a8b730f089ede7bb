"""Say on whose word each event is."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Claim, Event


def link(events: Sequence[Event], claims: Sequence[Claim], page: Page) -> tuple[Event, ...]:
    """The events, each with its chain of claims, innermost first."""
    return tuple(events)
