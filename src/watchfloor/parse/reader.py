"""The learned reader: one encoder pass a paragraph, several heads.

What it hands on are marks with probabilities; the stages decide what to make of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the report (code points) with the probability that it is what it is called."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class TriggerMark:
    """A word or words that may tell of an event.

    `types` gives the probability of each event type, `none` the probability that there is no
    event; they sum to 1. `statuses` sums to 1 as well. `roles` holds what was found around the
    trigger by role: actor, recipient, victim, target, instrument, place and date.
    """

    start: int
    end: int
    none: float
    types: dict[str, float]
    statuses: dict[str, float] = field(default_factory=dict)
    roles: dict[str, tuple[Mark, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CueMark:
    """A word or words by which somebody is said to say something, with source and content."""

    start: int
    end: int
    score: float
    source: tuple[Mark, ...] = ()
    content: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the learned reader saw in one report, in the order of the text.

    Triggers are kept down to a low probability, so that rules can lift the doubtful ones.
    """

    triggers: tuple[TriggerMark, ...] = ()
    cues: tuple[CueMark, ...] = ()
