"""The response: cases, the cell's people and means, papers."""

import sqlalchemy as sa
from alembic import op

import watchfloor.store.types as columns

revision = "0006"
down_revision = "0005"

SQLITE = """
CREATE TRIGGER case_log_stays BEFORE UPDATE ON case_log BEGIN
    SELECT RAISE(ABORT, 'a line of a case log is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION case_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a line of a case log is never changed'; END $$;

CREATE TRIGGER case_log_stays BEFORE UPDATE ON case_log
    FOR EACH ROW EXECUTE FUNCTION case_log_stays()
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "assurance",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("good_days", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_assurance")),
    )
    op.create_index(op.f("ix_assurance_site"), "assurance", ["site"], unique=False)
    op.create_table(
        "clearance",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("journey", sa.Text(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("starts_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("ends_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("alternate", sa.Text(), nullable=True),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_clearance")),
    )
    op.create_index(op.f("ix_clearance_ends_at"), "clearance", ["ends_at"], unique=False)
    op.create_table(
        "desk_case",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("hypothesis", sa.Text(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("told_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("written_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("closed_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_desk_case")),
    )
    op.create_index(op.f("ix_desk_case_state"), "desk_case", ["state"], unique=False)
    op.create_table(
        "need",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("starts_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("ends_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_need")),
    )
    op.create_index(op.f("ix_need_ends_at"), "need", ["ends_at"], unique=False)
    op.create_table(
        "resource",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_resource")),
    )
    op.create_table(
        "turn",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("starts_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("ends_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_turn")),
    )
    op.create_index(op.f("ix_turn_ends_at"), "turn", ["ends_at"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("resource", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("starts_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("ends_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["resource"], ["resource.n"], name=op.f("fk_assignment_resource")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_ends_at"), "assignment", ["ends_at"], unique=False)
    op.create_index(op.f("ix_assignment_resource"), "assignment", ["resource"], unique=False)
    op.create_table(
        "case_link",
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["desk_case.n"], name=op.f("fk_case_link_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case", "kind", "subject", name=op.f("pk_case_link")),
    )
    op.create_index(op.f("ix_case_link_subject"), "case_link", ["subject"], unique=False)
    op.create_table(
        "case_log",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("at", columns.Utc(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case"], ["desk_case.n"], name=op.f("fk_case_log_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_case_log")),
    )
    op.create_index(op.f("ix_case_log_case"), "case_log", ["case"], unique=False)
    op.create_table(
        "check_in",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=True),
        sa.Column("point", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case"], ["desk_case.n"], name=op.f("fk_check_in_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_check_in")),
    )
    op.create_index(op.f("ix_check_in_case"), "check_in", ["case"], unique=False)
    op.create_index(op.f("ix_check_in_subject"), "check_in", ["subject"], unique=False)
    op.create_table(
        "head_count",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("accounted", sa.Integer(), nullable=False),
        sa.Column("hurt", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case"], ["desk_case.n"], name=op.f("fk_head_count_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_head_count")),
    )
    op.create_index(op.f("ix_head_count_case"), "head_count", ["case"], unique=False)
    op.create_table(
        "inquiry",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_of", sa.Text(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=True),
        sa.Column("due_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case"], ["desk_case.n"], name=op.f("fk_inquiry_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_inquiry")),
    )
    op.create_index(op.f("ix_inquiry_case"), "inquiry", ["case"], unique=False)
    op.create_table(
        "paper",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("first_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("last_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case"], ["desk_case.n"], name=op.f("fk_paper_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_paper")),
    )
    op.create_index(op.f("ix_paper_case"), "paper", ["case"], unique=False)
    op.create_table(
        "task",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("doer", sa.Text(), nullable=True),
        sa.Column("due_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("done_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", columns.Utc(timezone=True), nullable=False),
        sa.Column("dropped_at", columns.Utc(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case"], ["desk_case.n"], name=op.f("fk_task_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_case"), "task", ["case"], unique=False)
    op.create_table(
        "paper_version",
        sa.Column("paper", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", columns.Utc(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper"], ["paper.n"], name=op.f("fk_paper_version_paper"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("paper", "version", name=op.f("pk_paper_version")),
    )

    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in [SQLITE] if sqlite else POSTGRESQL.split(";\n\n"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    for table in (
        "paper_version",
        "task",
        "paper",
        "inquiry",
        "head_count",
        "check_in",
        "case_log",
        "case_link",
        "assignment",
        "turn",
        "resource",
        "need",
        "desk_case",
        "clearance",
        "assurance",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION case_log_stays")
