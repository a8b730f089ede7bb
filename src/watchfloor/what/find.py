"""Find the events of a report."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Actor, Event


def find(page: Page, actors: Sequence[Actor]) -> tuple[Event, ...]:
    """Every event of the report: type, mode, participants, status, harm."""
    return ()
