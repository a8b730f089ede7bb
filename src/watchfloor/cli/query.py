"""`watchfloor query`: the usual questions to a backfill, and any in SQL."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from watchfloor.cells import safe_cell
from watchfloor.cli.record import Day, chosen
from watchfloor.errors import InputError
from watchfloor.jsonlines import json_line
from watchfloor.scale import Answer, Answers, Asked, Storage
from watchfloor.scale.answers import BY, QUESTIONS

FORMATS = ("table", "csv", "jsonl")
Many = list[str] | None


def query(
    folder: Annotated[str, typer.Argument(help="what `backfill` wrote; s3:// too")],
    question: Annotated[str, typer.Argument(help=", ".join(QUESTIONS))] = "counts",
    by: Annotated[str, typer.Option(help=f"of counts: {', '.join(BY)}")] = "month",
    first: Day = None,
    last: Day = None,
    type: Annotated[Many, typer.Option(help="ASSAULT, PROTEST, …; repeatable")] = None,
    country: Annotated[Many, typer.Option(help="ISO alpha-3; repeatable")] = None,
    status: Annotated[Many, typer.Option(help="happened, disputed, …; repeatable")] = None,
    near: Annotated[str | None, typer.Option(help="LAT,LON,KM")] = None,
    background: Annotated[bool, typer.Option(help="history too")] = False,
    limit: Annotated[int, typer.Option(min=0, help="rows; 0 for all")] = 50,
    sql: Annotated[str | None, typer.Option(help="of the question sql")] = None,
    format: Annotated[str | None, typer.Option(help=", ".join(FORMATS))] = None,
) -> None:
    """Ask what a backfill found: incidents by month, kind and country, near a point, by actor.

    `sql` asks the tables reports, events, claims, problems, incidents and members.
    """
    shown = format or ("table" if sys.stdout.isatty() else "csv")
    for value, valid, name in ((shown, FORMATS, "format"), (question, QUESTIONS, "question")):
        if value not in valid:
            raise InputError(
                f"no such {name} {value!r}", where="query", right=f"one of {', '.join(valid)}"
            )
    wanted = chosen(first, last, type, country, None, None, near)
    asked = Asked(
        by=tuple(by.split(",")), first=wanted.first, last=wanted.last, types=wanted.types,
        countries=wanted.countries, statuses=tuple(status or ()), near=wanted.within,
        background=background, limit=limit or None,
    )  # fmt: skip
    answers = Answers(folder, Storage.from_environment())
    if question == "sql":
        if sql is None:
            raise InputError("no query", where="query sql", right='--sql "select …"')
        answer = answers.sql(sql)
    else:
        answer = getattr(answers, question)(asked)
    _write(answer, shown)
    if not answers.manifest.whole:
        print("watchfloor: the backfill is not whole: run it again to go on", file=sys.stderr)


def _write(answer: Answer, format: str) -> None:
    if format == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(answer.columns)
        writer.writerows([safe_cell(value) for value in row] for row in answer.rows)
    elif format == "jsonl":
        for row in answer.rows:
            line = dict(zip(answer.columns, row, strict=True))
            sys.stdout.write(json_line(line).decode() + "\n")
    else:
        table = Table(box=None)
        for column in answer.columns:
            table.add_column(column)
        for row in answer.rows:
            table.add_row(*("-" if value is None else str(value) for value in row))
        Console().print(table)
