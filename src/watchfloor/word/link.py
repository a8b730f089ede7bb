"""Say on whose word each event is."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.parse import Page
from watchfloor.records import Claim, Event

#: Acts of speech: the speaker's own words are the event, not a claim about it.
SPEECH = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})


def link(events: Sequence[Event], claims: Sequence[Claim], page: Page) -> tuple[Event, ...]:
    """The events, each with its chain of claims, innermost first."""
    by_id = {claim.id: claim for claim in claims}
    return tuple(replace(event, claims=_chain(event, claims, by_id)) for event in events)


def _chain(event: Event, claims: Sequence[Claim], by_id: dict[str, Claim]) -> tuple[str, ...]:
    holding = [
        (span.end - span.start, claim.id)
        for claim in claims
        for span in claim.content
        if span.overlaps(event.trigger) and not _is_its_own(event, claim)
    ]
    chain: list[str] = []
    name = min(holding)[1] if holding else None
    while name is not None and name not in chain:
        chain.append(name)
        name = by_id[name].parent
    return tuple(chain)


def _is_its_own(event: Event, claim: Claim) -> bool:
    """Whether the claim's cue is the event itself: "accused" is no source of the accusation."""
    return claim.cue is not None and claim.cue.overlaps(event.trigger)
