"""The live queue asks for what changed last."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_alert_updated_at", "alert", ["updated_at"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_alert_updated_at", "alert")
