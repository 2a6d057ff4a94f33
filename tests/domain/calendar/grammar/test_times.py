"""Clock times as people write them."""

from __future__ import annotations

import pytest

from pamit.domain.calendar.grammar import find_times


def starts(text: str) -> list[str]:
    return [mention.start.isoformat("minutes") for mention in find_times(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pukul 10.00 WIB", "10:00"),
        ("Pukul : 10.00", "10:00"),
        ("pkl. 09.00", "09:00"),
        ("Pkl.09.00", "09:00"),
        ("jam 9", "09:00"),
        ("jam9", "09:00"),
        ("jm 9", "09:00"),
        ("jam 9an", "09:00"),
        ("Jam: 13.30", "13:30"),
        ("jam 10 : 30", "10:30"),
        ("Waktu = 9.47", "09:47"),
        ("jam 10 pagi", "10:00"),
        ("jam 2 siang", "14:00"),
        ("jam 12 siang", "12:00"),
        ("jam 11 siang", "11:00"),
        ("jam 3 sore", "15:00"),
        ("jam 7 malam", "19:00"),
        ("jam 12 malam", "00:00"),
        ("jam 1 malam", "01:00"),
        ("02.00 siang", "14:00"),
        ("8 pagi", "08:00"),
        ("10.00 (Pagi)", "10:00"),
        ("setengah sepuluh pagi", "09:30"),
        ("jam setengah 2 siang", "13:30"),
        ("jam setengah 1 siang", "12:30"),
        ("jam setengah 8 malam", "19:30"),
        ("jam 1/2 10 pagi", "09:30"),
        ("besok sore setengah 4", "15:30"),
        ("jam sepuluh kurang seperempat", "09:45"),
        ("jam 10 kurang 5", "09:55"),
        ("jam 9 lewat 15 menit", "09:15"),
        ("jam sembilan lewat seperempat", "09:15"),
        ("pukul delapan tiga puluh", "08:30"),
        ("pukul satu siang", "13:00"),
        ("jam dua belas siang", "12:00"),
        ("pukul 24.00", "23:59"),
        ("10:00", "10:00"),
        ("9:30", "09:30"),
        ("13.30h", "13:30"),
        ("0930 hrs", "09:30"),
        ("2 PM", "14:00"),
        ("2:30 p.m.", "14:30"),
        ("2:30\u202fPM", "14:30"),
        ("12 am", "00:00"),
        ("12 noon", "12:00"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("at ten.", "10:00"),
        ("ten o'clock", "10:00"),
        ("at half past nine", "09:30"),
        ("quarter to ten", "09:45"),
        ("a quarter past ten", "10:15"),
        ("five past ten", "10:05"),
        ("14h30", "14:30"),
        ("pukul 10,30 WIB", "10:30"),
        ("jam 12 tengah malam", "00:00"),
        ("jam 2 dini hari", "02:00"),
        ("26/11 9.00", "09:00"),
        ("@10.00", "10:00"),
        ("batas 23.59", "23:59"),
        ("at 3 tomorrow", "15:00"),
        ("10.30 in the morning", "10:30"),
        ("3 in the afternoon", "15:00"),
        ("７.３０ WIB", "07:30"),
    ],
)
def test_clock_time_is_read(text: str, expected: str) -> None:
    """One time, however it is written."""
    assert starts(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nanti siang jam 3", "15:00"),
        ("besok siang jam 2", "14:00"),
        ("Minggu malam jam 8", "20:00"),
        ("tomorrow afternoon at 3", "15:00"),
        ("this evening at 7", "19:00"),
        ("malam ini jam 9", "21:00"),
        ("tonight at 8", "20:00"),
        ("Kamis sore ya, jam 4", "16:00"),
        ("Kamis malam, 26 November 2026, jam 7", "19:00"),
    ],
)
def test_part_of_the_day_before_the_hour_counts(text: str, expected: str) -> None:
    """The part of the day may stand before, beside a word for the day."""
    assert starts(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), [("Selamat malam, jam 8 ya", "08:00"), ("Sore mbak, jam 9 bisa?", "09:00")])
def test_greeting_says_nothing_about_the_hour(text: str, expected: str) -> None:
    """A greeting is no part of the day of the hour named after it."""
    assert starts(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"), [("jam 3", "15:00"), ("jam 7", "07:00"), ("pukul 03.00", "03:00"), ("jam 12", "12:00")]
)
def test_bare_hour_is_taken_in_office_hours(text: str, expected: str) -> None:
    """One to six mean the afternoon, unless written with two figures; seven to twelve stand."""
    assert starts(text) == [expected]


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("09.00-11.00 WIB", "09:00", "11:00"),
        ("09.00 – 11.00", "09:00", "11:00"),
        ("09.00 s/d 10.30", "09:00", "10:30"),
        ("pukul 09.00 WIB s.d. pukul 10.30 WIB", "09:00", "10:30"),
        ("jam 8 sampai jam 5 sore", "08:00", "17:00"),
        ("jam 10-11", "10:00", "11:00"),
        ("jam 1-3", "13:00", "15:00"),
        ("10-1 siang", "10:00", "13:00"),
        ("antara jam 3 dan 4 sore", "15:00", "16:00"),
        ("2-3 pm", "14:00", "15:00"),
        ("2 - 3 pm", "14:00", "15:00"),
        ("11-1pm", "11:00", "13:00"),
        ("10 am to 11:30 am", "10:00", "11:30"),
        ("from 2pm until 3pm", "14:00", "15:00"),
        ("between 3 and 4 pm", "15:00", "16:00"),
        ("between 3 and 4 on Friday", "15:00", "16:00"),
        ("7:30-8:30pm", "19:30", "20:30"),
        ("01.00-03.00 siang", "13:00", "15:00"),
        ("08.00 pagi - 04.00 sore", "08:00", "16:00"),
    ],
)
def test_span_of_hours_is_one_mention(text: str, start: str, until: str) -> None:
    """A span has its start and its end; they share what is written once."""
    (mention,) = find_times(text)
    assert (mention.start.isoformat("minutes"), mention.until and mention.until.isoformat("minutes")) == (start, until)


