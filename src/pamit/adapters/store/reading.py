"""Reading from the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, text

from pamit.adapters.records import decode_entry
from pamit.adapters.store.accounts import SqlAccounts
from pamit.adapters.store.gleanings import SqlGleanings
from pamit.adapters.store.inbox import SqlInbox
from pamit.adapters.store.outbox import SqlOutbox
from pamit.adapters.store.programs import SqlPrograms
from pamit.adapters.store.reminders import SqlReminders
from pamit.adapters.store.schema import blobs, case_index, cases, entries, outbox, settings, sources
from pamit.domain.log import Dossier, Entry
from pamit.domain.terms import Stage
from pamit.errors import ErrorKind, PamitError
from pamit.services.ports import Flaw, IndexRow, Listing, SourceRef

__all__ = ["BASIS", "SqlReading", "no_such_case"]

BASIS = "index_basis"

_LONGEST_INTERVIEW = timedelta(days=31)
"""No interview with assessments, travel and all takes longer."""

_REF = msgspec.json.Decoder(SourceRef)


def no_such_case(case: str) -> PamitError:
    """The error for an id that no case has."""
    return PamitError(ErrorKind.MISSING, "no-such-case", f"There is no case {case}.", case=case)


class SqlReading:
    """A unit for reading on one connection; see :class:`pamit.services.ports.Reading`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    # -- cases ----------------------------------------------------------------------------------------------------

    def cases(self) -> Iterator[str]:
        """The ids of all cases, in order of their beginning."""
        yield from self.connection.execute(select(cases.c.id).order_by(cases.c.seq)).scalars()

    def count(self) -> int:
        """How many cases there are."""
        return self.connection.execute(select(func.count()).select_from(cases)).scalar_one()

    def dossier(self, case: str) -> Dossier:
        """A case with its log."""
        found = self.dossiers([case])
        if not found:
            raise no_such_case(case)
        return found[0]

    def dossiers(self, wanted: Sequence[str]) -> list[Dossier]:
        """Several cases with their logs, in the order asked for."""
        logs: dict[str, tuple[str, list[Entry]]] = {}
        for begin in range(0, len(wanted), 1_000):
            part = wanted[begin : begin + 1_000]
            query = (
                select(cases.c.id, cases.c.uid, entries.c.data)
                .join(entries, entries.c.case_id == cases.c.id)
                .where(cases.c.id.in_(part))
                .order_by(entries.c.case_id, entries.c.number)
            )
            for case, uid, data in self.connection.execute(query):
                logs.setdefault(case, (uid, []))[1].append(decode_entry(data))
        return [Dossier(case, logs[case][0], tuple(logs[case][1])) for case in wanted if case in logs]

    def case_of_uid(self, uid: str) -> str | None:
        """The id of the case with that worldwide name."""
        return self.connection.execute(select(cases.c.id).where(cases.c.uid == uid)).scalar()

    # -- messages -------------------------------------------------------------------------------------------------

    def sources(self, case: str) -> tuple[SourceRef, ...]:
        """The messages of a case, in the order in which they came."""
        query = select(sources.c.data).where(sources.c.case_id == case).order_by(sources.c.position)
        return tuple(_REF.decode(data) for data in self.connection.execute(query).scalars())

    def source(self, digest: str) -> bytes:
        """The bytes of a message."""
        data = self.connection.execute(select(blobs.c.data).where(blobs.c.digest == digest)).scalar()
        if data is None:
            raise PamitError(ErrorKind.MISSING, "no-such-source", f"There is no message {digest[:12]}.", digest=digest)
        return bytes(data)

    def by_digest(self, digest: str) -> list[str]:
        """The cases to which a message of that digest belongs."""
        return self._owners(sources.c.digest == digest)

    def by_message_id(self, ids: Sequence[str]) -> list[str]:
        """The cases to which mails of these ids belong, those that came and those of the person's own."""
        own = select(outbox.c.case_id).where(outbox.c.message_id.in_(list(ids)))
        found = [*self._owners(sources.c.message_id.in_(list(ids))), *self.connection.execute(own).scalars()]
        return list(dict.fromkeys(found))

    def _owners(self, condition: ColumnElement[bool]) -> list[str]:
        query = select(cases.c.id).join(sources, sources.c.case_id == cases.c.id).where(condition).order_by(cases.c.seq)
        return list(dict.fromkeys(self.connection.execute(query).scalars()))

    def by_uid(self, uid: str) -> list[tuple[str, SourceRef]]:
        """The cases to which calendar objects of that UID belong, with the message that carried it."""
        query = (
            select(cases.c.id, sources.c.data)
            .join(sources, sources.c.case_id == cases.c.id)
            .where(sources.c.uid == uid)
            .order_by(cases.c.seq, sources.c.position)
        )
        return [(case, _REF.decode(data)) for case, data in self.connection.execute(query)]

    # -- the index ------------------------------------------------------------------------------------------------

    def index(self, case: str) -> IndexRow | None:
        """What is kept of a case."""
        query = select(case_index).where(case_index.c.case_id == case)
        return next((_row(found) for found in self.connection.execute(query)), None)

    def listing(self, wanted: Listing) -> list[IndexRow]:
        """What is kept of the cases that match."""
        query = _matching(select(case_index), wanted).order_by(*_order(wanted))
        if wanted.limit is not None:
            query = query.limit(wanted.limit)
        return [_row(found) for found in self.connection.execute(query)]

    def tally(self, wanted: Listing) -> int:
        """How many cases match, whatever the limit."""
        return int(self.connection.execute(_matching(select(func.count()).select_from(case_index), wanted)).scalar_one())

    def outdated(self, now: datetime, limit: int) -> list[str]:
        """Cases whose index does not hold now."""
        holds_no_more = or_(case_index.c.changes_at <= now, case_index.c.derived_at > now)
        return list(self.connection.execute(select(case_index.c.case_id).where(holds_no_more).limit(limit)).scalars())

    def pulse(self) -> str:
        """A short text that any change of any case makes another."""
        # Versions only grow; a case begun in place of a deleted one is derived later, as is one that time has changed.
        logs = self.connection.execute(select(func.count(), func.sum(cases.c.version), func.max(cases.c.seq))).one()
        derived = self.connection.execute(select(func.max(case_index.c.derived_at))).scalar()
        return f"{'/'.join(str(one or 0) for one in logs)}/{derived.isoformat() if derived else ''}"

    def index_basis(self) -> str | None:
        """What the index was derived with."""
        return self.connection.execute(select(settings.c.value).where(settings.c.name == BASIS)).scalar()

    @property
    def reminders(self) -> SqlReminders:
        """What is kept of reminders."""
        return SqlReminders(self.connection)

    @property
    def gleanings(self) -> SqlGleanings:
        """What is gleaned from cases."""
        return SqlGleanings(self.connection)

    @property
    def accounts(self) -> SqlAccounts:
        """The mail accounts."""
        return SqlAccounts(self.connection)

    @property
    def outbox(self) -> SqlOutbox:
        """The messages of the person's own."""
        return SqlOutbox(self.connection)

    @property
    def inbox(self) -> SqlInbox:
        """What mails that came in propose."""
        return SqlInbox(self.connection)

    @property
    def programs(self) -> SqlPrograms:
        """What is kept of programs that ask."""
        return SqlPrograms(self.connection)

    # -- health ---------------------------------------------------------------------------------------------------

    def flaws(self) -> Iterator[Flaw]:
        """What is damaged in the store itself."""
        if self.connection.dialect.name == "sqlite":
            for (said,) in self.connection.execute(text("PRAGMA integrity_check")):
                if said != "ok":
                    yield Flaw("damaged-file", detail=str(said)[:200])
            for broken in self.connection.execute(text("PRAGMA foreign_key_check")):
                yield Flaw("broken-reference", detail=f"{broken[0]} → {broken[2]}")
        last = func.coalesce(func.max(entries.c.number), 0)
        counted = (
            select(cases.c.id)
            .outerjoin(entries, entries.c.case_id == cases.c.id)
            .group_by(cases.c.id, cases.c.version)
            .having(or_(last != cases.c.version, func.count(entries.c.number) != cases.c.version))
        )
        for case in self.connection.execute(counted).scalars():
            yield Flaw("log-gap", case)
        for case, data in self.connection.execute(select(entries.c.case_id, entries.c.data)):
            try:
                decode_entry(data)
            except PamitError:
                yield Flaw("damaged-entry", case)
        owned = select(sources.c.digest).where(sources.c.digest == blobs.c.digest).exists()
        for digest in self.connection.execute(select(blobs.c.digest).where(~owned)).scalars():
            yield Flaw("source-of-no-case", detail=digest)
        for digest in list(self.connection.execute(select(blobs.c.digest)).scalars()):
            if hashlib.sha256(self.source(digest)).hexdigest() != digest:
                yield Flaw("source-changed", detail=digest)


