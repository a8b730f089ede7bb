"""What is compared: one mention, or one incident of a report, reduced to what tells it apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from watchfloor import geometry
from watchfloor.merge.words import families, head, is_generic, is_noun, names_in, stem
from watchfloor.records import Actor, Count, Event, Harm, Participant, Place, Ring, Role, When

HARMS = ("killed", "injured", "abducted", "arrested", "missing", "ill")
FOREMOST = frozenset(HARMS[:4])
#: The sides of a happening, with the roles of those on each.
SIDES = {
    "doer": frozenset({"actor"}),
    "hit": frozenset({"victim", "target", "recipient"}),
    "means": frozenset({"instrument"}),
}
AREAS = frozenset({"district", "province", "country", "region", "water"})

_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|such|\w+['’]s)\s+(?:\w+\s+){0,2}$", re.I)
#: Words that bring in a happening not told before.
_NEW = re.compile(
    r"\b(?:an?|another|other|second|third|new|separate|similar|more|previous|earlier|past|"
    r"recent|several|many)\s+(?:\w+\s+){0,1}$",
    re.I,
)
#: First words of phrases that point back.
_POINTS = re.compile(
    r"(?:the|this|that|these|those|its|their|his|her|our|he|she|it|they|we|him|them|us)\b", re.I
)
#: Where a place or day was read that a mention states itself.
_OWN = frozenset({"clause", "sentence"})


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One participant: its role, the head of its phrase, its names and who it was resolved to;
    `number` and `most` are how many at least and at most, None where that is not said.
    """

    role: str
    head: str
    text: str
    names: frozenset[str] = frozenset()
    actor: str | None = None
    country: str | None = None
    kind: str | None = None
    sector: str | None = None
    number: int | None = None
    most: int | None = None


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Where: a named place, its point (degrees) and how large it is (km); its `outlines` where a
    report draws it.
    """

    name: str
    gazetteer_id: str | None = None
    kind: str = "town"
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 10.0
    outlines: tuple[Ring, ...] = ()

    @property
    def area(self) -> bool:
        """Whether it is an area, which holds points, and not a point itself."""
        return self.kind in AREAS


class Days(msgspec.Struct, frozen=True, order=True):
    """First and last day, inclusive, UTC."""

    first: dt.date
    last: dt.date

    def apart(self, other: Days) -> int:
        """Days between the two periods, 0 where they meet."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)


class Side(NamedTuple):
    """Those on one side: heads of their phrases, their names and ids."""

    heads: frozenset[str]
    names: frozenset[str]
    actors: frozenset[str]


