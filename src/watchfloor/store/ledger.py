"""The ledger in the record: what each report tells of, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from sqlalchemy import delete, insert, select

from watchfloor.ledger import Commitment, Deed, deeds_of, find, follow
from watchfloor.records import CodedReport
from watchfloor.store import tables as t
from watchfloor.store.database import Session
from watchfloor.store.rows import day


def keep_commitments(session: Session, coded: CodedReport) -> None:
    """Replace the report's lines in the ledger."""
    for table in (t.commitment, t.deed):
        session.execute(delete(table).where(table.c.report == coded.report.id))
    lines = [
        {
            "id": line.id, "kind": line.kind, "report": line.report, "event": line.event,
            "who": _name(line.who), "whom": _name(line.whom), "said_on": day(line.said),
            "due": day(line.due), "doc": msgspec.json.encode(line).decode(),
        }
        for line in find(coded)
    ]  # fmt: skip
    deeds = [
        {"report": d.report, "event": d.event, "type": d.type, "day": day(d.day),
         "doc": msgspec.json.encode(d).decode()}
        for d in deeds_of(coded)
    ]  # fmt: skip
    if lines:
        session.execute(insert(t.commitment), lines)
    if deeds:
        session.execute(insert(t.deed), deeds)


def commitments(
    session: Session,
    today: date,
    first: date | None = None,
    last: date | None = None,
    kinds: Iterable[str] = (),
) -> list[Commitment]:
    """The ledger, the latest said first, told once where several reports tell of one incident.

    `today` is the day by which what is due is overdue. A telling that names more (a recipient, a
    deadline) stands for those that name less.
    """
    c = t.commitment.c
    query = select(c.doc, t.event.c.incident).join(
        t.event, (t.event.c.report == c.report) & (t.event.c.id == c.event)
    )
    if first:
        query = query.where(c.said_on >= first)
    if last:
        query = query.where(c.said_on <= last)
    if wanted := list(kinds):
        query = query.where(c.kind.in_(wanted))
    best: dict[tuple[str, str], Commitment] = {}
    for doc, incident in session.execute(query.order_by(c.n)):
        line = msgspec.json.decode(doc, type=Commitment)
        key = (line.kind, incident or line.id)
        if key not in best or _fullness(line) > _fullness(best[key]):
            best[key] = line
    since = min((line.said for line in best.values() if line.said), default=None)
    rows = select(t.deed.c.doc).order_by(t.deed.c.n)
    if since:
        rows = rows.where(t.deed.c.day >= day(since))
    deeds = [msgspec.json.decode(doc, type=Deed) for doc in session.scalars(rows)]
    told = follow(best.values(), deeds, today.isoformat())
    return sorted(told, key=lambda line: (line.said or "", line.id), reverse=True)


def _fullness(line: Commitment) -> int:
    return sum(x is not None for x in (line.who, line.whom, line.due, line.place))


def _name(side: object) -> str | None:
    return getattr(side, "name", None) or getattr(side, "text", None)
