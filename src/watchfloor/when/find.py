"""Find the time expressions of a report."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from watchfloor.parse import Page, Sentence
from watchfloor.records import Date
from watchfloor.when.grammar import Context, matches, parse_one
from watchfloor.when.values import Value

if TYPE_CHECKING:
    from spacy.tokens import Doc

SINCE = re.compile(r"\bsince (?:late |early )?$", re.I)


def find(page: Page) -> tuple[Date, ...]:
    """Every time expression, with the days it covers where they can be known.

    Relative ones are resolved against `Report.published`, else the dateline's date; without
    either they keep no days. An expression such as "for two years" has a TIMEX3 value only.
    """
    today = reference(page)
    found: list[Date] = []
    for sentence in page.sentences:
        context = Context(today, _tells_of_future(sentence))
        for start, end, value in matches(sentence.text, context):
            opened = bool(SINCE.search(sentence.text[:start]))
            span = page.span(sentence.start + start, sentence.start + end)
            found.append(
                _record(f"d{len(found) + 1}", span.start, span.end, span.text, value, opened)
            )
    return tuple(found)


def reference(page: Page) -> date | None:
    """The day of the report: when it was published, or what its dateline says."""
    published = page.report.published
    if published:
        try:
            return datetime.fromisoformat(published).date()
        except ValueError:
            pass
    if page.dateline is not None and page.dateline.date is not None:
        value = parse_one(page.dateline.date.text, Context(None))
        return value.first if value is not None else None
    return None


def _tells_of_future(sentence: Sentence) -> bool:
    """Whether the main clause of a sentence is in the future."""
    doc: Doc | None = sentence.doc
    if doc is None:
        return False
    for token in doc:
        if token.dep_ == "ROOT":
            helpers = {c.lower_ for c in token.children if c.dep_ == "aux"}
            return bool(helpers & {"will", "shall", "'ll", "’ll"})
    return False


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
