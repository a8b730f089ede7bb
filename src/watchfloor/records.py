"""The records that travel: what a report is, and what was found in it.

They are the contract of the output format, field by field. Offsets count Unicode code points in
`Report.text`, end exclusive. `None` means "the report does not say".
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, built by keyword, changed by `msgspec.structs.replace`."""


class Span(Record, frozen=True, kw_only=True):
    """A stretch of the report's text; `text` is `report.text[start:end]`."""

    start: int
    end: int
    text: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


class Bounds(Record, frozen=True, kw_only=True):
    """Where something begins and ends, without its text."""

    start: int
    end: int


class Count(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A number as a range: "at least 12" has no `high`, "up to 12" no `low`.

    `approx` marks words such as "dozens" (low 24) and "several" (low 3).
    """

    low: int | None
    high: int | None
    approx: bool = False

    def in_words(self) -> str:
        """As people say it: "5", "at least 12", "up to 3", "2 to 4"."""
        if self.low is not None and self.low == self.high:
            return str(self.low)
        if self.high is None:
            return f"at least {self.low}"
        return f"up to {self.high}" if self.low is None else f"{self.low} to {self.high}"


#: The corners of an area as (latitude, longitude), in order; the last is joined to the first.
Ring = tuple[tuple[float, float], ...]


class Area(Record, frozen=True, kw_only=True):
    """An area that a report draws, and what it calls it."""

    name: str
    outlines: tuple[Ring, ...]


class Report(Record, frozen=True, kw_only=True):
    """One document as received. `published` is a date or an RFC 3339 time, as written; `areas` are
    those that it draws beside its text, as messages of CAP do.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    areas: tuple[Area, ...] = ()


class Actor(Record, frozen=True, kw_only=True):
    """Who: a state, organisation, group, person or population, with every mention of it.

    `country` is ISO 3166-1 alpha-3 or a PLOVER non-state code (IGO UNO EUR NGO ISM IMG MNC).
    `sector` is a PLOVER sector, or None.
    """

    id: str
    name: str
    kind: str = "unknown"
    country: str | None = None
    sector: str | None = None
    mentions: tuple[Span, ...] = ()


def actor_at(span: Span, actors: Iterable[Actor]) -> Actor | None:
    """The actor with the mention that fits a phrase best: the same words, or most of them.

    The first of equals; None where no mention shares a character with the phrase.
    """
    start, end = span.start, span.end
    best, fit = None, 0.0
    for actor in actors:
        for mention in actor.mentions:
            if mention.start < end and start < mention.end:
                shared = min(mention.end, end) - max(mention.start, start)
                part = shared / (max(mention.end, end) - min(mention.start, start))
                if part > fit:
                    best, fit = actor, part
    return best


class Relation(Record, frozen=True, kw_only=True):
    """How far and in which direction a place lies from a named one."""

    km: float
    bearing: str | None
    from_: str = msgspec.field(name="from")


class Place(Span, frozen=True, kw_only=True):
    """A place named in the text and what it was resolved to.

    `kind`: point facility town district province country region water line. `radius_km` is how
    large the named thing is. Without a match `gazetteer_id`, `lat` and `lon` are None. `outlines`
    are those of an area that the report draws; none where it does not.
    """

    id: str
    name: str
    gazetteer_id: str | None = None
    kind: str = "town"
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    confidence: float = 0.0
    relation: Relation | None = None
    outlines: tuple[Ring, ...] = ()


class Date(Span, frozen=True, kw_only=True):
    """A time expression: the days it covers (ISO dates or times), and its TIMEX3 value."""

    id: str
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    precision: str | None = None
    timex: str | None = None
    open_end: bool = False


class Role(StrEnum):
    """The part a participant has in an event."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    VICTIM = "victim"
    TARGET = "target"
    INSTRUMENT = "instrument"


class Status(StrEnum):
    """Whether it happened, by the event's own account; DISPUTED is for incidents only."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    ATTEMPTED = "attempted"
    DENIED = "denied"
    DISPUTED = "disputed"


#: Statuses of what was done, and not only tried, feared, planned or denied.
DONE = frozenset({Status.HAPPENED, Status.ONGOING})


class Participant(Span, frozen=True, kw_only=True):
    """Who or what has a part in an event. `actor` is an `Actor.id`, None for mere things.

    `effect`: killed injured abducted arrested missing freed unharmed damaged destroyed stolen.
    """

    role: Role
    actor: str | None = None
    count: Count | None = None
    effect: str | None = None


class PlaceLink(Record, frozen=True, kw_only=True):
    """The place of an event (`Place.id`) and where that was read.

    `basis`: clause, sentence, report or dateline.
    """

    place: str
    basis: str


class When(Record, frozen=True, kw_only=True):
    """The period in which an event fell, inclusive ISO dates or times.

    `basis` as in `PlaceLink`.
    """

    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    precision: str | None = None
    basis: str = "clause"
    open_end: bool = False


class Harm(Record, frozen=True, kw_only=True):
    """People harmed. A count of 0 means that the report says nobody; None that it does not say."""

    killed: Count | None = None
    injured: Count | None = None
    abducted: Count | None = None
    arrested: Count | None = None
    missing: Count | None = None
    ill: Count | None = None


class Event(Record, frozen=True, kw_only=True):
    """One mention of an act: who did what to whom, where, when, on whose word.

    `type`, `mode` and `contexts` are PLOVER's, plus PROTECT and HARM; `cameo` is the CAMEO code
    for users who come from ICEWS or GDELT, None where it has none. `claims` are `Claim.id`s,
    innermost first; none means that the report itself asserts it.
    """

    id: str
    type: str
    trigger: Span
    sentence: Bounds
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    participants: tuple[Participant, ...] = ()
    place: PlaceLink | None = None
    when: When | None = None
    status: Status = Status.HAPPENED
    background: bool = False
    harm: Harm = Harm()
    claims: tuple[str, ...] = ()
    confidence: float = 0.5


class Grade(Record, frozen=True, kw_only=True):
    """An Admiralty grade: reliability A-F, credibility 1-6, and why.

    A proposal, unless `by` names the person who set it; `proposed` is then the machine's.
    """

    reliability: str
    credibility: int
    reasons: tuple[str, ...] = ()
    by: str | None = None
    proposed: str | None = None


class Source(Record, frozen=True, kw_only=True):
    """On whose word. Without a span (an outlet known only by metadata) start and end are None.

    `kind`: named, unnamed, outlet, document. `standing` is who the source is to the event:
    accused, victim, authority, witness, outlet, rights_group, or None. `same_as` is the
    `Claim.id` whose source a pronoun or "the official" stands for, None where it names its own.
    """

    start: int | None
    end: int | None
    text: str
    actor: str | None = None
    kind: str = "named"
    standing: str | None = None
    same_as: str | None = None


class Claim(Record, frozen=True, kw_only=True):
    """That somebody says something.

    `quotation`: direct, indirect or mixed. `stance`: asserts, denies, doubts or asks. `parent`
    is the `Claim.id` that this one was passed on in.
    """

    id: str
    source: Source | None
    cue: Span | None
    content: tuple[Span, ...] = ()
    quotation: str = "indirect"
    stance: str = "asserts"
    parent: str | None = None
    grade: Grade | None = None


class Account(Record, frozen=True, kw_only=True):
    """What one chain of claims says of an incident; `differs` names fields such as harm.killed,
    `taken_back` those in which the report says itself that it was wrong before; `only` is the field
    of which a denial or blame speaks that no event states, empty where it speaks of all.
    """

    claims: tuple[str, ...]
    events: tuple[str, ...]
    differs: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


class Incident(Record, frozen=True, kw_only=True):
    """One happening, joined from the events of one report that tell of it."""

    id: str
    events: tuple[str, ...]
    type: str
    mode: str | None = None
    place: PlaceLink | None = None
    when: When | None = None
    status: Status = Status.HAPPENED
    harm: Harm = Harm()
    participants: tuple[Participant, ...] = ()
    accounts: tuple[Account, ...] = ()


class CodedReport(Record, frozen=True, kw_only=True):
    """Everything that was found in one report."""

    report: Report
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    problems: tuple[str, ...] = ()
    schema: str = "watchfloor.coded-report/1"
