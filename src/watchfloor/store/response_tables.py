"""The schema of the desk's response; each table holds one record of `watchfloor.response`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table, Text

from watchfloor.store.tables import metadata
from watchfloor.store.types import Utc


def _of_case(needed: bool = True) -> Column[int]:
    key = ForeignKey("desk_case.n", ondelete="CASCADE")
    return Column("case", Integer, key, nullable=not needed, index=True)


def _made() -> list[Column[Any]]:
    return [
        Column("made_by", Text, nullable=False),
        Column("made_at", Utc, nullable=False),
        Column("dropped_at", Utc),
        Column("dropped_by", Text),
    ]


def _period() -> list[Column[Any]]:
    return [
        Column("starts_at", Utc, nullable=False),
        Column("ends_at", Utc, nullable=False, index=True),
    ]


desk_case = Table(
    "desk_case",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("lead", Text),
    Column("marking", Text, nullable=False),
    Column("site", Text),
    Column("hypothesis", Text),
    Column("opened_by", Text, nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("told_at", Utc),
    Column("written_at", Utc),
    Column("closed_at", Utc),
    Column("outcome", Text),
)

case_link = Table(
    "case_link",
    metadata,
    Column("case", Integer, ForeignKey("desk_case.n", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True, index=True),
)

#: Only added to: triggers refuse to change a line.
case_log = Table(
    "case_log",
    metadata,
    Column("n", Integer, primary_key=True),
    _of_case(),
    Column("at", Utc, nullable=False),
    Column("author", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("text", Text, nullable=False),
)

task = Table(
    "task",
    metadata,
    Column("n", Integer, primary_key=True),
    _of_case(),
    Column("what", Text, nullable=False),
    Column("doer", Text),
    Column("due_at", Utc),
    Column("done_at", Utc),
    Column("done_by", Text),
    *_made(),
)

head_count = Table(
    "head_count",
    metadata,
    Column("n", Integer, primary_key=True),
    _of_case(),
    Column("place", Text, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("accounted", Integer, nullable=False),
    Column("hurt", Integer, nullable=False),
    Column("note", Text),
    *_made(),
)

check_in = Table(
    "check_in",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("subject", Text, nullable=False, index=True),
    Column("state", Text, nullable=False),
    _of_case(needed=False),
    Column("point", Integer),
    Column("people", Integer),
    Column("note", Text),
    *_made(),
)

resource = Table(
    "resource",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("base", Text),
    Column("note", Text),
    *_made(),
)

need = Table(
    "need",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("size", Integer, nullable=False),
    *_period(),
    *_made(),
)

assignment = Table(
    "assignment",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("resource", Integer, ForeignKey("resource.n"), nullable=False, index=True),
    Column("subject", Text, nullable=False),
    *_period(),
    *_made(),
)

turn = Table(
    "turn",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("post", Text, nullable=False),
    Column("holder", Text, nullable=False),
    *_period(),
    *_made(),
)

clearance = Table(
    "clearance",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("journey", Text),
    Column("people", Integer, nullable=False),
    *_period(),
    Column("route", Text, nullable=False),
    Column("alternate", Text),
    Column("points", JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Utc),
    Column("reason", Text),
)

inquiry = Table(
    "inquiry",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("asked_of", Text, nullable=False),
    _of_case(needed=False),
    Column("due_at", Utc),
    Column("answer", Text),
    Column("answered_by", Text),
    Column("answered_at", Utc),
    *_made(),
)

verification = Table(
    "verification",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("alert", Text, nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("asked_of", Text, nullable=False),
    Column("due_at", Utc),
    Column("finding", Text),
    Column("note", Text),
    Column("found_by", Text),
    Column("found_at", Utc),
    *_made(),
)

assurance = Table(
    "assurance",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("site", Text, nullable=False, index=True),
    Column("measure", Text, nullable=False),
    Column("finding", Text, nullable=False),
    Column("good_days", Integer, nullable=False),
    Column("note", Text),
    *_made(),
)

paper = Table(
    "paper",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("marking", Text, nullable=False),
    Column("first_at", Utc, nullable=False),
    Column("last_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    _of_case(needed=False),
    Column("site", Text),
    *_made(),
)

#: What a paper said, version by version.
paper_version = Table(
    "paper_version",
    metadata,
    Column("paper", Integer, ForeignKey("paper.n", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("author", Text, nullable=False),
    Column("sections", JSON, nullable=False),
)
