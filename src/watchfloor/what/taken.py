"""Who was taken, and how many: people held by those who have no right to arrest anybody are
abducted, whatever the verb, a bridge that is seized is not; and whom an event of taking people
names are those it took.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.records import DONE, Actor, Count, Event, Harm, Participant, Role
from watchfloor.what import numbers

#: Sectors of those who take people without any law: "detained by rebels".
LAWLESS = frozenset("REB UAF PRM CRM SEP INS".split())
#: The field of harm of those whom an event of a mode takes, and their roles.
TAKES = {"abduct": "abducted", "arrest": "arrested"}
SUFFERERS = frozenset({Role.VICTIM, Role.RECIPIENT})


def as_taken(event: Event, actors: Sequence[Actor]) -> Event:
    """An arrest by armed groups or criminals alone made ASSAULT-abduct, a place or thing taken no
    abduction; any other event itself.
    """
    if event.mode == "abduct" and _is_of_things(event):
        return replace(event, mode=None)
    if event.type != "COERCE" or event.mode != "arrest":
        return event
    sectors = {a.id: a.sector for a in actors}
    doers = {sectors.get(p.actor or "") for p in event.participants if p.role is Role.ACTOR}
    if not doers or not doers <= LAWLESS:
        return event
    harm = replace(event.harm, arrested=None, abducted=event.harm.abducted or event.harm.arrested)
    parties = tuple(map(_held, event.participants))
    return replace(event, type="ASSAULT", mode="abduct", harm=harm, participants=parties)


def _is_of_things(event: Event) -> bool:
    """Whether what was captured or seized is no people: it is aimed at, and nobody is a victim."""
    roles = {p.role for p in event.participants}
    trigger = event.trigger.text.lower().split()
    seized = any(word.startswith(("seiz", "captur", "tak", "took")) for word in trigger)
    return seized and Role.TARGET in roles and Role.VICTIM not in roles


def counted(event: Event, actors: Sequence[Actor]) -> Event:
    """An event of taking people, which says no harm, with as many taken as it names."""
    field = TAKES.get(event.mode or "")
    if field is None or event.status not in DONE or event.harm != Harm():
        return event
    people = {a.id for a in actors if a.kind == "person"}
    counts = [_number(p, people) for p in event.participants if p.role in SUFFERERS]
    known = [c for c in counts if c is not None]
    if not known or len(known) < len(counts):
        return event
    return replace(event, harm=Harm(**{field: numbers.total(known)}))


def _number(party: Participant, people: set[str]) -> Count | None:
    """How many a phrase names: one for a person with a name."""
    return party.count or (Count(low=1, high=1) if party.actor in people else None)


def _held(party: Participant) -> Participant:
    role = Role.VICTIM if party.role is Role.RECIPIENT else party.role
    return replace(
        party, role=role, effect="abducted" if party.effect == "arrested" else party.effect
    )
