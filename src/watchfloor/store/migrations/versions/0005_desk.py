"""The desk: the register, and searches that people keep."""

import sqlalchemy as sa
from alembic import op

import watchfloor.store.types as columns

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "register_entry",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("changed_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_register_entry")),
    )
    op.create_table(
        "saved_search",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_saved_search")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("saved_search")
    op.drop_table("register_entry")
