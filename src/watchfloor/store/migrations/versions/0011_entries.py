"""Of what feeds offer it is known when it was got last, and how long it has been the same."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Apply."""
    kind = sa.DateTime(timezone=True)
    with op.batch_alter_table("entry") as entry:
        entry.add_column(sa.Column("asked_at", kind))
        entry.add_column(sa.Column("steady", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE entry SET asked_at = seen_at")
    with op.batch_alter_table("entry") as entry:
        entry.alter_column("asked_at", existing_type=kind, nullable=False)
        entry.alter_column("steady", existing_type=sa.Integer, server_default=None)
    op.create_index("ix_entry_report", "entry", ["report"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_entry_report", "entry")
    with op.batch_alter_table("entry") as entry:
        entry.drop_column("steady")
        entry.drop_column("asked_at")
