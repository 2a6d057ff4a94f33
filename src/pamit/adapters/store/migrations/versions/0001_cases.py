"""Cases with their logs, messages and index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("seq", sa.Integer, autoincrement=True),
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("uid", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_cases"),
        sa.UniqueConstraint("id", name="uq_cases_id"),
        sa.UniqueConstraint("uid", name="uq_cases_uid"),
    )
    op.create_table(
        "entries",
        sa.Column("case_id", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_entries"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_entries_case_id_cases", ondelete="CASCADE"),
    )
    op.create_table(
        "blobs",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_blobs"),
    )
    op.create_table(
        "sources",
        sa.Column("case_id", sa.String(12), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("message_id", sa.Text),
        sa.Column("uid", sa.Text),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_sources"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_sources_case_id_cases", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["digest"], ["blobs.digest"], name="fk_sources_digest_blobs"),
        sa.UniqueConstraint("case_id", "digest", name="uq_sources_case_id_digest"),
    )
    moments = ("start_at", "end_at", "due_at", "opens_at", "changes_at")
    op.create_table(
        "case_index",
        sa.Column("case_id", sa.String(12), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("derived_at", sa.BigInteger, nullable=False),
        sa.Column("company", sa.Text),
        sa.Column("position", sa.Text),
        sa.Column("company_key", sa.Text),
        sa.Column("position_key", sa.Text),
        sa.Column("search", sa.Text, nullable=False),
        *(sa.Column(name, sa.BigInteger) for name in moments),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_index"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_index_case_id_cases", ondelete="CASCADE"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    for column in ("digest", "message_id", "uid"):
        op.create_index(f"ix_sources_{column}", "sources", [column])
    for column in ("stage", "derived_at", "company_key", "start_at", "due_at", "changes_at"):
        op.create_index(f"ix_case_index_{column}", "case_index", [column])
