"""Find the time expressions of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from watchfloor.parse import Page, Sentence
from watchfloor.records import Date, Place
from watchfloor.when.context import Context
from watchfloor.when.grammar import matches, parse_one
from watchfloor.when.values import Value
from watchfloor.when.zones import zone_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


#: Words before an expression that look ahead.
AHEAD = re.compile(
    r"\b(?:until|till|by|due(?: on| in)?|(?:scheduled|set|slated|planned|expected) (?:for|on|in)|"
    r"no later than|through|starting|beginning|effective|payable(?: on| in)?|upcoming|coming|"
    r"as (?:early|soon|late) as)\s+(?:late |early |the )?"
    r"(?:(?:\d{1,2}(?::\d\d)? ?[ap]\.?m\.?|noon|midnight)(?: [A-Z]{3,4})?,? (?:on )?)?$",
    re.I,
)
#: Verbs whose infinitive is still to come.
PLANNING = frozenset(
    "plan intend expect schedule agree vow promise prepare hope set aim threaten pledge "
    "offer".split()
)
SINCE = re.compile(r"\bsince (?:late |early )?$", re.I)


def find(page: Page, places: Sequence[Place] = ()) -> tuple[Date, ...]:
    """Every time expression, with the days it covers where they can be known.

    Relative ones are resolved against `Report.published`, else the dateline's date; without
    either they keep no days. An expression such as "for two years" has a TIMEX3 value only.
    `places` are the report's: days and clock times are those of the dateline's place.
    """
    today = reference(page, places)
    context = Context(today, zone=_zone(page, places))
    found = _written_on(page, context)
    for sentence in page.sentences:
        for start, end, value in matches(
            sentence.text, context, partial(_tells_of_future, sentence)
        ):
            opened = bool(SINCE.search(sentence.text[:start]))
            span = page.span(sentence.start + start, sentence.start + end)
            found.append(
                _record(f"d{len(found) + 1}", span.start, span.end, span.text, value, opened)
            )
    return tuple(found)


def _written_on(page: Page, at: Context) -> list[Date]:
    """The date that the dateline gives, as the first expression of the report."""
    span = page.dateline.date if page.dateline is not None else None
    value = parse_one(span.text, at) if span is not None else None
    if span is None or value is None:
        return []
    return [_record("d1", span.start, span.end, span.text, value, False)]


def reference(page: Page, places: Sequence[Place] = ()) -> date | None:
    """The day of the report: when it was published, or what its dateline says.

    A time of publication with an offset is turned into the dateline's own time: what appears at
    01:00 UTC is of the evening before in Lima. Without a place of the dateline the offset's day
    counts.
    """
    published = page.report.published
    if published:
        try:
            moment = datetime.fromisoformat(published)
        except ValueError:
            pass
        else:
            zone = _zone(page, places) if moment.tzinfo is not None else None
            return (moment.astimezone(zone) if zone is not None else moment).date()
    if page.dateline is not None and page.dateline.date is not None:
        value = parse_one(page.dateline.date.text, Context(None))
        return value.first if value is not None else None
    return None


def _zone(page: Page, places: Sequence[Place]) -> ZoneInfo | None:
    """The time zone of the dateline's place; None where there is none that is known."""
    line = page.dateline
    if line is None:
        return None
    written = next((p for p in places if line.start <= p.start < line.end), None)
    return zone_of(written) if written is not None else None


def _tells_of_future(sentence: Sentence, start: int) -> bool:
    """Whether an expression stands in a clause of the future, or under a word that looks ahead."""
    if AHEAD.search(sentence.text[:start]):
        return True
    token = sentence.doc.root_of(start, start + 1) if sentence.doc is not None else None
    if token is None:
        return False
    while token.tag_[:2] not in {"VB", "MD"} and token.head.i != token.i:
        token = token.head
    helpers = {c.lower_ for c in token.children if c.dep_ in {"aux", "auxpass"}}
    planned = token.dep_ == "xcomp" and token.head.lemma_ in PLANNING and "to" in helpers
    return planned or bool(helpers & {"will", "shall", "'ll", "’ll", "wo"})


def _record(name: str, start: int, end: int, text: str, value: Value, opened: bool) -> Date:
    until = None if opened else value.last
    return Date(
        id=name,
        start=start,
        end=end,
        text=text,
        from_=value.first.isoformat() if value.first else None,
        to=until.isoformat() if until else None,
        precision=value.precision,
        timex=value.timex,
        open_end=value.open_end or (opened and value.first is not None),
    )
