"""Trends: counts of incidents against the same time before, with what the feeds could see."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from watchfloor.desk import asks, charts, words
from watchfloor.desk.access import needs
from watchfloor.desk.serve import page, record
from watchfloor.errors import InputError
from watchfloor.records import Record
from watchfloor.store import Filter, Session
from watchfloor.store.corrections import TYPES
from watchfloor.store.reports import reports_by_month
from watchfloor.store.trends import GROUPS, counted, deaf_share

router = APIRouter()
READ = [needs("trends:read")]
#: With what a time is compared.
AGAINST = {"year": "the same days a year before", "before": "as many days just before"}
#: Groups of a chart.
MOST = 20


class Asked(Record, frozen=True, kw_only=True):
    """What an address asks of the trends."""

    first: date
    last: date
    by: str = "month"
    against: str = "year"
    types: tuple[str, ...] = ()
    country: str | None = None

    @property
    def before(self) -> tuple[date, date]:
        """The days that these are compared with."""
        if self.against == "year":
            return _year_before(self.first), _year_before(self.last)
        gap = self.last - self.first + timedelta(days=1)
        return self.first - gap, self.last - gap


@router.get("/trends", response_class=HTMLResponse, dependencies=READ)
def trends(request: Request) -> Response:
    """The page."""
    asked = asked_of(request)
    with record(request).reading() as session:
        rows = compared(session, asked)
        seen = _seen(session, asked)
    return page(
        request, "trends.html", asked=asked, rows=rows[:MOST], more=max(0, len(rows) - MOST),
        chart=_chart(rows, asked), seen=seen, coverage=_coverage(seen), groups=GROUPS,
        against=AGAINST, types=TYPES, type_names=words.TYPES, query=request.url.query,
    )  # fmt: skip


@router.get("/trends.svg", dependencies=READ)
def as_svg(request: Request) -> Response:
    """The chart as a file."""
    asked = asked_of(request)
    with record(request).reading() as session:
        rows = compared(session, asked)
    return _file(charts.alone(_chart(rows, asked)), "image/svg+xml", "trends.svg")


@router.get("/trends.csv", dependencies=READ)
def as_csv(request: Request) -> Response:
    """The counts as a file; a cell that a spreadsheet would take for a formula is quoted."""
    asked = asked_of(request)
    with record(request).reading() as session:
        rows = compared(session, asked)
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([asked.by, f"{asked.first} to {asked.last}", "{} to {}".format(*asked.before)])
    for name, now, before in rows:
        lines.writerow([f"'{name}" if name[:1] in "=+-@\t" else name, now, before])
    return _file(out.getvalue().encode("utf-8"), "text/csv; charset=utf-8", "trends.csv")


def asked_of(request: Request) -> Asked:
    """What the address asks; without days the last year. Raises InputError for nonsense."""
    query = request.query_params
    last = asks.day_of(query, "last") or datetime.now(UTC).date()
    first = asks.day_of(query, "first") or last - timedelta(days=364)
    if first > last:
        raise InputError(f"{first} is after {last}", where="first", right="a day before the last")
    by, against = query.get("by") or "month", query.get("against") or "year"
    for value, valid, where in ((by, GROUPS, "by"), (against, tuple(AGAINST), "against")):
        if value not in valid:
            raise InputError(f"no such {where} {value!r}", right=f"one of {', '.join(valid)}")
    types = tuple(t for t in query.getlist("kind") if t in TYPES)
    country = (query.get("country") or "").strip().upper() or None
    return Asked(first=first, last=last, by=by, against=against, types=types, country=country)


def compared(session: Session, asked: Asked) -> list[tuple[str, int, int]]:
    """Each group with its count now and before; months in their order, else the largest first."""
    countries = (asked.country,) if asked.country else ()
    spans = ((asked.first, asked.last), asked.before)
    now, before = (
        counted(
            session,
            Filter(first=start, last=end, types=asked.types, countries=countries),
            asked.by,
        )
        for start, end in spans
    )
    if asked.by == "month":
        shift = _months_between(asked.before[0], asked.first)
        moved = {_month(key, shift): n for key, n in before.items()}
        wanted = list(_months(asked.first, asked.last))
        return [(m, now.get(m, 0), moved.get(m, 0)) for m in wanted]
    names = sorted({*now, *before}, key=lambda k: (-now.get(k, 0), -before.get(k, 0), k))
    said = words.TYPES if asked.by == "kind" else {}
    return [(said.get(k, k), now.get(k, 0), before.get(k, 0)) for k in names]


def _chart(rows: list[tuple[str, int, int]], asked: Asked) -> Any:
    bars = [
        charts.Bar(label=name, parts=(("now", now), ("before", before)),
                   says=f"{name}: {now} now, {before} before")
        for name, now, before in rows[:MOST]
    ]  # fmt: skip
    return charts.lying(bars, f"Incidents by {asked.by}")


def _seen(session: Session, asked: Asked) -> list[tuple[str, int, float | None]]:
    """For each month how many reports came in, and the share of the time the feeds were deaf."""
    found = []
    first, last = _moment(asked.first), _moment(asked.last + timedelta(days=1))
    reports = reports_by_month(session, first, last)
    for month in _months(asked.first, asked.last):
        start = _moment(date.fromisoformat(f"{month}-01"))
        end = _moment(date.fromisoformat(f"{_month(month, 1)}-01"))
        share = deaf_share(session, max(start, first), min(end, last, datetime.now(UTC)))
        found.append((month, reports.get(month, 0), share))
    return found


def _coverage(seen: list[tuple[str, int, float | None]]) -> Any:
    bars = [
        charts.Bar(label=f"{month[5:]}/{month[2:4]}", parts=(("now", n),), shade=share or 0.0,
                   says=f"{month}: {n} reports; {_deaf(share)}", tick=not k % (len(seen) // 7 + 1))
        for k, (month, n, share) in enumerate(seen)
    ]  # fmt: skip
    return charts.stacked(bars, "Reports by month, and when feeds were deaf", width=420)


def _deaf(share: float | None) -> str:
    return "no feed was watched" if share is None else f"feeds deaf {share:.0%} of the time"


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _months(first: date, last: date) -> list[str]:
    start, count = f"{first:%Y-%m}", _months_between(first, last) + 1
    return [_month(start, n) for n in range(count)]


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _month(month: str, away: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 + away
    return f"{number // 12:04}-{number % 12 + 1:02}"
