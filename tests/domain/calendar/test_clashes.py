"""Interviews that get into each other's way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.calendar.clashes import BETWEEN_CALLS, ON_THE_WAY, Booking, Clash, find_clashes

DAY = datetime(2026, 11, 27, tzinfo=UTC)


def at(case: str, start: int, end: int, *, by_call: bool = False) -> Booking:
    """A booking by minutes of the day."""
    return Booking(case, DAY + timedelta(minutes=start), DAY + timedelta(minutes=end), by_call)


def test_two_at_the_same_time_clash() -> None:
    """The one that begins first comes first, whatever the order in which they are told."""
    early, late = at("b", 540, 600), at("a", 570, 630)
    (found,) = find_clashes([late, early])
    assert (found, found.overlaps, found.between) == (Clash(early, late), True, timedelta(minutes=-30))


@pytest.mark.parametrize(
    ("gap", "by_call", "clashes"),
    [
        (0, (True, True), True), (14, (True, True), True), (15, (True, True), False),
        (15, (True, False), True), (59, (False, True), True), (59, (False, False), True), (60, (False, False), False),
    ],
)  # fmt: skip
def test_time_between_depends_on_the_way(gap: int, by_call: tuple[bool, bool], clashes: bool) -> None:
    """A quarter of an hour between calls, an hour where one has to get somewhere; both bounds are enough."""
    pair = at("a", 540, 600, by_call=by_call[0]), at("b", 600 + gap, 700, by_call=by_call[1])
    assert [one.overlaps for one in find_clashes(pair)] == ([False] if clashes else [])


def test_long_one_clashes_with_each_within_it() -> None:
    """A day of assessment does not hide behind the short talk that began after it."""
    day, first, second = at("day", 480, 1020), at("one", 540, 570), at("two", 900, 930)
    assert list(find_clashes([first, second, day])) == [Clash(day, first), Clash(day, second)]


def test_same_case_never_clashes_with_itself() -> None:
    """The later time replaces the other."""
    assert list(find_clashes([at("a", 540, 600), at("a", 570, 630)])) == []


bookings = st.builds(
    lambda case, start, length, by_call: at(case, start, start + length, by_call=by_call),
    st.sampled_from("abcd"),
    st.integers(0, 600),
    st.integers(1, 200),
    st.booleans(),
)


@given(st.lists(bookings, max_size=12))
def test_every_pair_is_looked_at(found: list[Booking]) -> None:
    """As if each were compared with each."""
    expected = 0
    for one, other in combinations(found, 2):
        first, second = sorted((one, other), key=lambda booking: (booking.start, booking.end, booking.case))
        needed = BETWEEN_CALLS if first.by_call and second.by_call else ON_THE_WAY
        expected += first.case != second.case and second.start - first.end < needed
    assert len(list(find_clashes(found))) == expected
