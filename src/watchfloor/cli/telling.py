"""Coded reports for people: one block an event, with its sentence and the spans marked."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from watchfloor.merge import published_by
from watchfloor.records import CodedReport, Count, Event, When
from watchfloor.word import in_words

#: How each role is marked in the sentence.
STYLES = {
    "actor": "bold cyan", "recipient": "bold magenta", "victim": "bold red", "target": "magenta",
    "instrument": "yellow",
}  # fmt: skip


def show(console: Console, coded: CodedReport) -> None:
    """Print a coded report: its head, a table an event, and its problems."""
    report = coded.report
    head = " · ".join(part for part in (report.id, report.published, report.outlet) if part)
    console.rule(escape(head), align="left")
    for problem in coded.problems:
        console.print(f"[yellow]{escape(problem)}[/yellow]")
    if not coded.events:
        console.print("no event coded")
    for event in coded.events:
        console.print(_event(coded, event))


def _event(coded: CodedReport, event: Event) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 1), pad_edge=False)
    table.add_column(style="dim", width=10)
    table.add_column()
    kind = event.type + (f"-{event.mode}" if event.mode else "")
    past = " (background)" if event.background else ""
    code = f"  CAMEO {event.cameo}" if event.cameo else ""
    table.add_row("what", Text(f"{kind}  {event.status}{past}{code}", style="bold"))
    for role, style in STYLES.items():
        names = [p.text for p in event.participants if p.role == role]
        if names:
            table.add_row(role, Text(" ".join("; ".join(names).split()), style=style))
    for name, value in facts(coded, event).items():
        table.add_row(name, value)
    table.add_row("", _sentence(coded, event))
    return table


def facts(coded: CodedReport, event: Event) -> dict[str, str]:
    """Where, when, harm and on whose word, each only where it is known."""
    found: dict[str, str] = {}
    place = next((p for p in coded.places if event.place and p.id == event.place.place), None)
    if place is not None and event.place is not None:
        country = f", {place.country}" if place.country else ""
        found["where"] = f"{place.name}{country} ({place.kind}; {event.place.basis})"
    if event.when is not None:
        found["when"] = f"{days(event.when)} ({event.when.basis})"
    harm = ", ".join(
        f"{count.in_words()} {name}"
        for name in ("killed", "injured", "abducted", "arrested", "missing", "ill")
        if (count := getattr(event.harm, name)) is not None
    )
    if harm:
        found["harm"] = harm
    if event.claims:
        found["word"] = in_words(coded.claims, event.claims, published_by(coded))
    return found


def days(when: When) -> str:
    """A period in words: "2031-03-03", "2031-03-03 to 2031-03-05"."""
    return f"{when.from_}{f' to {when.to}' if when.to and when.to != when.from_ else ''}"


def _sentence(coded: CodedReport, event: Event) -> Text:
    """The event's sentence, its trigger and participants marked."""
    start, end = event.sentence.start, event.sentence.end
    text = Text(coded.report.text[start:end].replace("\n", " "), style="dim")
    marks = [(STYLES[part.role], part) for part in event.participants]
    for style, span in (*marks, ("bold underline", event.trigger)):
        low, high = max(span.start, start), min(span.end, end)
        if low < high:  # a participant may stand in another sentence
            text.stylize(style, low - start, high - start)
    return text


def value_in_words(value: object) -> str:
    """A value of an incident's field for people."""
    if isinstance(value, Count):
        return value.in_words()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)
