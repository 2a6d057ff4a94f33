"""Logs and messages cannot be changed any more, not even by mistake."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STATEMENTS = {
    "sqlite": (
        "CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END",
        "CREATE TRIGGER entries_go_with_their_case BEFORE DELETE ON entries "
        "WHEN EXISTS (SELECT 1 FROM cases WHERE id = OLD.case_id) "
        "BEGIN SELECT RAISE(ABORT, 'entries go with their case only'); END",
        "CREATE TRIGGER blobs_stay BEFORE UPDATE ON blobs BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION pamit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'kept as it is: %', TG_TABLE_NAME; END $$",
        "CREATE FUNCTION pamit_with_case() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF EXISTS (SELECT 1 FROM cases WHERE id = OLD.case_id) THEN "
        "RAISE EXCEPTION 'entries go with their case only'; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER entries_stay BEFORE UPDATE ON entries FOR EACH ROW EXECUTE FUNCTION pamit_refuse()",
        "CREATE TRIGGER entries_go_with_their_case BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION pamit_with_case()",
        "CREATE TRIGGER blobs_stay BEFORE UPDATE ON blobs FOR EACH ROW EXECUTE FUNCTION pamit_refuse()",
    ),
}


def upgrade() -> None:
    connection = op.get_bind()
    for statement in _STATEMENTS[connection.dialect.name]:
        connection.exec_driver_sql(statement.replace("%", "%%") if connection.dialect.name == "postgresql" else statement)
