"""Courteous hours: when one may call or text an employer (rule T12).

On working days 08:00–17:00 at the employer's place, Saturday until 13:00 where it is worked; noon (12:00–13:00, on Friday
11:30–13:00) only if no other hour is left. Mail may go out at any hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pamit.domain.calendar.workdays import Workdays

__all__ = ["CourteousHours"]

_OPENS, _CLOSES, _SATURDAY_CLOSES = time(8), time(17), time(13)
_NOON, _FRIDAY_NOON, _AFTERNOON = time(12), time(11, 30), time(13)
_FRIDAY, _SATURDAY = 4, 5


@dataclass(frozen=True)
class CourteousHours:
    """The hours for calls and texts at one employer.

    Attributes:
        zone: the employer's zone; every question is answered in it.
    """

    zone: ZoneInfo
    workdays: Workdays

    def windows(self, day: date, *, noon: bool = False) -> tuple[tuple[datetime, datetime], ...]:
        """The courteous windows of a day, in order; the end is the last moment at which one may still begin.

        Args:
            noon: whether the hour of noon counts too.
        """
        if not self.workdays.is_workday(day):
            return ()
        close = _SATURDAY_CLOSES if day.weekday() == _SATURDAY else _CLOSES
        if noon:
            parts = [(_OPENS, close)]
        else:
            rest = _FRIDAY_NOON if day.weekday() == _FRIDAY else _NOON
            parts = [(_OPENS, rest)] + ([(_AFTERNOON, close)] if close > _AFTERNOON else [])
        return tuple((self._at(day, begin), self._at(day, end)) for begin, end in parts)

    def contains(self, at: datetime, *, noon: bool = False) -> bool:
        """Whether a moment is courteous."""
        return any(begin <= at < end for begin, end in self.windows(at.astimezone(self.zone).date(), noon=noon))

    def first(self, at: datetime, before: datetime | None = None) -> datetime | None:
        """The first courteous moment from ``at`` on, strictly before ``before``.

        Noon is taken only where no other hour is left before that limit; None where not even noon is.
        """
        return self._first(at, before, noon=False) or self._first(at, before, noon=True)

    def _first(self, at: datetime, before: datetime | None, *, noon: bool) -> datetime | None:
        local = at.astimezone(self.zone)
        # A calendar without any working day in a year is a mistake of the person's own days; do not search for ever.
        for ahead in range(366):
            day = local.date() + timedelta(days=ahead)
            if before is not None and self._at(day, time()) >= before:
                return None
            for begin, end in self.windows(day, noon=noon):
                start = max(begin, local)
                if start < end and (before is None or start < before):
                    return start
        return None

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)
