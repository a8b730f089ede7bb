"""When an alert last changed, found at once: the floor asks for it every few seconds."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_alert_updated_at", "alert", ["updated_at"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_alert_updated_at", table_name="alert")
