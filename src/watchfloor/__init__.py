"""watchfloor: news and reports of attacks into sourced events, incidents and alerts."""

from __future__ import annotations

from hashlib import sha256

from msgspec.structs import replace

from watchfloor.flow import code_reports
from watchfloor.read import receive_report
from watchfloor.records import CodedReport, Report
from watchfloor.settings import Settings

__all__ = ["CodedReport", "Report", "Settings", "code", "code_reports"]


def code(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    settings: Settings | None = None,
) -> CodedReport:
    """Code one text: who did what to whom, where, when, on whose word.

    `published` is an ISO date or RFC 3339 time; without it relative dates stay unknown.
    A date that cannot be read, and a text that cannot be coded, are said in `problems`.
    """
    id = sha256(text.encode()).hexdigest()[:16]
    report = Report(id=id, text=text, published=published, outlet=outlet, title=title)
    received = receive_report(report)
    if not received.coded:
        return CodedReport(report=received.report, problems=received.problems)
    (coded,) = code_reports([received.report], settings or Settings.from_environment())
    return replace(coded, problems=(*received.problems, *coded.problems))
