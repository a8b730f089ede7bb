"""The tables of a backfill: their columns, and the Parquet files that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from watchfloor.goldstein import goldstein
from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport, Report, Role
from watchfloor.scale.storage import Folder
from watchfloor.store import incident_columns
from watchfloor.store.rows import detail_rows
from watchfloor.store.tables import claim, event

Rows = list[dict[str, Any]]

_TEXT, _WHOLE, _REAL, _FLAG, _DAY = pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()
_PLACE: dict[str, Any] = {
    "place": _TEXT, "place_kind": _TEXT, "gazetteer_id": _TEXT, "country": _TEXT,
    "lat": _REAL, "lon": _REAL, "radius_km": _REAL,
}  # fmt: skip
_HARM: dict[str, Any] = {
    f"{harm}_{end}": _WHOLE
    for harm in ("killed", "injured", "abducted", "arrested")
    for end in ("low", "high")
}
_WHAT: dict[str, Any] = {
    "type": _TEXT, "mode": _TEXT, "status": _TEXT, "background": _FLAG,
    "day_from": _DAY, "day_to": _DAY, **_PLACE, **_HARM,
}  # fmt: skip
_ROLES = ("actor", "recipient", "victim", "target")

#: Columns by table. `part` names the partition, `report` a report by its id; the pair is the key
#: of a report here, for a page that was crawled twice has one id in two partitions.
COLUMNS: dict[str, dict[str, Any]] = {
    "reports": {
        "part": _TEXT, "report": _TEXT, "published": _TEXT, "outlet": _TEXT, "url": _TEXT,
        "language": _TEXT, "title": _TEXT, "text": _TEXT, "coded": _FLAG, "events": _WHOLE,
    },
    "events": {
        "part": _TEXT, "report": _TEXT, "event": _TEXT, "published": _TEXT, "outlet": _TEXT,
        **_WHAT, "admin1": _TEXT, "cameo": _TEXT, "goldstein": _REAL, "trigger": _TEXT,
        "start": _WHOLE, "end": _WHOLE, "sentence": _TEXT, "contexts": pa.list_(_TEXT),
        "claims": pa.list_(_TEXT),
        **dict.fromkeys(_ROLES, _TEXT),
        **{f"{role}_country": _TEXT for role in _ROLES}, "confidence": _REAL,
    },
    "claims": {
        "part": _TEXT, "report": _TEXT, "claim": _TEXT, "source": _TEXT, "kind": _TEXT,
        "standing": _TEXT, "stance": _TEXT, "quotation": _TEXT, "cue": _TEXT, "start": _WHOLE,
        "end": _WHOLE, "parent": _TEXT,
    },
    "problems": {"part": _TEXT, "report": _TEXT, "origin": _TEXT, "problem": _TEXT, "lost": _FLAG},
    "nodes": {
        "part": _TEXT, "report": _TEXT, "event": _TEXT, "bucket": _TEXT,
        "buckets": pa.list_(_TEXT), "node": pa.binary(), "print": pa.binary(),
    },
    "incidents": {
        "incident": _TEXT, **_WHAT, "admin1": _TEXT, "actors": pa.list_(_TEXT),
        "differs": pa.list_(_TEXT), "sources": _WHOLE, "reports": _WHOLE, "doc": _TEXT,
    },
    "members": {"incident": _TEXT, "part": _TEXT, "report": _TEXT, "event": _TEXT},
    "open": {
        "label": _TEXT, "part": _TEXT, "report": _TEXT, "event": _TEXT, "node": pa.binary(),
        "print": pa.binary(),
    },
    "repeats": {"part": _TEXT, "report": _TEXT},
}  # fmt: skip


def schema_of(table: str) -> Any:
    """The Arrow schema of a table."""
    return pa.schema(list(COLUMNS[table].items()))


def write_table(folder: Folder, table: str, name: str, rows: Rows) -> None:
    """Write the rows as `name`, whole or not at all; a table without rows has its columns."""
    made = pa.Table.from_pylist(rows, schema=schema_of(table))
    out = pa.BufferOutputStream()
    pq.write_table(made, out, compression="zstd", row_group_size=20_000)
    folder.write(name, out.getvalue())


def read_rows(
    folder: Folder, name: str, columns: Sequence[str] | None = None, filters: Any = None
) -> Rows:
    """The rows of a Parquet file, all columns or some; `filters` as Arrow takes them."""
    return list(read_table(folder, name, columns, filters).to_pylist())


def read_table(
    folder: Folder, name: str, columns: Sequence[str] | None = None, filters: Any = None
) -> Any:
    """The same as an Arrow table."""
    return pq.read_table(
        folder.path(name), filesystem=folder.system, columns=columns, filters=filters,
        partitioning=None,
    )  # fmt: skip


def exists(folder: Folder, name: str) -> bool:
    """Whether a file is there."""
    return bool(folder.system.get_file_info(folder.path(name)).type != fs.FileType.NotFound)


def report_row(part: str, report: Report, coded: CodedReport | None, texts: bool) -> dict[str, Any]:
    """One report; `coded` is None where it was not coded. Its text only where asked for."""
    return {
        "part": part, "report": report.id, "published": report.published,
        "outlet": report.outlet, "url": report.url, "language": report.language,
        "title": report.title, "text": report.text if texts else None,
        "coded": coded is not None, "events": len(coded.events) if coded else 0,
    }  # fmt: skip


def detail(part: str, coded: CodedReport) -> tuple[Rows, Rows]:
    """The rows of a report's events and of its claims."""
    rows = detail_rows(coded)
    report = coded.report
    places = {p.id: p for p in coded.places}
    events = []
    for found, row in zip(coded.events, rows[event], strict=True):
        place = places.get(found.place.place) if found.place else None
        sentence = report.text[found.sentence.start : found.sentence.end]
        events.append({
            **row, "part": part, "event": found.id, "published": report.published,
            "outlet": report.outlet, "admin1": place.admin1 if place else None,
            "sentence": " ".join(sentence.split()), "contexts": list(found.contexts),
            "goldstein": goldstein(found.cameo), "claims": list(found.claims),
            **_parties(coded, found.participants),
        })  # fmt: skip
    claims = [{**row, "part": part, "claim": row["id"]} for row in rows[claim]]
    return events, claims


def _parties(coded: CodedReport, participants: Iterable[Any]) -> dict[str, str | None]:
    """By role, the first participant's name (its words where it has none) and country."""
    actors = {a.id: a for a in coded.actors}
    row: dict[str, str | None] = {}
    for party in participants:
        actor = actors.get(party.actor) if party.actor else None
        if party.role in _ROLES and party.role.value not in row:
            row[party.role.value] = actor.name if actor else " ".join(party.text.split())
            row[f"{party.role.value}_country"] = actor.country if actor else None
    return row


def incident_row(found: MergedIncident) -> dict[str, Any]:
    """One incident, with the whole of it as JSON in `doc` (`watchfloor.incident/1`)."""
    texts = (" ".join(p.text.split()) for p in found.participants if p.role == Role.ACTOR)
    return {
        **incident_columns(found), "incident": found.incident,
        "admin1": found.place.admin1 if found.place else None,
        "actors": list(dict.fromkeys(texts)), "differs": list(found.differs),
        "doc": msgspec.json.encode(found).decode(),
    }  # fmt: skip
