"""What is gleaned from logs and messages: words to be found, and histories. Both are filled by whoever asks for them first."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WORD_INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5(kind, folded, content='passages', content_rowid='seq')",
        "CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN "
        "INSERT INTO passage_words(rowid, kind, folded) VALUES (NEW.seq, NEW.kind, NEW.folded); END",
        "CREATE TRIGGER passage_removed AFTER DELETE ON passages BEGIN "
        "INSERT INTO passage_words(passage_words, rowid, kind, folded) VALUES ('delete', OLD.seq, OLD.kind, OLD.folded); END",
    ),
    "postgresql": ("CREATE INDEX passage_words ON passages USING gin (to_tsvector('simple'::regconfig, folded))",),
}


def upgrade() -> None:
    op.create_table(
        "histories",
        sa.Column("case_id", sa.String(12), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_histories"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_histories_case_id_cases", ondelete="CASCADE"),
    )
    op.create_table(
        "passages",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("case_id", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("ref", sa.String(20), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_passages"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_passages_case_id_cases", ondelete="CASCADE"),
    )
    op.create_index("ix_passages_case_id", "passages", ["case_id"])
    for statement in _WORD_INDEX[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)