@pytest.mark.parametrize(
    "text",
    ["09.00 s/d selesai", "09.00 – selesai", "09.00 s.d. Selesai", "jam 9 sampai selesai", "09:00- Selesai", "9 am onwards"],
)
def test_open_end_is_no_end(text: str) -> None:
    """ "s/d selesai" leaves the end open."""
    (mention,) = find_times(text)
    assert (mention.start.isoformat("minutes"), mention.until, mention.open_end) == ("09:00", None, True)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("10.00 WIB", "Asia/Jakarta"),
        ("10.00wib", "Asia/Jakarta"),
        ("10.30 Wita", "Asia/Makassar"),
        ("pukul 10 WIT", "Asia/Jayapura"),
        ("10:00 GMT+7", "Asia/Jakarta"),
        ("10:00 (UTC+08:00)", "Asia/Makassar"),
        ("10:00 GMT +9", "Asia/Jayapura"),
        ("10:00 UTC-5", "Etc/GMT+5"),
        ("10:00 GMT+5:30", "Asia/Kolkata"),
        ("2026-11-26T10:00:00+07:00", "Asia/Jakarta"),
        ("2026-11-26T10:00Z", "Etc/UTC"),
        ("10.00WIB-12.00WIB", "Asia/Jakarta"),
        ("3:00 p.m. (CET)", "Europe/Berlin"),
        ("10 am SGT", "Asia/Singapore"),
        ("2 pm Jakarta time", "Asia/Jakarta"),
        ("2:00 PM (Jakarta time)", "Asia/Jakarta"),
        ("jam 10 waktu Jakarta", "Asia/Jakarta"),
        ("pukul 10.00 waktu Indonesia Timur", "Asia/Jayapura"),
        ("8.30am Irish time", "Europe/Dublin"),
        ("Jam (WIB) : 09.00", "Asia/Jakarta"),
        ("09.00 - selesai WITA", "Asia/Makassar"),
        ("10:00 est. 30 menit", None),
        ("09.00", None),
        ("10.00 PT Maju", None),
    ],
)
def test_zone_beside_the_time_is_read(text: str, zone: str | None) -> None:
    """Zone letters, offsets and places are told as IANA names."""
    (mention,) = find_times(text)
    assert mention.zone == zone


@pytest.mark.parametrize(
    "text", ["Kamis jam 10 atau 11?", "jam 10 atau jam 11", "at 10 or 11 on Friday", "10.00 / 11.00 WIB", "10.00/11.00"]
)
def test_choice_of_hours_is_two_mentions(text: str) -> None:
    """Two hours to choose from are told one by one."""
    assert starts(text) == ["10:00", "11:00"]


def test_two_zones_are_two_mentions() -> None:
    """One instant told in two zones is told twice."""
    found = [(mention.start.hour, mention.zone) for mention in find_times("5pm Jakarta / 6pm Singapore")]
    assert found == [(17, "Asia/Jakarta"), (18, "Asia/Singapore")]


@pytest.mark.parametrize(
    "text",
    [
        "biaya 10.000",
        "Rp 10.00",
        "Rp10.00",
        "$10.00",
        "Lt. 3",
        "No. 10.15",
        "Jl. Melati No.10.15",
        "IPK 3.50",
        "3.50",
        "nilai 12.50",
        "10.30%",
        "12.50 juta",
        "versi 10.15",
        "0812-0000-1234",
        "10.0.0.1",
        "26.11",
        "tgl 12.10",
        "tanggal 10 pagi hari",
        "2 jam",
        "selama 2 jam 30 menit",
        "setengah jam",
        "1x24 jam",
        "jam kerja",
        "3 hari 2 malam",
        "at 88 Jalan Kenanga",
        "at 1 Jalan Mawar",
        "at one of our offices",
        "rasio 8:2",
        "10 November",
        "10 orang",
        "PK-08",
        "PK 3",
        "2. Kirim lewat surel, cara yang paling tepat",
        "between 3 and 5 people",
        "harga 15.00",
        "https://meet.example/10:30/9am",
        "Selamat siang",
        "1 (satu) lembar",
        "24,000,000",
    ],
)
def test_what_is_no_time_gives_no_mention(text: str) -> None:
    """Amounts, decimals, addresses, dates and lengths are no times."""
    assert starts(text) == []
