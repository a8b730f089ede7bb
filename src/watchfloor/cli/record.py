"""Look into the record: `search`, `show`, `accounts`, `commitments`, `stats`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from watchfloor.cli.darkness import say_dark
from watchfloor.cli.ingest import Store, opened
from watchfloor.cli.telling import value_in_words
from watchfloor.errors import InputError
from watchfloor.jsonlines import json_line
from watchfloor.merge import Compared, MergedIncident, compare
from watchfloor.store import (
    Filter,
    Hit,
    Row,
    count_all,
    find_incidents,
    find_reports,
    history_of,
    incident_of,
)
from watchfloor.store import (
    commitments as ledger,
)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def search(
    words: Annotated[str, typer.Argument(help="all of these; in double quotes, together")],
    store: Store = None,
    limit: Annotated[int, typer.Option(help="at most so many")] = 20,
) -> None:
    """Find reports by their words."""
    with opened(store).reading() as session:
        hits = find_reports(session, words, limit=limit)
        say_dark(session)
    if not sys.stdout.isatty():
        return _lines(hits)
    table = Table(Column("report", no_wrap=True), "published", "outlet", "where the words stand")
    for hit in hits:
        _add(table, hit.id, hit.published or "-", hit.outlet or "-", _bold(hit))
    Console().print(table if hits else "no report has these words")
    return None


def incidents(
    store: Store = None,
    first: Day = None,
    last: Day = None,
    type: Annotated[list[str] | None, typer.Option(help="ASSAULT, PROTEST, …; repeatable")] = None,
    country: Annotated[list[str] | None, typer.Option(help="ISO alpha-3; repeatable")] = None,
    place: Annotated[str | None, typer.Option(help="part of the place's name")] = None,
    actor: Annotated[str | None, typer.Option(help="part of an actor's name")] = None,
    near: Annotated[str | None, typer.Option(help="LAT,LON,KM")] = None,
    limit: Annotated[int, typer.Option(help="at most so many")] = 50,
) -> None:
    """List incidents, the newest in the record first."""
    wanted = chosen(first, last, type, country, place, actor, near)
    with opened(store).reading() as session:
        rows = find_incidents(session, wanted, limit=limit)
        say_dark(session, wanted.countries, only=bool(wanted.countries))
    if not sys.stdout.isatty():
        return _lines(row.incident for row in rows)
    table = Table(
        Column("incident", no_wrap=True, min_width=21),
        "type",
        "status",
        "day",
        "place",
        "killed",
        "sources",
        "disputed",
    )
    for row in rows:
        _add(table, *_cells(row))
    Console().print(table if rows else "no incident matches")
    return None


def show(
    incident: Annotated[str, typer.Argument(help="an incident's id")], store: Store = None
) -> None:
    """Show an incident: its best estimate, its accounts, and what the record held of it before."""
    with opened(store).reading() as session:
        row = incident_of(session, incident)
        past = history_of(session, row.id) if row else []
    if row is None:
        raise InputError("no such incident", where=incident, right="an id that `incidents` lists")
    if not sys.stdout.isatty():
        return _lines([row])
    console = Console()
    for name, value in _facts(row.incident):
        console.print(f"{name:10} {value}", highlight=False, markup=False)
    console.print(_accounts(row.incident))
    for at, values in past[:-1]:
        harm = {k: v for k, v in values["harm"].items() if v}
        console.print(f"[dim]held at {at:%Y-%m-%d %H:%M}Z: {values['status']}, {harm}[/dim]")
    return None


def accounts(
    incident: Annotated[str, typer.Argument(help="an incident's id")], store: Store = None
) -> None:
    """Show who says what of an incident, and field by field whether they agree and what is best."""
    with opened(store).reading() as session:
        row = incident_of(session, incident)
    if row is None:
        raise InputError("no such incident", where=incident, right="an id that `incidents` lists")
    fields = compare(row.incident)
    if not sys.stdout.isatty():
        return _lines([*row.incident.accounts, *fields])
    Console().print(_accounts(row.incident))
    Console().print(_fields(fields))
    return None


def commitments(
    store: Store = None,
    first: Day = None,
    last: Day = None,
    kind: Annotated[list[str] | None, typer.Option(help="demand, pledge, …; repeatable")] = None,
    status: Annotated[list[str] | None, typer.Option(help="open, overdue, …; repeatable")] = None,
    today: Day = None,
) -> None:
    """Show the ledger: who demanded or promised what, by when, and what became of it."""
    by = today.date() if today else datetime.now(UTC).date()
    with opened(store).reading() as session:
        lines = ledger(
            session, by, first and first.date(), last and last.date(), kind or (), status or ()
        )
    if not sys.stdout.isatty():
        return _lines(lines)
    table = Table(
        Column("said", no_wrap=True),
        "kind",
        "who",
        "to whom",
        "what",
        "due",
        "status",
        "on whose word",
    )
    for line in lines:
        _add(
            table, line.said or "-", line.kind, line.who.text if line.who else "-",
            line.whom.text if line.whom else "-", " ".join(line.what.text.split()),
            line.due or "-", line.status, " ← ".join(line.sources) or "the report",
        )  # fmt: skip
    Console().print(table if lines else "no commitments")
    return None


def stats(store: Store = None) -> None:
    """Count what the record holds."""
    with opened(store).reading() as session:
        counted = count_all(session)
    if not sys.stdout.isatty():
        return _lines([counted])
    for name, number in counted.items():
        print(f"{name:14} {number}")
    return None


def chosen(
    first: date | None, last: date | None, types: list[str] | None, countries: list[str] | None,
    place: str | None, actor: str | None, near: str | None,
) -> Filter:  # fmt: skip
    """The filter that options describe. Raises InputError where `near` is not LAT,LON,KM."""
    within = None
    if near is not None:
        try:
            lat, lon, km = map(float, near.split(","))
        except ValueError as error:
            raise InputError("is not LAT,LON,KM", where=near, right="25.12,62.32,50") from error
        within = (lat, lon, km)
    return Filter(
        first=first.date() if isinstance(first, datetime) else first,
        last=last.date() if isinstance(last, datetime) else last,
        types=tuple(types or ()), countries=tuple(countries or ()), place=place, actor=actor,
        within=within,
    )  # fmt: skip


def _lines(items: Any) -> None:
    for item in items:
        sys.stdout.buffer.write(json_line(item) + b"\n")


def _add(table: Table, *cells: str | Text) -> None:
    """A row of plain text: what reports say is never markup."""
    table.add_row(*(c if isinstance(c, Text) else Text(" ".join(c.split())) for c in cells))


def _bold(hit: Hit) -> Text:
    """Where the words stand, the words in bold."""
    told = Text(hit.excerpt.replace("\n", " "))
    for start, end in hit.marks:
        told.stylize("bold", start, end)
    return told


def _cells(row: Row) -> list[str]:
    found = row.incident
    killed = found.harm.killed
    return [
        row.id, f"{found.type}{'-' + found.mode if found.mode else ''}", str(found.status),
        (found.when.from_ if found.when else None) or "-", found.place.name if found.place else "-",
        killed.in_words() if killed else "-", str(found.sources), " ".join(found.differs),
    ]  # fmt: skip


def _facts(found: MergedIncident) -> list[tuple[str, str]]:
    place = found.place
    return [
        ("incident", found.incident),
        ("what", f"{found.type} {found.mode or ''} ({found.status})"),
        ("where", f"{place.name}, {place.country} ({place.kind})" if place else "unknown"),
        ("when", f"{found.when.from_} to {found.when.to}" if found.when else "unknown"),
        ("sources", f"{found.sources} independent, {len(found.reports)} reports"),
        ("disputed", ", ".join(found.differs) or "nothing"),
        *((e.field, f"{e.value} ({e.reason})") for e in found.estimates),
    ]


def _fields(fields: Iterable[Compared]) -> Table:
    table = Table("field", "accounts", "said", "best", "because")
    for field in fields:
        said = "; ".join(f"{value_in_words(v.value)} ({v.voices})" for v in field.values)
        _add(table, field.field, field.verdict, said, value_in_words(field.best), field.reason)
    return table


def _accounts(found: MergedIncident) -> Table:
    table = Table(
        Column("report", no_wrap=True),
        "outlet",
        "published",
        "on whose word",
        "grade",
        "status",
        "harm",
        "differs",
    )
    for account in found.accounts:
        harm = ", ".join(
            f"{value.in_words()} {name}"
            for name in account.harm.__struct_fields__
            if (value := getattr(account.harm, name)) is not None
        )
        _add(
            table, account.report, account.outlet or "-", account.published or "-",
            " ← ".join(account.sources) or "the report", account.grade or "-", account.status,
            harm or "-",
            " ".join([*account.differs, *(f"{f} (taken back)" for f in account.taken_back)]),
        )  # fmt: skip
    return table
