"""What was given of reminders, what was put off, and when each case is to be looked at next."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder_marks",
        sa.Column("case_id", sa.String(12), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Column("owner", sa.String(80)),
        sa.PrimaryKeyConstraint("case_id", "key", name="pk_reminder_marks"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_reminder_marks_case_id_cases", ondelete="CASCADE"),
    )
    op.add_column("case_index", sa.Column("look_at", sa.BigInteger))
    op.create_index("ix_case_index_look_at", "case_index", ["look_at"])
    op.execute("UPDATE case_index SET look_at = derived_at WHERE due_at IS NOT NULL")
