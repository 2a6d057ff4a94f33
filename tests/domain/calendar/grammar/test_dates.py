"""Days as people write them, read on Wednesday, 25 November 2026, at nine in Jakarta."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from pamit.domain.calendar.grammar import DateMention, find_dates

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def read(text: str, now: datetime = NOW) -> list[DateMention]:
    return list(find_dates(text, now))


def days(text: str, now: datetime = NOW) -> list[str]:
    """The days found, as ISO dates without the century; "?" where a mention leaves its day open."""
    return [mention.day.isoformat()[2:] if mention.day else "?" for mention in read(text, now)]


@pytest.mark.parametrize(
    "text",
    [
        "Jumat, 4 Desember 2026",
        "Jumat / 4 Desember 2026",
        "Jum'at 4 Des 2026",
        "Jum’at, 04 Desember 2026",
        "JUMAT 4 DESEMBER 2026",
        "4 Des 2026",
        "tgl 4 Des 2026",
        "tanggal: 4 Desember 2026",
        "04-Des-2026",
        "4/Des/2026",
        "4Des2026",
        "4 Des '26",
        "tgl 4 Des 26 jam 9",
        "December 4, 2026",
        "Dec. 4th, 2026",
        "Dec 4 2026",
        "the 4th of December 2026",
        "Friday the 4th of December, 2026",
        "Fri, Dec 4, 2026",
        "2026-12-04",
        "2026/12/04",
        "04/12/2026",
        "4-12-2026",
        "04.12.2026",
        "4-12-26",
        "4 - 12 - 2026",
        "4 / 12 / 2026",
        "４ Desember ２０２６",
        "4\u00a0Desember\u00a02026",
        "*4 Desember 2026*",
        "tanggal empat Desember dua ribu dua puluh enam",
        "tanggal empat bulan Desember tahun dua ribu dua puluh enam",
        "4 Desember 2026 (Jumat)",
        "4-12-2026 (jumat)",
        "4 Desember 2026, Jumat",
        "Tanggal : 4 Desember 2026\nHari    : Jumat\nJam : 10.00",
        "Hari : Jumat\nTanggal : 4 Desember 2026",
        "hari    = Jumat\ntgl     = 4-12-26",
        "| Jumat | 4 Desember 2026 |",
        "Jumat Kliwon, 4 Desember 2026",
        "Jumat pagi, 4 Desember 2026",
        "Hari/Tgl/Jam : Jumat/4-12-2026/10.00 WIB",
        "Jumat,4Desember2026",
        "𝗝𝘂𝗺𝗮𝘁, 𝟰 𝗗𝗲𝘀𝗲𝗺𝗯𝗲𝗿 𝟮𝟬𝟮𝟲",
        "tanggal 4 bulan 12 tahun 2026",
        "Jumat minggu depan (4 Des 2026)",
    ],
)
def test_absolute_date_is_read(text: str) -> None:
    """A date with its year is that day, however it is written."""
    assert days(text) == ["26-12-04"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 Desember", "26-12-04"),
        ("Fri 4 Dec", "26-12-04"),
        ("Dec 4th", "26-12-04"),
        ("December 4 at 10", "26-12-04"),
        ("3 Januari", "27-01-03"),
        ("20 November", "26-11-20"),
        ("1 Juni", "27-06-01"),
        ("tgl 4/12", "26-12-04"),
        ("Jumat 4/12", "26-12-04"),
        ("29/12 · 15.00", "26-12-29"),
        ("4/12 jam 9", "26-12-04"),
        ("4/12 10am", "26-12-04"),
        ("Senin 7-12", "26-12-07"),
        ("4 Nopember", "26-11-04"),
        ("10 Peb", "27-02-10"),
        ("3 Ags", "27-08-03"),
        ("5 Agt", "27-08-05"),
        ("tanggal 30", "26-11-30"),
        ("tgl 14", "26-12-14"),
        ("tgl.14 ya", "26-12-14"),
        ("tgl14 ya", "26-12-14"),
        ("Senin tgl 14", "26-12-14"),
        ("hari Senin, tanggal 30, pukul delapan", "26-11-30"),
        ("tanggal 5 bulan depan", "26-12-05"),
        ("tanggal 5 bulan 12", "26-12-05"),
        ("on the 14th", "26-12-14"),
        ("Tuesday the 22nd between 3 and 4 pm", "26-12-22"),
        ("the fifteenth of December", "26-12-15"),
        ("November twenty-sixth", "26-11-26"),
        ("Friday the 13th", "26-11-13"),
    ],
)
def test_date_without_year_is_the_nearest_sensible_one(text: str, expected: str) -> None:
    """Up to ninety days back it is the past date, otherwise the coming one; a weekday decides."""
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2026-12-28", "Senin 4 Januari", "27-01-04"),
        ("2027-01-02", "tanggal 30 Desember", "26-12-30"),
        ("2027-01-04", "28 Desember", "26-12-28"),
        ("2026-12-30", "tanggal 4", "27-01-04"),
        ("2027-01-31", "tanggal 30", "27-03-30"),
        ("2026-11-24", "Selasa, 31 Agustus", "27-08-31"),
    ],
)
def test_turn_of_the_year_is_crossed(now: str, text: str, expected: str) -> None:
    """Near the turn of the year the date in the neighbouring year is meant."""
    assert days(text, datetime.fromisoformat(f"{now}T09:00+07:00")) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hari ini", "26-11-25"),
        ("hr ini juga", "26-11-25"),
        ("today's interview", "26-11-25"),
        ("tonight", "26-11-25"),
        ("nanti siang", "26-11-25"),
        ("ntar malam", "26-11-25"),
        ("nanti jam 3", "26-11-25"),
        ("malam ini", "26-11-25"),
        ("tadi pagi", "26-11-25"),
        ("this afternoon", "26-11-25"),
        ("besok", "26-11-26"),
        ("bsk jam 9", "26-11-26"),
        ("esok hari", "26-11-26"),
        ("tomorrow", "26-11-26"),
        ("tmrw 11am", "26-11-26"),
        ("lusa", "26-11-27"),
        ("besok lusa", "26-11-27"),
        ("the day after tomorrow", "26-11-27"),
        ("kemarin", "26-11-24"),
        ("kmrn", "26-11-24"),
        ("yesterday", "26-11-24"),
        ("tadi malam", "26-11-24"),
        ("the day before yesterday", "26-11-23"),
        ("3 hari lagi", "26-11-28"),
        ("dua hari lagi", "26-11-27"),
        ("seminggu lagi", "26-12-02"),
        ("2 minggu lagi", "26-12-09"),
        ("dalam 2 hari", "26-11-27"),
        ("in two days", "26-11-27"),
        ("in 3 days", "26-11-28"),
        ("a week today", "26-12-02"),
        ("kemarin tgl 24", "26-11-24"),
        ("in a week", "26-12-02"),
        ("two days from now", "26-11-27"),
        ("dua minggu yang lalu", "26-11-11"),
        ("3 days ago", "26-11-22"),
    ],
)
def test_relative_day_is_counted_from_now(text: str, expected: str) -> None:
    """Days counted from today."""
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hari Senin", "26-11-30"),
        ("on Monday", "26-11-30"),
        ("Senin ini", "26-11-30"),
        ("this Friday", "26-11-27"),
        ("this coming Friday", "26-11-27"),
        ("Jumat mendatang", "26-11-27"),
        ("Senin depan", "26-11-30"),
        ("next Tuesday", "26-12-01"),
        ("Rabu depan", "26-12-02"),
        ("Rabu minggu depan", "26-12-02"),
        ("senen depan jam 9", "26-11-30"),
        ("rebo minggu depan", "26-12-02"),
        ("minggu depan hari Rabu", "26-12-02"),
        ("Jumat pekan depan", "26-12-04"),
        ("Friday next week", "26-12-04"),
        ("next week on Friday", "26-12-04"),
        ("Jumat minggu ini", "26-11-27"),
        ("Jumat dua minggu lagi", "26-12-11"),
        ("last Thursday", "26-11-19"),
        ("Kamis lalu", "26-11-19"),
        ("Senin kemarin", "26-11-23"),
        ("Monday last week", "26-11-16"),
        ("hari Minggu ini", "26-11-29"),
        ("sebelum Minggu", "26-11-29"),
        ("Minggu malam jam 8", "26-11-29"),
        ("hari Ahad", "26-11-29"),
        ("Minggu, 29 November", "26-11-29"),
        ("Thu 10am", "26-11-26"),
        ("sat 28 nov", "26-11-28"),
        ("min 29 nov", "26-11-29"),
        ("hr jum jam 9", "26-11-27"),
    ],
)
def test_weekday_is_the_coming_one(text: str, expected: str) -> None:
    """A weekday alone, and with the words that move it by weeks."""
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Jumat depan", (date(2026, 11, 27), date(2026, 12, 4))),
        ("next Friday", (date(2026, 11, 27), date(2026, 12, 4))),
        ("Kamis depan jam 9", (date(2026, 11, 26), date(2026, 12, 3))),
        ("Rabu jam 2", (date(2026, 11, 25), date(2026, 12, 2))),
        ("malam Jumat jam 8", (date(2026, 11, 26), date(2026, 11, 27))),
    ],
)
def test_weekday_with_two_readings_stays_open(text: str, candidates: tuple[date, ...]) -> None:
    """Where a person could mean this week's or next week's day, both are candidates."""
    (mention,) = read(text)
    assert (mention.day, mention.candidates, mention.contradicts) == (None, candidates, False)


@pytest.mark.parametrize("text", ["next Friday (4 December)", "Jumat depan, 4 Desember", "Jumat depan tgl 4/12"])
def test_open_weekday_is_settled_by_the_date_beside_it(text: str) -> None:
    """A date written with it decides which Friday is meant."""
    assert days(text) == ["26-12-04"]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Jumat, 10 Desember 2026", (date(2026, 12, 10), date(2026, 12, 11))),
        ("Thursday, 27 November", (date(2026, 11, 27), date(2026, 11, 26))),
        ("27/11/2026 (Kamis)", (date(2026, 11, 27), date(2026, 11, 26))),
        ("Hari : Kamis\nTanggal : 27 November 2026", (date(2026, 11, 27), date(2026, 11, 26))),
        ("Selasa tgl 14", (date(2026, 12, 14), date(2026, 12, 15))),
        ("besok Jumat", (date(2026, 11, 26), date(2026, 11, 27))),
        ("besok, 27 November", (date(2026, 11, 26), date(2026, 11, 27))),
        ("Sabtu, 5 Desember 2025", (date(2025, 12, 5), date(2025, 12, 6), date(2026, 12, 5))),
    ],
)
def test_contradiction_is_reported_with_both_days(text: str, candidates: tuple[date, ...]) -> None:
    """A weekday that contradicts its date is never settled silently: the stated date comes first."""
    (mention,) = read(text)
    assert (mention.day, mention.candidates, mention.contradicts) == (None, candidates, True)


@pytest.mark.parametrize(
    "text",
    [
        "besok (Kamis)",
        "besok Kamis",
        "besok, Kamis 26/11",
        "besok *Kamis, 26/11/2026*",
        "tomorrow, 26 November",
        "besok tgl 26",
    ],
)
def test_two_names_of_one_day_are_one_mention(text: str) -> None:
    """ "Tomorrow" and the date beside it name one day once."""
    assert days(text) == ["26-11-26"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1-3 Desember 2026", "2026-12-01", "2026-12-03"),
        ("1 s/d 3 Desember 2026", "2026-12-01", "2026-12-03"),
        ("tgl 1 sampai 3 Desember", "2026-12-01", "2026-12-03"),
        ("from the 1st to the 3rd of December", "2026-12-01", "2026-12-03"),
        ("December 1-3, 2026", "2026-12-01", "2026-12-03"),
        ("30 Nov – 2 Des", "2026-11-30", "2026-12-02"),
        ("30 November s.d. 2 Desember 2026", "2026-11-30", "2026-12-02"),
        ("30 Desember s/d 2 Januari 2027", "2026-12-30", "2027-01-02"),
        ("Mon to Wed", "2026-11-30", "2026-12-02"),
        ("Senin s/d Rabu", "2026-11-30", "2026-12-02"),
        ("Senin, 30 November s/d Rabu, 2 Desember 2026", "2026-11-30", "2026-12-02"),
        ("Senin s.d. Rabu, 30 November s.d. 2 Desember 2026", "2026-11-30", "2026-12-02"),
        ("tgl 1 s/d 3", "2026-12-01", "2026-12-03"),
        ("Dec 1st to 3rd", "2026-12-01", "2026-12-03"),
        ("30/11-1/12", "2026-11-30", "2026-12-01"),
        ("Kamis-Jumat, 26-27 November 2026", "2026-11-26", "2026-11-27"),
        ("Kamis dan Jumat, 26 dan 27 November 2026", "2026-11-26", "2026-11-27"),
    ],
)
def test_span_of_days_is_one_mention(text: str, first: str, last: str) -> None:
    """A span has its first day and its last."""
    (mention,) = read(text)
    assert (mention.day, mention.until) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamis atau Jumat minggu depan", ["26-12-03", "26-12-04"]),
        ("Kamis/Jumat minggu depan", ["26-12-03", "26-12-04"]),
        ("Thursday or Friday next week", ["26-12-03", "26-12-04"]),
        ("Kamis, Jumat atau Sabtu depan", ["?", "?", "?"]),
        ("next Monday or Tuesday", ["26-11-30", "26-12-01"]),
        ("next Thursday or Friday", ["?", "?"]),
        ("Kamis atau Jumat", ["26-11-26", "26-11-27"]),
    ],
)
def test_list_of_weekdays_shares_the_words_that_move_it(text: str, expected: list[str]) -> None:
    """ "next week" behind the last of several weekdays is said of all."""
    assert days(text) == expected


@pytest.mark.parametrize("text", ["Pilihan: 7, 8 atau 9 Desember 2026", "tgl 7, 8 atau 9", "tgl 7, 8 dan 9 Des"])
def test_list_of_days_shares_the_month(text: str) -> None:
    """Each day of a list is a mention of its own."""
    assert days(text) == ["26-12-07", "26-12-08", "26-12-09"]


def test_moved_from_one_day_to_another_is_no_span() -> None:
    """ "to" after a verb of moving joins the old day and the new one, not the ends of a span."""
    assert days("we moved your interview from 1 December to 3 December") == ["26-12-01", "26-12-03"]


@pytest.mark.parametrize(
    "text",
    [
        "31 Februari 2027",
        "Kamis, 31 Februari",
        "Hari: Kamis\nTanggal: 31 Februari 2027",
        "Friday week",
        "26-11-2026-A",
        "26-Nov-97",
        "32 Desember",
        "30/02/2027",
        "11/26/2026",
        "13/13/2026",
        "26 November 20266",
        "Jl. 17 Agustus 1945 No. 3",
        "Jl. 28 Oktober, Pontianak",
        "Jalan Raya 10 November",
        "Universitas 17 Agustus 1945 Surabaya",
        "Universitas Sebelas Maret",
        "Institut Teknologi Sepuluh Nopember",
        "Jl. Pasar Minggu Raya",
        "setelah salat Jumat",
        "0812-0000-1234",
        "021-555-0171",
        "Rp 7.500.000",
        "214/BSDM/XI/2026",
        "Nomor : 12/KK-GR/X/2026",
        "No. 12/11",
        "RT 03/05 RW 02/03",
        "buka 24/7",
        "bagian 3/4 selesai",
        "KM 12",
        "pengalaman 5-10 tahun",
        "10.1.2.26",
        "v2.1.26",
        "https://meet.example/2026-11-26/abc",
        "https://zoom.example/j/26112026?d=26/11/2026",
        "rabu@kantor.example",
        "H-1",
        "2 minggu",
        "minggu depan",
        "minggu ini",
        "setiap Senin",
        "every Monday",
        "tiap hari Senin",
        "dalam waktu 3 hari",
        "Senin pertama bulan Desember",
        "the first Monday of December",
        "a week from Monday",
        "the 2nd interview",
        "on the 3rd floor",
        "you may 2 times",
        "he sat 3 days in the sun 10",
        "1. April Lestari\n2. Mei Ling",
        "kamar No. 3 Mei Ling",
        "within 2 days",
        "dalam 2 hari kerja",
        "2 hari sebelum",
        "30 min",
        "maret",
        "Maret 2026",
        "IPK 3.12",
        "ukuran 3/4",
        "tanggal 32",
    ],
)
def test_what_is_no_day_gives_no_mention(text: str) -> None:
    """What is half read, a name, an amount, an address or a code is refused."""
    assert read(text) == []


def test_mention_tells_what_was_written() -> None:
    """A mention has its place in the text, its form and the weekday stated."""
    text = "Kami tunggu: Rabu, 2 Des 2026 ya"
    (mention,) = read(text)
    assert (text[mention.begin : mention.end], mention.form, mention.stated_weekday) == ("Rabu, 2 Des 2026", "absolute", 2)


def test_letters_that_grow_when_lowered_do_not_shift_the_mention() -> None:
    """Offsets index the text as given."""
    text = "İİ Σ ﬁ ½ — Kamis, 26 November 2026"
    (mention,) = read(text)
    assert text[mention.begin : mention.end] == "Kamis, 26 November 2026"
