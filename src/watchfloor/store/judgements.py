"""What persons decide: merge, split, move, correct, grade, mark; kept beside what was found.

A judgement names events by where their words stand in a report, so that it still holds when the
report is coded again by a newer coder. It is undone by a mark, never by deleting it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Any

import msgspec
from sqlalchemy import func, insert, select, update

from watchfloor.errors import InputError, StoreError
from watchfloor.ledger import STATUSES
from watchfloor.merge import NodeKey, identity
from watchfloor.records import CodedReport, Event, Record
from watchfloor.store import tables as t
from watchfloor.store.corrections import FIELDS, checked
from watchfloor.store.database import Session
from watchfloor.store.memory import Stored, some

KINDS = ("merge", "split", "move", "correct", "grade", "false", "duplicate", "settle")
#: Log-odds that outweigh every machine's doubt: what a person says is certain here.
CERTAIN = 1e6


class Anchor(Record, frozen=True, kw_only=True):
    """An event, named by the span of its trigger in a report."""

    report: str
    start: int
    end: int


class Judgement(Record, frozen=True, kw_only=True):
    """One decision.

    `merge`: `events` and `others` are one happening. `split`: they are not. `move`: `events` are
    none of `others`, but one with `into`. `correct`: `field` of `events` is `value`. `grade`:
    `field` ("outlet:NAME", "source:NAME") has the Admiralty grade `value`, such as "B"; where
    `events` are named, in their reports alone, and "B2" grades what it said there too. `false`:
    `events` are no events. `duplicate`: the report `field` is a copy of the report `value`.
    `settle`: the line of the ledger that the first of `events` is has the status `value`.
    """

    kind: str
    author: str
    reason: str
    made_at: datetime
    events: tuple[Anchor, ...] = ()
    others: tuple[Anchor, ...] = ()
    into: tuple[Anchor, ...] = ()
    field: str | None = None
    value: Any = None
    id: str = ""
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_reason: str | None = None

    @property
    def reports(self) -> frozenset[str]:
        """Every report that it speaks of."""
        named = {a.report for a in (*self.events, *self.others, *self.into)}
        if self.kind == "duplicate":
            named |= {str(self.field), str(self.value)}
        return frozenset(named)


def record(session: Session, judgement: Judgement) -> Judgement:
    """Keep a judgement; it comes back with its id. Raises InputError where it makes no sense."""
    _check(judgement)
    body = msgspec.to_builtins(judgement)
    before = session.scalar(select(func.count()).select_from(t.judgement))
    made = msgspec.structs.replace(judgement, id="j" + identity("judgement", body, before))
    session.execute(
        insert(t.judgement).values(
            id=made.id, kind=made.kind, author=made.author, reason=made.reason,
            made_at=made.made_at, doc=msgspec.json.encode(made).decode(),
        )
    )  # fmt: skip
    if rows := [{"judgement": made.id, "report": r} for r in sorted(made.reports)]:
        session.execute(insert(t.judged), rows)
    return made


def mark_undone(session: Session, id: str, author: str, reason: str, at: datetime) -> Judgement:
    """Mark a judgement as undone. Raises StoreError where there is none, or it is undone."""
    found = next(iter(judgements(session, ids=[id], undone=True)), None)
    if found is None:
        raise StoreError("no such judgement", where=id)
    if found.undone_at is not None:
        raise StoreError(f"was undone by {found.undone_by} already", where=id)
    values = {"undone_at": at, "undone_by": author, "undone_reason": reason}
    session.execute(update(t.judgement).where(t.judgement.c.id == id).values(values))
    return msgspec.structs.replace(found, **values)


def judgements(
    session: Session,
    reports: Iterable[str] | None = None,
    ids: Iterable[str] | None = None,
    undone: bool = False,
    kinds: Iterable[str] = (),
) -> list[Judgement]:
    """Judgements in the order made: of these reports, with these ids, of these kinds, or all."""
    query = select(t.judgement).order_by(t.judgement.c.n)
    if wanted := list(kinds):
        query = query.where(t.judgement.c.kind.in_(wanted))
    if not undone:
        query = query.where(t.judgement.c.undone_at.is_(None))
    if ids is not None:
        query = query.where(t.judgement.c.id.in_(list(ids)))
    if reports is None:
        return [_judgement(row) for row in session.execute(query)]
    found: dict[int, Judgement] = {}
    for part in some(sorted(set(reports))):
        named = select(t.judged.c.judgement).where(t.judged.c.report.in_(part))
        for row in session.execute(query.where(t.judgement.c.id.in_(named))):
            found[row.n] = _judgement(row)
    return [found[n] for n in sorted(found)]


def event_at(coded: CodedReport, anchor: Anchor) -> Event | None:
    """The event that an anchor names: the trigger that overlaps most, else the one event of the
    sentence; None where the coder no longer finds one.
    """
    overlap = {
        e.id: min(e.trigger.end, anchor.end) - max(e.trigger.start, anchor.start)
        for e in coded.events
    }
    best = max(coded.events, key=lambda e: overlap[e.id], default=None)
    if best is not None and overlap[best.id] > 0:
        return best
    near = [e for e in coded.events if e.sentence.start <= anchor.start < e.sentence.end]
    return near[0] if len(near) == 1 else None


class Judged(Stored):
    """The merger's memory with what persons decided laid over it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        standing = select(t.judgement.c.id).where(t.judgement.c.undone_at.is_(None))
        named = select(t.judged.c.report).where(t.judged.c.judgement.in_(standing)).distinct()
        #: Reports of which some standing judgement speaks.
        self.reports_judged = frozenset(session.scalars(named))

    def near(self, keys: Iterable[NodeKey]) -> Mapping[NodeKey, Mapping[NodeKey, float]]:
        """As in `Memory`; a judged pair is certain."""
        wanted = list(keys)
        found = {key: dict(pairs) for key, pairs in super().near(wanted).items()}
        for one, two, odds in self._links({report for report, _ in wanted}):
            for left, right in ((one, two), (two, one)):
                if left in found and left != right:
                    found[left][right] = odds
        return found

    def _links(self, reports: Iterable[str]) -> Iterable[tuple[NodeKey, NodeKey, float]]:
        spoken_of = self.reports_judged.intersection(reports)
        for judged in judgements(self._session, spoken_of) if spoken_of else ():
            events, others = self._keys(judged.events), self._keys(judged.others)
            if judged.kind == "merge":
                yield from ((a, b, CERTAIN) for a, b in product(events, others))
            elif judged.kind in {"split", "move"}:
                yield from ((a, b, -CERTAIN) for a, b in product(events, others))
                into = self._keys(judged.into)
                yield from ((a, b, CERTAIN) for a, b in product(events, into))

    def _keys(self, anchors: Sequence[Anchor]) -> list[NodeKey]:
        """The nodes that hold the anchors' events."""
        found = []
        for anchor in anchors:
            query = select(t.event.c.id).where(
                t.event.c.report == anchor.report,
                t.event.c.start < anchor.end,
                t.event.c.end > anchor.start,
            )
            event = self._session.scalar(query.order_by(t.event.c.start))
            for node in self.nodes(self.of_report(anchor.report) or ()).values():
                if event in node.events:
                    found.append(node.key)
        return found


