"""Quiet hours by the wall clock, in every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.calendar.quiet import DEFAULT_QUIET, QuietHours
from pamit.errors import PamitError

ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC")]

clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
quiet_hours = st.builds(QuietHours, clocks, clocks)
# Around the changes of the clocks in America and Europe.
_CHANGES = [datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)]
moments = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(_CHANGES), st.integers(-2_000, 2_000)
)


@given(quiet=quiet_hours, moment=moments, here=st.sampled_from(ZONES))
def test_next_open_is_the_first_open_moment(quiet: QuietHours, moment: datetime, here: ZoneInfo) -> None:
    """It is open, not before the moment asked about, and just before it is still quiet."""
    opens = quiet.next_open(moment, here)
    assert opens >= moment
    assert not quiet.contains(opens, here)
    assert opens == moment or quiet.contains(opens - timedelta(seconds=1), here)


@given(quiet=quiet_hours, moment=moments, here=st.sampled_from(ZONES))
def test_last_open_lies_before_the_quiet_and_is_open(quiet: QuietHours, moment: datetime, here: ZoneInfo) -> None:
    """Unless hardly anything of the day is open, somebody can still read what is said then."""
    spoken = quiet.last_open(moment, here)
    assert spoken <= moment
    if quiet.contains(moment, here):
        assert not quiet.contains(spoken, here) or quiet.contains(spoken - timedelta(minutes=30), here)


@pytest.mark.parametrize(
    ("clock", "is_quiet"),
    [(time(20, 59), False), (time(21), True), (time(0), True), (time(6, 59), True), (time(7), False), (time(12), False)],
)
def test_default_is_from_nine_to_seven(clock: time, is_quiet: bool) -> None:
    """The end is the first moment at which one may be disturbed again."""
    here = ZoneInfo("Asia/Jakarta")
    assert DEFAULT_QUIET.contains(datetime.combine(date(2026, 11, 24), clock, here), here) is is_quiet


def test_end_in_the_hour_that_is_left_out_opens_after_it() -> None:
    """On the night on which the clocks are set forward, 02:30 does not exist; at 03:30 nothing is quiet any more."""
    here = ZoneInfo("America/New_York")
    quiet = QuietHours(time(21), time(2, 30))
    assert quiet.next_open(datetime(2026, 3, 8, 6, tzinfo=UTC), here).astimezone(here).time() == time(3)


def test_end_in_the_hour_that_comes_twice_is_heeded_twice() -> None:
    """On the night on which the clocks are set back, what was open becomes quiet once more."""
    here = ZoneInfo("America/New_York")
    quiet = QuietHours(time(21), time(1, 30))
    first = quiet.next_open(datetime(2026, 11, 1, 4, tzinfo=UTC), here)
    again = quiet.next_open(datetime(2026, 11, 1, 6, 10, tzinfo=UTC), here)
    assert (first, again) == (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC))


@pytest.mark.parametrize("written", ["", "9-7", "25:00-07:00", "21:00-21:00", "21:00", "malam"])
def test_what_are_no_quiet_hours_is_refused(written: str) -> None:
    """The error tells the form."""
    with pytest.raises(PamitError) as caught:
        QuietHours.from_text(written)
    assert caught.value.code == "bad-quiet-hours"


@pytest.mark.parametrize("written", ["21:00-07:00", "none", "00:30-05:00"])
def test_quiet_hours_are_written_as_they_are_read(written: str) -> None:
    """Text and value are inverse."""
    assert str(QuietHours.from_text(written)) == written
