"""Access: users, their sessions and tokens."""

import sqlalchemy as sa
from alembic import op

import watchfloor.store.types as columns

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "desk_user",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("sites", sa.Text(), nullable=True),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("totp", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("disabled_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", columns.Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_desk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_desk_user_name")),
        sa.UniqueConstraint("subject", name=op.f("uq_desk_user_subject")),
    )
    op.create_table(
        "desk_session",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("opened_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("ends_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("purpose_ends_at", columns.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user"], ["desk_user.n"], name=op.f("fk_desk_session_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_desk_session")),
    )
    op.create_index(op.f("ix_desk_session_user"), "desk_session", ["user"])
    op.create_index(op.f("ix_desk_session_ends_at"), "desk_session", ["ends_at"])
    op.create_table(
        "desk_token",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("ends_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("revoked_at", columns.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user"], ["desk_user.n"], name=op.f("fk_desk_token_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_desk_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_desk_token_digest")),
    )
    op.create_index(op.f("ix_desk_token_user"), "desk_token", ["user"])


def downgrade() -> None:
    """Take back."""
    for table in ("desk_token", "desk_session", "desk_user"):
        op.drop_table(table)
