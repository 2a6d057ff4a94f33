"""Writing to the store."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from importlib import import_module

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from pamit.adapters.records import encode_entry, ref_record
from pamit.adapters.store.reading import BASIS, SqlReading, no_such_case
from pamit.adapters.store.schema import blobs, case_index, cases, entries, settings, sources
from pamit.domain.caseid import is_case_id, make_case_id
from pamit.domain.log import Entry
from pamit.errors import ErrorKind, PamitError
from pamit.services.ports import IndexRow, Source

__all__ = ["SqlWriting"]

_TRIES_BEFORE_LONGER = 8


class SqlWriting(SqlReading):
    """A unit for writing on one connection; see :class:`pamit.services.ports.Writing`.

    Attributes:
        deleted: whether anything was removed.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.deleted = False

    def create(self, wanted: str | None = None, uid: str | None = None) -> tuple[str, str]:
        """Begin a case."""
        case = wanted if wanted and is_case_id(wanted) and not self._taken(wanted) else self._fresh()
        name = uid or secrets.token_hex(16)
        self.connection.execute(insert(cases), {"id": case, "uid": name, "version": 0})
        return case, name

    def _fresh(self) -> str:
        for attempt in range(_TRIES_BEFORE_LONGER * 3):
            case = make_case_id(secrets.choice, longer=attempt // _TRIES_BEFORE_LONGER)
            if not self._taken(case):
                return case
        raise PamitError(ErrorKind.UNAVAILABLE, "no-free-id", "No free id was found.")

    def _taken(self, case: str) -> bool:
        return self.connection.execute(select(cases.c.seq).where(cases.c.id == case)).first() is not None

    def append(self, case: str, new: Sequence[Entry], after: int) -> None:
        """Add to the log of a case."""
        if [entry.number for entry in new] != list(range(after + 1, after + 1 + len(new))):
            raise PamitError(ErrorKind.INVALID, "log-gap", "The entries do not follow the log.", case=case)
        moved = self.connection.execute(
            update(cases).where(cases.c.id == case, cases.c.version == after).values(version=after + len(new))
        )
        if moved.rowcount != 1:
            present = self.connection.execute(select(cases.c.version).where(cases.c.id == case)).scalar()
            if present is None:
                raise no_such_case(case)
            raise PamitError(
                ErrorKind.CONFLICT,
                "case-moved-on",
                f"The case {case} has changed since it was read.",
                case=case,
                seen=after,
                present=present,
            )
        if new:
            rows = [{"case_id": case, "number": entry.number, "data": encode_entry(entry)} for entry in new]
            self.connection.execute(insert(entries), rows)
            self.gleanings.drop(case)

    def attach(self, case: str, source: Source) -> None:
        """Keep a message with a case; the same bytes are kept once."""
        ref = source.ref
        if self.connection.execute(select(blobs.c.digest).where(blobs.c.digest == ref.digest)).first() is None:
            self.connection.execute(insert(blobs), {"digest": ref.digest, "data": source.data})
        here = select(sources.c.position).where(sources.c.case_id == case, sources.c.digest == ref.digest)
        if self.connection.execute(here).first() is not None:
            return
        last = select(func.coalesce(func.max(sources.c.position), 0)).where(sources.c.case_id == case)
        position = self.connection.execute(last).scalar_one() + 1
        row = {
            "case_id": case,
            "position": position,
            "digest": ref.digest,
            "message_id": _storable(ref.message_id),
            "uid": _storable(ref.uid),
            "data": msgspec.json.encode(ref_record(ref)).decode(),
        }
        self.connection.execute(insert(sources), row)
        self.gleanings.drop(case)

    def put_index(self, row: IndexRow) -> None:
        """Keep what is derived of a case."""
        values = {
            "case_id": row.case,
            "stage": str(row.stage),
            "derived_at": row.derived_at,
            "company": _storable(row.company),
            "position": _storable(row.position),
            "company_key": _storable(row.company_key),
            "position_key": _storable(row.position_key),
            "search": _storable(row.search),
            "start_at": row.start_at,
            "end_at": row.end_at,
            "due_at": row.due_at,
            "opens_at": row.opens_at,
            "changes_at": row.changes_at,
            # Whatever changed, its reminders may have: they are looked at in the next round.
            "look_at": row.derived_at if row.due_at is not None else None,
        }
        self._upsert(case_index, values, "case_id")

    def set_index_basis(self, basis: str) -> None:
        """Remember what the index was derived with."""
        self._upsert(settings, {"name": BASIS, "value": basis}, "name")

    def _upsert(self, table: Table, values: dict[str, object], key: str) -> None:
        # One dialect is loaded with the engine; loading the other would cost every command 60 ms.
        dialect = import_module(f"sqlalchemy.dialects.{self.connection.dialect.name}")
        statement = dialect.insert(table)
        renewed = {name: statement.excluded[name] for name in values if name != key}
        self.connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=renewed), values)

    def delete(self, case: str) -> None:
        """Remove a case with everything that belongs to it alone."""
        digests = list(self.connection.execute(select(sources.c.digest).where(sources.c.case_id == case)).scalars())
        if self.connection.execute(delete(cases).where(cases.c.id == case)).rowcount != 1:
            raise no_such_case(case)
        owned = select(sources.c.digest).where(sources.c.digest == blobs.c.digest).exists()
        self.connection.execute(delete(blobs).where(blobs.c.digest.in_(digests), ~owned))
        self.gleanings.forget_removed()
        self.programs.forget_bodies()
        self.deleted = True


def _storable(text: str | None) -> str | None:
    """PostgreSQL keeps no NUL in a text."""
    return text.replace("\x00", "\ufffd") if text else text
