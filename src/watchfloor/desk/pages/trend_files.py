"""The charts of trends as files, each with its data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from watchfloor.cells import safe_cell
from watchfloor.desk import charts
from watchfloor.desk.access import needs
from watchfloor.desk.pages.trends import (
    Asked,
    Trend,
    asked_of,
    compared,
    counts_chart,
    coverage_chart,
    trend,
)
from watchfloor.desk.serve import record

router = APIRouter(dependencies=[needs("trends:read")])


@router.get("/trends.svg")
def counts_as_svg(request: Request) -> Response:
    """The chart of counts."""
    asked = asked_of(request.query_params)
    with record(request).reading() as session:
        rows = compared(session, asked)
    return _file(charts.alone(counts_chart(rows, asked)), "image/svg+xml", "trends.svg")


@router.get("/trends.csv")
def counts_as_csv(request: Request) -> Response:
    """The counts, and, of countries and what lies in them, how many feeds cover each and what share
    of the time they were deaf; empty where that is not known.
    """
    asked, told = _told(request)
    head = [asked.by, f"{asked.first} to {asked.last}", "{} to {}".format(*asked.before)]
    rows = (
        (r.name, r.now, r.before, *((r.heard.feeds, r.heard.deaf) if r.heard else ("", "")))
        for r in told.rows
    )
    return _csv([*head, "feeds", "deaf"], rows, "trends.csv")


@router.get("/trends/coverage.svg")
def coverage_as_svg(request: Request) -> Response:
    """The chart of what could be heard."""
    _, told = _told(request)
    return _file(charts.alone(coverage_chart(told.heard)), "image/svg+xml", "coverage.svg")


@router.get("/trends/coverage.csv")
def coverage_as_csv(request: Request) -> Response:
    """Reports by month, and the share of each in which the feeds were deaf; empty where no feed was
    watched.
    """
    _, told = _told(request)
    rows = ((one.month, one.reports, one.deaf) for one in told.heard)
    return _csv(["month", "reports", "deaf"], rows, "coverage.csv")


def _told(request: Request) -> tuple[Asked, Trend]:
    asked = asked_of(request.query_params)
    with record(request).reading() as session:
        return asked, trend(session, asked, compared(session, asked))


def _csv(head: Iterable[object], rows: Iterable[Iterable[object]], name: str) -> Response:
    """Rows as a file of which a spreadsheet runs no cell as a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in (head, *rows))
    return _file(out.getvalue().encode(), "text/csv; charset=utf-8", name)


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
