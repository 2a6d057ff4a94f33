"""Kinds, times, deadlines and modes in the many wordings that people use."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pamit.domain.invitation import Invitation
from pamit.reading import read_text

MESSAGES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "wordings.toml").read_text("utf-8"))["message"]
MONDAY = datetime.fromisoformat("2026-11-23T09:00:00+07:00")


def read(text: str, *, subject: str | None = None) -> Invitation:
    return read_text(text, subject=subject, sender=None, received=MONDAY, channel=None)


def value(invitation: Invitation, field: str) -> object:
    fact = next((fact for name, fact in invitation.facts.items() if str(name) == field), None)
    found = fact.value if fact else None
    return found.isoformat() if isinstance(found, datetime) else str(found) if field == "mode" and found else found


@pytest.mark.parametrize("message", MESSAGES, ids=[message["id"] for message in MESSAGES])
def test_message_is_read_as_meant(message: dict[str, Any]) -> None:
    """The kind, and what is stated of start, end, mode, deadline, round and zone, are those of a person's reading."""
    invitation = read_text(
        message["text"].strip("\n"),
        subject=message.get("subject"),
        sender=message.get("from"),
        received=datetime.fromisoformat(message["received"]),
        channel=None,
    )
    assert str(invitation.kind) == message["kind"]
    stated = [field for field in ("start", "end", "mode", "reply_by", "round", "timezone") if field in message]
    assert {field: value(invitation, field) for field in stated} == {field: message[field] for field in stated}
    if message.get("dateless"):
        assert value(invitation, "start") is None


INVITED = "Kami mengundang Saudara wawancara Jumat, 4 Desember 2026 pukul 10.00 WIB. "


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("Bisa atau tidaknya tolong diinfokan, maksimal 1/12/2026 pukul 20.00.", "2026-12-01T20:00:00+07:00"),
        ("Kesanggupan Saudara kami tunggu sampai Selasa, 1 Desember 2026.", "2026-12-01T23:59:00+07:00"),
        ("Pemberitahuan hadir atau tidaknya harap disampaikan sebelum 2 Desember 2026.", "2026-12-01T23:59:00+07:00"),
        ("Ada halangan? Hubungi Bu Rini, selambatnya Rabu jam 12 siang.", "2026-11-25T12:00:00+07:00"),
        ("Mohon konfirmasi paling lambat 3 (tiga) hari sebelum wawancara.", "2026-12-01T23:59:00+07:00"),
        ("Mohon dikabarkan paling lambat 24 jam sebelum jadwal.", "2026-12-03T10:00:00+07:00"),
        ("Jawaban ditunggu 2x24 jam sejak surel ini diterima.", "2026-11-25T09:00:00+07:00"),
        ("Mohon jawaban dalam 5 hari kerja.", "2026-11-30T23:59:00+07:00"),
        ("Hasil wawancara diumumkan paling lambat 1 Desember 2026.", None),
        ("Nama pewawancara akan kami sampaikan paling lambat Kamis.", None),
        ("Link akan kami kabarkan sehari sebelumnya.", None),
        ("Unggah ijazah paling lambat 1 Desember 2026.", None),
    ],
)
def test_deadline_is_the_candidates_alone(sentence: str, deadline: str | None) -> None:
    """A limit is the answer's, however the answer is asked for; what the sender promises by then, or wants sent, is not."""
    assert value(read(INVITED + sentence), "reply_by") == deadline


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Kak, wawancara besok jgn jam 9 ya, jam 2 siang aja.", "2026-11-24T14:00:00+07:00"),
        ("Interview hari ini mulai 11.30 bukan 10.30 ya kak, direschedule.", "2026-11-23T11:30:00+07:00"),
        (
            "We have to reschedule: let's start at 11.30 instead of 10.30 tomorrow for the interview.",
            "2026-11-24T11:30:00+07:00",
        ),
        (
            "Kami meralat undangan wawancara. Tertulis: Kamis 3 Desember 2026 pukul 08.30. Seharusnya: Jumat 4 Desember 2026 "
            "pukul 09.30 WIB.",
            "2026-12-04T09:30:00+07:00",
        ),
        (
            "Wawancara yang sebelumnya kami jadwalkan Rabu 25 November 2026 jam 09.00 kami geser ke:\n\n"
            "   Jumat, 27 November 2026\n   jam 14.00 - 14.45 WIB",
            "2026-11-27T14:00:00+07:00",
        ),
        ("Interview Senin 30/11 jam 09.00 kita majuin ke Jumat 27/11 jam 15.00 ya.", "2026-11-27T15:00:00+07:00"),
        (
            "Your interview (30 November, 9:00 am) cannot take place on site and is rescheduled. Instead we will meet on Teams "
            "on Tuesday 1 December 2026 at 9:30 am.",
            "2026-12-01T09:30:00+07:00",
        ),
    ],
)
def test_new_slot_of_a_move_is_taken(text: str, start: str) -> None:
    """Of the slot ruled out and the slot put in its place, the second is the start, whichever stands first."""
    invitation = read(text)
    assert (str(invitation.kind), value(invitation, "start")) == ("reschedule_by_employer", start)


