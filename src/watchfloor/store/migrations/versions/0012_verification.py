"""What the desk verified of its alerts."""

import sqlalchemy as sa
from alembic import op

from watchfloor.store.types import Utc

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "verification",
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("alert", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("asked_of", sa.Text, nullable=False),
        sa.Column("due_at", Utc),
        sa.Column("finding", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("found_by", sa.Text),
        sa.Column("found_at", Utc),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("dropped_at", Utc),
        sa.Column("dropped_by", sa.Text),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_verification")),
    )
    op.create_index("ix_verification_alert", "verification", ["alert"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("verification")
