"""Which day is meant, counted from a given today."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.calendar.grammar import days

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
WEEKDAYS = st.integers(0, 6)


@given(today=DAYS, weekday=WEEKDAYS)
def test_coming_weekday_is_within_the_next_seven_days(today: date, weekday: int) -> None:
    """The coming weekday lies one to seven days ahead."""
    coming = days.coming_weekday(weekday, today)
    assert coming is not None
    assert (coming.weekday(), 1 <= (coming - today).days <= 7) == (weekday, True)


@given(day=DAYS, weekday=WEEKDAYS)
def test_nearest_weekday_is_at_most_three_days_away(day: date, weekday: int) -> None:
    """No other day with that weekday is nearer."""
    near = days.nearest_weekday(day, weekday)
    assert near is not None
    assert (near.weekday(), abs((near - day).days) <= 3) == (weekday, True)


@given(today=DAYS, weekday=WEEKDAYS)
def test_last_weekday_is_within_the_last_seven_days(today: date, weekday: int) -> None:
    """The last weekday lies one to seven days back."""
    last = days.last_weekday(weekday, today).day
    assert last is not None
    assert (last.weekday(), 1 <= (today - last).days <= 7) == (weekday, True)


@given(today=DAYS, weekday=WEEKDAYS)
def test_next_weekday_has_one_reading_or_two(today: date, weekday: int) -> None:
    """Two candidates lie a week apart, the coming one first."""
    reading = days.next_weekday(weekday, today)
    coming = days.coming_weekday(weekday, today)
    assert coming is not None
    if reading.day is None:
        assert [(candidate - coming).days for candidate in reading.candidates] == [0, 7]
    else:
        assert reading.day == coming


@given(today=DAYS, day=DAYS)
def test_date_without_year_lies_around_today(today: date, day: date) -> None:
    """The year left out puts the date at most ninety days back and under a year ahead."""
    reading = days.without_year(day.month, day.day, None, today)
    if reading is not None:
        assert reading.day is not None
        assert -90 <= (reading.day - today).days <= 276
    else:
        assert (day.month, day.day) == (2, 29)


@pytest.mark.parametrize(
    ("day", "weekday", "expected"),
    [
        (14, None, date(2026, 12, 14)),
        (25, None, date(2026, 11, 25)),
        (31, None, date(2026, 12, 31)),
        (23, 0, date(2026, 11, 23)),
    ],
)
def test_day_of_month_is_the_coming_one(day: int, weekday: int | None, expected: date) -> None:
    """A day without its month is the coming one; a weekday that only fits the last past one decides for that."""
    reading = days.day_of_month(day, weekday, date(2026, 11, 25))
    assert reading == days.Reading(expected)
