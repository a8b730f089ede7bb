"""Write an export: one state of the record, page by page, with what left and what was held back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from watchfloor.export.choose import Request, Tally, check, chosen
from watchfloor.export.columns import EVENTS, INCIDENTS
from watchfloor.export.formats import WRITERS
from watchfloor.export.mask import masked
from watchfloor.export.rows import event_row, incident_row
from watchfloor.records import Record
from watchfloor.store import Row, Session
from watchfloor.store.outgoing import events_of, private_names

FORMATS = tuple(WRITERS)
#: Incidents read at once with their events and names.
PAGE = 500


class Exported(Record, frozen=True, kw_only=True):
    """What left, for the audit log: the request, how many rows of how many incidents, how many
    incidents their marking held back, the labels that left, and the digest of the bytes.
    """

    request: Request
    at: datetime
    rows: int
    incidents: int
    held_back: int
    markings: tuple[str, ...]
    sha256: str


def export(session: Session, request: Request, out: BinaryIO, at: datetime) -> Exported:
    """Write what a request asks for into `out`; what left, for whoever keeps the audit log.

    `session` is a reading one: all of it is of one state of the record. Memory holds a page.
    Raises InputError where the request makes no sense or is not allowed.
    """
    check(request, FORMATS)
    tally = Tally()
    columns = INCIDENTS if request.what == "incidents" else EVENTS
    seen = _Counted(out)
    rows = WRITERS[request.format](seen, columns, _rows(session, request, tally))
    return Exported(
        request=request, at=at, rows=rows, incidents=tally.given, held_back=tally.held_back,
        markings=tuple(sorted(tally.markings)), sha256=seen.digest.hexdigest(),
    )  # fmt: skip


def _rows(session: Session, request: Request, tally: Tally) -> Iterator[dict[str, Any]]:
    waiting = chosen(session, request, tally)
    while page := list(islice(waiting, PAGE)):
        reports = {r for row in page for r in row.incident.reports}
        names = {} if request.names else private_names(session, reports)
        if request.what == "events":
            known = {row.id: row for row in page}
            for told in events_of(session, known):
                private = names.get(told.report, ())
                yield event_row(told, known[told.incident], private, request.coarse_km)
            continue
        for row in page:
            hidden = msgspec.structs.replace(row, incident=masked(row.incident, names))
            yield _whole(hidden) if request.format == "jsonl" else incident_row(hidden)


def _whole(row: Row) -> dict[str, Any]:
    """An incident with its accounts, as `merge` prints it, with what the record adds."""
    doc: dict[str, Any] = msgspec.to_builtins(row.incident)
    return {**doc, "marking": row.marking, "first_seen": row.first_at, "updated": row.updated_at}


class _Counted(io.RawIOBase):
    """A stream that keeps the digest of what is written through it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._written = 0
        self.digest = sha256()

    def write(self, data: Any, /) -> int:
        """Pass on and count."""
        size = len(memoryview(data))
        self.digest.update(data)
        self._out.write(data)
        self._written += size
        return size

    def tell(self) -> int:
        """Bytes so far."""
        return self._written

    def writable(self) -> bool:
        """It is."""
        return True
