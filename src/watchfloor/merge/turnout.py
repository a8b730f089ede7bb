"""How many took part, on another's word: "the union puts the number at 1,200".

Organisers and police seldom count alike, and neither count is an event of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from watchfloor.merge.blame import REACH, chain_of
from watchfloor.merge.facts import Party, party_of
from watchfloor.merge.words import words_of
from watchfloor.records import Claim, Event, Participant, Role

#: Two counts nearer than this (as a ratio) are one crowd counted roughly.
APART = 1.5
#: Lists of words after which a number is no lower bound, and after which it is no upper one.
_OPEN = ("at_most", "at_least")


class Turnout(msgspec.Struct, frozen=True, kw_only=True):
    """Another count of those who took part in an event; `claims` innermost first."""

    event: str
    party: Party
    claims: tuple[str, ...]


def turnouts(events: Sequence[Event], claims: Sequence[Claim], text: str) -> tuple[Turnout, ...]:
    """What others say the number was of those whom a report has counted before."""
    found = []
    for claim in claims:
        cue, source = claim.cue, claim.source
        said = _counts().match(text, cue.end) if cue and source else None
        event = _counted(events, cue.start) if cue and said else None
        if event is None or said is None:
            continue
        crowd = next(p for p in event.participants if _is_counted(p))
        number = int(re.sub(r"\D", "", said[2]))
        least, most = (None if (said[1] or "").lower() in words_of(n) else number for n in _OPEN)
        party = msgspec.structs.replace(
            party_of(crowd, None), number=least, most=most, text=said[0].strip()
        )
        found.append(Turnout(event=event.id, party=party, claims=chain_of(claim, claims)))
    return tuple(found)


def apart(one: Sequence[Party], two: Sequence[Party]) -> bool:
    """Whether two tellings count those who took part too differently for one count told roughly;
    "at least 300" is no other number than a larger one.
    """
    ours, theirs = (max((p for p in side if p.number or p.most), key=_size, default=None)
                    for side in (one, two))  # fmt: skip
    if ours is None or theirs is None:
        return False
    few, many = sorted((ours, theirs), key=_size)
    return bool(few.most and many.number) and (many.number or 0) >= APART * (few.most or 0)


def _size(party: Party) -> int:
    return party.number or party.most or 0


def _counted(events: Sequence[Event], before: int) -> Event | None:
    """The last protest told before, if it says how many there were."""
    near = (
        e
        for e in events
        if e.type == "PROTEST" and 0 <= before - e.trigger.end <= REACH
        and any(map(_is_counted, e.participants))
    )  # fmt: skip
    return max(near, key=lambda e: e.trigger.start, default=None)


def _is_counted(party: Participant) -> bool:
    return party.role == Role.ACTOR and party.count is not None and party.count.low is not None


@lru_cache(maxsize=1)
def _counts() -> re.Pattern[str]:
    words = "|".join(words_of("turnout"))
    about = "|".join(w for name in ("about", *_OPEN) for w in words_of(name))
    return re.compile(
        rf"\s+(?:the|its|their|that)?\s*(?:\w+\s+)?(?:{words})\b[^.;,]{{0,40}}?"
        rf"\s(?:at|as|to be)\s+(?:({about})\s+)?(\d[\d,]*)\b",
        re.I,
    )
