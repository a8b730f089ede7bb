"""How a feed fares: healthy, quiet, blind or broken; pure."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from watchfloor.records import Record
from watchfloor.store.feeds import Feed, Spell
from watchfloor.store.trends import DEAF

#: A feed is quiet when nothing new came for so many times its usual gap.
QUIET_GAPS = 4.0
#: Failures in a row after which a feed is blind (no answer) or broken (nothing readable).
FAILURES = 2
#: The longest wait of a feed that fails, seconds.
LONGEST_S = 3600.0
#: The share of a new gap in the usual one (an exponential mean).
LEARN = 0.2


def answered(feed: Feed, at: datetime, fresh: int, etag: str | None, modified: str | None) -> Feed:
    """The feed after an answer with so many new reports."""
    gap = feed.gap_s
    if fresh and feed.fresh_at is not None:
        now = max(1.0, (at - feed.fresh_at).total_seconds() / fresh)
        gap = now if gap is None else (1 - LEARN) * gap + LEARN * now
    fresh_at = at if fresh else (feed.fresh_at or at)
    silent = (at - fresh_at).total_seconds()
    quiet = gap is not None and silent > max(QUIET_GAPS * gap, 2 * feed.every_s)
    return replace(
        feed, state="quiet" if quiet else "healthy", error=None, failures=0, gap_s=gap,
        etag=etag, modified=modified, tried_at=at, answered_at=at, fresh_at=fresh_at,
        next_at=at + timedelta(seconds=feed.every_s),
    )  # fmt: skip


def failed(feed: Feed, at: datetime, error: str, *, readable: bool) -> Feed:
    """The feed after no answer (`readable` True) or one in which nothing could be read (False).

    It waits longer each time, with jitter, so that a server that comes back is not run over.
    """
    failures = feed.failures + 1
    state = feed.state
    if failures >= FAILURES or feed.state == "new":
        state = "blind" if readable else "broken"
    wait = min(LONGEST_S, feed.every_s * 2 ** min(failures - 1, 10)) * random.uniform(0.9, 1.1)
    return replace(
        feed, state=state, error=error, failures=failures, tried_at=at,
        next_at=at + timedelta(seconds=wait),
    )  # fmt: skip


def sight(feeds: Sequence[Feed]) -> str:
    """Whether calm can be trusted: "seen" where a feed answers, "quiet" where those that answer are
    unusually silent, "blind" where none answers.
    """
    states = {f.state for f in feeds}
    if "healthy" in states:
        return "seen"
    return "quiet" if "quiet" in states else "blind"


class Dark(Record, frozen=True, kw_only=True):
    """A country (ISO alpha-3) of which nothing can be heard: the feeds that cover it, none of which
    answers, and when one of them answered last; None where none ever did, or there are none.
    """

    country: str
    feeds: tuple[Feed, ...]
    answered_at: datetime | None


def dark(feeds: Sequence[Feed], countries: Iterable[str | None]) -> list[Dark]:
    """Of these countries, and of those that have feeds of their own, those that are dark."""
    asked = {c for c in (*countries, *(f.country for f in feeds)) if c}
    found = []
    for country in sorted(asked):
        mine = covering(feeds, country)
        if all(f.state in DEAF for f in mine):
            answered = max((f.answered_at for f in mine if f.answered_at), default=None)
            found.append(Dark(country=country, feeds=tuple(mine), answered_at=answered))
    return found


def covering(feeds: Sequence[Feed], country: str) -> list[Feed]:
    """The feeds of which a country is heard: its own; where it has none, those of everywhere."""
    return [f for f in feeds if f.country == country] or [f for f in feeds if f.country is None]


def dark_times(lines: Iterable[Spell]) -> list[tuple[datetime, datetime | None]]:
    """From when to when (None: still) none of some feeds could be heard, by all their spells; a
    feed that was not there yet counts for nothing.
    """
    states: dict[int, str] = {}
    found: list[tuple[datetime, datetime | None]] = []
    since = None
    for spell in sorted(lines, key=lambda spell: spell.at):
        states[spell.feed] = spell.state
        deaf = DEAF.issuperset(states.values())
        if since is not None and not deaf:
            found.append((since, spell.at))
        since = (since or spell.at) if deaf else None
    return [*found, (since, None)] if since is not None else found
