"""One attribution before it is a claim."""

from __future__ import annotations

from dataclasses import dataclass

from watchfloor.records import Span


@dataclass(frozen=True, slots=True)
class Found:
    """Source, cue and content; `score` is the reader's probability of the cue, 1 for a rule."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    score: float = 1.0
