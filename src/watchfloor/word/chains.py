"""Chains: which claim each claim was passed on in."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.parse import Page
from watchfloor.records import Claim
from watchfloor.word.cues import Cues, lemmas_of
from watchfloor.word.kinds import PRONOUNS

#: How many sentences on a claim by an outlet ("X has learnt that …") goes on being told.
TELLING = 12
#: What an outlet does that passes on what others told it.
LEARNS = frozenset({"learn", "understand", "hear", "report", "tell", "quote", "cite", "gather",
                    "see", "obtain", "find", "establish"})  # fmt: skip


def chained(claims: Sequence[Claim], page: Page, cues: Cues) -> tuple[Claim, ...]:
    """The claims, each with its `parent`, never in a circle."""
    made: list[Claim] = []
    parents: dict[str, str] = {}
    for claim in claims:
        parent = claim.parent or _around(claim, claims) or _outlet(claim, claims, page, cues)
        if parent is not None and not _circles(claim.id, parent, parents):
            parents[claim.id] = parent
        made.append(replace(claim, parent=parents.get(claim.id)))
    return tuple(made)


def _circles(name: str, parent: str, parents: dict[str, str]) -> bool:
    above: str | None = parent
    while above is not None:
        if above == name:
            return True
        above = parents.get(above)
    return False


def _around(claim: Claim, claims: Sequence[Claim]) -> str | None:
    """The smallest claim whose content holds this one's cue."""
    if claim.cue is None:
        return None
    around = [
        (span.end - span.start, other.id)
        for other in claims
        if other.id != claim.id and other.source is not None and not _same_source(claim, other)
        for span in other.content
        if span.contains(claim.cue) and not _holds(claim, other) and not answers(other)
    ]
    return min(around)[1] if around else None


def answers(claim: Claim) -> bool:
    """Whether a claim denies or doubts what stands before it: "villagers said, which the army
    denies". It is no link of a chain, and what it speaks of is on another's word.
    """
    if claim.cue is None or not claim.content or claim.quotation == "direct":
        return False
    return claim.stance in {"denies", "doubts"} and claim.content[-1].end <= claim.cue.start


def _same_source(one: Claim, two: Claim) -> bool:
    """Whether two claims are in one name: nobody passes on what they say themselves."""
    if one.source is None or two.source is None:
        return False
    if one.source.same_as in {two.id, two.source.same_as or two.id}:
        return True
    return one.source.text.casefold() == two.source.text.casefold()


def _outlet(claim: Claim, claims: Sequence[Claim], page: Page, cues: Cues) -> str | None:
    """The outlet that learnt it: its claim opened the telling a few sentences before, and the
    source is unnamed, so that only the outlet can have spoken to it.
    """
    if claim.cue is None or claim.source is None or claim.source.kind != "unnamed":
        return None
    if not cues.tells(claim.cue) or _points_at_nobody(claim):
        return None
    own = page.sentence_at(claim.cue.start)
    for other in reversed(claims[: claims.index(claim)]):
        if other.source is None or other.source.kind != "outlet" or other.cue is None:
            continue
        if any(c.parent == other.id and c.cue == other.cue for c in claims):
            continue  # "the mayor told Radio Marina": that is the mayor's word alone
        before = page.sentence_at(other.cue.start)
        if own and before and 0 < own.index - before.index <= TELLING:
            return other.id if lemmas_of(other.cue.text) & LEARNS else None
    return None


def _points_at_nobody(claim: Claim) -> bool:
    """Whether the source is a pronoun for somebody who was no source before."""
    source = claim.source
    return source is not None and source.same_as is None and source.text.lower() in PRONOUNS


def _holds(claim: Claim, other: Claim) -> bool:
    """Whether the other claim's cue lies in this claim's content: then it is the inner one."""
    return other.cue is not None and any(span.contains(other.cue) for span in claim.content)
