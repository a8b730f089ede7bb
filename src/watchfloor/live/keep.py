"""Reports as received -> coded, kept and merged; the way in for `ingest` and for the watch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from watchfloor.flow import CODER, code_reports
from watchfloor.read import Received
from watchfloor.records import CodedReport
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Outcome, Put, Session, put


def coded_arrivals(
    some: Sequence[Received], settings: Settings, at: datetime, marking: str = "CLEAR"
) -> list[Arrival]:
    """Code reports; one that cannot be coded is kept with its problems."""
    done = code_reports((r.report for r in some if r.coded), settings)
    arrivals = []
    for received in some:
        coded = next(done) if received.coded else CodedReport(report=received.report)
        coded = replace(coded, problems=(*received.problems, *coded.problems))
        arrivals.append(
            Arrival(coded=coded, received_at=at, raw=received.raw, coder=CODER, marking=marking)
        )
    return arrivals


def keep(session: Session, arrivals: Sequence[Arrival]) -> Put:
    """Keep coded reports; nothing happens where there are none."""
    return put(session, arrivals) if arrivals else Put(outcomes=(), incidents=())


__all__ = ["Outcome", "coded_arrivals", "keep"]
