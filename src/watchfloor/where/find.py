"""Find the places a report names and resolve them."""

from __future__ import annotations

from watchfloor.parse import Page
from watchfloor.records import Place
from watchfloor.settings import Settings


def find(page: Page, settings: Settings) -> tuple[Place, ...]:
    """Every toponym of the report, resolved or honestly not."""
    return ()