def _judgement(row: Any) -> Judgement:
    made = msgspec.json.decode(row.doc, type=Judgement)
    return msgspec.structs.replace(
        made, undone_at=row.undone_at, undone_by=row.undone_by, undone_reason=row.undone_reason
    )


def _check(judgement: Judgement) -> None:
    where = f"judgement {judgement.kind!r}"
    if judgement.kind not in KINDS:
        raise InputError("no such kind", where=where, right=f"one of {', '.join(KINDS)}")
    if not judgement.reason.strip():
        raise InputError("has no reason", where=where, right="say why, in a few words")
    if not judgement.author.strip():
        raise InputError("has no author", where=where, right="say who decides")
    if judgement.kind == "correct":
        if judgement.field not in FIELDS:
            raise InputError(
                f"no such field {judgement.field!r}",
                where=where,
                right=f"one of {', '.join(FIELDS)}",
            )
        checked(judgement.field, judgement.value)
    if judgement.kind == "settle" and judgement.value not in STATUSES:
        raise InputError(f"no such status {judgement.value!r}", where=where,
                         right=f"one of {', '.join(STATUSES)}")  # fmt: skip
    needs = {"merge": "others", "split": "others", "move": "into"}.get(judgement.kind)
    if judgement.kind not in {"grade", "duplicate"} and not judgement.events:
        raise InputError("names no event", where=where)
    if needs and not getattr(judgement, needs):
        raise InputError(f"names no {needs}", where=where)
