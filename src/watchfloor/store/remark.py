"""Another marking for a kept report: narrower at once, freer by two people where it takes two."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from watchfloor.errors import InputError, StoreError
from watchfloor.store import tables as t
from watchfloor.store.audit import note
from watchfloor.store.database import Session
from watchfloor.store.ingest import retake
from watchfloor.store.markings import MARKINGS
from watchfloor.store.queries import report_of
from watchfloor.store.releases import Release, Wanted, propose, takes_two

#: The kind of a release that is leave to mark a report more freely: `to` is the new marking.
REMARK = "re-mark report"


def remark(session: Session, report: str, marking: str, reason: str, who: str, at: datetime) -> (
    tuple[str, ...] | Release
):  # fmt: skip
    """Mark a report otherwise; the incidents that changed, which bear the narrowest marking of
    their reports. Where it is marked so that a release takes two people, a freer marking is only
    proposed, and the proposal comes back.

    Raises InputError for an unknown marking, the one it has, or no reason; StoreError for no such
    report.
    """
    if marking not in MARKINGS:
        raise InputError("no such TLP label", where=marking, right=f"one of {', '.join(MARKINGS)}")
    if not reason.strip():
        raise InputError("has no reason", where=f"report {report}", right="say why")
    stored = report_of(session, report)
    if stored is None:
        raise StoreError("no such report", where=report)
    if stored.marking == marking:
        raise InputError(f"is marked {marking} already", where=f"report {report}")
    freer = MARKINGS.index(marking) < MARKINGS.index(stored.marking)
    if freer and takes_two(stored.marking):
        wanted = Wanted(kind=REMARK, subject=report, marking=stored.marking, to=marking,
                        reason=reason)  # fmt: skip
        return propose(session, wanted, who, at)
    return _marked(session, report, (stored.marking, marking), reason, (who, at))


def remark_approved(session: Session, leave: Release, at: datetime) -> tuple[str, ...]:
    """Mark a report as another person approved; nothing where it was marked otherwise meanwhile."""
    stored = report_of(session, leave.subject)
    if leave.state != "approved" or stored is None or stored.marking != leave.marking:
        return ()
    by = (leave.decided_by or leave.proposed_by, at)
    return _marked(session, leave.subject, (leave.marking, leave.to), leave.reason, by)


def _marked(
    session: Session, report: str, change: tuple[str, str], reason: str, by: tuple[str, datetime]
) -> tuple[str, ...]:
    (old, new), (who, at) = change, by
    session.execute(update(t.report).where(t.report.c.id == report).values(marking=new))
    told = {"from": old, "to": new, "reason": reason}
    note(session, who, "marked", f"report {report}", at, told)
    return retake(session, [report], at)
