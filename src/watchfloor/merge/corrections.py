"""What a report takes back: its own earlier word, and what its outlet told before.

"An earlier version of this report said that three guards had died."   that claim is taken back
"CORRECTION: Two, not three, guards were killed."                      so is the outlet's three
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from watchfloor.merge.words import words_of
from watchfloor.records import Claim, Event, Report

#: Characters at the head of a report in which a notice may stand; its end is searched as well.
HEAD = 120


def corrects(report: Report) -> bool:
    """Whether a report says that it puts right what its outlet told before."""
    head = f"{report.title or ''}\n{report.text[:HEAD]}"
    return bool(_opens().search(head) or _notice().search(report.text))


def withdrawn(claims: Sequence[Claim]) -> frozenset[str]:
    """The claims in which a report hands on what it said itself before and does not say now."""
    return frozenset(c.id for c in claims if _is_earlier_word(c))


def standing(events: Sequence[Event], gone: frozenset[str]) -> list[Event]:
    """The events that the report still tells; all of them where it tells no other."""
    kept = [e for e in events if not gone.intersection(e.claims)]
    return kept or list(events)


def _is_earlier_word(claim: Claim) -> bool:
    source = claim.source.text if claim.source else ""
    if _earlier().search(source):
        return True
    cue = claim.cue.text if claim.cue else ""
    return bool(_wrongly().search(cue) and _ourselves().fullmatch(source.strip()))


def _any(name: str, around: str = "{}") -> re.Pattern[str]:
    return re.compile(around.format("|".join(words_of(name))), re.I)


@lru_cache(maxsize=1)
def _opens() -> re.Pattern[str]:
    return _any("correction_opens", r"(?:^|[.\n]\s*)(?:{})")


@lru_cache(maxsize=1)
def _notice() -> re.Pattern[str]:
    return _any("correction_notice", r"\b(?:{})\b")


@lru_cache(maxsize=1)
def _earlier() -> re.Pattern[str]:
    return _any("earlier_word", r"\b(?:{})\b")


@lru_cache(maxsize=1)
def _wrongly() -> re.Pattern[str]:
    return _any("wrongly", r"\b(?:{})\b")


@lru_cache(maxsize=1)
def _ourselves() -> re.Pattern[str]:
    return _any("ourselves")
