"""The one way to a sentence: with evidence, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from watchfloor.response.records import Evidence, Sentence

#: After which evidence of a kind is too old to be relied on; kinds that are not here do not age.
STALE_AFTER = {
    "head_count": timedelta(hours=12), "check_in": timedelta(hours=12),
    "feed": timedelta(hours=3), "inquiry": timedelta(days=7),
}  # fmt: skip
#: Links of one sentence; more would not be followed by anybody.
MOST = 40


def say(text: str, *evidence: Evidence) -> list[Sentence]:
    """A sentence, its first letter large, that rests on evidence; nothing where there is none."""
    kept = tuple(dict.fromkeys(evidence))[:MOST]
    text = sentence_case(" ".join(text.split()))
    if text.endswith("..") and not text.endswith("..."):
        text = text[:-1]  # what a person wrote ended in a full stop of its own
    return [Sentence(text=text, evidence=kept)] if kept else []


def seen_at(
    kind: str, id: str | int, says: str, at: datetime | None, now: datetime,
    good: timedelta | None = None,
) -> Evidence:  # fmt: skip
    """Evidence as old as `at`, marked stale where that is longer ago than `good` (else as its
    kind has it).
    """
    limit = good or STALE_AFTER.get(kind)
    old = limit is not None and at is not None and now - at > limit
    return Evidence(kind=kind, id=str(id), says=says, at=at, stale=old)


def stamp(at: datetime) -> str:
    """A moment as papers write it: `3 Mar 2031 06:00Z`."""
    return f"{at.day} {at:%b %Y %H:%M}Z"


def day(at: datetime) -> str:
    """A day as papers write it: `3 Mar 2031`."""
    return f"{at.day} {at:%b %Y}"


def few(items: Iterable[str], most: int = 6) -> str:
    """A list in words, cut after a few with how many more there are."""
    said = list(items)
    if len(said) > most:
        return f"{', '.join(said[:most])} and {len(said) - most} more"
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else ""


def number(count: int, thing: str, things: str | None = None) -> str:
    """`1 guard`, `2 guards`."""
    return f"{count} {thing if count == 1 else things or f'{thing}s'}"


def tally(values: Sequence[str], order: Sequence[str]) -> str:
    """How many of each: `2 extreme, 1 minor`, in an order."""
    return ", ".join(f"{values.count(v)} {v}" for v in order if v in values)


def sentence_case(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]