@pytest.mark.parametrize(
    ("length", "end"),
    [
        ("Durasi 45 menit.", "2026-12-04T10:45:00+07:00"),
        ("Durasi 45 menit sampai 1 jam.", None),
        ("Waktu yang diperlukan 1 sampai 1,5 jam.", None),
        ("It takes one to one and a half hours.", None),
        ("Durasi setengah sampai satu jam.", None),
    ],
)
def test_range_of_lengths_gives_no_end(length: str, end: str | None) -> None:
    """One length gives an end; from one length to another gives none."""
    assert value(read(INVITED + length), "end") == end


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("di toko Kotabaru, Jl. Suroto 8, Yogyakarta", "Asia/Jakarta"),
        ("di kantor Jl. Ambon 2, Bandung", "Asia/Jakarta"),
        ("di kantor Jl. Jakarta 5, Makassar", "Asia/Makassar"),
        ("di hotel Jl. Raya Ubud 3, Ubud", "Asia/Makassar"),
    ],
)
def test_zone_is_that_of_the_town(place: str, zone: str) -> None:
    """The town of an address tells the zone, not the street or district that bears another place's name."""
    assert value(read(f"Kami undang interview Jumat 4 Desember 2026 jam 10.00 {place}."), "timezone") == zone


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "Kepada peserta no. 0442\nWawancara dibagi menurut nomor peserta:\n"
            "0401-0420   Selasa 1 Desember 2026   pukul 08.00 WIB\n0441-0460   Rabu 2 Desember 2026   pukul 08.00 WIB",
            "2026-12-02T08:00:00+07:00",
        ),
        (
            "Yth. Sdr. Tegar Wibowo\n\nJadwal wawancara menurut huruf awal nama:\n"
            "A - M   Selasa 1 Desember 2026   pukul 08.00 WIB\nN - Z   Selasa 1 Desember 2026   pukul 13.00 WIB",
            "2026-12-01T13:00:00+07:00",
        ),
        (
            "Wawancara dibagi menurut nomor peserta:\n"
            "0401-0420   Selasa 1 Desember 2026   pukul 08.00 WIB\n0441-0460   Rabu 2 Desember 2026   pukul 08.00 WIB",
            None,
        ),
    ],
)
def test_row_is_told_by_number_or_initial(text: str, start: str | None) -> None:
    """The row whose range holds the candidate's number or initial is theirs; without either no row is."""
    assert value(read(text), "start") == start


def test_move_with_two_unmarked_slots_gives_none() -> None:
    """Where nothing tells the new slot from the old one, no start is given but a doubt."""
    invitation = read(
        "Ada perubahan jadwal wawancara. Senin, 30 November 2026 pukul 09.00 WIB. Selasa, 1 Desember 2026 pukul 13.00 WIB."
    )
    assert (value(invitation, "start"), [doubt.code for doubt in invitation.doubts][:1]) == (None, ["two-dates"])
