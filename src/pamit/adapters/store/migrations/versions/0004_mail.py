"""Mail accounts, the person's own messages on their way, and what mails that came in propose."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_GUARDS = {
    "sqlite": (
        "CREATE TRIGGER outbox_stays BEFORE UPDATE OF data ON outbox "
        "BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END"
    ),
    "postgresql": ("CREATE TRIGGER outbox_stays BEFORE UPDATE OF data ON outbox FOR EACH ROW EXECUTE FUNCTION pamit_refuse()"),
}


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_accounts"),
        sa.UniqueConstraint("address", name="uq_accounts_address"),
    )
    op.create_table(
        "folders",
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("validity", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("address", "folder", name="pk_folders"),
        sa.ForeignKeyConstraint(["address"], ["accounts.address"], name="fk_folders_address_accounts", ondelete="CASCADE"),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("case_id", sa.String(12), nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("token", sa.String(80)),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
        sa.UniqueConstraint("token", name="uq_outbox_token"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_outbox_case_id_cases", ondelete="CASCADE"),
    )
    op.create_table(
        "inbox",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("case_id", sa.String(12)),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("message_id", sa.Text),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("data", sa.LargeBinary),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("id", name="uq_inbox_id"),
        sa.UniqueConstraint("digest", name="uq_inbox_digest"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_inbox_case_id_cases", ondelete="CASCADE"),
    )
    for table, columns in {"outbox": ("case_id", "state", "due_at"), "inbox": ("case_id", "message_id", "state")}.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(_GUARDS[op.get_bind().dialect.name])
