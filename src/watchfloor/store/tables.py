"""The schema of the record. Columns named `doc` hold the whole record as JSON; the others are
what is searched by. The migrations build it; a test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from watchfloor.store.types import Packed, Utc

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

#: Raw bytes as they arrived, by the hash of what they are.
blob = Table(
    "blob",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("content", Packed, nullable=False),
)

#: The latest revision of each report with what was found in it by which coder.
report = Table(
    "report",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("published", Text),
    Column("published_at", Utc, index=True),
    Column("outlet", Text, index=True),
    Column("url", Text, index=True),
    Column("language", Text),
    Column("received_at", Utc, nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("marking", Text, nullable=False, index=True),
    Column("blob", Text, ForeignKey("blob.digest")),
    Column("agency", Text, index=True),
    Column("coded", Packed, nullable=False),
)

#: What a report said before it was edited.
revision = Table(
    "revision",
    metadata,
    Column("report", Text, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("blob", Text, ForeignKey("blob.digest")),
    Column("coded", Packed, nullable=False),
)


def _of_report() -> Column[str]:
    return Column("report", Text, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)


def _harm() -> list[Column[int]]:
    kinds = ("killed", "injured", "abducted", "arrested")
    return [Column(f"{kind}_{end}", Integer) for kind in kinds for end in ("low", "high")]


def _spot() -> list[Column[object]]:
    return [
        Column("place", Text),
        Column("gazetteer_id", Text),
        Column("place_kind", Text),
        Column("country", Text),
        Column("lat", Float),
        Column("lon", Float),
        Column("radius_km", Float),
    ]


event = Table(
    "event",
    metadata,
    _of_report(),
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("cameo", Text),
    Column("status", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("day_from", Date),
    Column("day_to", Date),
    *_spot(),
    *_harm(),
    Column("confidence", Float, nullable=False),
    Column("incident", Text),
    Index("ix_event_type_day_from", "type", "day_from"),
    Index("ix_event_country_day_from", "country", "day_from"),
    Index("ix_event_incident", "incident"),
)

party = Table(
    "party",
    metadata,
    _of_report(),
    Column("event", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("actor", Text),
    Column("name", Text, index=True),
    Column("kind", Text),
    Column("country", Text),
    Column("sector", Text),
    Column("effect", Text),
)

actor = Table(
    "actor",
    metadata,
    _of_report(),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("sector", Text),
)

place = Table(
    "place",
    metadata,
    _of_report(),
    Column("id", Text, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("gazetteer_id", Text, index=True),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("admin1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
)

claim = Table(
    "claim",
    metadata,
    _of_report(),
    Column("id", Text, primary_key=True),
    Column("source", Text, index=True),
    Column("kind", Text),
    Column("standing", Text),
    Column("stance", Text, nullable=False),
    Column("quotation", Text, nullable=False),
    Column("cue", Text),
    Column("start", Integer),
    Column("end", Integer),
    Column("parent", Text),
)

#: One happening. `gone_into` names the incident that took over the members of one that is no more.
incident = Table(
    "incident",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("status", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("day_from", Date),
    Column("day_to", Date),
    *_spot(),
    *_harm(),
    Column("sources", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("first_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("marking", Text, nullable=False, index=True),
    Column("gone_into", Text),
    Column("doc", Text, nullable=False),
    Index("ix_incident_type_day_from", "type", "day_from"),
    Index("ix_incident_country_day_from", "country", "day_from"),
    Index("ix_incident_updated_at", "updated_at"),
)

#: What the record held of an incident, and from when.
history = Table(
    "history",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("incident", Text, nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("doc", Text, nullable=False),
)

#: The merger's memory: nodes, the blocks that they stand in, and how alike pairs of them are.
node = Table(
    "node",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("report", Text, ForeignKey("report.id", ondelete="CASCADE"), nullable=False),
    Column("event", Text, nullable=False),
    Column("incident", Text, index=True),
    Column("doc", LargeBinary, nullable=False),
    UniqueConstraint("report", "event"),
)

block = Table(
    "block",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("node", Integer, ForeignKey("node.n", ondelete="CASCADE"), primary_key=True),
    Index("ix_block_node", "node"),
    sqlite_with_rowid=False,
)

pair = Table(
    "pair",
    metadata,
    Column("one", Integer, ForeignKey("node.n", ondelete="CASCADE"), primary_key=True),
    Column("two", Integer, ForeignKey("node.n", ondelete="CASCADE"), primary_key=True),
    Column("odds", Float, nullable=False),
    Index("ix_pair_two", "two"),
    sqlite_with_rowid=False,
)

#: The wire that a report is a copy of, and the print by which copies are known.
wire = Table(
    "wire",
    metadata,
    Column("report", Text, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Column("wire", Text, nullable=False, index=True),
    Column("print", LargeBinary, nullable=False),
)

band = Table(
    "band",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("report", Text, ForeignKey("report.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_band_report", "report"),
    sqlite_with_rowid=False,
)

#: What a person decided, with reason and time; never deleted, undone by a mark.
judgement = Table(
    "judgement",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("undone_at", Utc),
    Column("undone_by", Text),
    Column("undone_reason", Text),
    Column("doc", Text, nullable=False),
)

#: The reports that a judgement speaks of.
judged = Table(
    "judged",
    metadata,
    Column("judgement", Text, ForeignKey("judgement.id"), primary_key=True),
    Column("report", Text, primary_key=True),
    Index("ix_judged_report", "report"),
)

#: The desk's own table of outlets and bodies, as last read from its file.
known = Table(
    "known",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("reliability", Text, nullable=False),
    Column("note", Text, nullable=False),
)

#: Lines of the ledger as reports tell of them, and the events that can bear on them.
commitment = Table(
    "commitment",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("report", Text, ForeignKey("report.id", ondelete="CASCADE"), nullable=False),
    Column("event", Text, nullable=False),
    Column("who", Text),
    Column("whom", Text),
    Column("said_on", Date, index=True),
    Column("due", Date),
    Column("doc", Text, nullable=False),
    Index("ix_commitment_report", "report"),
)

deed = Table(
    "deed",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("report", Text, ForeignKey("report.id", ondelete="CASCADE"), nullable=False),
    Column("event", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("day", Date, index=True),
    Column("doc", Text, nullable=False),
    Index("ix_deed_report", "report"),
)
