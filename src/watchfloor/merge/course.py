"""The course of a report: where it turns from one happening to another, and what points back.

"In Kano, gunmen ..." and "Separately, ..." turn to another happening; "the ambush" points back at
the one told before; "a nurse" comes in where "the nurse" has been there already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from watchfloor.merge.alike import REAL
from watchfloor.merge.facts import SIDES, Facts
from watchfloor.merge.words import acts, words_of
from watchfloor.records import Actor, Event, Participant, Place

#: The sides on which somebody can come in.
COME_IN = ("doer", "hit")
#: Characters at the head of a sentence in which a place can open it.
OPENING = 50
#: Words that begin a phrase for somebody who has been told of.
_KNOWN = frozenset("the they them he she him his her their both those it".split())


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Where a mention stands in the course of its report.

    `stretch`: how often the report has turned to another happening by then; `apart`: words before
    the trigger set it apart; `opens_with_place`: its sentence opens with where it was. `back_to`:
    the mention that its noun points back at, None for any other word. `comes_in`: the sides
    ("doer", "hit") that nobody is on who was told of before.
    """

    stretch: int = 0
    apart: bool = False
    opens_with_place: bool = False
    back_to: str | None = None
    comes_in: frozenset[str] = frozenset()


def steps_of(
    events: Sequence[Event],
    facts: Mapping[str, Facts],
    places: Mapping[str, Place],
    actors: Mapping[str, Actor],
    text: str,
) -> dict[str, Step]:
    """The step of each event, by its id; the events in the order of the text."""
    steps: dict[str, Step] = {}
    stretch, last = 0, events[0].sentence.start if events else 0
    for number, event in enumerate(events):
        start = event.sentence.start
        sentence = text[start : event.sentence.end]
        placed = _opens_with_place(event, sentence, places)
        if start != last:
            stretch, last = stretch + (placed or _sets_apart(sentence)), start
        steps[event.id] = Step(
            stretch=stretch,
            apart=_sets_apart(text[start : event.trigger.start]),
            opens_with_place=placed,
            back_to=_back_to(event, events[:number], facts),
            comes_in=frozenset(side for side in COME_IN if _comes_in(event, side, actors)),
        )
    return steps


def _sets_apart(words: str) -> bool:
    return bool(_apart().match(words))


def _opens_with_place(event: Event, sentence: str, places: Mapping[str, Place]) -> bool:
    place = places.get(event.place.place) if event.place else None
    if place is None or not 0 <= place.start - event.sentence.start < OPENING:
        return False
    return bool(_placed().match(sentence[: place.start - event.sentence.start]))


def _back_to(event: Event, before: Sequence[Event], facts: Mapping[str, Facts]) -> str | None:
    """The last real mention of the same act before "the ambush", else the last of any."""
    mine = facts[event.id]
    if not (mine.noun and mine.definite):
        return None
    real = [
        e.id for e in before if facts[e.id].type in mine.families and facts[e.id].status in REAL
    ]
    same = [e for e in real if acts(mine.stems) & acts(facts[e].stems)]
    return next(reversed(same or real), None)


def _comes_in(event: Event, side: str, actors: Mapping[str, Actor]) -> bool:
    """Whether somebody is on a side of an event, and nobody there was told of before."""
    parties = [p for p in event.participants if p.role in SIDES[side]]
    return bool(parties) and not any(_is_known(p, event, actors) for p in parties)


def _is_known(party: Participant, event: Event, actors: Mapping[str, Actor]) -> bool:
    actor = actors.get(party.actor or "")
    seen = actor is not None and any(m.start < event.sentence.start for m in actor.mentions)
    return seen or party.text.lower().split(" ", 1)[0] in _KNOWN


@lru_cache(maxsize=1)
def _apart() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:\w+ ){{0,2}}?(?:{'|'.join(words_of('sets_apart'))})\b", re.I)


@lru_cache(maxsize=1)
def _placed() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:\w+ ){{0,3}}?(?:{'|'.join(words_of('placed'))}) $", re.I)
