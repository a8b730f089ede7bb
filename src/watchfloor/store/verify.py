"""Verification of alerts: whom the desk asked whether it is so, and what that found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from watchfloor.errors import StoreError
from watchfloor.response.records import Verification
from watchfloor.store import alerts
from watchfloor.store.database import Session
from watchfloor.store.memory import some
from watchfloor.store.response import TABLES, change, keep, one_of, standing


def verify(session: Session, one: Verification) -> Verification:
    """Keep that somebody was asked, or, with a finding, what came of it at once; the alert's log
    tells it. Raises StoreError where there is no such alert, InputError for an unknown finding.
    """
    made = keep(session, one)
    alerts.touch(session, one.alert, one.made_at)
    said = f"{one.finding}, {_of(one)}" if one.finding else _of(one)
    what = "verified" if one.finding else "verification asked"
    alerts.log(session, one.alert, one.made_at, what, one.made_by, said)
    return made


def find(
    session: Session, n: int, finding: str, note: str, who: str, at: datetime
) -> Verification:  # fmt: skip
    """Keep what a verification found; an empty finding takes it back.

    Raises StoreError where there is no such one, or it found something already; InputError for an
    unknown finding.
    """
    one = one_of(session, Verification, n)
    if finding and one.finding is not None:
        right = "take that back first, or verify it anew"
        raise StoreError(f"found already: {one.finding}", where=f"verification {n}", right=right)
    marks = {
        "finding": finding, "note": note.strip() or None, "found_by": who, "found_at": at,
    } if finding else dict.fromkeys(("finding", "note", "found_by", "found_at"))  # fmt: skip
    made = change(session, one, **marks)
    alerts.touch(session, one.alert, at)
    said = f"{finding}, {_of(made)}" if finding else f"{one.finding}, {_of(one)}"
    what = "verified" if finding else "finding taken back"
    alerts.log(session, one.alert, at, what, who, said)
    return made


def verifications(session: Session, of: Iterable[str]) -> dict[str, list[Verification]]:
    """The verifications of these alerts that stand, each alert's in the order asked."""
    found: dict[str, list[Verification]] = {}
    for part in some(sorted(set(of))):
        for one in standing(session, Verification, TABLES[Verification].c.alert.in_(part)):
            found.setdefault(one.alert, []).append(one)
    return found


def _of(one: Verification) -> str:
    return f"{one.asked_of}: {one.note}" if one.note else one.asked_of
