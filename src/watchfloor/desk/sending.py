"""Sending a report in, by a page or by a program: it is coded, kept and merged, alerts follow."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from fastapi import Request
from msgspec.structs import replace

from watchfloor.desk.frame import settings
from watchfloor.desk.orders import orders
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.live.keep import coded_arrivals
from watchfloor.read import Received
from watchfloor.records import Record, Report
from watchfloor.store import put

#: The longest report, characters.
LONGEST = 200_000


class Sent(Record, frozen=True, kw_only=True):
    """What became of a report that was sent in, and the incidents that it tells of or changed."""

    report: str
    outcome: str
    incidents: tuple[str, ...]


def sent_in(request: Request, report: Report, marking: str) -> Sent:
    """Code a report and keep it; an empty id becomes the hash of what it says.

    Raises InputError for a text that says nothing or too much, or an id that cannot be printed.
    """
    if not report.text.strip() or len(report.text) > LONGEST:
        right = f"1 to {LONGEST} characters"
        raise InputError("says nothing, or too much", where="report", right=right)
    if not report.id.isprintable():
        raise InputError("is no id", where=repr(report.id), right="printable characters")
    made = sha256(f"{report.title}\n{report.text}".encode()).hexdigest()[:20]
    whole = replace(report, id=report.id or f"desk:{made}")
    now = datetime.now(UTC)
    arrivals = coded_arrivals([Received(report=whole)], settings(request), now, marking)
    with record(request).writing() as session:
        kept = put(session, arrivals)
        orders(request).in_step(session, kept.incidents)
    ((id, outcome),) = kept.outcomes
    return Sent(report=id, outcome=outcome, incidents=tuple(kept.incidents))
