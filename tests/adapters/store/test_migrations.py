"""The one line of history of the schema."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from pamit.adapters.store import migrations as package
from pamit.adapters.store import open_store
from pamit.adapters.store.engine import READ, WRITE, make_engine
from pamit.adapters.store.migrations import migrate, revision_of
from pamit.adapters.store.schema import REVISION, metadata
from pamit.errors import ErrorKind, PamitError

SCRIPT = ScriptDirectory(str(Path(package.__file__).parent))
REVISIONS = [revision.revision for revision in reversed(list(SCRIPT.walk_revisions()))]


@contextmanager
def connected(address: str, options: dict[str, Any]) -> Iterator[Connection]:
    engine = make_engine(address)
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection
    engine.dispose()


def shape(address: str) -> dict[str, Any]:
    """Everything of a schema that matters, in an order that does not depend on how it came about."""
    with connected(address, READ) as connection:
        looked = inspect(connection)
        found: dict[str, Any] = {}
        for table in sorted(looked.get_table_names()):
            columns = [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in looked.get_columns(table)]
            keys = [(k["constrained_columns"], k["referred_table"], k["options"]) for k in looked.get_foreign_keys(table)]
            unique = [(u["name"], u["column_names"]) for u in looked.get_unique_constraints(table)]
            indexes = [(i["name"], i["column_names"], bool(i["unique"])) for i in looked.get_indexes(table)]
            primary = looked.get_pk_constraint(table)["constrained_columns"]
            found[table] = [sorted(columns), primary, sorted(keys, key=str), sorted(unique, key=str), sorted(indexes, key=str)]
        triggers = {
            "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
            "postgresql": "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid), prosrc FROM pg_trigger "
            "JOIN (SELECT oid AS f, prosrc FROM pg_proc) p ON f = tgfoid WHERE NOT tgisinternal ORDER BY tgname",
        }[connection.dialect.name]
        found["triggers"] = [tuple(row) for row in connection.execute(text(triggers))]
        return found


def test_history_is_one_line_and_its_end_is_known() -> None:
    """No branches; the store knows the newest revision without asking Alembic."""
    assert (SCRIPT.get_heads(), SCRIPT.get_bases()) == ([REVISION], [REVISIONS[0]])


@pytest.mark.parametrize("begin", REVISIONS)
def test_migrated_schema_equals_a_fresh_one(address: str, tmp_path: Path, begin: str) -> None:
    """From every revision the way leads to the same tables, indexes and triggers."""
    with connected(address, WRITE) as connection:
        migrate(connection, None, begin)
    open_store(address).close()
    migrated = shape(address)
    with connected(address, READ) as connection:
        assert revision_of(connection) == REVISION
        # The index of words is no table or index that SQLAlchemy knows how to describe.
        apart = {"include_object": lambda _thing, name, *_: not (name or "").startswith("passage_words")}
        assert compare_metadata(MigrationContext.configure(connection, opts=apart), metadata) == []
    if address.startswith("sqlite"):
        fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    else:
        with connected(address, WRITE) as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        fresh = address
    open_store(fresh).close()
    assert migrated == shape(fresh)


def test_store_of_a_newer_version_is_refused(address: str) -> None:
    """An old program does not touch what it does not know."""
    open_store(address).close()
    with connected(address, WRITE) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(PamitError) as caught:
        open_store(address)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.REFUSED, "store-newer")


def test_two_processes_may_start_at_once(address: str) -> None:
    """Both find a whole schema, whoever made it."""
    code = "import sys; from pamit.adapters.store import open_store; open_store(sys.argv[1]).close()"
    for begin in (None, REVISIONS[0]):
        if begin is not None:
            with connected(address, WRITE) as connection:
                for name in reversed([*metadata.sorted_tables]):
                    name.drop(connection)
                connection.execute(text("DROP TABLE alembic_version"))
                if connection.dialect.name == "postgresql":
                    connection.execute(text("DROP FUNCTION pamit_refuse CASCADE"))
                    connection.execute(text("DROP FUNCTION pamit_with_case CASCADE"))
                migrate(connection, None, begin)
        running = [subprocess.Popen([sys.executable, "-c", code, address], stderr=subprocess.PIPE) for _ in range(3)]
        assert [(one.communicate()[1], one.returncode) for one in running] == [(b"", 0)] * 3
        with connected(address, READ) as connection:
            assert revision_of(connection) == REVISION


def test_start_without_migration_does_not_load_alembic(tmp_path: Path) -> None:
    """It costs half a second and is needed only where something is to do, a fresh store included."""
    code = (
        "import sys; from pamit.adapters.store import open_store; open_store(sys.argv[1]).close(); "
        "open_store(sys.argv[1]).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, f"sqlite:///{tmp_path}/a.db"], capture_output=True, check=True)
    assert done.stdout == b"False\n"