class Facts(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What one telling says happened. Empty and None mean that it does not say.

    `generic`: a word for any happening; `definite`, `new`, `plural`: how it is brought in.
    `placed` and `dated`: its own sentence says where and when, and nothing was carried over.
    """

    type: str
    families: frozenset[str]
    modes: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    generic: bool = False
    noun: bool = False
    definite: bool = False
    new: bool = False
    plural: bool = False
    placed: bool = False
    dated: bool = False
    status: str = "happened"
    background: bool = False
    spots: tuple[Spot, ...] = ()
    days: Days | None = None
    parties: tuple[Party, ...] = ()
    harm: Harm = Harm()
    start: int = 0
    sentence: int = 0

    @cached_property
    def sides(self) -> Mapping[str, Side]:
        """Those on each side of it, by the names of `SIDES`."""
        return {
            name: _side([p for p in self.parties if p.role in roles])
            for name, roles in SIDES.items()
        }

    @cached_property
    def counts(self) -> Mapping[str, Count]:
        """The harm that it counts, by field."""
        said = ((name, getattr(self.harm, name)) for name in HARMS)
        return {name: count for name, count in said if count is not None}

    @cached_property
    def names(self) -> frozenset[str]:
        """Every proper name among participants and places, as lower-case words."""
        said = [p.names for p in self.parties] + [names_in(s.name) for s in self.spots]
        return frozenset().union(*said)


def _side(parties: Sequence[Party]) -> Side:
    return Side(
        heads=frozenset(p.head for p in parties if p.head),
        names=frozenset().union(*(p.names for p in parties)),
        actors=frozenset(p.actor for p in parties if p.actor),
    )


def distance_km(one: Spot, two: Spot) -> float | None:
    """Great-circle distance between two points, None where either has none."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    return geometry.distance_km((one.lat, one.lon), (two.lat, two.lon))


def day_of(text: str | None) -> dt.date | None:
    """The day of an ISO date or time, None where it is none."""
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def stated(when: When | None) -> Days | None:
    """The days of a period; one that is open at either end is as good as unknown."""
    if when is None or when.open_end:
        return None
    first, last = day_of(when.from_), day_of(when.to)
    return Days(first, last) if first and last and first <= last else None


def spot_of(place: Place) -> Spot:
    """The place as far as comparing needs it."""
    return Spot(
        name=place.name or place.text,
        gazetteer_id=place.gazetteer_id,
        kind=place.kind,
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km if place.radius_km is not None else 10.0,
        outlines=place.outlines,
    )


def party_of(participant: Participant, actor: Actor | None) -> Party:
    """The participant as far as comparing needs it."""
    said = f"{participant.text} {actor.name}" if actor else participant.text
    return Party(
        role=participant.role,
        head=head(participant.text),
        text=_called(participant, actor),
        names=names_in(said),
        actor=participant.actor,
        country=actor.country if actor else None,
        kind=actor.kind if actor else None,
        sector=actor.sector if actor else None,
        number=participant.count.low if participant.count else None,
        most=participant.count.high if participant.count else None,
    )


def points_back(text: str) -> bool:
    """Whether words only point to somebody named elsewhere: "it", "its men", "the group"."""
    return _POINTS.match(text) is not None and not names_in(text)


def _called(participant: Participant, actor: Actor | None) -> str:
    """What to call a participant: by the name that words point back to, else by those words."""
    named = actor is not None and points_back(participant.text) and names_in(actor.name)
    return actor.name if actor is not None and named else participant.text


def facts_of(
    event: Event,
    places: Mapping[str, Place],
    actors: Mapping[str, Actor],
    text: str = "",
    sentence: int = 0,
) -> Facts:
    """One mention. `text` is the report's, read for what stands before the trigger."""
    place = places.get(event.place.place) if event.place else None
    before = text[max(0, event.trigger.start - 40) : event.trigger.start]
    trigger = event.trigger.text
    return Facts(
        type=event.type,
        families=families(event.type),
        modes=frozenset({event.mode} if event.mode else ()),
        stems=frozenset(filter(None, map(stem, trigger.split()))),
        generic=is_generic(trigger),
        noun=is_noun(trigger),
        definite=bool(_DEFINITE.search(before)) or bool(_DEFINITE.match(f"{trigger.split()[0]} "))
        if trigger
        else False,
        new=bool(_NEW.search(before)),
        plural=is_generic(trigger) and trigger.lower().endswith("s"),
        placed=event.place is not None and event.place.basis in _OWN,
        dated=event.when is not None and event.when.basis in _OWN,
        status=event.status,
        background=event.background,
        spots=(spot_of(place),) if place else (),
        days=stated(event.when),
        parties=tuple(
            party_of(p, actors.get(p.actor) if p.actor else None) for p in event.participants
        ),
        harm=event.harm,
        start=event.trigger.start,
        sentence=sentence,
    )


def sentence_numbers(events: Sequence[Event]) -> dict[str, int]:
    """For each event, how many sentences with events stand before its own."""
    starts = sorted({e.sentence.start for e in events})
    number = {start: n for n, start in enumerate(starts)}
    return {e.id: number[e.sentence.start] for e in events}


def victims(parties: Iterable[Party]) -> frozenset[str]:
    """Heads of those harmed or aimed at."""
    roles = (Role.VICTIM, Role.TARGET, Role.RECIPIENT)
    return frozenset(p.head for p in parties if p.role in roles and p.head)
