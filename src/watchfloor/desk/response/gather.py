"""The record as a paper may tell it: what was seen, in words, with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from watchfloor.desk import words
from watchfloor.desk.evidence import HARMS, judged_report, values_of
from watchfloor.errors import without_secrets
from watchfloor.merge import MergedIncident
from watchfloor.merge.outcome import MergedAccount
from watchfloor.records import CodedReport, Event, Record, Span
from watchfloor.response import records as r
from watchfloor.response.draft import Feeding, Promised, Raised, Seen, Told
from watchfloor.response.records import Evidence
from watchfloor.response.verified import last_of
from watchfloor.store import (
    Filter,
    Row,
    Session,
    commitments,
    find_incidents,
    incident_of,
    report_of,
)
from watchfloor.store import alerts as kept
from watchfloor.store.feeds import feeds
from watchfloor.store.ingest import moment
from watchfloor.store.markings import MARKINGS
from watchfloor.store.queue import rank_of
from watchfloor.store.register import entries
from watchfloor.store.response import TABLES, found, one_of, standing
from watchfloor.store.verify import verifications

#: Incidents that a paper can hold, and accounts of one whose words are shown.
INCIDENTS, ACCOUNTS = 200, 6


class Scope(Record, frozen=True, kw_only=True):
    """What a paper is about: a period, and a case or a site where it is about one."""

    kind: str
    first: datetime
    last: datetime
    case: int | None = None
    site: str | None = None


def gathered(session: Session, scope: Scope, now: datetime) -> tuple[Seen, str]:
    """What the record holds for a paper, and the highest marking of any of it."""
    cases = _cases(session, scope)
    site = scope.site or (cases[0].site if scope.case and cases else None)
    alerts = _alerts(session, scope, cases, site)
    rows = _incidents(session, scope, alerts, cases)
    known_rows = {row.id: row for row in rows}
    known = {f"{e.kind}:{e.id}": e for e in entries(session)}
    mine = [c.n for c in cases]
    case_of = {name: TABLES[kind].c.case for name, kind in _OF_CASE.items()}
    moving = found(session, r.Clearance, TABLES[r.Clearance].c.ends_at > scope.first)
    teams = standing(session, r.Resource)
    entry = known.get(site or "")
    checked = verifications(session, [a.id for a in alerts])
    seen = Seen(
        now=now, first=scope.first, last=scope.last, site=site,
        country=entry.doc.get("country") if entry else None,
        names={
            **{key: e.name for key, e in known.items()},
            **{f"resources:{x.n}": x.name for x in teams},
            **{f"clearances:{x.n}": x.title for x in moving},
            **{f"cases:{c.n}": f"case {c.n}, {c.title}" for c in cases},
        },
        feeds=tuple(
            Feeding(name=f.name, address=without_secrets(f.address), state=f.state,
                    country=f.country, answered_at=f.answered_at)
            for f in feeds(session)
        ),
        incidents=tuple(_told(session, row.incident) for row in rows),
        before=_before(session, scope),
        alerts=tuple(_raised(a, known_rows.get(a.incident), last_of(checked.get(a.id, ())))
                     for a in alerts),
        cases=tuple(cases),
        logs=tuple(found(session, r.LogEntry, TABLES[r.LogEntry].c.case.in_(mine))),
        tasks=tuple(standing(session, r.Task, case_of["tasks"].in_(mine))),
        counts=tuple(standing(session, r.HeadCount, case_of["counts"].in_(mine))),
        places=(site,) if site and scope.case else (),
        check_ins=tuple(_check_ins(session, scope, site, mine)),
        resources=tuple(teams), turns=tuple(standing(session, r.Turn)),
        needs=_about(standing(session, r.Need), site, mine),
        assignments=_about(standing(session, r.Assignment), site, mine),
        clearances=tuple(moving), inquiries=tuple(_inquiries(session, scope, mine)),
        assurances=tuple(standing(session, r.Assurance, TABLES[r.Assurance].c.site == site)),
        promises=tuple(_promised(session, scope, now)),
    )  # fmt: skip
    marks = [*(row.marking for row in rows), *(c.marking for c in cases)]
    return seen, max(marks, key=MARKINGS.index, default=MARKINGS[0])


_OF_CASE: dict[str, type[r.Droppable]] = {"tasks": r.Task, "counts": r.HeadCount}


def _cases(session: Session, scope: Scope) -> list[r.Case]:
    """The case that a paper is about, or those open or closed in its period."""
    if scope.case is not None:
        return [one_of(session, r.Case, scope.case)]
    c = TABLES[r.Case].c
    all_ = found(session, r.Case, c.opened_at <= scope.last)
    return [
        one for one in all_
        if (one.closed_at is None or one.closed_at >= scope.first)
        and scope.site in {None, one.site}
    ]  # fmt: skip


def _alerts(
    session: Session, scope: Scope, cases: Sequence[r.Case], site: str | None
) -> list[kept.KeptAlert]:
    """The alerts of the case; else those changed in the period, or untriaged still. The gravest
    come first.
    """
    if scope.case is not None:
        ids = _linked(session, cases, "alert")
        alerts = [a for id in ids if (a := kept.alert_of(session, id))]
    else:
        alerts = [
            a for a in kept.find_alerts(session, register=scope.site, limit=1000)
            if a.state != "withdrawn" and a.first_at <= scope.last
            and (a.updated_at >= scope.first or (a.state == "open" and scope.kind == "handover"))
        ]  # fmt: skip
    return sorted(alerts, key=lambda a: (-rank_of(a.severity), -a.n))


def _incidents(
    session: Session, scope: Scope, alerts: Iterable[kept.KeptAlert], cases: Sequence[r.Case]
) -> list[Row]:
    """The incidents of the alerts and cases; of the period too where the paper has no subject."""
    ids = [a.incident for a in alerts]
    if scope.case is not None:
        ids += _linked(session, cases, "incident")
    rows = {row.id: row for id in ids if (row := incident_of(session, id))}
    if scope.case is None and scope.site is None:
        wanted = Filter(first=scope.first.date(), last=scope.last.date())
        rows |= {
            row.id: row for row in find_incidents(session, wanted, limit=INCIDENTS)
            if row.id not in rows
        }  # fmt: skip
    return list(rows.values())[:INCIDENTS]


def _linked(session: Session, cases: Sequence[r.Case], kind: str) -> list[str]:
    c = TABLES[r.Link].c
    links = found(session, r.Link, c.case.in_([x.n for x in cases]), c.kind == kind)
    return [link.subject for link in links]


def _before(session: Session, scope: Scope) -> tuple[Told, ...] | None:
    """The incidents of the same time before, for the paper that compares; None for the others."""
    if scope.kind != "weekly":
        return None
    length = scope.last - scope.first
    day = timedelta(days=1)
    wanted = Filter(first=(scope.first - length).date(), last=(scope.first - day).date())
    rows = find_incidents(session, wanted, limit=INCIDENTS)
    return tuple(_told(session, row.incident) for row in rows)


def _told(session: Session, one: MergedIncident) -> Told:
    """An incident in words, with the sentences and numbers of the reports that tell of it."""
    quotes: list[Evidence] = []
    for account in one.accounts[:ACCOUNTS]:
        coded = judged_report(session, account.report)
        for event in coded.events if coded else ():
            if coded and event.id in account.events:
                quotes += _quotes(coded, event)
    harm = [(name, words.counted(getattr(one.harm, name))) for name in HARMS
            if getattr(one.harm, name) is not None]  # fmt: skip
    return Told(
        id=one.incident, type=one.type, what=words.kind(one.type, one.mode),
        where=words.place(one.place), when=words.period(one.when), status=one.status,
        harm=tuple(harm), sources=one.sources, quotes=tuple(dict.fromkeys(quotes)),
        differs=tuple(_differs(field, one.accounts) for field in one.differs),
    )  # fmt: skip


def _quotes(coded: CodedReport, event: Event) -> list[Evidence]:
    """The sentence of an event, and the words elsewhere in the report that its values rest on."""
    text = coded.report.text
    whole = Span(start=event.sentence.start, end=event.sentence.end,
                 text=text[event.sentence.start : event.sentence.end])  # fmt: skip
    away = [
        span for value in values_of(coded, event) for span in value.spans
        if span.text and not whole.contains(span)
    ]  # fmt: skip
    at = moment(coded.report.published)
    return [
        Evidence(kind="report", id=coded.report.id, says=s.text, at=at, start=s.start, end=s.end)
        for s in (whole, *away)
    ]


def _differs(field: str, accounts: Iterable[MergedAccount]) -> str:
    """What each account says of a field on which they do not agree."""

    def says(account: MergedAccount) -> str | None:
        if field.startswith("harm."):
            count = getattr(account.harm, field.removeprefix("harm."))
            return words.counted(count) if count else None
        if field == "status":
            return account.status
        return " and ".join(account.actors) if field == "participants.actor" else None

    told: dict[str, list[str]] = {}
    for account in accounts:
        if said := says(account):
            told.setdefault(said, []).append(account.outlet or account.report)
    name = words.field(field)
    each = (f"{said} ({', '.join(dict.fromkeys(whose))})" for said, whose in told.items())
    return f"{name}: {', '.join(each)}" if told else name


def _raised(
    alert: kept.KeptAlert, row: Row | None, verified: r.Verification | None
) -> Raised:  # fmt: skip
    """An alert with what happened, where it is about an incident, why it was raised, and what
    verified it.
    """
    reasons = alert.doc.get("reasons") or [{"because": alert.doc.get("basis", "")}]
    because = reasons[0]["because"]
    if row is not None:
        one = row.incident
        because = f"{words.kind(one.type, one.mode)}, {words.period(one.when)}; {because}"
    return Raised(
        id=alert.id, incident=alert.incident, entry=alert.register, severity=alert.severity,
        state=alert.state, because=because, at=alert.updated_at,
        revision=alert.revision, verified=verified,
    )  # fmt: skip


def _check_ins(
    session: Session, scope: Scope, site: str | None, cases: Sequence[int]
) -> list[r.CheckIn]:
    """Check-ins of the period: of the site or case where the paper is about one."""
    all_ = standing(session, r.CheckIn, TABLES[r.CheckIn].c.made_at >= scope.first)
    if scope.case is None and site is None:
        return all_
    return [x for x in all_ if x.subject == site or (x.case is not None and x.case in cases)]


def _inquiries(session: Session, scope: Scope, cases: Sequence[int]) -> list[r.Inquiry]:
    """Requests of the case; else those of the period, and those still without an answer."""
    all_ = standing(session, r.Inquiry)
    if scope.case is not None:
        return [x for x in all_ if x.case in cases]
    return [x for x in all_ if x.answered_at is None or x.answered_at >= scope.first]


def _about(
    several: Sequence[r.Need | r.Assignment], site: str | None, cases: Sequence[int]
) -> tuple:  # type: ignore[type-arg]
    """Needs or assignments of the site and its cases; all of them where there is no site."""
    if site is None:
        return tuple(several)
    mine = {site, *(f"cases:{n}" for n in cases)}
    held = {a.resource for a in several if isinstance(a, r.Assignment) and a.subject in mine}
    return tuple(
        a for a in several
        if a.subject in mine or (isinstance(a, r.Assignment) and a.resource in held)
    )  # fmt: skip


def _promised(session: Session, scope: Scope, now: datetime) -> list[Promised]:
    """The ledger of the period, and whatever of it is overdue."""
    if scope.kind not in {"intsum", "weekly"}:
        return []
    found_ = []
    for line in commitments(session, now.date()):
        said = line.said or ""
        if said < scope.first.date().isoformat() and line.status != "overdue":
            continue
        stored = report_of(session, line.report)
        if stored is None:
            continue
        who = line.who.text if line.who else "somebody not named"
        whom = f" to {line.whom.text}" if line.whom else ""
        quote = Evidence(kind="report", id=line.report, says=line.what.text,
                         at=moment(stored.coded.report.published), start=line.what.start,
                         end=line.what.end)  # fmt: skip
        says = f"{line.kind} by {who}{whom}: {' '.join(line.what.text.split())}"
        found_.append(Promised(says=says, status=line.status, quote=quote))
    return found_
