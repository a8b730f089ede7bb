"""The record: reports, what was found in them, incidents, judgements."""

import sqlalchemy as sa
from alembic import op

import watchfloor.store.types as columns

revision = "0001"
down_revision = None

#: Full text and space-time indexes, which each back end has its own way of keeping.
SQLITE = """
CREATE VIRTUAL TABLE report_words USING fts5(
    title, text, content='report', content_rowid='n', tokenize='porter unicode61');

CREATE TRIGGER report_words_in AFTER INSERT ON report BEGIN
    INSERT INTO report_words(rowid, title, text) VALUES (new.n, new.title, new.text); END;

CREATE TRIGGER report_words_out AFTER DELETE ON report BEGIN
    INSERT INTO report_words(report_words, rowid, title, text)
    VALUES ('delete', old.n, old.title, old.text); END;

CREATE TRIGGER report_words_change AFTER UPDATE OF title, text ON report BEGIN
    INSERT INTO report_words(report_words, rowid, title, text)
    VALUES ('delete', old.n, old.title, old.text);
    INSERT INTO report_words(rowid, title, text) VALUES (new.n, new.title, new.text); END;

CREATE VIRTUAL TABLE incident_space USING rtree(
    n, min_lat, max_lat, min_lon, max_lon, min_day, max_day);
"""
POSTGRESQL = """
CREATE EXTENSION IF NOT EXISTS postgis;

CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE report ADD COLUMN words tsvector GENERATED ALWAYS AS (
    to_tsvector('english', left(coalesce(title, '') || ' ' || text, 250000))) STORED;

CREATE INDEX ix_report_words ON report USING gin (words);

ALTER TABLE incident ADD COLUMN spot geography(Point, 4326) GENERATED ALWAYS AS (
    ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography) STORED;

CREATE INDEX ix_incident_spot_day_from ON incident USING gist (spot, day_from);
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "blob",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", columns.Packed(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_blob")),
    )
    op.create_table(
        "history",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("at", columns.Utc(timezone=True), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_incident"), "history", ["incident"], unique=False)
    op.create_table(
        "incident",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("day_from", sa.Date(), nullable=True),
        sa.Column("day_to", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("gazetteer_id", sa.Text(), nullable=True),
        sa.Column("place_kind", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("killed_low", sa.Integer(), nullable=True),
        sa.Column("killed_high", sa.Integer(), nullable=True),
        sa.Column("injured_low", sa.Integer(), nullable=True),
        sa.Column("injured_high", sa.Integer(), nullable=True),
        sa.Column("abducted_low", sa.Integer(), nullable=True),
        sa.Column("abducted_high", sa.Integer(), nullable=True),
        sa.Column("arrested_low", sa.Integer(), nullable=True),
        sa.Column("arrested_high", sa.Integer(), nullable=True),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("first_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("updated_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("gone_into", sa.Text(), nullable=True),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_incident")),
        sa.UniqueConstraint("id", name=op.f("uq_incident_id")),
    )
    op.create_index(
        "ix_incident_country_day_from", "incident", ["country", "day_from"], unique=False
    )
    op.create_index("ix_incident_type_day_from", "incident", ["type", "day_from"], unique=False)
    op.create_index("ix_incident_updated_at", "incident", ["updated_at"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("undone_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=True),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_judgement")),
        sa.UniqueConstraint("id", name=op.f("uq_judgement_id")),
    )
    op.create_table(
        "judged",
        sa.Column("judgement", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["judgement"], ["judgement.id"], name=op.f("fk_judged_judgement")),
        sa.PrimaryKeyConstraint("judgement", "report", name=op.f("pk_judged")),
    )
    op.create_index("ix_judged_report", "judged", ["report"], unique=False)
    op.create_table(
        "report",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("received_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.Column("coded", columns.Packed(), nullable=False),
        sa.ForeignKeyConstraint(["blob"], ["blob.digest"], name=op.f("fk_report_blob")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_report")),
        sa.UniqueConstraint("id", name=op.f("uq_report_id")),
    )
    op.create_index(op.f("ix_report_outlet"), "report", ["outlet"], unique=False)
    op.create_index(op.f("ix_report_published_at"), "report", ["published_at"], unique=False)
    op.create_index(op.f("ix_report_received_at"), "report", ["received_at"], unique=False)
    op.create_index(op.f("ix_report_url"), "report", ["url"], unique=False)
    op.create_table(
        "actor",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_actor_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_actor")),
    )
    op.create_index(op.f("ix_actor_name"), "actor", ["name"], unique=False)
    op.create_table(
        "band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_band_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("band", "report", name=op.f("pk_band")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_band_report", "band", ["report"], unique=False)
    op.create_table(
        "claim",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("quotation", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_claim_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_source"), "claim", ["source"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("whom", sa.Text(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_commitment_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_commitment")),
        sa.UniqueConstraint("id", name=op.f("uq_commitment_id")),
    )
    op.create_index("ix_commitment_report", "commitment", ["report"], unique=False)
    op.create_index(op.f("ix_commitment_said_on"), "commitment", ["said_on"], unique=False)
    op.create_table(
        "deed",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_deed_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_deed")),
    )
    op.create_index(op.f("ix_deed_day"), "deed", ["day"], unique=False)
    op.create_index("ix_deed_report", "deed", ["report"], unique=False)
    op.create_table(
        "event",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("cameo", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("day_from", sa.Date(), nullable=True),
        sa.Column("day_to", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("gazetteer_id", sa.Text(), nullable=True),
        sa.Column("place_kind", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("killed_low", sa.Integer(), nullable=True),
        sa.Column("killed_high", sa.Integer(), nullable=True),
        sa.Column("injured_low", sa.Integer(), nullable=True),
        sa.Column("injured_high", sa.Integer(), nullable=True),
        sa.Column("abducted_low", sa.Integer(), nullable=True),
        sa.Column("abducted_high", sa.Integer(), nullable=True),
        sa.Column("arrested_low", sa.Integer(), nullable=True),
        sa.Column("arrested_high", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_event_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_country_day_from", "event", ["country", "day_from"], unique=False)
    op.create_index("ix_event_incident", "event", ["incident"], unique=False)
    op.create_index("ix_event_type_day_from", "event", ["type", "day_from"], unique=False)
    op.create_table(
        "node",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=True),
        sa.Column("doc", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_node_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_node")),
        sa.UniqueConstraint("report", "event", name=op.f("uq_node_report_event")),
    )
    op.create_index(op.f("ix_node_incident"), "node", ["incident"], unique=False)
    op.create_table(
        "party",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_party_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "event", "number", name=op.f("pk_party")),
    )
    op.create_index(op.f("ix_party_name"), "party", ["name"], unique=False)
    op.create_table(
        "place",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("gazetteer_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_place_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_place")),
    )
    op.create_index(op.f("ix_place_gazetteer_id"), "place", ["gazetteer_id"], unique=False)
    op.create_index(op.f("ix_place_name"), "place", ["name"], unique=False)
    op.create_table(
        "revision",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("received_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("blob", sa.Text(), nullable=True),
        sa.Column("coded", columns.Packed(), nullable=False),
        sa.ForeignKeyConstraint(["blob"], ["blob.digest"], name=op.f("fk_revision_blob")),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_revision_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "revision", name=op.f("pk_revision")),
    )
    op.create_table(
        "wire",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("wire", sa.Text(), nullable=False),
        sa.Column("print", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["report.id"], name=op.f("fk_wire_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_wire")),
    )
    op.create_index(op.f("ix_wire_wire"), "wire", ["wire"], unique=False)
    op.create_table(
        "block",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["node"], ["node.n"], name=op.f("fk_block_node"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "node", name=op.f("pk_block")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_block_node", "block", ["node"], unique=False)
    op.create_table(
        "pair",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("two", sa.Integer(), nullable=False),
        sa.Column("odds", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["node.n"], name=op.f("fk_pair_one"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["two"], ["node.n"], name=op.f("fk_pair_two"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one", "two", name=op.f("pk_pair")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pair_two", "pair", ["two"], unique=False)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (SQLITE if sqlite else POSTGRESQL).split("\n\n"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE report_words")
        op.execute("DROP TABLE incident_space")
    op.drop_index("ix_pair_two", table_name="pair")
    op.drop_table("pair")
    op.drop_index("ix_block_node", table_name="block")
    op.drop_table("block")
    op.drop_index(op.f("ix_wire_wire"), table_name="wire")
    op.drop_table("wire")
    op.drop_table("revision")
    op.drop_index(op.f("ix_place_name"), table_name="place")
    op.drop_index(op.f("ix_place_gazetteer_id"), table_name="place")
    op.drop_table("place")
    op.drop_index(op.f("ix_party_name"), table_name="party")
    op.drop_table("party")
    op.drop_index(op.f("ix_node_incident"), table_name="node")
    op.drop_table("node")
    op.drop_index("ix_event_type_day_from", table_name="event")
    op.drop_index("ix_event_incident", table_name="event")
    op.drop_index("ix_event_country_day_from", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_deed_report", table_name="deed")
    op.drop_index(op.f("ix_deed_day"), table_name="deed")
    op.drop_table("deed")
    op.drop_index(op.f("ix_commitment_said_on"), table_name="commitment")
    op.drop_index("ix_commitment_report", table_name="commitment")
    op.drop_table("commitment")
    op.drop_index(op.f("ix_claim_source"), table_name="claim")
    op.drop_table("claim")
    op.drop_index("ix_band_report", table_name="band")
    op.drop_table("band")
    op.drop_index(op.f("ix_actor_name"), table_name="actor")
    op.drop_table("actor")
    op.drop_index(op.f("ix_report_url"), table_name="report")
    op.drop_index(op.f("ix_report_received_at"), table_name="report")
    op.drop_index(op.f("ix_report_published_at"), table_name="report")
    op.drop_index(op.f("ix_report_outlet"), table_name="report")
    op.drop_table("report")
    op.drop_index("ix_judged_report", table_name="judged")
    op.drop_table("judged")
    op.drop_table("judgement")
    op.drop_index("ix_incident_updated_at", table_name="incident")
    op.drop_index("ix_incident_type_day_from", table_name="incident")
    op.drop_index("ix_incident_country_day_from", table_name="incident")
    op.drop_table("incident")
    op.drop_index(op.f("ix_history_incident"), table_name="history")
    op.drop_table("history")
    op.drop_table("blob")
