"""Who is said to have done it, where no event says so: "police suspect …", "the work of …".

Suspicion is always somebody's claim: it becomes an account of its own, with the one who voices it
as its source, and never a participant of the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from watchfloor.merge.facts import Party, party_of
from watchfloor.merge.words import acts, is_generic, is_vague_doer, sphere, stem, words_of
from watchfloor.records import DONE, Actor, Claim, Event, Participant, Role, Span

#: Kinds of actor that can be blamed by name or by kind; a person is not.
BLAMABLE = frozenset({"state", "organisation", "group"})
#: Characters of text between an act and the words that blame somebody for it.
REACH = 500
#: Characters after a name in which it can be said that he is suspected, an aside between.
ASIDE = 160
#: "Its fighters", "one of our men": whoever speaks means his own side.
_OWN_SIDE = re.compile(r"(?:one of |some of )?(?:its|our|their)\b|^(?:we|it|they)$", re.I)


class Blame(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody is said to have done what an event tells of; `claims` innermost first."""

    event: str
    party: Party
    claims: tuple[str, ...]


def blamed(
    events: Sequence[Event], claims: Sequence[Claim], actors: Sequence[Actor], text: str
) -> tuple[Blame, ...]:
    """Who is blamed for the violence that a report tells of, in the order of its text."""
    acts = [e for e in events if sphere(e.type) == "violence"]
    found = []
    for actor, said, passive in _named(actors, text):
        near = _nearest(acts, said)
        if near is not None:
            chain = _chain([c for c in claims if not (passive and _blames(c))], said)
            found.append(Blame(event=near.id, party=_party(actor, said), claims=chain))
    return tuple(found)


def _nearest(acts: Sequence[Event], said: Span) -> Event | None:
    """The act within reach of a name, one that was done before one that was tried or feared."""
    apart = {e.id: abs(e.trigger.start - said.start) for e in acts}
    near = (e for e in acts if apart[e.id] <= REACH)
    return min(near, key=lambda e: (e.status not in DONE, apart[e.id]), default=None)


def own_side(event: Event, source: Actor | None) -> Event:
    """The event with "its fighters" and the like named for the body that speaks of them."""
    if source is None or source.kind not in BLAMABLE:
        return event
    parties = tuple(
        msgspec.structs.replace(p, actor=source.id)
        if p.role == Role.ACTOR and _OWN_SIDE.match(p.text)
        else p
        for p in event.participants
    )
    return msgspec.structs.replace(event, participants=parties)


def _named(actors: Sequence[Actor], text: str) -> Iterable[tuple[Actor, Span, bool]]:
    """Actors whose mention stands right after words that blame, or before words that own up, in
    the order of the text; with whether somebody who is not named blames them ("is suspected").
    """
    mentions = sorted(
        ((m, a) for a in actors if a.kind in BLAMABLE for m in a.mentions),
        key=lambda pair: pair[0].start,
    )
    for said, actor in mentions:
        before = text[max(0, said.start - 60) : said.start]
        after = text[said.end : said.end + ASIDE]
        vague = is_vague_doer(stem(said.text.split()[-1]))
        if vague and len(said.text.split()) == 1:
            continue
        if _is_of_something_else(before, f"{said.text}{after}"):
            continue
        if _cue().search(before) or _owns_up().match(after):
            yield actor, said, False
        elif _suspected().match(after):
            yield actor, said, True


def _is_of_something_else(before: str, after: str) -> bool:
    """Whether somebody is accused of what is no act of violence: "of siding with the enemy"."""
    charge = re.search(r"\bof\s+(\w+ing\b[^.;]{0,80})", after)
    if charge is None or not re.search(r"\baccus\w+\W+(?:\w+\W+){0,2}$", before, re.I):
        return False
    return not (is_generic(charge[1]) or acts(map(stem, charge[1].split())))


def _blames(claim: Claim) -> bool:
    """Whether the claim's own cue blames: "blamed" is no source of what others are suspected of."""
    return claim.cue is not None and bool(_cue().search(f"{claim.cue.text} "))


def _chain(claims: Sequence[Claim], said: Span) -> tuple[str, ...]:
    """The claim in whose content a mention stands, and those it was passed on in."""
    around = [
        (c.end - c.start, claim)
        for claim in claims
        for c in claim.content
        if c.start <= said.start and said.end <= c.end + 1
    ]
    if not around:
        return ()
    return chain_of(min(around, key=lambda pair: (pair[0], pair[1].id))[1], claims)


def chain_of(claim: Claim, claims: Sequence[Claim]) -> tuple[str, ...]:
    """A claim and those it was passed on in, innermost first."""
    known = {c.id: c for c in claims}
    chain = [claim.id]
    while (parent := known[chain[-1]].parent) in known and parent not in chain:
        chain.append(str(parent))
    return tuple(chain)


def _party(actor: Actor, said: Span) -> Party:
    spoken = Participant(start=said.start, end=said.end, text=said.text, role=Role.ACTOR,
                         actor=actor.id)  # fmt: skip
    return party_of(spoken, actor)


@lru_cache(maxsize=1)
def _cue() -> re.Pattern[str]:
    cues = "|".join(words_of("blame"))
    return re.compile(rf"\b(?:{cues})\s+(?:(?:on|of|by|to|that)\s+)?(?:the\s+|an?\s+)?$", re.I)


@lru_cache(maxsize=1)
def _suspected() -> re.Pattern[str]:
    either = "|".join(words_of("suspected"))
    return re.compile(rf"\s*(?:,\s+(?:which|who|whose)\b[^.;]*?,\s+)?(?:{either})", re.I)


@lru_cache(maxsize=1)
def _owns_up() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(words_of('owns_up'))})", re.I)
