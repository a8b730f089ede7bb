"""Find the actors of a report."""

from __future__ import annotations

from watchfloor.parse import Page
from watchfloor.records import Actor
from watchfloor.settings import Settings


def find(page: Page, settings: Settings) -> tuple[Actor, ...]:
    """Every actor of the report with all of its mentions."""
    return ()
