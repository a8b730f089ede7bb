"""Join the events of one report that tell of one happening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec

from watchfloor.merge import alike
from watchfloor.merge.alike import REAL, weights
from watchfloor.merge.alike_within import within_features
from watchfloor.merge.bodies import with_bodies
from watchfloor.merge.cluster import average_link
from watchfloor.merge.corrections import standing, withdrawn
from watchfloor.merge.differ import Telling, differing, taken_back
from watchfloor.merge.facts import HARMS, Facts, stated
from watchfloor.merge.mentions import Mentions
from watchfloor.merge.replies import Reply, of_reply, replies
from watchfloor.merge.words import head
from watchfloor.records import (
    DONE,
    Account,
    Actor,
    Count,
    Event,
    Harm,
    Incident,
    Participant,
    Place,
    PlaceLink,
    Role,
    Status,
    When,
)

#: Triggers that tell of blows, of which people die or not.
BLOWS = frozenset(
    "shot shoot shoots shooting stabbed stabbing stab beaten beating hacked slashed gunned".split()
)
#: Log-odds of two mentions that cannot be one happening, such as a meeting and a bombing.
NEVER = -8.0
#: Which status an incident takes when its accounts do not contradict each other.
_STRONGEST = ("happened", "ongoing", "attempted", "denied", "planned", "possible")


def within(mentions: Mentions) -> tuple[Incident, ...]:
    """The incidents of a report, in the order of their first mention.

    Every event is in exactly one. An incident's accounts are its events by chain of claims;
    `differs` names what another account contradicts.
    """
    facts = mentions.facts
    order = [e.id for e in mentions.events]
    odds = {
        (one, two): _log_odds(mentions, one, two)
        for one, two in combinations(order, 2)
        if facts[two].type in facts[one].families
    }
    by_id = {e.id: e for e in mentions.events}
    actors = tuple(mentions.actors.values())
    context = _Context(
        facts=facts,
        places=mentions.places,
        sources={c.id: c.source.text for c in mentions.claims if c.source},
        gone=withdrawn(mentions.claims),
        replies=replies(mentions.events, mentions.claims, actors, mentions.text),
        actors=actors,
    )
    groups = [sorted(g, key=order.index) for g in average_link(order, odds, NEVER)]
    groups.sort(key=lambda g: order.index(g[0]))
    return tuple(
        _incident(f"i{n}", [by_id[e] for e in group], context) for n, group in enumerate(groups, 1)
    )


class _Context(NamedTuple):
    """What the incidents of a report share; `gone`: claims that the report has taken back."""

    facts: Mapping[str, Facts]
    places: Mapping[str, Place]
    sources: Mapping[str, str]
    gone: frozenset[str]
    replies: Sequence[Reply]
    actors: Sequence[Actor]


def _log_odds(mentions: Mentions, one: str, two: str) -> float:
    return alike.odds(within_features(mentions, one, two), weights("within"))


def _incident(name: str, events: Sequence[Event], context: _Context) -> Incident:
    accounts = _accounts(events, context)
    disputed = _is_disputed(events, accounts)
    told = standing(events, context.gone)
    first = _lead(told)
    return Incident(
        id=name,
        events=tuple(e.id for e in events),
        type=first.type,
        mode=_commonest([e.mode for e in told]),
        place=_place(told, context.places),
        when=_when(told),
        status=Status.DISPUTED if disputed else _status(told),
        harm=_harm(told),
        participants=with_bodies(_participants(told), context.actors),
        accounts=accounts,
    )


def _is_disputed(events: Sequence[Event], accounts: Sequence[Account]) -> bool:
    """Whether accounts disagree on whether it happened at all.

    "The rebels denied that they had killed him" says who did not do it: where another mention tells
    whom it hit without saying that they did, it happened, and only who did it is in dispute.
    """
    known = {e.id: e for e in events}
    told = [a for a in accounts if "status" in a.differs]
    denials = [known[e] for a in told if not a.only for e in a.events]
    denials = [e for e in denials if e.status is Status.DENIED]
    if any(a.only for a in told) or not denials:
        return bool(told)
    return not all(any(_tells_without(e, _doers(d)) for e in events) for d in denials)


def _doers(event: Event) -> set[str]:
    doers = [p for p in event.participants if p.role is Role.ACTOR]
    return {key for p in doers for key in (p.actor, head(p.text)) if key}


def _tells_without(event: Event, denied: set[str]) -> bool:
    """Whether a mention tells as a fact whom an act hit, and not that some people did it."""
    hit = any(p.role in {Role.VICTIM, Role.TARGET} for p in event.participants)
    return bool(denied) and event.status in DONE and hit and not _doers(event) & denied


def _accounts(events: Sequence[Event], context: _Context) -> tuple[Account, ...]:
    """What each chain of claims says, then who is blamed and who denies."""
    chains: dict[tuple[str, ...], list[Event]] = {}
    for event in events:
        chains.setdefault(event.claims, []).append(event)
    mine = {e.id for e in events}
    told = [r for r in context.replies if r.event in mine]
    said = [
        *(Account(claims=c, events=tuple(e.id for e in some)) for c, some in chains.items()),
        *(Account(claims=r.claims, events=(r.event,), only=r.only) for r in told),
    ]
    facts = [
        *(tuple(context.facts[e.id] for e in some) for some in chains.values()),
        *((of_reply(context.facts[r.event], r),) for r in told),
    ]
    hearsay = [*(False for _ in chains), *(r.hearsay for r in told)]
    tellings_ = [
        Telling(
            facts=known,
            sources=tuple(context.sources.get(claim, claim) for claim in account.claims),
            hearsay=unnamed,
            only=account.only,
            withdrawn=bool(context.gone.intersection(account.claims)),
        )
        for account, known, unnamed in zip(said, facts, hearsay, strict=True)
    ]
    back = taken_back(tellings_)
    return tuple(
        msgspec.structs.replace(account, differs=fields, taken_back=gone)
        for account, fields, gone in zip(said, differing(tellings_, back), back, strict=True)
    )


def _lead(events: Sequence[Event]) -> Event:
    """The mention that names the type: the commonest one's first, of what is real if any is."""
    real = [e for e in events if e.status in REAL] or list(events)
    kind = Counter(e.type for e in real).most_common(1)[0][0]
    return next(e for e in real if e.type == kind)


