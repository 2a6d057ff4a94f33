"""Days, hours, spans and zones as a careful person writes them, in Indonesian and English.

Indonesian follows EYD V: ``pukul 09.00 WIB`` with a dot, the 24-hour clock, *pukul* for a point in time. English uses the
12-hour clock with *a.m.* and *p.m.*. The zone is always written. What is written here,
:mod:`pamit.domain.calendar.grammar` reads back.
"""

from __future__ import annotations

from datetime import date, datetime

from pamit.domain.calendar.zones import zone, zone_label
from pamit.domain.terms import Language

__all__ = ["MONTHS", "WEEKDAYS", "write_clock", "write_day", "write_moment", "write_time", "write_weekday"]

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    Language.ID: ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    Language.EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
"""Monday first, as :meth:`datetime.date.weekday` counts."""

MONTHS: dict[Language, tuple[str, ...]] = {
    Language.ID: (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    Language.EN: (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def write_weekday(day: date, language: Language) -> str:
    """The name of the day's weekday."""
    return WEEKDAYS[language][day.weekday()]


def write_day(day: date, language: Language, *, weekday: bool = True) -> str:
    """A day in words.

    >>> write_day(date(2026, 11, 26), Language.ID)
    'Kamis, 26 November 2026'
    """
    plain = f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
    return f"{write_weekday(day, language)}, {plain}" if weekday else plain


def write_clock(at: datetime, language: Language) -> str:
    """The bare clock time of an aware or naive moment, as it stands: ``09.00`` or ``9:00 a.m.``"""
    if language == Language.ID:
        return f"{at.hour:02d}.{at.minute:02d}"
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'a.m.' if at.hour < 12 else 'p.m.'}"


def write_time(start: datetime, timezone: str, language: Language, end: datetime | None = None) -> str:
    """A clock time or span with its zone.

    Args:
        start, end: aware moments; shown in the zone.
        timezone: IANA name.

    >>> from datetime import UTC
    >>> write_time(datetime(2026, 11, 26, 2, tzinfo=UTC), "Asia/Jakarta", Language.ID)
    'pukul 09.00 WIB'
    """
    local = start.astimezone(zone(timezone))
    until = end.astimezone(zone(timezone)) if end else None
    label = zone_label(timezone, local)
    if language == Language.ID:
        return f"pukul {write_clock(local, language)}{'–' + write_clock(until, language) if until else ''} {label}"
    if until:
        return f"from {write_clock(local, language)} to {write_clock(until, language)} {label}"
    return f"at {write_clock(local, language)} {label}"


def write_moment(start: datetime, timezone: str, language: Language, end: datetime | None = None) -> str:
    """A day with its hour or span and the zone; an end on a later day is written out in full.

    >>> from datetime import UTC
    >>> at = datetime(2026, 11, 26, 2, tzinfo=UTC)
    >>> write_moment(at, "Asia/Jakarta", Language.ID, at.replace(hour=4))
    'Kamis, 26 November 2026 pukul 09.00–11.00 WIB'
    >>> write_moment(at, "Asia/Jakarta", Language.EN)
    'Thursday, 26 November 2026 at 9:00 a.m. WIB'
    """
    day = start.astimezone(zone(timezone)).date()
    if end and end.astimezone(zone(timezone)).date() != day:
        until = {Language.ID: "sampai", Language.EN: "until"}[language]
        return f"{write_moment(start, timezone, language)} {until} {write_moment(end, timezone, language)}"
    return f"{write_day(day, language)} {write_time(start, timezone, language, end)}"
