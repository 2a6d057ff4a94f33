"""Courteous hours for calls and texts (T12)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pamit.domain.calendar.hours import CourteousHours
from pamit.domain.calendar.workdays import OwnDays, Workdays

JAKARTA = ZoneInfo("Asia/Jakarta")
HOURS = CourteousHours(JAKARTA, Workdays())


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+07:00")


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        ("2026-11-24T09:30", "2026-11-24T09:30"),
        ("2026-11-24T06:00", "2026-11-24T08:00"),
        ("2026-11-24T12:20", "2026-11-24T13:00"),
        ("2026-11-27T11:40", "2026-11-27T13:00"),
        ("2026-11-24T17:00", "2026-11-25T08:00"),
        ("2026-11-27T18:00", "2026-11-30T08:00"),
        ("2026-12-23T17:30", "2026-12-28T08:00"),
    ],
)
def test_first_courteous_moment(moment: str, first: str) -> None:
    """Office hours of working days, not at noon, not on free days."""
    assert HOURS.first(at(moment)) == at(first)


def test_noon_is_taken_when_nothing_else_is_left() -> None:
    """Better at noon than after the limit."""
    assert HOURS.first(at("2026-11-24T12:10"), before=at("2026-11-24T12:50")) == at("2026-11-24T12:10")


def test_nothing_before_the_limit_is_none() -> None:
    """No courteous hour is made up."""
    assert HOURS.first(at("2026-11-24T18:00"), before=at("2026-11-25T07:30")) is None


def test_saturday_ends_at_one_where_it_is_worked() -> None:
    """Saturday until 13:00."""
    saturday = CourteousHours(JAKARTA, Workdays(saturday=True))
    assert saturday.windows(date(2026, 11, 28)) == ((at("2026-11-28T08:00"), at("2026-11-28T12:00")),)
    assert saturday.contains(at("2026-11-28T12:30"), noon=True)
    assert not saturday.contains(at("2026-11-28T13:00"), noon=True)


def test_hours_are_those_of_the_employers_place() -> None:
    """The same instant is courteous in Jayapura and not in Jakarta."""
    jayapura = CourteousHours(ZoneInfo("Asia/Jayapura"), Workdays())
    moment = at("2026-11-24T06:30")
    assert (jayapura.contains(moment), HOURS.contains(moment)) == (True, False)


def test_calendar_without_working_days_does_not_hang() -> None:
    """A year of own free days ends in None."""
    days = {date(2026, 11, 1) + timedelta(days=n): "libur" for n in range(500)}
    assert CourteousHours(JAKARTA, Workdays(own=OwnDays(days))).first(at("2026-11-24T09:00")) is None
