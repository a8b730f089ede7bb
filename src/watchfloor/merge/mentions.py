"""What a report tells, as far as joining needs it: its events and what is known around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from watchfloor.merge.blame import own_side
from watchfloor.merge.course import Step, steps_of
from watchfloor.merge.facts import Facts, facts_of, sentence_numbers
from watchfloor.records import Actor, Claim, CodedReport, Event, Place


class Mentions(msgspec.Struct, frozen=True, kw_only=True):
    """The events of a report in the order of its text, each one mention of a happening, with the
    facts of each and its step in the course of the report, by its id; `text` is the report's, empty
    where it is not known.
    """

    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    places: Mapping[str, Place]
    actors: Mapping[str, Actor]
    text: str
    facts: Mapping[str, Facts]
    steps: Mapping[str, Step]


def mentions_of(
    events: Sequence[Event],
    claims: Sequence[Claim] = (),
    places: Sequence[Place] = (),
    actors: Sequence[Actor] = (),
    text: str = "",
) -> Mentions:
    """The mentions of a report. `text` is read for the article before a trigger ("the attack"
    points back); without it nothing points back.
    """
    spots = {p.id: p for p in places}
    people = {a.id: a for a in actors}
    facts = tellings(events, claims, spots, people, text)
    return Mentions(
        events=tuple(events),
        claims=tuple(claims),
        places=spots,
        actors=people,
        text=text,
        facts=facts,
        steps=steps_of(events, facts, spots, people, text),
    )


def tellings(
    events: Sequence[Event],
    claims: Sequence[Claim],
    places: Mapping[str, Place],
    actors: Mapping[str, Actor],
    text: str,
) -> dict[str, Facts]:
    """Each event's facts, by its id; a body that speaks of "its fighters" names them."""
    speakers = {c.id: actors.get(c.source.actor or "") for c in claims if c.source}
    number = sentence_numbers(events)
    return {
        e.id: facts_of(
            own_side(e, speakers.get(e.claims[0]) if e.claims else None),
            places, actors, text, number[e.id],
        )
        for e in events
    }  # fmt: skip


def of_coded(coded: CodedReport) -> Mentions:
    """The mentions of a coded report."""
    return mentions_of(coded.events, coded.claims, coded.places, coded.actors, coded.report.text)
