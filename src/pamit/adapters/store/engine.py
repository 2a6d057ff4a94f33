"""Connections: what SQLite and PostgreSQL each need so that the store's promises hold."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from pamit.errors import ErrorKind, PamitError

__all__ = ["READ", "WRITE", "make_engine"]

WAIT_SECONDS = 30
"""How long a writer waits for another; then the store is said to be busy."""

WRITE = {"pamit_writes": True}
"""Execution options of a connection that will write."""

READ: dict[str, Any] = {"pamit_writes": False}

_WRITERS_KEY = 7_264_802


def make_engine(address: str) -> Engine:
    """An engine for the database at that URL.

    Raises:
        PamitError: INVALID ``bad-database`` where it is no URL of SQLite or PostgreSQL.
    """
    try:
        url = make_url(address)
        backend = url.get_backend_name()
        if backend == "sqlite":
            return _sqlite(url)
        if backend == "postgresql":
            return _postgresql(url)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise _bad_address() from error
    except ModuleNotFoundError as error:
        raise PamitError(
            ErrorKind.UNAVAILABLE, "no-driver", "PostgreSQL needs the extra: pip install 'pamit[postgres]'."
        ) from error
    raise _bad_address()


def _bad_address() -> PamitError:
    # The address itself may hold a password, so it is not repeated.
    return PamitError(ErrorKind.INVALID, "bad-database", "The database's address is none of SQLite or PostgreSQL.")


# -- SQLite -----------------------------------------------------------------------------------------------------------


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    settings: dict[str, Any] = {"connect_args": {"timeout": WAIT_SECONDS, "check_same_thread": False}}
    if in_memory:
        settings["poolclass"] = StaticPool
    else:
        _make_private(Path(url.database or ""))
    engine = create_engine(url, **settings)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # The driver's own idea of transactions would keep a reader from one snapshot and a writer from its lock.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten: delete means for good.
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("pamit_writes")
        # IMMEDIATE takes the right to write at once: two that first read and then want to write would deadlock.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make_private(file: Path) -> None:
    """Make folder and file readable by their owner alone, before anything is written."""
    try:
        if not file.parent.is_dir():
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            # A file that was copied here by hand may be open to others; what SQLite makes beside it takes its mode.
            if os.name == "posix" and os.fstat(handle).st_mode & 0o077:
                os.fchmod(handle, 0o600)
        finally:
            os.close(handle)
    except OSError as error:
        raise PamitError(
            ErrorKind.UNAVAILABLE,
            "store-unreachable",
            f"The store {file} cannot be opened: {error.strerror}.",
            file=str(file),
            reason=error.strerror,
        ) from error


# -- PostgreSQL -------------------------------------------------------------------------------------------------------


def _postgresql(url: URL) -> Engine:
    engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        if connection.get_execution_options().get("pamit_writes"):
            # One writer at a time, as on SQLite: recognising a duplicate looks at all cases.
            connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS_KEY})
        else:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))

    return engine
