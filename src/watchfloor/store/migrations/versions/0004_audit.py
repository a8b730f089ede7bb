"""The audit log, releases, readers, holds and how long things are kept."""

import sqlalchemy as sa
from alembic import op

import watchfloor.store.types as columns

revision = "0004"
down_revision = "0003"

SQLITE = """
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to'); END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to'); END;
"""
POSTGRESQL = """
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$;

CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_stays();

CREATE TRIGGER audit_is_kept BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit")),
        sa.UniqueConstraint("prev", name=op.f("uq_audit_prev")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_digest")),
    )
    op.create_index(op.f("ix_audit_who"), "audit", ["who"])
    op.create_index(op.f("ix_audit_what"), "audit", ["what"])
    op.create_table(
        "audit_payload",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_audit_payload")),
    )
    op.create_table(
        "release",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", columns.Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_release")),
    )
    op.create_index("ix_release_kind_subject", "release", ["kind", "subject"])
    op.create_table(
        "reader",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("named_by", sa.Text(), nullable=False),
        sa.Column("named_at", columns.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "user", name=op.f("pk_reader")),
    )
    op.create_table(
        "hold",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("placed_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_at", columns.Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_hold")),
    )
    op.create_index("ix_hold_kind_subject", "hold", ["kind", "subject"])
    op.create_table(
        "keeping",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", columns.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_keeping")),
    )
    lines = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    for line in lines.strip().split("\n\n"):
        op.execute(line)


def downgrade() -> None:
    """Take back."""
    for table in ("keeping", "hold", "reader", "release", "audit_payload", "audit"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_stays()")
