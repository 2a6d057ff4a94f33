"""Bringing a store to the present schema: made whole where there is none, migrated where it is older."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from pamit.adapters.store.schema import REVISION, metadata
from pamit.errors import ErrorKind, PamitError

__all__ = ["bring_up_to_date", "migrate", "revision_of"]

_KEY = 7_264_801
"""The advisory lock of PostgreSQL under which one process at a time migrates; SQLite's write lock does the same."""


def revision_of(connection: Connection) -> str | None:
    """The revision of a store; None where there is nothing yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(connection: Connection) -> None:
    """Make or migrate the schema, within the writing transaction of the caller: all of it or nothing.

    Raises:
        PamitError: REFUSED ``store-newer`` where a newer Pamit has been here.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _KEY})
    # Asked again under the lock: another process may just have done it.
    present = revision_of(connection)
    if present == REVISION:
        return
    if present is None:
        metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:revision)"), {"revision": REVISION})
        return
    migrate(connection, present)


def migrate(connection: Connection, present: str | None, wanted: str = REVISION) -> None:
    """Go from one revision to a later one, within the transaction of the caller.

    Args:
        present: None to begin with nothing.

    Raises:
        PamitError: REFUSED ``store-newer`` where the present revision is unknown.
    """
    # Alembic costs half a second to import, and most starts have nothing to migrate.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(Path(__file__).parent))
    if present is not None and present not in {revision.revision for revision in script.walk_revisions()}:
        raise PamitError(ErrorKind.REFUSED, "store-newer", "The store was written by a newer Pamit; update this one.")
    environment = EnvironmentContext(Config(), script, fn=lambda revision, _: script._upgrade_revs(wanted, revision))
    with environment:
        environment.configure(connection=connection, target_metadata=metadata)
        environment.run_migrations()
