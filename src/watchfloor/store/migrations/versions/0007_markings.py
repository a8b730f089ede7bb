"""What is marked is found quickly, since every query leaves out what may not be seen."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_report_marking", "report", ["marking"])
    op.create_index("ix_incident_marking", "incident", ["marking"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_incident_marking", "incident")
    op.drop_index("ix_report_marking", "report")
