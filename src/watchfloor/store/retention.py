"""How long each kind is kept, what must be kept longer, and deleting what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.store import audit as log
from watchfloor.store import audit_tables as a
from watchfloor.store import desk_tables as d
from watchfloor.store import response_tables as r
from watchfloor.store import tables as t
from watchfloor.store import watch_tables as w
from watchfloor.store.blanks import blank
from watchfloor.store.database import Session
from watchfloor.store.erase import erase_report, held_reports, is_held, once_told

#: What a hold can be on; `everything` with the subject `*` stops all deleting.
HOLDS = ("report", "incident", "clearance", "journeys", "everything")
#: Reports erased in one run, so that a desk is not kept waiting.
AT_ONCE = 500


class Kind(Record, frozen=True, kw_only=True):
    """A kind of thing, and how many days it is kept."""

    days: int
    says: str


class Hold(Record, frozen=True, kw_only=True):
    """Something that must be kept, and why."""

    n: int
    kind: str
    subject: str
    reason: str
    placed_by: str
    placed_at: datetime
    lifted_by: str | None = None
    lifted_at: datetime | None = None


@cache
def defaults() -> dict[str, Kind]:
    """The kinds with how long they are kept where nothing else is set."""
    text = files("watchfloor.data").joinpath("desk_retention.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=dict[str, Kind])


def kinds(session: Session) -> dict[str, Kind]:
    """The kinds as this desk keeps them."""
    rows = session.execute(select(a.keeping))
    own = {row.kind: row.days for row in rows}
    return {
        name: msgspec.structs.replace(kind, days=own.get(name, kind.days))
        for name, kind in defaults().items()
    }


def keep_for(session: Session, kind: str, days: int, who: str, at: datetime) -> None:
    """Set how many days a kind is kept. Raises InputError for an unknown kind or less than one."""
    if kind not in defaults():
        raise InputError("no such kind", where=kind, right=f"one of {', '.join(defaults())}")
    if days < 1:
        raise InputError(f"{days} days", where=kind, right="1 or more")
    session.execute(delete(a.keeping).where(a.keeping.c.kind == kind))
    session.execute(insert(a.keeping).values(kind=kind, days=days, set_by=who, set_at=at))


def place_hold(
    session: Session, kind: str, subject: str, reason: str, who: str, at: datetime
) -> Hold:
    """Keep something whatever its age. Raises InputError for an unknown kind or no reason."""
    if kind not in HOLDS:
        raise InputError("no such kind", where=kind, right=f"one of {', '.join(HOLDS)}")
    if not reason.strip() or not subject.strip():
        raise InputError("names no reason or nothing", where="hold", right="say what and why")
    n = session.scalar(
        insert(a.hold)
        .values(kind=kind, subject=subject, reason=reason, placed_by=who, placed_at=at)
        .returning(a.hold.c.n)
    )
    return next(h for h in holds(session) if h.n == n)


def lift_hold(session: Session, n: int, who: str, at: datetime) -> None:
    """Lift a hold. Raises StoreError where there is none that stands."""
    here = update(a.hold).where(a.hold.c.n == n, a.hold.c.lifted_at.is_(None))
    if session.execute(here.values(lifted_by=who, lifted_at=at)).rowcount == 0:
        raise StoreError("no such hold, or lifted already", where=str(n))


def holds(session: Session) -> list[Hold]:
    """All holds, the newest first, lifted ones too."""
    rows = session.execute(select(a.hold).order_by(a.hold.c.n.desc()))
    return [Hold(**row._mapping) for row in rows]


def due(session: Session, at: datetime) -> dict[str, list[Any]]:
    """What is older than it is kept and not held, by kind."""
    kept = kinds(session)
    return {
        name: find(session, at - timedelta(days=kept[name].days))
        for name, (find, _) in ACTS.items()
    }


def delete_due(session: Session, who: str, at: datetime) -> dict[str, int]:
    """Delete what is due, and say so in the audit log; how many of each kind."""
    counted: dict[str, int] = {}
    for name, found in due(session, at).items():
        ACTS[name][1](session, found, who, at)
        counted[name] = len(found)
    log.note(session, who, "retention", "desk", at, counted)
    return counted


def erase(session: Session, id: str, reason: str, who: str, at: datetime) -> tuple[str, ...]:
    """Erase a report on request, with what papers quote of it and what was typed about it (the
    particulars of its lines in the audit log); the incidents that changed come back.

    Raises InputError without a reason, StoreError where there is none or it is held.
    """
    if not reason.strip():
        raise InputError("has no reason", where=f"report {id}", right="say why, in a few words")
    if is_held(session, "report", id) or id in held_reports(session):
        raise StoreError("is held", where=f"report {id}", right="lift the hold first")
    erased = erase_report(session, id, at, once_told(session, id))
    sentences = blank(session, erased.gone, who, at)
    for n in log.about_report(session, id):
        log.erase_particulars(session, n, who, "the report was erased", at)
    log.note(session, who, "report erased", id, at, {"reason": reason, "sentences": sentences})
    return erased.changed


def _old_reports(session: Session, before: datetime) -> list[Any]:
    query = select(t.report.c.id).where(t.report.c.received_at < before).order_by(t.report.c.n)
    kept = held_reports(session)
    ids = [id for id in session.scalars(query.limit(AT_ONCE)) if id not in kept]
    return [id for id in ids if not is_held(session, "report", id)]


def _drop_reports(session: Session, ids: list[Any], who: str, at: datetime) -> None:
    gone: set[tuple[str, str]] = set()
    for id in ids:
        gone |= erase_report(session, id, at).gone
    blank(session, gone, who, at)


def _old_journeys(session: Session, before: datetime) -> list[Any]:
    c, e = r.clearance.c, d.register_entry.c
    cleared = session.scalars(select(c.n).where(c.ends_at < before))
    found: list[Any] = [n for n in cleared if not is_held(session, "clearance", n)]
    rows = session.execute(select(e.id, e.doc).where(e.kind == "journeys"))
    last = before.date().isoformat()
    over = [id for id, doc in rows if str(msgspec.json.decode(doc).get("arrive", "9")) < last]
    return found + [id for id in over if not is_held(session, "journeys", id)]


def _drop_journeys(session: Session, some: list[Any], who: str, at: datetime) -> None:
    """Clearances by their numbers, journeys of the register by their ids."""
    e = d.register_entry.c
    gone: set[tuple[str, str]] = set()
    for one in some:
        if isinstance(one, int):
            heard = delete(r.check_in).where(r.check_in.c.subject == f"clearances:{one}")
            told = session.scalars(heard.returning(r.check_in.c.n)).all()
            session.execute(delete(r.clearance).where(r.clearance.c.n == one))
            gone |= {("clearance", str(one)), *(("check_in", str(n)) for n in told)}
        else:
            session.execute(delete(d.register_entry).where(e.kind == "journeys", e.id == one))
    blank(session, gone, who, at)


def _old_sign_ins(session: Session, before: datetime) -> list[Any]:
    c = a.audit.c
    query = select(c.n).join(a.audit_payload, a.audit_payload.c.digest == c.payload)
    told = c.what.in_(("signed in", "failed to sign in"))
    stays = is_held(session, "everything", "*")
    found = session.scalars(query.where(told, c.at < before.isoformat()).limit(AT_ONCE))
    return [] if stays else list(found)


def _drop_sign_ins(session: Session, numbers: list[Any], who: str, at: datetime) -> None:
    for n in numbers:
        log.erase_particulars(session, n, who, "kept long enough", at)


def _old_searches(session: Session, before: datetime) -> list[Any]:
    found = session.scalars(select(d.saved_search.c.n).where(d.saved_search.c.made_at < before))
    return [] if is_held(session, "everything", "*") else list(found)


def _drop_searches(session: Session, numbers: list[Any], _who: str, _at: datetime) -> None:
    for n in numbers:
        session.execute(delete(d.saved_search).where(d.saved_search.c.n == n))


def _old_entries(session: Session, before: datetime) -> list[Any]:
    """What no feed offers any more and no report bears; of a report it tells how it came in."""
    e = w.entry.c
    borne = select(t.report.c.id).where(t.report.c.id == e.report).exists()
    query = select(e.feed, e.key).where(e.seen_at < before, ~borne).limit(AT_ONCE)
    stays = is_held(session, "everything", "*")
    return [] if stays else [tuple(row) for row in session.execute(query)]


def _drop_entries(session: Session, some: list[Any], _who: str, _at: datetime) -> None:
    for feed, key in some:
        session.execute(delete(w.entry).where(w.entry.c.feed == feed, w.entry.c.key == key))


Find = Callable[[Session, datetime], list[Any]]
Drop = Callable[[Session, list[Any], str, datetime], None]
#: How what is due of each kind is found, and deleted.
ACTS: dict[str, tuple[Find, Drop]] = {
    "journeys": (_old_journeys, _drop_journeys),
    "sign-ins": (_old_sign_ins, _drop_sign_ins),
    "searches": (_old_searches, _drop_searches),
    "reports": (_old_reports, _drop_reports),
    "entries": (_old_entries, _drop_entries),
}
