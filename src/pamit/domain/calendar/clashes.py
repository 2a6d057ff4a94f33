"""Interviews that get into each other's way: at the same time, or with too little time between them.

How much time is enough is Pamit's own measure, no rule of the seeds: a quarter of an hour to get from one call to the next,
an hour to get there where one of the two is held at a place (or may be: nobody has said yet).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

__all__ = ["BETWEEN_CALLS", "ON_THE_WAY", "Booking", "Clash", "find_clashes"]

BETWEEN_CALLS = timedelta(minutes=15)
"""What is needed between two calls."""

ON_THE_WAY = timedelta(hours=1)
"""What is needed where one of the two is held at a place."""


@dataclass(frozen=True)
class Booking:
    """Time that an interview takes.

    Attributes:
        case: two of the same case never clash: the later one replaces the other.
        start, end: aware moments.
        by_call: whether it is held by phone or video, so that there is no way to go.
    """

    case: str
    start: datetime
    end: datetime
    by_call: bool = False


@dataclass(frozen=True)
class Clash:
    """Two interviews of different cases that can hardly both be kept; ``first`` begins first."""

    first: Booking
    second: Booking

    @property
    def between(self) -> timedelta:
        """The time from the end of the one to the start of the other; not above zero where they overlap or touch."""
        return self.second.start - self.first.end

    @property
    def overlaps(self) -> bool:
        """Whether both take place at the same moment."""
        return self.between < timedelta()


def find_clashes(bookings: Iterable[Booking]) -> Iterator[Clash]:
    """The clashes among some interviews, those that begin first coming first."""
    waiting: list[Booking] = []
    for booking in sorted(bookings, key=lambda one: (one.start, one.end, one.case)):
        # Whoever ended long ago can clash with nothing that begins from here on.
        waiting = [one for one in waiting if booking.start - one.end < ON_THE_WAY]
        for earlier in waiting:
            needed = BETWEEN_CALLS if earlier.by_call and booking.by_call else ON_THE_WAY
            if earlier.case != booking.case and booking.start - earlier.end < needed:
                yield Clash(earlier, booking)
        waiting.append(booking)
