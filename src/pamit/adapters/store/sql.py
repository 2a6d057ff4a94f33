"""The store on SQLAlchemy Core."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, delete
from sqlalchemy.exc import DBAPIError

from pamit.adapters.store.engine import READ, WRITE, make_engine
from pamit.adapters.store.migrations import bring_up_to_date, revision_of
from pamit.adapters.store.reading import SqlReading
from pamit.adapters.store.schema import REVISION, cases, metadata
from pamit.adapters.store.writing import SqlWriting
from pamit.errors import ErrorKind, PamitError
from pamit.services.ports import Reading, Writing

__all__ = ["SqlStore", "open_store"]

_BUSY = ("locked", "lock timeout", "canceling statement due to lock")
_NO_STORE = ("not a database", "malformed", "encrypted")


def open_store(address: str) -> SqlStore:
    """Open the store at a database URL; it is made where there is none and migrated where it is older.

    Raises:
        PamitError: INVALID ``bad-database``, ``not-a-store``; REFUSED ``store-newer``; UNAVAILABLE ``store-unreachable``,
            ``store-busy``, ``no-driver``.
    """
    engine = make_engine(address)
    try:
        with engine.connect().execution_options(**READ) as connection, connection.begin():
            present = revision_of(connection)
        if present != REVISION:
            with engine.connect().execution_options(**WRITE) as connection, connection.begin():
                bring_up_to_date(connection)
    except DBAPIError as error:
        engine.dispose()
        raise _told(error) from error
    except PamitError:
        engine.dispose()
        raise
    return SqlStore(engine)


class SqlStore:
    """Cases, logs and messages in one database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A unit for reading: all of it as of one moment."""
        try:
            with self.engine.connect().execution_options(**READ) as connection, connection.begin():
                yield SqlReading(connection)
        except DBAPIError as error:
            raise _told(error) from error

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A unit for writing, kept whole or not at all."""
        try:
            with self.engine.connect().execution_options(**WRITE) as connection:
                with connection.begin():
                    unit = SqlWriting(connection)
                    yield unit
                if unit.deleted and connection.dialect.name == "sqlite":
                    # The log beside the file still holds what was deleted until it is written back.
                    raw = connection.connection.driver_connection
                    if raw is not None:
                        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except DBAPIError as error:
            raise _told(error) from error

    def erase(self) -> None:
        """Remove everything, so that nothing of it can be read from the files either."""
        try:
            with self.engine.connect().execution_options(**WRITE) as connection:
                with connection.begin():
                    # Entries go with their case only.
                    connection.execute(delete(cases))
                    for table in reversed(metadata.sorted_tables):
                        connection.execute(delete(table))
                raw = connection.connection.driver_connection
                if connection.dialect.name == "sqlite" and raw is not None:
                    _clear(raw)
        except DBAPIError as error:
            raise _told(error) from error

    def close(self) -> None:
        """Let go of files and connections."""
        self.engine.dispose()


def _clear(raw: Any) -> None:
    """Write the file anew without its free pages, and empty the log beside it."""
    try:
        # An index of words keeps what was taken out of it until it is built anew.
        found = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
        for (name,) in raw.execute(found).fetchall():
            raw.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
        raw.execute("VACUUM")
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        busy = 1
    # A store in memory has no log, and says -1 for what there is to write.
    if busy == 1:
        raise PamitError(ErrorKind.UNAVAILABLE, "store-busy", "Another process reads the store; try again.")


def _told(error: DBAPIError) -> PamitError:
    """A database's complaint in the house's terms; its own text may hold content, so it is not repeated."""
    said = str(error.orig).lower()
    if any(sign in said for sign in _BUSY):
        return PamitError(ErrorKind.UNAVAILABLE, "store-busy", "Another process is writing to the store; try again.")
    if any(sign in said for sign in _NO_STORE):
        return PamitError(ErrorKind.INVALID, "not-a-store", "The file is damaged or no store of Pamit's.")
    if "disk is full" in said or "no space" in said:
        return PamitError(ErrorKind.UNAVAILABLE, "disk-full", "There is no space left; nothing was changed.")
    if error.connection_invalidated or type(error).__name__ == "OperationalError":
        return PamitError(ErrorKind.UNAVAILABLE, "store-unreachable", "The store cannot be reached.", file=None, reason=None)
    return PamitError(ErrorKind.UNAVAILABLE, "store-failed", f"The store failed ({type(error.orig).__name__}).")
