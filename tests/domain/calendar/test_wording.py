"""Days and hours as they are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pamit.domain.calendar.wording import write_day, write_moment, write_time
from pamit.domain.terms import Language

AT = datetime(2026, 11, 26, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "language", "text"),
    [
        ("Asia/Jakarta", Language.ID, "Kamis, 26 November 2026 pukul 09.00–11.30 WIB"),
        ("Asia/Makassar", Language.ID, "Kamis, 26 November 2026 pukul 10.00–12.30 WITA"),
        ("Asia/Jayapura", Language.ID, "Kamis, 26 November 2026 pukul 11.00–13.30 WIT"),
        ("Asia/Jakarta", Language.EN, "Thursday, 26 November 2026 from 9:00 a.m. to 11:30 a.m. WIB"),
        ("Europe/London", Language.EN, "Thursday, 26 November 2026 from 2:00 a.m. to 4:30 a.m. GMT"),
    ],
)
def test_span_in_both_languages_and_all_zones(zone: str, language: Language, text: str) -> None:
    """The zone is always printed, the day is the employer's."""
    assert write_moment(AT, zone, language, AT.replace(hour=4, minute=30)) == text


def test_span_over_midnight_names_both_days() -> None:
    """An end on the next day is not hidden."""
    written = write_moment(AT.replace(hour=15), "Asia/Jakarta", Language.ID, AT.replace(hour=18))
    assert written == "Kamis, 26 November 2026 pukul 22.00 WIB sampai Jumat, 27 November 2026 pukul 01.00 WIB"


def test_noon_and_midnight_in_english() -> None:
    """Twelve is not nought."""
    written = [write_time(AT.replace(hour=hour), "Asia/Jakarta", Language.EN) for hour in (5, 17)]
    assert written == ["at 12:00 p.m. WIB", "at 12:00 a.m. WIB"]


def test_day_with_and_without_weekday() -> None:
    """The weekday is the calendar's own."""
    assert write_day(date(2027, 1, 3), Language.ID) == "Minggu, 3 Januari 2027"
    assert write_day(date(2027, 1, 3), Language.EN, weekday=False) == "3 January 2027"
