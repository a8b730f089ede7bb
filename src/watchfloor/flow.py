"""The stages in order: how a report becomes a coded report. The first file to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import islice

from watchfloor import merge, parse, what, when, where, who, word
from watchfloor.parse import Page
from watchfloor.records import CodedReport, Report
from watchfloor.settings import Settings

#: Reports parsed together: enough to fill the parser's batches, few enough to keep memory flat.
REPORTS_AT_ONCE = 16
#: Names what codes, so that the record knows what an older coder found.
CODER = f"watchfloor {version('watchfloor')}"
#: How the problem of a report begins that no stage got to the end of.
FAULT = "could not be coded"
#: Why an event that was found is not told in the end (`merge.told`).
SPOKEN_OF = "the report speaks of such acts at large and tells of none"


def code_reports(reports: Iterable[Report], settings: Settings) -> Iterator[CodedReport]:
    """Code reports one after the other, in the order given.

    A pure function of each report: batching shares work between them, never findings.
    """
    waiting = iter(reports)
    while some := list(islice(waiting, REPORTS_AT_ONCE)):
        pages = [parse.sift(parse.segment(report)) for report in some]
        with parse.forgetting():
            coded = [_code_or_say(page, settings) for page in parse.read(pages, settings)]
        yield from coded


def _code_or_say(page: Page, settings: Settings) -> CodedReport:
    """Code one report; a fault that its text lays bare costs that report alone, and is said."""
    try:
        return code_page(page, settings)
    except Exception as fault:
        if settings.debug:
            raise
        problem = f"{FAULT}: {type(fault).__name__}: {fault}"
        return CodedReport(report=page.report, problems=(*page.problems, problem))


def code_page(page: Page, settings: Settings) -> CodedReport:
    """Code one report that has been read."""
    places = where.find(page, settings)
    actors = who.find(page, places, settings)
    dates = when.find(page, places)
    events = what.find(page, actors)
    events = where.link(events, places, page)
    events = when.link(events, dates, page)
    claims = word.find(page, actors, places)
    events = word.link(events, claims, page)
    claims = word.stand(claims, events)
    mentions = merge.mentions_of(events, claims, places, actors, page.report.text)
    incidents = merge.told(merge.within(mentions), mentions)
    incidents, events = merge.partaking(incidents, mentions)
    inside = {event for incident in incidents for event in incident.events}
    events = where.settle(events, incidents, places)
    return CodedReport(
        report=page.report,
        actors=actors,
        places=places,
        dates=dates,
        events=tuple(e for e in events if e.id in inside),
        claims=claims,
        incidents=incidents,
        problems=page.problems,
    )


def explain_report(report: Report, settings: Settings) -> tuple[what.Note, ...]:
    """Why each sentence of a report is coded or not: which word, which rule, which filter."""
    (page,) = parse.read([parse.sift(parse.segment(report))], settings)
    actors = who.find(page, where.find(page, settings), settings)
    kept = {event.trigger for event in code_page(page, settings).events}
    left = (e for e in what.find(page, actors) if e.trigger not in kept)
    return (*what.explain(page, actors), *(what.left_out(e, SPOKEN_OF) for e in left))
