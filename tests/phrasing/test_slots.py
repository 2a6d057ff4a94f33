"""Other times for an interview."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.calendar.workdays import OwnDays, Workdays
from pamit.domain.interview import Interview
from pamit.phrasing import propose_slots

from .scenes import JAKARTA, NOW, UPCOMING

FIRST = datetime(2026, 1, 1, tzinfo=JAKARTA).replace(tzinfo=None)


def test_slots_lie_after_the_original_on_working_days() -> None:
    """Thursday's interview moves to Friday, Monday and Tuesday."""
    assert propose_slots(UPCOMING, NOW) == (
        datetime(2026, 11, 27, 9, tzinfo=JAKARTA),
        datetime(2026, 11, 30, 14, tzinfo=JAKARTA),
        datetime(2026, 12, 1, 9, tzinfo=JAKARTA),
    )


def test_slots_keep_clear_of_what_is_taken() -> None:
    """A busy morning sends the proposal to the afternoon."""
    busy = ((datetime(2026, 11, 27, 8, tzinfo=JAKARTA), datetime(2026, 11, 27, 12, tzinfo=JAKARTA)),)
    assert propose_slots(UPCOMING, NOW, busy=busy)[0] == datetime(2026, 11, 27, 14, tzinfo=JAKARTA)


def test_slots_skip_holidays_and_own_days() -> None:
    """Neither decreed holidays nor the person's own days off are proposed."""
    eve = datetime(2026, 12, 23, 10, tzinfo=JAKARTA)
    slots = propose_slots(Interview(start=eve), eve - timedelta(days=3))
    assert slots[0].date() == date(2026, 12, 28)
    own = Workdays(own=OwnDays(off={date(2026, 12, 28): "Libur daerah"}))
    assert propose_slots(Interview(start=eve), eve - timedelta(days=3), workdays=own)[0].date() == date(2026, 12, 29)


@given(
    st.datetimes(FIRST, FIRST + timedelta(days=330)),
    st.integers(0, 20),
    st.integers(0, 23),
    st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
)
def test_slots_are_courteous_whatever_the_hour(moment: datetime, days: int, hour: int, zone: str) -> None:
    """Always three, in order, on working days, 09:00 to 16:00 at the employer's place, outside noon, after the original."""
    now = moment.replace(tzinfo=JAKARTA)
    start = (now + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
    slots = propose_slots(Interview(start=start, timezone=zone), now)
    assert len(slots) == 3
    assert sorted(set(slots)) == list(slots)
    for slot in slots:
        assert slot > start
        assert slot.date() > now.astimezone(slot.tzinfo).date()
        assert 9 <= slot.hour <= 16
        assert slot.hour != 12
        assert Workdays().is_workday(slot.date())
