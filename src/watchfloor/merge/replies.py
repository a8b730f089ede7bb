"""What is said of an event that no event states: who did it, how many, and that it is not so.

    "Police suspect the Northern Front."       who is blamed, on the word of the police
    "..., which the army denied."              a denial by the army
    "The union puts the number at 1,200."      how many there were, on the word of the union

Each becomes an account of its own beside those of the events, and never a part of the event.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from watchfloor.merge.alike import REAL
from watchfloor.merge.blame import REACH, blamed, chain_of
from watchfloor.merge.facts import Facts, Party
from watchfloor.merge.turnout import turnouts
from watchfloor.merge.words import words_of
from watchfloor.records import Actor, Claim, Event, Harm, Role


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says of an event: that a party did it, or that it was so many (the party's
    `number`), or (None) that it did not happen.

    `claims` innermost first; `hearsay` where nobody is named who says so ("is suspected").
    """

    event: str
    claims: tuple[str, ...]
    party: Party | None = None
    hearsay: bool = False

    @property
    def only(self) -> tuple[str, ...]:
        """The one field that it speaks of."""
        return ("participants.actor",) if self.party else ("status",)


def replies(
    events: Sequence[Event], claims: Sequence[Claim], actors: Sequence[Actor], text: str
) -> tuple[Reply, ...]:
    """Who is blamed, then how many others count, then who denies, in the order of the text."""
    owned = {
        (e.id, p.actor, chain)
        for e in events
        for p in e.participants
        if p.role == Role.ACTOR and p.actor is not None
        for chain in (e.claims, ())
    }
    said = [
        Reply(event=b.event, claims=b.claims, party=b.party, hearsay=not b.claims)
        for b in blamed(events, claims, actors, text)
        if (b.event, b.party.actor, b.claims) not in owned  # the event says so itself
    ]
    said += [
        Reply(event=c.event, claims=c.claims, party=c.party) for c in turnouts(events, claims, text)
    ]
    return (*said, *_denials(events, claims, text))


def of_reply(facts: Facts, reply: Reply) -> Facts:
    """What the one who replies says of the event: who did it, or that nobody did, and no more."""
    return msgspec.structs.replace(
        facts,
        parties=(reply.party,) if reply.party else (),
        harm=Harm(), spots=(), days=None, modes=frozenset(),
        status="happened" if reply.party else "denied",
    )  # fmt: skip


def _denials(events: Sequence[Event], claims: Sequence[Claim], text: str) -> list[Reply]:
    """Claims that deny and hold no event of their own: they answer the one told before."""
    answered = {c for e in events for c in e.claims}
    sources = {c.id: c.source.text.lower() for c in claims if c.source}
    found = []
    for claim in claims:
        if claim.stance != "denies" or claim.id in answered or claim.source is None:
            continue
        event = _denied(claim, events, sources, text)
        if event is not None:
            chain = (c for c in chain_of(claim, claims) if c not in event.claims)
            found.append(Reply(event=event.id, claims=tuple(chain)))
    return found


def _denied(
    claim: Claim, events: Sequence[Event], sources: Mapping[str, str], text: str
) -> Event | None:
    """The event told as real, or charged, before the denial by somebody else, in the last sentence
    that tells one the first on that word; None where the denial says itself what it denies. A
    charge is denied, never that it was made.
    """
    cue = claim.cue
    if cue is None:
        return None
    aside = [s for s in claim.content if s.end <= cue.start]  # "a version disputed by the union"
    if not aside and not _points_back().match(text[cue.end :]):
        return None
    charges = {e.sentence for e in events if e.type == "ACCUSE"}
    before = [
        e
        for e in events
        if 0 <= cue.start - e.trigger.end <= REACH
        and e.type != "ACCUSE"
        and (not aside or any(s.overlaps(e.trigger) for s in aside))
        and (e.status in REAL - {"denied"} or e.sentence in charges)
        and sources[claim.id] not in {sources.get(c) for c in e.claims}
    ]
    last = max(before, key=lambda e: e.trigger.start, default=None)
    if last is None:
        return None
    told = (e for e in before if (e.sentence, e.claims) == (last.sentence, last.claims))
    return min(told, key=lambda e: e.trigger.start)


@lru_cache(maxsize=1)
def _points_back() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:$|(?<=[.,;:])|(?:{'|'.join(words_of('denied'))})\b)", re.I)
