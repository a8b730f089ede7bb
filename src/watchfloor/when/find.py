"""Find the time expressions of a report."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from watchfloor.parse import Page, Sentence
from watchfloor.records import Date
from watchfloor.when.context import Context
from watchfloor.when.grammar import matches, parse_one
from watchfloor.when.values import Value

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Words before an expression that look ahead.
AHEAD = re.compile(
    r"\b(?:until|till|by|due(?: on| in)?|(?:scheduled|set|slated|planned|expected) (?:for|on|in)|"
    r"no later than|starting|beginning|effective|upcoming|coming)\s+(?:late |early |the )?$",
    re.I,
)
#: Verbs whose infinitive is still to come.
PLANNING = frozenset("plan intend expect schedule agree vow promise prepare hope set aim".split())
SINCE = re.compile(r"\bsince (?:late |early )?$", re.I)


def find(page: Page) -> tuple[Date, ...]:
    """Every time expression, with the days it covers where they can be known.

    Relative ones are resolved against `Report.published`, else the dateline's date; without
    either they keep no days. An expression such as "for two years" has a TIMEX3 value only.
    """
    today = reference(page)
    found: list[Date] = []
    context = Context(today)
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


def _tells_of_future(sentence: Sentence, start: int) -> bool:
    """Whether an expression stands in a clause of the future, or under a word that looks ahead."""
    if AHEAD.search(sentence.text[:start]):
        return True
    doc: Doc | None = sentence.doc
    span = doc.char_span(start, start + 1, alignment_mode="expand") if doc is not None else None
    if span is None or not len(span):
        return False
    token = span.root
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
