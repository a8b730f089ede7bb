"""The ledger in the record: what each report tells of, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, insert, select

from watchfloor.ledger import Commitment, Deed, Evidence, deeds_of, find, follow, fullest
from watchfloor.records import CodedReport
from watchfloor.store import tables as t
from watchfloor.store.database import Session
from watchfloor.store.judgements import Anchor, Judgement, judgements
from watchfloor.store.rows import day


def keep_commitments(session: Session, many: Sequence[CodedReport]) -> None:
    """Replace the lines of these reports in the ledger."""
    ids = [coded.report.id for coded in many]
    for table in (t.commitment, t.deed):
        session.execute(delete(table).where(table.c.report.in_(ids)))
    lines = [
        {
            "id": line.id, "kind": line.kind, "report": line.report, "event": line.event,
            "who": _name(line.who), "whom": _name(line.whom), "said_on": day(line.said),
            "due": day(line.due), "doc": msgspec.json.encode(line).decode(),
        }
        for coded in many
        for line in find(coded)
    ]  # fmt: skip
    deeds = [
        {"report": d.report, "event": d.event, "type": d.type, "day": day(d.day),
         "doc": msgspec.json.encode(d).decode()}
        for coded in many
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
    statuses: Iterable[str] = (),
) -> list[Commitment]:
    """The ledger, the latest said first, told once where several reports tell of one incident.

    `today` is the day by which what is due is overdue. A telling that names more (a recipient, a
    deadline) stands for those that name less. What a person settled stands, with the reason.
    """
    told = _lines(session, first, last, kinds)
    since = min((line.said for line in told if line.said), default=None)
    rows = select(t.deed.c.doc).order_by(t.deed.c.n)
    if since:
        rows = rows.where(t.deed.c.day >= day(since))
    decoder = msgspec.json.Decoder(Deed)
    deeds = (decoder.decode(doc) for doc in session.scalars(rows))
    lines = _settled(session, follow(told, deeds, today.isoformat()))
    wanted = set(statuses)
    kept = (line for line in lines if not wanted or line.status in wanted)
    return sorted(kept, key=lambda line: (line.said or "", line.id), reverse=True)


def commitment_of(session: Session, id: str, today: date) -> Commitment | None:
    """One line by its id, None where there is none; a telling that another stands for is that."""
    found = session.execute(
        select(t.commitment.c.said_on, t.commitment.c.kind).where(t.commitment.c.id == id)
    ).one_or_none()
    if found is None:
        return None
    lines = commitments(session, today, kinds=[found.kind])
    return next((line for line in lines if line.id == id), None)


def anchor_of(line: Commitment) -> Anchor:
    """The words by which a judgement names a line."""
    return Anchor(report=line.report, start=line.what.start, end=line.what.end)


def _lines(
    session: Session, first: date | None, last: date | None, kinds: Iterable[str]
) -> list[Commitment]:
    """The fullest telling of each line."""
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
    decoder = msgspec.json.Decoder(Commitment)
    rows = session.execute(query.order_by(c.n))
    return fullest((decoder.decode(doc), incident) for doc, incident in rows)


def _settled(session: Session, lines: Iterable[Commitment]) -> list[Commitment]:
    """The lines with what persons said became of them; a later word goes before an earlier."""
    said: dict[str, list[Judgement]] = {}
    for judged in judgements(session, kinds=["settle"]):
        said.setdefault(judged.events[0].report, []).append(judged)
    made = []
    for line in lines:
        for judged in said.get(line.report, ()):
            anchor = judged.events[0]
            if anchor.start < line.what.end and line.what.start < anchor.end:
                word = Evidence(report=line.report, event=line.event, bears=str(judged.value),
                                because=f"{judged.author}: {judged.reason}")  # fmt: skip
                line = replace(line, status=str(judged.value), evidence=(*line.evidence, word))  # noqa: PLW2901 - laid over one after the other
        made.append(line)
    return made


def _name(side: object) -> str | None:
    return getattr(side, "name", None) or getattr(side, "text", None)
