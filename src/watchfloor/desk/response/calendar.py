"""The roster as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable

from icalendar import Calendar, Event

from watchfloor.response.records import Turn


def watches_calendar(turns: Iterable[Turn]) -> bytes:
    """A calendar of the turns of watch: post and account, from when until when."""
    made = Calendar()
    made.add("prodid", "-//watchfloor//roster//EN")
    made.add("version", "2.0")
    for turn in turns:
        event = Event()
        event.add("uid", f"turn-{turn.n}@watchfloor")
        event.add("dtstamp", turn.made_at)
        event.add("dtstart", turn.starts_at)
        event.add("dtend", turn.ends_at)
        event.add("summary", f"{turn.post}: {turn.holder}")
        made.add_component(event)
    return bytes(made.to_ical())
