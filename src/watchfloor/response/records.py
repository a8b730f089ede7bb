"""What the desk keeps of its response. Times are aware and UTC; `n` is 0 until it is kept.

People are counts and office holders with an account, never profiles. Whatever was taken back has
`dropped_at` and `dropped_by`, and stays.
"""

from __future__ import annotations

from datetime import datetime

from watchfloor.records import Record

#: From the least to the greatest, as alerts have them.
SEVERITIES = ("info", "minor", "moderate", "severe", "extreme")
#: An incident so severe is serious: told at once and written up sooner.
SERIOUS = frozenset({"severe", "extreme"})
RESOURCES = ("guard", "vehicle", "interpreter", "safe room")
#: What a check-in says.
WELL = ("well", "delayed", "needs help")
CLEARANCES = ("asked", "cleared", "refused", "under way", "arrived", "cancelled")
FINDINGS = ("in place", "partly in place", "not in place")
#: What a verification finds.
VERIFIED = ("confirmed", "partly confirmed", "not confirmed", "refuted")
PAPERS = ("handover", "intsum", "sitrep", "weekly", "assurance")


class Droppable(Record, frozen=True, kw_only=True):
    """What can be taken back and put back."""

    n: int = 0
    made_by: str
    made_at: datetime
    dropped_at: datetime | None = None
    dropped_by: str | None = None


class Period(Droppable, frozen=True, kw_only=True):
    """What holds from one moment until, not including, another."""

    starts_at: datetime
    ends_at: datetime


class Case(Record, frozen=True, kw_only=True):
    """The desk's response to something.

    `site` is a register entry ("sites:ID"), None where it is about none. `lead` is an account.
    `hypothesis` is what the desk works on until it knows better. `told_at`: the incident was told
    to those who must know; `written_at`: it was written up.
    """

    n: int = 0
    title: str
    severity: str
    opened_by: str
    opened_at: datetime
    state: str = "open"
    lead: str | None = None
    marking: str = "AMBER"
    site: str | None = None
    hypothesis: str | None = None
    told_at: datetime | None = None
    written_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None


class Link(Record, frozen=True, kw_only=True):
    """What a case is about: `kind` is alert or incident, `subject` its id."""

    case: int
    kind: str
    subject: str


class LogEntry(Record, frozen=True, kw_only=True):
    """A line of a case's log; it is never changed. `what`: note, or what was done."""

    n: int = 0
    case: int
    at: datetime
    author: str
    what: str
    text: str


class Task(Droppable, frozen=True, kw_only=True):
    """Something to do in a case; `doer` is an account or an office, None where nobody has it."""

    case: int
    what: str
    doer: str | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str | None = None


class HeadCount(Droppable, frozen=True, kw_only=True):
    """People at a place: how many there should be, how many were heard of, how many are hurt."""

    case: int
    place: str
    expected: int
    accounted: int
    hurt: int = 0
    note: str | None = None


class CheckIn(Droppable, frozen=True, kw_only=True):
    """A site, journey or team was heard of.

    `subject`: sites:ID, journeys:ID, clearances:N or resources:N. `point` is the number of the
    call point on a journey, from 0, None elsewhere. `people` is a count, None where none is told.
    """

    subject: str
    state: str = "well"
    case: int | None = None
    point: int | None = None
    people: int | None = None
    note: str | None = None


class Resource(Droppable, frozen=True, kw_only=True):
    """A guard team, vehicle, interpreter or safe room by its call sign. `size`: how many of its
    kind it is; a team of four guards is 4, a pair of vehicles 2.
    """

    name: str
    kind: str
    size: int = 1
    base: str | None = None
    note: str | None = None


class Need(Period, frozen=True, kw_only=True):
    """How many of a kind of resource a site or journey needs in a period."""

    subject: str
    kind: str
    size: int = 1


class Assignment(Period, frozen=True, kw_only=True):
    """A resource is with a site, journey or case for a period."""

    resource: int
    subject: str


#: The post of whoever has the watch, which must never be empty.
DUTY = "duty officer"


class Turn(Period, frozen=True, kw_only=True):
    """A turn of watch: an account holds a post."""

    post: str
    holder: str


class CallPoint(Record, frozen=True, kw_only=True):
    """A place on a journey at which it reports by a time."""

    name: str
    due_at: datetime


class Clearance(Record, frozen=True, kw_only=True):
    """Leave for a journey: its routes in words, its call points in order; no coordinates.

    `journey` is a register entry ("journeys:ID"), None for one that is not registered. `people`
    is a count.
    """

    n: int = 0
    title: str
    journey: str | None = None
    people: int
    starts_at: datetime
    ends_at: datetime
    route: str
    alternate: str | None = None
    points: tuple[CallPoint, ...] = ()
    state: str = "asked"
    asked_by: str
    asked_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


class Inquiry(Droppable, frozen=True, kw_only=True):
    """A request for information, to an office, a site or a feed."""

    question: str
    asked_of: str
    case: int | None = None
    due_at: datetime | None = None
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None


class Verification(Droppable, frozen=True, kw_only=True):
    """Somebody was asked whether what an alert tells is so.

    `alert` is its id; `revision`: how often it had been told when it was asked, so that one of
    which more is known since does not pass for verified. `asked_of` is an office, a site or a
    source. `finding` is None until there is one, `note` how it is known.
    """

    alert: str
    revision: int
    asked_of: str
    due_at: datetime | None = None
    finding: str | None = None
    note: str | None = None
    found_by: str | None = None
    found_at: datetime | None = None


class Assurance(Droppable, frozen=True, kw_only=True):
    """A measure at a site as somebody found it; it counts as fresh for `good_days` days."""

    site: str
    measure: str
    finding: str
    good_days: int = 30
    note: str | None = None


class Paper(Droppable, frozen=True, kw_only=True):
    """One of the desk's papers; what it says is in its versions. `first_at` to `last_at` is the
    period that it tells of.
    """

    kind: str
    title: str
    marking: str
    first_at: datetime
    last_at: datetime
    version: int = 1
    case: int | None = None
    site: str | None = None


class Evidence(Record, frozen=True, kw_only=True):
    """What a sentence rests on: something in the record, what it says there, from when it is.

    `kind`: report incident alert case log task head_count check_in assignment need turn clearance
    inquiry commitment feed assurance
    verification. For a report `start` and `end` are code points of its text
    and `says` is what stands there. `stale`: too old, when the paper was drafted, to be relied on.
    """

    kind: str
    id: str
    says: str
    at: datetime | None = None
    start: int | None = None
    end: int | None = None
    stale: bool = False


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence of a paper. `author` is None for one drafted from the record, else who wrote or
    changed it.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    author: str | None = None

    @property
    def stale(self) -> bool:
        """Whether any of its evidence is too old."""
        return any(e.stale for e in self.evidence)


class Section(Record, frozen=True, kw_only=True):
    """A heading with its sentences."""

    title: str
    sentences: tuple[Sentence, ...] = ()


class Version(Record, frozen=True, kw_only=True):
    """What a paper said from a moment on."""

    paper: int
    version: int
    at: datetime
    author: str
    sections: tuple[Section, ...]
