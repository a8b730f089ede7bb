"""The learned reader: one encoder pass a paragraph, several heads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """What the learned reader saw in one report."""
