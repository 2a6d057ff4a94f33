"""What is kept of the person's own messages: the exact bytes, once, and where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from pamit.adapters.store.gleanings import SqlGleanings
from pamit.adapters.store.schema import outbox
from pamit.domain.outbox import LEASE, Outgoing, SendState
from pamit.errors import ErrorKind, PamitError

__all__ = ["SqlOutbox"]

_RECORD = msgspec.json.Decoder(Outgoing)
_WAITING = (SendState.APPROVED, SendState.QUEUED, SendState.RETRY)


class SqlOutbox:
    """The messages, on the connection of a unit; see :class:`pamit.services.mail_ports.KeptOutbox`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, message: Outgoing, data: bytes, token: str | None = None) -> None:
        """Keep a draft."""
        row = {"id": message.id, "case_id": message.case, "message_id": message.message_id, "token": token, "data": data}
        try:
            self.connection.execute(insert(outbox), {**row, **_columns(message)})
        except IntegrityError as error:
            raise PamitError(ErrorKind.CONFLICT, "known-message", "This message is kept already.", id=message.id) from error
        SqlGleanings(self.connection).drop(message.case)

    def by_token(self, token: str) -> Outgoing | None:
        """The message made for a token of the caller's."""
        return next(iter(self._found(select(outbox.c.record).where(outbox.c.token == token))), None)

    def get(self, message: str) -> Outgoing:
        """A message by its id."""
        found = self._found(select(outbox.c.record).where(outbox.c.id == message))
        if not found:
            raise PamitError(ErrorKind.MISSING, "no-such-message", f"There is no message {message}.", id=message)
        return found[0]

    def data(self, message: str) -> bytes:
        """Its exact bytes."""
        found = self.connection.execute(select(outbox.c.data).where(outbox.c.id == message)).scalar()
        if found is None:
            raise PamitError(ErrorKind.MISSING, "no-such-message", f"There is no message {message}.", id=message)
        return bytes(found)

    def move(self, message: Outgoing, was: Outgoing) -> bool:
        """Put a message in place of what it was, if it is still that: compare and set."""
        columns = outbox.c
        still = (columns.id == was.id, columns.state == str(was.state), columns.attempts == was.attempts)
        return self.connection.execute(update(outbox).where(*still).values(**_columns(message))).rowcount == 1

    def of_case(self, case: str) -> list[Outgoing]:
        """The messages of a case, oldest first."""
        return self._found(select(outbox.c.record).where(outbox.c.case_id == case).order_by(outbox.c.seq))

    def listing(self, states: Sequence[SendState] = ()) -> list[Outgoing]:
        """The messages in these states, or all, oldest first."""
        query = select(outbox.c.record).order_by(outbox.c.seq)
        return self._found(query.where(outbox.c.state.in_(list(map(str, states)))) if states else query)

    def due(self, now: datetime) -> list[Outgoing]:
        """The messages that may be tried by now, soonest first."""
        waits = outbox.c.state.in_(list(map(str, _WAITING)))
        # A retry lies an hour ahead at most: one further ahead was set by a clock that has gone back since.
        by_clock = (outbox.c.state == str(SendState.RETRY)) & (outbox.c.due_at > now + _LONGEST_WAIT)
        query = select(outbox.c.record).where(waits, or_(outbox.c.due_at <= now, by_clock))
        return self._found(query.order_by(outbox.c.due_at, outbox.c.seq))

    def next_due(self) -> datetime | None:
        """The soonest moment at which a message is due or a lease runs out."""
        waits = outbox.c.state.in_(list(map(str, _WAITING)))
        queries = (
            select(func.min(outbox.c.due_at)).where(waits),
            select(func.min(outbox.c.lease_until)).where(outbox.c.state == str(SendState.SENDING)),
        )
        moments = [self.connection.execute(query).scalar() for query in queries]
        return min((moment for moment in moments if moment is not None), default=None)

    def ids(self, case: str) -> list[str]:
        """The message ids of a case's own mails."""
        return list(self.connection.execute(select(outbox.c.message_id).where(outbox.c.case_id == case)).scalars())

    def by_message_id(self, ids: Sequence[str]) -> list[Outgoing]:
        """The messages of these ids."""
        return self._found(select(outbox.c.record).where(outbox.c.message_id.in_(list(ids))).order_by(outbox.c.seq))

    def _found(self, query: Select[Any]) -> list[Outgoing]:
        return [_RECORD.decode(record) for record in self.connection.execute(query).scalars()]


_LONGEST_WAIT = 6 * LEASE


def _columns(message: Outgoing) -> dict[str, object]:
    return {
        "state": str(message.state),
        "attempts": message.attempts,
        "due_at": message.due_at,
        "lease_until": message.lease_until,
        "record": msgspec.json.encode(message).decode().replace("\\u0000", "\\ufffd"),
    }
