"""What became of the record since a moment: which incidents say something else, and what a newer
coder no longer finds of what persons judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select

from watchfloor.records import Record
from watchfloor.store import tables as t
from watchfloor.store.database import Session
from watchfloor.store.judgements import Judgement, event_at, judgements
from watchfloor.store.queries import report_of


class Change(Record, frozen=True, kw_only=True):
    """An incident that changed. `fields`: by name, what it was and what it is; all of them new
    where `is_new`. `gone_into`: the incident that took over its members, "" where none did.
    """

    incident: str
    fields: dict[str, tuple[Any, Any]]
    is_new: bool = False
    gone_into: str | None = None


def changes_since(session: Session, at: datetime) -> Iterator[Change]:
    """The incidents that changed at or after a moment, by id."""
    h = t.history.c
    query = select(h.incident).where(h.at >= at).distinct()
    ended = select(t.incident.c.id).where(
        t.incident.c.gone_into.is_not(None), t.incident.c.updated_at >= at
    )
    for incident in session.scalars(query.union(ended).order_by("incident")).all():
        said = select(h.doc).where(h.incident == incident).order_by(h.n.desc()).limit(1)
        now = session.scalar(said)
        before = session.scalar(said.where(h.at < at))
        gone = session.scalar(select(t.incident.c.gone_into).where(t.incident.c.id == incident))
        old, new = ({} if doc is None else msgspec.json.decode(doc) for doc in (before, now))
        fields = {k: (old.get(k), v) for k, v in new.items() if old.get(k) != v}
        if fields or gone is not None:
            yield Change(incident=incident, fields=fields, is_new=before is None, gone_into=gone)


def stranded(session: Session) -> list[Judgement]:
    """Standing judgements that name an event which the coder no longer finds."""
    lost = []
    for judged in judgements(session):
        for anchor in (*judged.events, *judged.others, *judged.into):
            stored = report_of(session, anchor.report)
            if stored is None or event_at(stored.coded, anchor) is None:
                lost.append(judged)
                break
    return lost
