"""The desk's table of outlets and bodies is in the record; a report names the agency it prints."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Apply. The agency of reports that are there is filled in when they are coded again."""
    op.add_column("report", sa.Column("agency", sa.Text))
    op.create_index("ix_report_agency", "report", ["agency"])
    op.create_table(
        "known",
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("reliability", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_known")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("known")
    op.drop_index("ix_report_agency", "report")
    op.drop_column("report", "agency")
