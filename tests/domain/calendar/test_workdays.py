"""Working days: national holidays, cuti bersama, and days of one's own."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from pamit.domain.calendar.workdays import OwnDays, Workdays
from pamit.errors import PamitError

# The decree for 2026 (1497/2025, 2/2025, 5/2025).
NATIONAL_2026 = "1-1 1-16 2-17 3-19 3-21 3-22 4-3 4-5 5-1 5-14 5-27 5-31 6-1 6-16 8-17 8-25 12-25"
CUTI_BERSAMA_2026 = "2-16 3-18 3-20 3-23 3-24 5-15 5-28 12-24"


@pytest.mark.parametrize("day", f"{NATIONAL_2026} {CUTI_BERSAMA_2026}".split())
def test_decreed_day_is_free(day: str) -> None:
    """Every day of the decree is a holiday with a name."""
    month, number = map(int, day.split("-"))
    assert Workdays().holiday(date(2026, month, number)) is not None
    assert not Workdays().is_workday(date(2026, month, number))


def test_ordinary_weekdays_of_2026_are_worked() -> None:
    """No day is free that the decree does not name."""
    free = {tuple(map(int, day.split("-"))) for day in f"{NATIONAL_2026} {CUTI_BERSAMA_2026}".split()}
    days = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    expected = [day for day in days if day.weekday() < 5 and (day.month, day.day) not in free]
    assert [day for day in days if Workdays().is_workday(day)] == expected


def test_saturday_is_worked_only_where_set() -> None:
    """Saturday counts where the employer works on it."""
    assert [Workdays(saturday).is_workday(date(2026, 11, 28)) for saturday in (False, True)] == [False, True]


def test_own_days_add_and_take_back() -> None:
    """The person's file wins over the decree."""
    own = OwnDays.from_toml('work = [2026-12-24, 2026-11-29]\n[off]\n2026-11-30 = "Libur daerah"')
    days = Workdays(own=own)
    assert days.holiday(date(2026, 11, 30)) == "Libur daerah"
    assert [days.is_workday(day) for day in (date(2026, 12, 24), date(2026, 11, 29), date(2026, 11, 30))] == [True, True, False]


@pytest.mark.parametrize("text", ["off = 3", "[off]\n2026-02-30 = 'x'", "[hari]\nx = 1", "=", "work = ['kapan-kapan']"])
def test_own_days_of_another_form_are_refused(text: str) -> None:
    """A file that cannot be used is named, not ignored."""
    with pytest.raises(PamitError) as caught:
        OwnDays.from_toml(text)
    assert caught.value.code == "own-days"


def test_from_day_skips_the_long_weekend() -> None:
    """From Christmas Eve 2026 on, work resumes on Monday the 28th."""
    assert list(islice(Workdays().from_day(date(2026, 12, 24)), 2)) == [date(2026, 12, 28), date(2026, 12, 29)]
