"""The record: what was read, found, merged and judged, in SQLite or PostgreSQL."""

from watchfloor.store.changes import Change, changes_since, stranded
from watchfloor.store.database import Database, Session, check
from watchfloor.store.decide import anchors_of, grade_feed, hold_table, judge, parted, undo
from watchfloor.store.incidents import incident_columns
from watchfloor.store.ingest import Arrival, Outcome, Put, known_reports, put
from watchfloor.store.judgements import Anchor, Judgement, judgements
from watchfloor.store.ledger import anchor_of, commitment_of, commitments
from watchfloor.store.markings import MARKINGS
from watchfloor.store.queries import (
    Filter,
    Hit,
    Row,
    StoredReport,
    count_all,
    count_outdated,
    find_incidents,
    find_reports,
    history_of,
    incident_of,
    near,
    outdated,
    report_of,
    stream_incidents,
)

__all__ = [
    "MARKINGS",
    "Anchor",
    "Arrival",
    "Change",
    "Database",
    "Filter",
    "Hit",
    "Judgement",
    "Outcome",
    "Put",
    "Row",
    "Session",
    "StoredReport",
    "anchor_of",
    "anchors_of",
    "changes_since",
    "check",
    "commitment_of",
    "commitments",
    "count_all",
    "count_outdated",
    "find_incidents",
    "find_reports",
    "grade_feed",
    "history_of",
    "hold_table",
    "incident_columns",
    "incident_of",
    "judge",
    "judgements",
    "known_reports",
    "near",
    "outdated",
    "parted",
    "put",
    "report_of",
    "stranded",
    "stream_incidents",
    "undo",
]
