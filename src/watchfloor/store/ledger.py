"""Keep the commitments that a report tells of."""

from __future__ import annotations

from watchfloor.records import CodedReport
from watchfloor.store.database import Session


def keep_commitments(session: Session, coded: CodedReport) -> None:
    """Replace the report's lines in the ledger."""
