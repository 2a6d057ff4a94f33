"""Other times for an interview: two or three on working days, in working hours, clear of what is already taken (rule M12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from pamit.domain.calendar.hours import CourteousHours
from pamit.domain.calendar.workdays import Workdays
from pamit.domain.calendar.zones import zone
from pamit.domain.interview import Interview
from pamit.phrasing.situation import UNKNOWN_LENGTH, zone_of

__all__ = ["propose_slots"]

_FIRST, _LAST = time(9), time(16)
_MORNING, _AFTERNOON = time(10), time(14)
# A calendar without working days is a mistake of the person's own; do not search for ever.
_HORIZON = 60


def propose_slots(
    interview: Interview,
    now: datetime,
    *,
    count: int = 3,
    busy: Sequence[tuple[datetime, datetime]] = (),
    workdays: Workdays | None = None,
) -> tuple[datetime, ...]:
    """Propose other times, one a day, in order.

    They lie after the original day (after tomorrow where the interview has no date yet or its day is over), on working days,
    between 09:00 and 16:00 at the employer's place, outside the noon pause, and clear of ``busy``. The original hour is kept
    where it allows; otherwise morning and afternoon alternate.

    Args:
        now: the aware moment of writing.
        count: two or three suit a message.
        busy: spans that are taken, aware.
        workdays: the working calendar; by default Indonesia's.

    Returns:
        Aware starts in the employer's zone; fewer than ``count`` only where two months hold no more.
    """
    place = zone(zone_of(interview))
    calendar = workdays or Workdays(saturday=interview.works_saturday)
    hours = CourteousHours(place, calendar)
    start = interview.start.astimezone(place) if interview.start else None
    length = interview.end - interview.start if interview.start and interview.end else UNKNOWN_LENGTH / 2
    first = max(now.astimezone(place).date() + timedelta(days=2), start.date() + timedelta(days=1) if start else date.min)
    found: list[datetime] = []
    for ahead in range(_HORIZON):
        if len(found) == count:
            break
        for clock in _clocks(start, len(found)):
            slot = datetime.combine(first + timedelta(days=ahead), clock, place)
            if _suits(slot, slot + length, hours) and not any(slot < end and begin < slot + length for begin, end in busy):
                found.append(slot)
                break
    return tuple(found)


def _clocks(start: datetime | None, found: int) -> tuple[time, ...]:
    usual = (_MORNING, _AFTERNOON) if found % 2 == 0 else (_AFTERNOON, _MORNING)
    kept = start.time().replace(second=0, microsecond=0) if start else None
    return (kept, *usual) if kept and _FIRST <= kept <= _LAST and found % 2 == 0 else usual


def _suits(begin: datetime, end: datetime, hours: CourteousHours) -> bool:
    # The latest start is 16:00; the end may reach to the close of the working day.
    return _FIRST <= begin.time() <= _LAST and any(
        opens <= begin and min(end, begin + timedelta(hours=1)) <= closes for opens, closes in hours.windows(begin.date())
    )
