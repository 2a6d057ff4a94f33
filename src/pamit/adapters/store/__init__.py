"""The store: SQLite for one person, PostgreSQL for many; one schema, one contract."""

from pamit.adapters.store.sql import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
