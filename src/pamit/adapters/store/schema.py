"""The tables as they are now. The way here from every older form stands in ``migrations/``; a test holds both equal.

Logs are only added to: triggers refuse any change of an entry or of a message's bytes, and removal except with its case.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

__all__ = [
    "GUARDS", "REVISION", "WORD_INDEX", "Instant", "accounts", "api_answers", "api_tokens", "blobs",
    "case_index", "cases", "entries", "folders", "histories", "inbox", "metadata", "outbox", "passages", "reminder_marks",
    "settings", "sources",
]  # fmt: skip

REVISION = "0006"
"""The newest revision in ``migrations/versions``; known here so that Alembic is imported only where something is to do."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware moment as whole microseconds since 1970 in UTC: the same on every database, exact and quick to compare."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


cases = Table(
    "cases",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(12), nullable=False, unique=True),
    Column("uid", String(64), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("case_id", String(12), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("data", Text, nullable=False),
)

blobs = Table(
    "blobs",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("case_id", String(12), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("digest", String(64), ForeignKey("blobs.digest"), nullable=False),
    Column("message_id", Text),
    Column("uid", Text),
    Column("data", Text, nullable=False),
    UniqueConstraint("case_id", "digest"),
    Index(None, "digest"),
    Index(None, "message_id"),
    Index(None, "uid"),
)

case_index = Table(
    "case_index",
    metadata,
    Column("case_id", String(12), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("stage", String(16), nullable=False),
    Column("derived_at", Instant, nullable=False),
    Column("company", Text),
    Column("position", Text),
    Column("company_key", Text),
    Column("position_key", Text),
    Column("search", Text, nullable=False),
    Column("start_at", Instant),
    Column("end_at", Instant),
    Column("due_at", Instant),
    Column("opens_at", Instant),
    Column("changes_at", Instant),
    # When the reminders of the case are to be looked at next; it follows from the marks too, so it is no part of the index row.
    Column("look_at", Instant),
    Index(None, "stage"),
    Index(None, "derived_at"),
    Index(None, "company_key"),
    Index(None, "start_at"),
    Index(None, "due_at"),
    Index(None, "changes_at"),
    Index(None, "look_at"),
)

reminder_marks = Table(
    "reminder_marks",
    metadata,
    Column("case_id", String(12), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant),
    Column("owner", String(80)),
)

settings = Table(
    "settings",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("address", String(320), nullable=False, unique=True),
    # Servers and names; never a secret.
    Column("data", Text, nullable=False),
)

folders = Table(
    "folders",
    metadata,
    Column("address", String(320), ForeignKey("accounts.address", ondelete="CASCADE"), primary_key=True),
    Column("folder", Text, primary_key=True),
    Column("validity", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(12), nullable=False, unique=True),
    Column("case_id", String(12), ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("token", String(80), unique=True),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant),
    Column("lease_until", Instant),
    Column("data", LargeBinary, nullable=False),
    Column("record", Text, nullable=False),
    Index(None, "case_id"),
    Index(None, "state"),
    Index(None, "due_at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(12), nullable=False, unique=True),
    Column("case_id", String(12), ForeignKey("cases.id", ondelete="CASCADE")),
    Column("digest", String(64), nullable=False, unique=True),
    Column("message_id", Text),
    Column("state", String(10), nullable=False),
    Column("data", LargeBinary),
    Column("record", Text, nullable=False),
    Index(None, "case_id"),
    Index(None, "message_id"),
    Index(None, "state"),
)

histories = Table(
    "histories",
    metadata,
    Column("case_id", String(12), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("data", Text, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("case_id", String(12), ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("ref", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("title", Text),
    Column("folded", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index(None, "case_id"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(12), nullable=False, unique=True),
    # Of the token itself only this is kept.
    Column("digest", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("scope", String(10), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant),
)

api_answers = Table(
    "api_answers",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("request", String(64), nullable=False),
    Column("begun_at", Instant, nullable=False),
    # None while the request is being carried out, or where that was cut off.
    Column("status", Integer),
    Column("headers", Text),
    # None of an answered request: what it told of was deleted.
    Column("body", LargeBinary),
    Index(None, "begun_at"),
)

_SQLITE_GUARDS = (
    "CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END",
    "CREATE TRIGGER entries_go_with_their_case BEFORE DELETE ON entries "
    "WHEN EXISTS (SELECT 1 FROM cases WHERE id = OLD.case_id) "
    "BEGIN SELECT RAISE(ABORT, 'entries go with their case only'); END",
    "CREATE TRIGGER blobs_stay BEFORE UPDATE ON blobs BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END",
    "CREATE TRIGGER outbox_stays BEFORE UPDATE OF data ON outbox BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END",
)
_POSTGRESQL_GUARDS = (
    "CREATE FUNCTION pamit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'kept as it is: %', TG_TABLE_NAME; END $$",
    "CREATE FUNCTION pamit_with_case() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF EXISTS (SELECT 1 FROM cases WHERE id = OLD.case_id) THEN "
    "RAISE EXCEPTION 'entries go with their case only'; END IF; RETURN OLD; END $$",
    "CREATE TRIGGER entries_stay BEFORE UPDATE ON entries FOR EACH ROW EXECUTE FUNCTION pamit_refuse()",
    "CREATE TRIGGER entries_go_with_their_case BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION pamit_with_case()",
    "CREATE TRIGGER blobs_stay BEFORE UPDATE ON blobs FOR EACH ROW EXECUTE FUNCTION pamit_refuse()",
    "CREATE TRIGGER outbox_stays BEFORE UPDATE OF data ON outbox FOR EACH ROW EXECUTE FUNCTION pamit_refuse()",
)
GUARDS: dict[str, tuple[str, ...]] = {"sqlite": _SQLITE_GUARDS, "postgresql": _POSTGRESQL_GUARDS}
"""The statements that make logs and messages unchangeable, by dialect."""

_SQLITE_WORDS = (
    # The words alone: the texts stay in the table, which every change of it keeps in step.
    "CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5(kind, folded, content='passages', content_rowid='seq')",
    "CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN "
    "INSERT INTO passage_words(rowid, kind, folded) VALUES (NEW.seq, NEW.kind, NEW.folded); END",
    "CREATE TRIGGER passage_removed AFTER DELETE ON passages BEGIN "
    "INSERT INTO passage_words(passage_words, rowid, kind, folded) VALUES ('delete', OLD.seq, OLD.kind, OLD.folded); END",
)
_POSTGRESQL_WORDS = ("CREATE INDEX passage_words ON passages USING gin (to_tsvector('simple'::regconfig, folded))",)
WORD_INDEX: dict[str, tuple[str, ...]] = {"sqlite": _SQLITE_WORDS, "postgresql": _POSTGRESQL_WORDS}
"""The statements that make the words of passages quick to find, by dialect."""

for _dialect, _statements in [*GUARDS.items(), *WORD_INDEX.items()]:
    for _statement in _statements:
        _guard = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        event.listen(metadata, "after_create", _guard.execute_if(dialect=_dialect))
