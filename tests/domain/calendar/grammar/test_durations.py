"""Lengths of time as people write them."""

from __future__ import annotations

import pytest

from pamit.domain.calendar.grammar import find_durations


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("60 minutes", 60),
        ("approximately 1 hour", 60),
        ("one hour", 60),
        ("an hour", 60),
        ("an hour and a half", 90),
        ("one and a half hours", 90),
        ("half an hour", 30),
        ("half-hour", 30),
        ("1 hour 30 minutes", 90),
        ("2 hrs", 120),
        ("20-minute call", 20),
        ("45 mins", 45),
        ("25 min", 25),
        ("1,5 jam", 90),
        ("1.5 hours", 90),
        ("satu jam", 60),
        ("sejam", 60),
        ("setengah jam", 30),
        ("satu setengah jam", 90),
        ("1 jam 30 menit", 90),
        ("2 jam lebih", 120),
        ("45 menit", 45),
        ("±30 menit", 30),
        ("max 5 menit", 5),
        ("empat puluh lima menit", 45),
        ("2 (dua) jam", 120),
        ("1x24 jam", 1440),
        ("2 x 24 jam", 2880),
        ("48 hours", 2880),
    ],
)
def test_length_is_told_in_minutes(text: str, minutes: int) -> None:
    """One length, in minutes."""
    assert [mention.minutes for mention in find_durations(text)] == [minutes]


@pytest.mark.parametrize(
    "text", ["30-45 menit", "30–45 menit", "15 to 20 minutes", "1-2 jam", "30 sampai 45 menit", "20-25 mins"]
)
def test_range_of_lengths_has_no_one_length(text: str) -> None:
    """A range is found, without minutes."""
    assert [mention.minutes for mention in find_durations(text)] == [None]


@pytest.mark.parametrize(
    "text", ["jam 2", "tgl 28 jam 3 sore", "pukul 15 lewat 20 menit", "555-0182 (jam kerja)", "jam kerja", "2 hari"]
)
def test_what_is_no_length_gives_no_mention(text: str) -> None:
    """Clock times, days and opening hours are no lengths."""
    assert [mention.minutes for mention in find_durations(text)] == []