def _row(found: Any) -> IndexRow:
    return IndexRow(
        case=found.case_id,
        stage=Stage(found.stage),
        derived_at=found.derived_at,
        company=found.company,
        position=found.position,
        company_key=found.company_key,
        position_key=found.position_key,
        search=found.search,
        start_at=found.start_at,
        end_at=found.end_at,
        due_at=found.due_at,
        opens_at=found.opens_at,
        changes_at=found.changes_at,
    )


def _matching(query: Select[Any], wanted: Listing) -> Select[Any]:
    columns = case_index.c
    conditions: list[ColumnElement[bool]] = []
    if wanted.stages:
        conditions.append(columns.stage.in_(sorted(str(stage) for stage in wanted.stages)))
    if wanted.text:
        conditions.append(columns.search.contains(wanted.text, autoescape=True))
    if wanted.due_from is not None:
        conditions.append(columns.due_at >= wanted.due_from)
    if wanted.due_until is not None:
        conditions.append(columns.due_at <= wanted.due_until)
    if wanted.overlaps is not None:
        begin, end = wanted.overlaps
        # The first bound lets the index of starts find the few that can matter.
        conditions.append(columns.start_at.between(begin - _LONGEST_INTERVIEW, end))
        conditions.append(and_(columns.start_at < end, columns.end_at > begin))
    if wanted.company_key is not None:
        conditions.append(columns.company_key == wanted.company_key)
    if wanted.after is not None:
        conditions.append(columns.case_id > wanted.after)
    return query.where(*conditions)


def _order(wanted: Listing) -> list[ColumnElement[Any]]:
    columns = case_index.c
    if wanted.order == "id":
        return [columns.case_id]
    if wanted.order == "company":
        return [columns.company_key, columns.position_key, columns.case_id]
    chosen = columns.start_at if wanted.order == "start" else columns.due_at
    if wanted.order == "due" and wanted.due_until is not None:
        return [chosen, columns.case_id]
    return [chosen.is_(None), chosen, columns.case_id]
