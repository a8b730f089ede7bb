"""The bodies whose people did it: the FMLN, where "members of the FMLN" did."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.records import Actor, Participant, Role

BODIES = frozenset({"state", "organisation"})


def with_bodies(parties: Sequence[Participant], actors: Sequence[Actor]) -> tuple[Participant, ...]:
    """An incident's participants, with the organisations that its doers are said to be of.

    Each stands where the words for its people name it, once, and only if it has no part yet.
    """
    known = {a.id: a for a in actors}
    there = {p.actor for p in parties if p.role is Role.ACTOR}
    found: dict[str, Participant] = {}
    for party in parties:
        own = known.get(party.actor or "")
        if party.role is not Role.ACTOR or (own is not None and own.kind in BODIES):
            continue
        for actor in actors:
            said = next((m for m in actor.mentions if party.contains(m)), None)
            if said is not None and actor.kind == "organisation" and actor.id not in there:
                body = Participant(
                    start=said.start, end=said.end, text=said.text, role=Role.ACTOR, actor=actor.id
                )
                found.setdefault(actor.id, body)
    return (*parties, *found.values())
