"""Say on whose word each event is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from watchfloor.parse import Page
from watchfloor.records import Claim, Event
from watchfloor.word.chains import answers
from watchfloor.word.cues import load

#: Characters at the head of what is told in which a colon can end the words that bring it in.
LEAD = 60
#: How content begins that tells of no act: "to leave", "nothing about the raid".
_NOT_TOLD = re.compile(r"(?i)(?:to|nothing|little) ")


def link(events: Sequence[Event], claims: Sequence[Claim], page: Page) -> tuple[Event, ...]:
    """The events, each with its chain of claims, innermost first.

    Only claims that put what they hold on somebody's word count: an act that is asked for,
    ordered or promised is no account of it, and a claim that names no source ("reportedly")
    leaves it on the word of whoever passes it on.
    """
    by_id = {claim.id: claim for claim in claims}
    return tuple(replace(event, claims=_chain(event, claims, by_id)) for event in events)


def _chain(event: Event, claims: Sequence[Claim], by_id: Mapping[str, Claim]) -> tuple[str, ...]:
    holding = [
        (sum(s.end - s.start for s in claim.content), -len(list(_above(claim, by_id))), claim.id)
        for claim in claims
        for span in claim.content
        if span.overlaps(event.trigger) and not _is_its_own(event, claim) and _counts(claim)
    ]
    if not holding:
        return ()
    first = by_id[min(holding)[2]]
    return tuple(c.id for c in (first, *_above(first, by_id)) if _counts(c))


def _above(claim: Claim, by_id: Mapping[str, Claim]) -> Iterator[Claim]:
    """The claims that one was passed on in, one after the other."""
    seen = {claim.id}
    while claim.parent is not None and claim.parent not in seen and claim.parent in by_id:
        claim = by_id[claim.parent]
        seen.add(claim.id)
        yield claim


def _counts(claim: Claim) -> bool:
    """Whether a claim gives an account: it names a source, and tells or holds that it is so."""
    if claim.source is None or claim.cue is None or answers(claim):
        return False
    told = claim.content[0].text
    lead, colon, _ = told[:LEAD].partition(":")
    follows = 0 <= claim.content[0].start - claim.cue.end <= 1
    whole = bool(colon) and follows  # "gave another account: ..."
    cue = replace(claim.cue, text=f"{claim.cue.text} {lead}") if whole else claim.cue
    return load().tells(cue) and not _NOT_TOLD.match(told)


def _is_its_own(event: Event, claim: Claim) -> bool:
    """Whether the claim's cue is the event itself: "accused" is no source of the accusation."""
    return claim.cue is not None and claim.cue.overlaps(event.trigger)
