"""The watch: feeds, alerts, deliveries."""

import sqlalchemy as sa
from alembic import op

import watchfloor.store.types as columns

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "alert",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("updated_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("snoozed_until", columns.Utc(timezone=True), nullable=True),
        sa.Column("disposition", sa.Text(), nullable=True),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_alert")),
        sa.UniqueConstraint("id", name=op.f("uq_alert_id")),
        sa.UniqueConstraint("incident", "register", name=op.f("uq_alert_incident_register")),
    )
    op.create_index(op.f("ix_alert_incident"), "alert", ["incident"], unique=False)
    op.create_index(op.f("ix_alert_register"), "alert", ["register"], unique=False)
    op.create_index("ix_alert_state_n", "alert", ["state", "n"], unique=False)
    op.create_table(
        "alert_log",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("at", columns.Utc(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_alert_log")),
    )
    op.create_index(op.f("ix_alert_log_alert"), "alert_log", ["alert"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("sent_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "alert", "revision", "channel", name=op.f("uq_delivery_alert_revision_channel")
        ),
    )
    op.create_index("ix_delivery_state_due_at", "delivery", ["state", "due_at"], unique=False)
    op.create_table(
        "feed",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("every_s", sa.Float(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("gap_s", sa.Float(), nullable=True),
        sa.Column("tried_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("answered_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("fresh_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("next_at", columns.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_feed")),
        sa.UniqueConstraint("address", name=op.f("uq_feed_address")),
    )
    op.create_index(op.f("ix_feed_next_at"), "feed", ["next_at"], unique=False)
    op.create_table(
        "entry",
        sa.Column("feed", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("seen_at", columns.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed"], ["feed.n"], name=op.f("fk_entry_feed"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed", "key", name=op.f("pk_entry")),
    )
    op.create_table(
        "feed_state",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", columns.Utc(timezone=True), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feed"], ["feed.n"], name=op.f("fk_feed_state_feed"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_feed_state")),
    )
    op.create_index(op.f("ix_feed_state_feed"), "feed_state", ["feed"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_feed_state_feed"), table_name="feed_state")
    op.drop_table("feed_state")
    op.drop_table("entry")
    op.drop_index(op.f("ix_feed_next_at"), table_name="feed")
    op.drop_table("feed")
    op.drop_index("ix_delivery_state_due_at", table_name="delivery")
    op.drop_table("delivery")
    op.drop_index(op.f("ix_alert_log_alert"), table_name="alert_log")
    op.drop_table("alert_log")
    op.drop_index("ix_alert_state_n", table_name="alert")
    op.drop_index(op.f("ix_alert_register"), table_name="alert")
    op.drop_index(op.f("ix_alert_incident"), table_name="alert")
    op.drop_table("alert")
