"""The register as the desk holds it: taken in, put back, and what touched an entry over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from fastapi import HTTPException, Request

from watchfloor.desk.frame import settings
from watchfloor.desk.orders import orders
from watchfloor.desk.register_files import taken
from watchfloor.desk.serve import must, record
from watchfloor.live.register import keep_entries, keep_register, kept_register
from watchfloor.records import Record
from watchfloor.store import Filter, Row, Session, find_incidents
from watchfloor.store.queue import Wanted, queue_months
from watchfloor.store.register import Entry, entries
from watchfloor.watch import Rules, why
from watchfloor.watch.said import Said

#: Days for which what happened near an entry is listed, and held against a register just imported.
RECENT = 30
#: Months over which an entry's alerts are counted.
MONTHS = 13
#: How many times the radius of a site is looked around.
AROUND = 3.0


class TakenIn(Record, frozen=True, kw_only=True):
    """What became of files that were sent as the register: what is wrong with them, or else how
    many entries are new, changed and gone, how many alerts that raised or changed, and the
    entries that were there before, which can be put back.
    """

    problems: tuple[str, ...] = ()
    new: int = 0
    changed: int = 0
    gone: int = 0
    alerts: int = 0
    before: tuple[Entry, ...] = ()


class Near(Record, frozen=True, kw_only=True):
    """An incident near a site, and why it raised an alert or none: `why` in words, `said` the same
    as sentences with their values apart.
    """

    row: Row
    why: tuple[str, ...]
    said: tuple[Said, ...] = ()

    @property
    def id(self) -> str:
        """The incident's."""
        return self.row.id


class Month(Record, frozen=True, kw_only=True):
    """How many alerts of a month (`2031-03`) touch an entry, by severity."""

    month: str
    alerts: dict[str, int]


def take_in(request: Request, given: Mapping[str, bytes]) -> TakenIn:
    """Make CSV files, by name, the register, if every line of them holds."""
    register, problems = taken(given, settings(request))
    if problems:
        return TakenIn(problems=tuple(problems))
    now = datetime.now(UTC)
    with record(request).writing() as session:
        before = entries(session)
        keep_register(session, register, must(request), now)
        after = entries(session)
        raised = _held(request, session, now)
    old, new = ({(e.kind, e.id): e.doc for e in some} for some in (before, after))
    both = old.keys() & new.keys()
    return TakenIn(
        new=len(new.keys() - old.keys()), changed=sum(old[key] != new[key] for key in both),
        gone=len(old.keys() - new.keys()), alerts=raised, before=tuple(before),
    )  # fmt: skip


def put_back(request: Request, given: Sequence[Entry]) -> int:
    """Make these entries the register; how many alerts that raised or changed.

    Raises InputError for an entry that is none.
    """
    now = datetime.now(UTC)
    with record(request).writing() as session:
        keep_entries(session, given, must(request), now)
        return _held(request, session, now)


def entry_of(session: Session, kind: str, id: str) -> Entry:
    """An entry. Raises 404 where there is none."""
    for one in entries(session):
        if (one.kind, one.id) == (kind, id):
            return one
    raise HTTPException(404, f"no such entry of the register: {kind}:{id}")


def near(session: Session, one: Entry, rules: Rules) -> list[Near]:
    """What happened near a site of late, the nearest first; nothing for what is no site."""
    lat, lon = one.doc.get("lat"), one.doc.get("lon")
    if lat is None or lon is None:
        return []
    first = datetime.now(UTC).date() - timedelta(days=RECENT)
    within = (lat, lon, AROUND * one.doc["radius_km"])
    rows = find_incidents(session, Filter(first=first, within=within), limit=40)
    register = kept_register(session)
    found = []
    for row in sorted(rows, key=lambda r: r.distance_km or 0.0):
        said = why(row.incident, f"{one.kind}:{one.id}", register, rules, {})[-2:]
        found.append(Near(row=row, why=tuple(map(str, said)), said=tuple(said)))
    return found


def months(session: Session, one: Entry) -> list[Month]:
    """The alerts of an entry in the last months, the earliest first."""
    counts = queue_months(session, Wanted(entry=f"{one.kind}:{one.id}"))
    names = last_months(datetime.now(UTC).date(), MONTHS)
    return [Month(month=name, alerts=dict(counts.get(name, Counter()))) for name in names]


def last_months(today: date, count: int) -> list[str]:
    """The last months up to a day's own, the earliest first."""
    number = today.year * 12 + today.month - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(number - count + 1, number + 1)]


def _held(request: Request, session: Session, at: datetime) -> int:
    """Hold what happened of late against the register; how many alerts changed."""
    first = at.date() - timedelta(days=RECENT)
    ids = [row.id for row in find_incidents(session, Filter(first=first), limit=2000)]
    return orders(request).in_step(session, ids)
