"""Quiet hours: when a person does not want to be disturbed, by the clock of wherever they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from pamit.errors import ErrorKind, PamitError

__all__ = ["DEFAULT_QUIET", "QuietHours"]

_WRITTEN = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3])[:.]([0-5]\d)")
_NONE = frozenset({"none", "off", "tidak"})
_SECOND = timedelta(seconds=1)
_LEAD = timedelta(minutes=30)
"""How long before the quiet begins something is said that cannot wait for its end: nobody reads it in the last minute."""


@dataclass(frozen=True)
class QuietHours:
    """A daily span of the wall clock; its end is the first moment at which one may be disturbed again.

    Attributes:
        begins, ends: equal for no quiet hours at all.
    """

    begins: time
    ends: time

    @classmethod
    def from_text(cls, written: str) -> QuietHours:
        """Read quiet hours as a person writes them.

        >>> QuietHours.from_text("21:00-07:00")
        QuietHours(begins=datetime.time(21, 0), ends=datetime.time(7, 0))
        >>> QuietHours.from_text("none").is_never
        True

        Raises:
            PamitError: INVALID ``bad-quiet-hours``.
        """
        if written.strip().casefold() in _NONE:
            return cls(time(), time())
        found = _WRITTEN.fullmatch(written.strip())
        if found is None:
            raise _bad(written)
        begin_hour, begin_minute, end_hour, end_minute = map(int, found.groups())
        quiet = cls(time(begin_hour, begin_minute), time(end_hour, end_minute))
        if quiet.is_never:
            raise _bad(written)
        return quiet

    @property
    def is_never(self) -> bool:
        """Whether there are none."""
        return self.begins == self.ends

    def contains(self, moment: datetime, here: tzinfo) -> bool:
        """Whether a moment is quiet.

        Args:
            here: the zone in which the person is.
        """
        clock = moment.astimezone(here).time()
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return not self.is_never and (clock >= self.begins or clock < self.ends)

    def next_open(self, moment: datetime, here: tzinfo) -> datetime:
        """The first moment from this one on that is not quiet, in UTC."""
        if not self.contains(moment, here):
            return moment.astimezone(UTC)
        turns = (turn for turn in self._turns(moment, here, self.ends) if turn > moment and not self.contains(turn, here))
        return self._first_open(moment.astimezone(UTC), min(turns), here)

    def _first_open(self, quiet_at: datetime, open_at: datetime, here: tzinfo) -> datetime:
        """The very first open moment between a quiet and an open one: sooner where the clocks jump over the end."""
        if self.contains(open_at - _SECOND, here):
            return open_at
        while open_at - quiet_at > _SECOND:
            middle = quiet_at + (open_at - quiet_at) / 2
            quiet_at, open_at = (middle, open_at) if self.contains(middle, here) else (quiet_at, middle)
        # The clocks jump at whole seconds.
        return open_at.replace(microsecond=0)

    def last_open(self, moment: datetime, here: tzinfo) -> datetime:
        """A moment a little before the quiet began that this one lies in, in UTC; the moment itself where it is not quiet."""
        if not self.contains(moment, here):
            return moment.astimezone(UTC)
        began = max(quiet_at for quiet_at in self._turns(moment, here, self.begins) if quiet_at <= moment)
        return self.next_open(began - _LEAD, here) if not self.contains(began - _LEAD, here) else began - _SECOND

    def _turns(self, moment: datetime, here: tzinfo, clock: time) -> list[datetime]:
        """When that clock time comes around a moment; twice on a day on which the clocks are set back."""
        day = moment.astimezone(here).date()
        days = (day + timedelta(days=ahead) for ahead in (-2, -1, 0, 1, 2))
        return [datetime.combine(one, clock, here).replace(fold=fold).astimezone(UTC) for one in days for fold in (0, 1)]

    def __str__(self) -> str:
        return "none" if self.is_never else f"{self.begins:%H:%M}-{self.ends:%H:%M}"


DEFAULT_QUIET = QuietHours(time(21), time(7))
"""Evening and night, unless the person sets other hours."""


def _bad(written: str) -> PamitError:
    return PamitError(
        ErrorKind.INVALID, "bad-quiet-hours", f"Quiet hours are written 21:00-07:00, or none; not {written[:40]!r}."
    )
