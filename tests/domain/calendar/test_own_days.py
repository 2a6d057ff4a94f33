"""Days of one's own: changed one by one, written and read again."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.calendar.workdays import OwnDays, Workdays

DAY = date(2026, 11, 30)


def test_day_is_free_or_worked_never_both() -> None:
    """The last word counts."""
    free = OwnDays().with_off(DAY, "Libur daerah")
    worked = free.with_work(DAY)
    assert (Workdays(own=free).is_workday(DAY), Workdays(own=worked).is_workday(DAY)) == (False, True)
    assert worked.with_off(DAY, "Libur daerah") == free
    assert free.without(DAY) == worked.without(DAY) == OwnDays()


@given(
    st.dictionaries(st.dates(), st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)),
    st.frozensets(st.dates()),
)
def test_written_days_are_read_as_they_were(off: dict[date, str], on: frozenset[date]) -> None:
    """Whatever their names."""
    days = OwnDays(off, on)
    assert OwnDays.from_toml(days.to_toml()) == days