def _commonest(values: Sequence[str | None]) -> str | None:
    said = Counter(v for v in values if v)
    return said.most_common(1)[0][0] if said else None


def _place(events: Sequence[Event], places: Mapping[str, Place]) -> PlaceLink | None:
    """The most exact place that a mention names; the earlier of equals."""
    named = [e.place for e in events if e.place]

    def rough(link: PlaceLink) -> float:
        place = places.get(link.place)
        return place.radius_km if place and place.radius_km is not None else 10_000.0

    return min(named, key=rough, default=None)


def _when(events: Sequence[Event]) -> When | None:
    """The shortest period that a mention names; the earlier of equals."""
    said = [e.when for e in events if e.when]

    def length(when: When) -> tuple[bool, int]:
        period = stated(when)
        return period is None, (period.last - period.first).days if period else 0

    return min(said, key=length, default=None)


def _status(events: Sequence[Event]) -> Status:
    said = {e.status for e in events}
    return Status(next(s for s in _STRONGEST if s in said))


def _harm(events: Sequence[Event]) -> Harm:
    """Each number once: the largest that the report asserts itself, else the largest claimed.

    A report tells the parts ("a guard died") beside the whole ("five died"); the whole is larger.
    Of "two" in a headline and "at least two" below it, the second is no more than is known.
    """

    def size(count: Count) -> tuple[int, bool]:
        return count.low or count.high or 0, count.high is None

    def whole(field: str) -> Count | None:
        counts = [(not e.claims, c) for e in told if (c := getattr(e.harm, field)) is not None]
        own = [c for mine, c in counts if mine]
        return max(own or [c for _, c in counts], key=size, default=None)

    told = events
    dead = whole("killed")
    if dead is not None and dead.high != 0:
        told = [e for e in events if not _is_deadly_blow(e, dead)] or events
    return Harm(**{field: whole(field) for field in HARMS})


def _is_deadly_blow(event: Event, dead: Count) -> bool:
    """Whether a mention only tells of blows ("the shooting of a teenager") that killed as many as
    another mention says are dead: they are not hurt as well.
    """
    hurt = event.harm.injured
    words = set(event.trigger.text.lower().split())
    only = event.harm == Harm(injured=hurt) and hurt is not None and bool(words & BLOWS)
    return only and hurt is not None and (hurt.low or 0) <= (dead.low or dead.high or 0)


def _participants(events: Sequence[Event]) -> tuple[Participant, ...]:
    """Every participant once, at its first mention."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for event in events:
        for one in event.participants:
            keys = {(one.role.value, k) for k in (one.actor, head(one.text)) if k}
            if not keys or not keys & seen:
                kept.append(one)
            seen |= keys
    return tuple(kept)
