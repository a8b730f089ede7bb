"""The record: what was read, found, merged and judged, in SQLite or PostgreSQL."""

from watchfloor.store.database import Database, Session
from watchfloor.store.decide import anchors_of, judge, undo
from watchfloor.store.ingest import Arrival, Outcome, Put, put
from watchfloor.store.judgements import Anchor, Judgement, judgements
from watchfloor.store.queries import (
    Filter,
    Hit,
    Row,
    StoredReport,
    find_incidents,
    find_reports,
    history_of,
    incident_of,
    near,
    report_of,
    stream_incidents,
)

__all__ = [
    "Anchor",
    "Arrival",
    "Database",
    "Filter",
    "Hit",
    "Judgement",
    "Outcome",
    "Put",
    "Row",
    "Session",
    "StoredReport",
    "anchors_of",
    "find_incidents",
    "find_reports",
    "history_of",
    "incident_of",
    "judge",
    "judgements",
    "near",
    "put",
    "report_of",
    "stream_incidents",
    "undo",
]
