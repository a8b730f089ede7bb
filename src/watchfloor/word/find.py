"""Find who says what."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Actor, Claim


def find(page: Page, actors: Sequence[Actor]) -> tuple[Claim, ...]:
    """Every claim of the report, chained by `parent`."""
    return ()
