"""Date and time values (RFC 5545 §3.3.4, §3.3.5, §3.3.6), each with how its zone was found."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from pamit.formats.icalendar.lines import ContentLine
from pamit.formats.icalendar.zones import ZoneFound, Zones

__all__ = ["CalendarTime", "parse_duration", "read_time"]

_VALUE = re.compile(
    r"\s{0,80}(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d{1,80})?\s{0,80}(?:(Z)|([+-])(\d\d):?(\d\d))?)?\s{0,80}(?:[,/;].{0,400})?",
    re.IGNORECASE | re.DOTALL,
)
_DURATION = re.compile(
    r"\s*([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?\s*", re.IGNORECASE
)

# No appointment lies outside, and the ends of Python's calendar cannot be told in every zone.
_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 9990


@dataclass(frozen=True)
class CalendarTime:
    """A date, or a time with what is known of its zone.

    Attributes:
        day: the local day.
        wall: the local time as written; None for a date.
        moment: the aware instant; None for a date, a floating time or an unknown zone.
        tzid: the zone's name as written.
        zone: its IANA name, where one was found; None for UTC.
        found: how.
        other_moment: a second reading where VTIMEZONE and zone name disagree.
    """

    day: date
    wall: datetime | None = None
    moment: datetime | None = None
    tzid: str | None = None
    zone: str | None = None
    found: ZoneFound = "none"
    other_moment: datetime | None = None

    @property
    def is_date(self) -> bool:
        """Whether it is a day without a clock time."""
        return self.wall is None

    @property
    def is_floating(self) -> bool:
        """Whether it has a clock time and no zone at all."""
        return self.found == "floating"

    def plus(self, length: timedelta) -> CalendarTime | None:
        """The time a duration later; None beyond the calendar's reach."""
        try:
            day = (self.wall or datetime.combine(self.day, datetime.min.time())) + length
            return replace(
                self,
                day=day.date(),
                wall=day if self.wall is not None else None,
                moment=_later(self.moment, length),
                other_moment=_later(self.other_moment, length),
            )
        except OverflowError:
            return None


def _later(moment: datetime | None, length: timedelta) -> datetime | None:
    if moment is None:
        return None
    return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)  # exact time, across a change of the clocks


def read_time(line: ContentLine, zones: Zones) -> CalendarTime | None:
    """The value of a date or time property; None where it is unreadable."""
    found = _VALUE.fullmatch(line.value)
    if found is None:
        return None
    year, month, day_number = int(found[1]), int(found[2]), int(found[3])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        day = date(year, month, day_number)
        if found[4] is None:
            return CalendarTime(day)
        wall = datetime(year, month, day_number, int(found[4]) % 24, int(found[5]), min(int(found[6] or 0), 59))  # noqa: DTZ001 - wall clock
        if int(found[4]) == 24:
            wall += timedelta(days=1)
        elif int(found[4]) > 24:
            return None
        return _placed(line, wall, found, zones)
    except (ValueError, OverflowError):
        return None


def _placed(line: ContentLine, wall: datetime, found: re.Match[str], zones: Zones) -> CalendarTime:
    tzid = line.parameter("TZID") or None
    if found[7]:
        return CalendarTime(wall.date(), wall, wall.replace(tzinfo=UTC), tzid, None, "utc")
    if found[8]:
        size = timedelta(hours=int(found[9]), minutes=int(found[10]))
        fixed = timezone(-size if found[8] == "-" else size)
        return CalendarTime(wall.date(), wall, wall.replace(tzinfo=fixed), tzid, None, "offset")
    resolved = zones.resolve(tzid, wall)
    moment = other = None
    if resolved.zone is not None:
        moment = wall.replace(tzinfo=resolved.zone)
        moment.astimezone(UTC)  # beyond the calendar's reach: OverflowError
    if resolved.other_offset is not None:
        other = wall.replace(tzinfo=timezone(resolved.other_offset))
    return CalendarTime(wall.date(), wall, moment, tzid, resolved.name, resolved.found, other)


def parse_duration(value: str) -> timedelta | None:
    """A DURATION value; None where it is none.

    >>> parse_duration("PT1H30M")
    datetime.timedelta(seconds=5400)
    """
    found = _DURATION.fullmatch(value)
    if found is None or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length
