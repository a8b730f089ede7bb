"""Say when each event happened."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.parse import Page
from watchfloor.records import Date, Event, When

#: Expressions of these precisions can date an event; longer ones only tell its season or year.
FINE = ("minute", "hour", "day", "week", "month", "quarter", "year", "decade")


def link(events: Sequence[Event], dates: Sequence[Date], page: Page) -> tuple[Event, ...]:
    """The events, each with its period or none.

    The reader's word comes first, then the nearest expression of the sentence.
    """
    return tuple(replace(event, when=_when(event, dates, page)) for event in events)


def _when(event: Event, dates: Sequence[Date], page: Page) -> When | None:
    usable = [d for d in dates if d.from_ is not None]
    marked = _marked(event, usable, page)
    if marked is not None:
        return _period(marked, "clause")
    own = [d for d in usable if event.sentence.start <= d.start < event.sentence.end]
    if own:
        return _period(min(own, key=lambda d: _distance(event, d)), "sentence")
    return None


def _marked(event: Event, dates: Sequence[Date], page: Page) -> Date | None:
    """The expression that the reader tied to the event's trigger."""
    if page.reading is None:
        return None
    for mark in page.reading.triggers:
        if mark.start < event.trigger.end and event.trigger.start < mark.end:
            for span in mark.roles.get("date", ()):
                for date in dates:
                    if date.start < span.end and span.start < date.end:
                        return date
    return None


def _distance(event: Event, date: Date) -> tuple[int, int]:
    gap = max(date.start - event.trigger.end, event.trigger.start - date.end)
    return (FINE.index(date.precision or "decade") > FINE.index("month"), gap)


def _period(date: Date, basis: str) -> When:
    return When(
        from_=date.from_, to=date.to, precision=date.precision, basis=basis, open_end=date.open_end
    )
