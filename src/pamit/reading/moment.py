"""A moment that a message names: a day, an hour or both, with the part it plays."""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple

from pamit.domain.calendar.grammar import DateMention, TimeMention
from pamit.reading.text import Hit, Page

__all__ = ["Moment", "nearest"]


class Moment(NamedTuple):
    """A day, an hour or both.

    Attributes:
        day, clock: what the grammar found; either may be missing.
        also: the same instant in another zone, where two are written.
        role: interview, plain (nothing tells), test, aside, limit, old, void, past, letter.
        weight: how strongly the words point at the interview.
        strict: a limit that excludes its own day ("sebelum", "before").
        named: the words call it an interview, not only a meeting.
        leads: nothing but a bullet stands before it in its line: a row of a list or table.
    """

    begin: int
    end: int
    day: DateMention | None = None
    clock: TimeMention | None = None
    also: TimeMention | None = None
    role: str = "plain"
    weight: float = 0.0
    strict: bool = False
    leads: bool = False
    new: bool = False
    lent: bool = False
    named: bool = False
    zone_before: tuple[int, int] = (0, 0)
    zone_after: tuple[int, int] = (0, 0)

    @property
    def date(self) -> date | None:
        """The day, where it is settled."""
        return self.day.day if self.day else None

    @property
    def opens(self) -> int:
        """Where it begins with its day, also where the day was lent to the hour."""
        return min(self.begin, self.day.begin) if self.day else self.begin

    @property
    def start(self) -> time | None:
        """The hour at which it begins."""
        return self.clock.start if self.clock else None


def nearest(page: Page, tag: str, begin: int, end: int) -> Hit | None:
    return page.within(tag, begin, end)
