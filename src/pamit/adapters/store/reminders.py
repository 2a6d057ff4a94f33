"""What is kept of reminders: which were given, claimed or put off, and when each case is to be looked at next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from pamit.adapters.store.schema import case_index, reminder_marks, settings
from pamit.domain.reminder import Mark, MarkState

__all__ = ["SqlReminders"]

BASIS = "reminder_basis"


class SqlReminders:
    """What is kept of reminders, on the connection of a unit; see :class:`pamit.services.ports.KeptReminders`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def marks(self, cases: Sequence[str]) -> Mapping[str, Mapping[str, Mark]]:
        """What is kept of the reminders of these cases, by case and key."""
        found: dict[str, dict[str, Mark]] = {case: {} for case in cases}
        columns = reminder_marks.c
        for row in self.connection.execute(select(reminder_marks).where(columns.case_id.in_(list(cases)))):
            found[row.case_id][row.key] = Mark(MarkState(row.state), row.at, row.until, row.owner)
        return found

    def waiting(self, now: datetime, limit: int) -> list[str]:
        """The cases to be looked at by now, those that have waited longest first."""
        columns = case_index.c
        query = select(columns.case_id).where(columns.look_at <= now).order_by(columns.look_at).limit(limit)
        return list(self.connection.execute(query).scalars())

    def next_look(self) -> datetime | None:
        """The soonest moment at which a case is to be looked at or its plan changes."""
        first = [select(func.min(column)) for column in (case_index.c.look_at, case_index.c.changes_at)]
        moments = [self.connection.execute(query).scalar() for query in first]
        return min((moment for moment in moments if moment is not None), default=None)

    def basis(self) -> str | None:
        """What the next looks were reckoned with."""
        return self.connection.execute(select(settings.c.value).where(settings.c.name == BASIS)).scalar()

    def put(self, case: str, key: str, mark: Mark) -> None:
        """Keep a mark in place of the one under the same key."""
        self.drop(case, key)
        row = {"case_id": case, "key": key, "state": str(mark.state), "at": mark.at, "until": mark.until, "owner": mark.owner}
        self.connection.execute(insert(reminder_marks), row)

    def drop(self, case: str, key: str) -> None:
        """Forget a mark."""
        columns = reminder_marks.c
        self.connection.execute(delete(reminder_marks).where(columns.case_id == case, columns.key == key))

    def look_at(self, case: str, moment: datetime | None) -> None:
        """Set when a case is to be looked at next."""
        self.connection.execute(update(case_index).where(case_index.c.case_id == case).values(look_at=moment))

    def look_at_all(self, moment: datetime, basis: str) -> None:
        """Have every case with something ahead looked at, and remember with what the looks are reckoned from now on."""
        columns = case_index.c
        self.connection.execute(update(case_index).where(columns.due_at.is_not(None)).values(look_at=moment))
        self.connection.execute(delete(settings).where(settings.c.name == BASIS))
        self.connection.execute(insert(settings), {"name": BASIS, "value": basis})
