"""Trends: counts of incidents against the same time before, with what the feeds could see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from starlette.datastructures import QueryParams

from watchfloor.desk import asks, charts, clock, words
from watchfloor.desk.access import needs
from watchfloor.desk.serve import page, record
from watchfloor.desk.tongue import say
from watchfloor.errors import InputError
from watchfloor.records import Record
from watchfloor.store import Filter, Session
from watchfloor.store.corrections import TYPES
from watchfloor.store.reports import reports_by_month
from watchfloor.store.trends import GROUPS, Coverage, counted, coverage
from watchfloor.watch.said import TYPES as TYPE_NAMES

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


class Counted(Record, frozen=True, kw_only=True):
    """A group with its count now and before, and what covered it: None where a group is no country
    and lies in none.
    """

    name: str
    now: int
    before: int
    heard: Coverage | None = None


class Heard(Record, frozen=True, kw_only=True):
    """How many reports came in a month, and the share of it in which the feeds were deaf; None
    where no feed was watched.
    """

    month: str
    reports: int
    deaf: float | None


class Trend(Record, frozen=True, kw_only=True):
    """Counts from `first` to `last` beside those of `before`, with what could be heard."""

    by: str
    first: date
    last: date
    before: tuple[date, date]
    rows: tuple[Counted, ...]
    heard: tuple[Heard, ...]


@router.get("/trends", response_class=HTMLResponse, dependencies=READ)
def trends(request: Request) -> Response:
    """The page."""
    asked = asked_of(request.query_params)
    with record(request).reading() as session:
        rows = compared(session, asked)
        seen = trend(session, asked, rows[:MOST])
    return page(
        request, "trends.html", asked=asked, rows=seen.rows, more=max(0, len(rows) - MOST),
        chart=counts_chart(rows, asked), seen=seen.heard, groups=GROUPS,
        coverage=coverage_chart(seen.heard),
        covers=any(r.heard for r in seen.rows), against=AGAINST, types=TYPES,
        type_names=TYPE_NAMES, query=request.url.query, called=called,
    )  # fmt: skip


def asked_of(query: Mapping[str, Any]) -> Asked:
    """What an address asks, its kinds as a list or one by one; without days the last year.

    Raises InputError for nonsense.
    """
    last = asks.day_of(query, "last") or datetime.now(UTC).date()
    first = asks.day_of(query, "first") or last - timedelta(days=364)
    if first > last:
        raise InputError(f"{first} is after {last}", where="first", right="a day before the last")
    by, against = query.get("by") or "month", query.get("against") or "year"
    for value, valid, where in ((by, GROUPS, "by"), (against, tuple(AGAINST), "against")):
        if value not in valid:
            raise InputError(f"no such {where} {value!r}", right=f"one of {', '.join(valid)}")
    kinds = query.getlist("kind") if isinstance(query, QueryParams) else query.get("kind", ())
    types = tuple(t for t in kinds if t in TYPES)
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
    said = TYPE_NAMES if asked.by == "kind" else {}
    return [(said.get(k, k), now.get(k, 0), before.get(k, 0)) for k in names]


def counts_chart(rows: list[tuple[str, int, int]], asked: Asked) -> Markup:
    """The first groups, each now and before, as bars."""
    bars = [
        charts.Bar(label=called(name, asked.by), parts=(("now", now), ("before", before)),
                   says=say("{0}: {1} now, {2} before", called(name, asked.by), now, before))
        for name, now, before in rows[:MOST]
    ]  # fmt: skip
    return charts.lying(bars, say("Incidents by {0}", say(asked.by)))


def called(name: str, by: str) -> str:
    """A group in words: countries by their names, kinds in the language of the page."""
    if by == "kind":
        return say(name)
    head, comma, land = name.rpartition(", ")
    return f"{head}{comma}{words.country(land)}" if by in {"country", "district", "place"} else name


def trend(session: Session, asked: Asked, rows: Sequence[tuple[str, int, int]]) -> Trend:
    """Counts with what the feeds could hear: by month, and for each country or district."""
    span = (_moment(asked.first), _moment(asked.last + timedelta(days=1)))
    span = (span[0], min(span[1], datetime.now(UTC)))
    named = asked.by in {"country", "district"}
    places = {name: name.rpartition(", ")[2] for name, _, _ in rows} if named else {}
    heard = {c: coverage(session, *span, c) for c in sorted(set(places.values()))}
    counts = tuple(
        Counted(name=name, now=now, before=before, heard=heard.get(places.get(name, "")))
        for name, now, before in rows
    )
    return Trend(by=asked.by, first=asked.first, last=asked.last, before=asked.before, rows=counts,
                 heard=tuple(_seen(session, asked)))  # fmt: skip


def _seen(session: Session, asked: Asked) -> list[Heard]:
    """For each month how many reports came in, and the share of the time the feeds were deaf."""
    found = []
    first, last = _moment(asked.first), _moment(asked.last + timedelta(days=1))
    reports = reports_by_month(session, first, last)
    for month in _months(asked.first, asked.last):
        start = _moment(date.fromisoformat(f"{month}-01"))
        end = _moment(date.fromisoformat(f"{_month(month, 1)}-01"))
        share = coverage(session, max(start, first), min(end, last, datetime.now(UTC))).deaf
        found.append(Heard(month=month, reports=reports.get(month, 0), deaf=share))
    return found


def coverage_chart(seen: Sequence[Heard]) -> Markup:
    """Reports by month, with the share of each in which the feeds were deaf in red."""
    bars = [
        charts.Bar(
            label=clock.month(one.month), parts=(("now", one.reports),),
            says=say("{0}, reports: {1}; {2}", one.month, one.reports, _deaf(one.deaf)),
            shade=one.deaf or 0.0, tick=not k % (len(seen) // 7 + 1),
        )
        for k, one in enumerate(seen)
    ]  # fmt: skip
    return charts.stacked(bars, say("Reports by month, and when feeds were deaf"), width=420)


def _deaf(share: float | None) -> str:
    if share is None:
        return say("no feed was watched")
    return say("feeds deaf {0} % of the time", f"{share * 100:.0f}")


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
