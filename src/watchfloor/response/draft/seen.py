"""What a paper may tell of: the record as it stood when the paper was drafted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from watchfloor.records import Record
from watchfloor.response.records import (
    Assignment,
    Assurance,
    Case,
    CheckIn,
    Clearance,
    Evidence,
    HeadCount,
    Inquiry,
    LogEntry,
    Need,
    Resource,
    Task,
    Turn,
    Verification,
)


class Told(Record, frozen=True, kw_only=True):
    """An incident in words. `harm` pairs a kind with a number as said, and is empty where no
    report says; `differs` says field by field what accounts say that do not agree. `quotes` are
    the words of the reports that tell of it: without any, nothing is said of it.
    """

    id: str
    type: str
    what: str
    where: str
    when: str
    status: str
    harm: tuple[tuple[str, str], ...] = ()
    sources: int = 1
    differs: tuple[str, ...] = ()
    quotes: tuple[Evidence, ...] = ()


class Raised(Record, frozen=True, kw_only=True):
    """An alert in words; `entry` is the register entry that it is for. `revision`: how often it was
    told; `verified`: the verification that counts, None where nobody was asked.
    """

    id: str
    incident: str
    entry: str
    severity: str
    state: str
    because: str
    at: datetime
    revision: int = 1
    verified: Verification | None = None


class Feeding(Record, frozen=True, kw_only=True):
    """A feed and how it fares."""

    name: str
    address: str
    state: str
    country: str | None = None
    answered_at: datetime | None = None


class Promised(Record, frozen=True, kw_only=True):
    """A line of the ledger in words, and the words of the report that it comes from."""

    says: str
    status: str
    quote: Evidence


class Seen(Record, frozen=True, kw_only=True):
    """Everything that a paper may tell of: from `first` to `last`, seen at `now`.

    `site` narrows it to one register entry, `country` is where that is. `names`: what register
    entries and the like are called. `before` holds the incidents of the same time before, None
    where the paper does not compare.
    """

    now: datetime
    first: datetime
    last: datetime
    site: str | None = None
    country: str | None = None
    names: Mapping[str, str] = {}
    feeds: tuple[Feeding, ...] = ()
    incidents: tuple[Told, ...] = ()
    before: tuple[Told, ...] | None = None
    alerts: tuple[Raised, ...] = ()
    cases: tuple[Case, ...] = ()
    logs: tuple[LogEntry, ...] = ()
    tasks: tuple[Task, ...] = ()
    counts: tuple[HeadCount, ...] = ()
    places: tuple[str, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    resources: tuple[Resource, ...] = ()
    needs: tuple[Need, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    turns: tuple[Turn, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    assurances: tuple[Assurance, ...] = ()
    promises: tuple[Promised, ...] = ()

    def called(self, subject: str) -> str:
        """The name of a site, journey or case; what it is written as where it has none."""
        return self.names.get(subject, subject.replace(":", " "))

    @property
    def where(self) -> str:
        """The site that it is narrowed to, in words."""
        return f"at {self.called(self.site)}" if self.site else "where the desk watches"
