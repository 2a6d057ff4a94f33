"""What holds for every text: the readers never fail, their mentions lie in order, what we write is read back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.calendar.grammar import find_dates, find_durations, find_times
from pamit.domain.calendar.grammar.scan import fold
from pamit.domain.calendar.wording import write_day, write_moment
from pamit.domain.calendar.zones import zone
from pamit.domain.terms import Language

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)

WORDS = st.sampled_from(
    [
        *"1 2 3 12 14 31 2026 26 10.00 09.30 10:15 1-3 26/11 26/11/2026 2026-11-26 1/2 0900 10.00-11.00".split(" "),
        *"senin Rabu jum'at minggu min sel mon friday sat november des May mar may tgl tanggal hari ini besok".split(" "),
        *"lusa kemarin nanti siang malam pagi depan lalu lagi next this last week coming jam pukul at setengah".split(" "),
        *"half past quarter lewat kurang sepuluh dua puluh belas ribu tahun bulan menit hours jam an WIB GMT+7".split(" "),
        *"UTC waktu Jakarta time am p.m. noon s/d selesai - – , . : ( ) | \n / the of to in dalam days st th".split(" "),
        *"every pk o'clock ½ İ yang hari kerja x 24 first fifteenth from now ago depan,".split(" "),
    ]
)
SENTENCES = st.lists(WORDS, max_size=14).map(" ".join) | st.lists(WORDS, max_size=14).map("".join)
MOMENTS = st.datetimes(
    datetime(2001, 1, 1),  # noqa: DTZ001 - hypothesis takes naive bounds
    datetime(2098, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@settings(max_examples=300, deadline=None)
@given(text=st.text() | SENTENCES, now=MOMENTS)
def test_mentions_lie_in_the_text_in_order(text: str, now: datetime) -> None:
    """No text makes the readers fail; mentions are inside the text, in order, and do not overlap."""
    for mentions in (find_dates(text, now), find_times(text), find_durations(text)):
        ends = 0
        for mention in mentions:
            assert ends <= mention.begin < mention.end <= len(text)
            ends = mention.end


@settings(max_examples=200, deadline=None)
@given(text=SENTENCES, now=MOMENTS)
def test_open_days_have_candidates_and_settled_days_none(text: str, now: datetime) -> None:
    """A mention has a day or at least two candidates; a span ends after it begins."""
    for mention in find_dates(text, now):
        assert (mention.day is None) == (len(mention.candidates) >= 2)
        assert mention.until is None or (mention.day is not None and mention.day < mention.until)


@given(text=st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    """A folded text is as long as the text."""
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("now", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
@given(text=SENTENCES)
def test_ends_of_the_calendar_are_no_error(now: datetime, text: str) -> None:
    """Also at the calendar's ends nothing fails."""
    find_dates(text, now)


@given(
    day=st.dates(date(2001, 1, 1), date(2098, 12, 31)),
    now=MOMENTS,
    language=st.sampled_from(Language),
    weekday=st.booleans(),
)
def test_written_day_is_read_back(day: date, now: datetime, language: Language, weekday: bool) -> None:
    """Writing a day and reading it gives the day, in both languages."""
    text = f"… {write_day(day, language, weekday=weekday)}."
    assert [mention.day for mention in find_dates(text, now)] == [day]


@given(
    day=st.dates(date(2001, 1, 1), date(2098, 12, 30)),
    minutes=st.integers(0, 1380),
    length=st.integers(0, 59),
    timezone=st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Singapore", "Etc/GMT+3"]),
    language=st.sampled_from(Language),
)
def test_written_moment_is_read_back(day: date, minutes: int, length: int, timezone: str, language: Language) -> None:
    """Writing an interview's moment and reading it gives day, start, end and zone."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone(timezone)) + timedelta(minutes=minutes)
    end = start + timedelta(minutes=length) if length else None
    text = write_moment(start, timezone, language, end)
    (dated,) = find_dates(text, NOW)
    (timed,) = find_times(text)
    assert (dated.day, timed.start, timed.until, timed.zone) == (
        day,
        start.time(),
        end.time() if end else None,
        timezone,
    )


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        " ",
        "jam ",
        "senin ",
        "1-",
        "1 ",
        "19, ",
        "tgl 1 ",
        "minggu ",
        "3/12 ",
        "dua ",
        "10.00 - ",
        "—",
        "İ",
        "@",
        "://",
        "\n",
        "setengah ",
    ],
)
def test_hostile_text_does_not_hang(piece: str) -> None:
    """A hundred thousand characters of noise are read to their end."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    for found in (find_dates(text, NOW), find_times(text), find_durations(text)):
        assert all(mention.end <= len(text) for mention in found)
