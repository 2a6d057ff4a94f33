"""The moves, each in ways that people make it and in ways that only look like it."""

from __future__ import annotations

import pytest

from pamit.domain.terms import Move

from .conftest import Check


def _makes(check: Check, move: Move, purpose: str, sentence: str, language: str = "id", **facts: object) -> bool:
    greeting, closing = ("Yth. Ibu Ratna Dewi,", "Hormat saya,") if language == "id" else ("Dear Ms. Taylor,", "Kind regards,")
    return check(purpose, f"{greeting}\n\n{sentence}\n\n{closing}\nSari Wulandari", language, **facts).moves[move]


@pytest.mark.parametrize(
    ("language", "sentence", "made"),
    [
        ("id", "Atas undangannya saya haturkan terima kasih.", True),
        ("id", "Makasih banyak, Bu.", True),
        ("id", "Saya menghargai waktu Ibu.", False),
        ("en", "I am grateful for the invitation.", True),
        ("en", "I would be grateful if you could confirm.", False),
        ("en", "I value your time.", False),
    ],
)
def test_thanks_in_many_words(check: Check, language: str, sentence: str, made: bool) -> None:
    """Thanks are thanks; appreciation of time is none."""
    assert _makes(check, Move.THANKS, "decline", sentence, language) is made


@pytest.mark.parametrize(
    ("language", "sentence", "made"),
    [
        ("id", "Mohon dimaafkan.", True),
        ("id", "Maaf mengganggu sebentar.", True),
        ("id", "Dengan berat hati saya membatalkan.", False),
        ("id", "Mohon pengertiannya.", False),
        ("en", "Please forgive the short notice.", True),
        ("en", "I regret that I must cancel.", False),
        ("en", "I was sorry to hear that you were ill.", False),
    ],
)
def test_apology_is_more_than_regret(check: Check, language: str, sentence: str, made: bool) -> None:
    """A softener is an apology, regret alone is none."""
    assert _makes(check, Move.APOLOGY, "cancel", sentence, language) is made


@pytest.mark.parametrize(
    ("purpose", "language", "sentence", "made"),
    [
        ("decline", "id", "Semoga kita dipertemukan di lain kesempatan.", True),
        ("decline", "id", "Saya menerima kesempatan lain.", False),
        ("reschedule", "id", "Apakah bisa di lain waktu?", False),
        ("decline", "en", "I hope our paths cross again.", True),
        ("decline", "en", "I have accepted another opportunity.", False),
        ("withdraw", "id", "Jangan hubungi saya untuk lowongan lain.", False),
    ],
)
def test_door_is_open_for_later_not_for_something_else(
    check: Check, purpose: str, language: str, sentence: str, made: bool
) -> None:
    """Another role, another time, another meeting; not another employer, nor the slot that is asked for."""
    assert _makes(check, Move.DOOR_OPEN, purpose, sentence, language) is made


@pytest.mark.parametrize(
    ("purpose", "language", "sentence", "made"),
    [
        ("cancel", "id", "Mohon dikabari bila sudah dicatat.", True),
        ("cancel", "id", "Kiranya Ibu membalas singkat.", True),
        ("confirm", "id", "Saya mengonfirmasi akan hadir.", False),
        ("cancel", "id", "Mohon maaf baru memberi kabar.", False),
        ("reschedule", "id", "Bolehkah dipindahkan ke hari Senin?", True),
        ("reschedule", "id", "Saya memohon agar dijadwalkan di waktu lain.", False),
        ("follow_up", "id", "Mohon kabarnya mengenai hasil seleksi.", False),
        ("cancel", "en", "A short reply to say you have seen this would help.", True),
        ("confirm", "en", "I confirm that I will attend.", False),
    ],
)
def test_confirmation_is_asked_for_or_not(check: Check, purpose: str, language: str, sentence: str, made: bool) -> None:
    """To confirm oneself is not to ask for it, and to ask for a result is not either."""
    assert _makes(check, Move.CONFIRMATION_REQUESTED, purpose, sentence, language) is made


@pytest.mark.parametrize(
    ("language", "sentence", "made"),
    [
        ("id", "Saya menantikan pertemuan kita.", True),
        ("id", "Saya menantikan kabar dari Ibu.", False),
        ("en", "I am looking forward to meeting you.", True),
        ("en", "I look forward to hearing from you.", False),
    ],
)
def test_enthusiasm_is_for_the_role_or_the_talk(check: Check, language: str, sentence: str, made: bool) -> None:
    """To await an answer is no enthusiasm."""
    assert _makes(check, Move.ENTHUSIASM, "confirm", sentence, language) is made


@pytest.mark.parametrize(
    ("language", "sentence", "made"),
    [
        ("id", "Wawancara besok lusa, 26/11 jam 10 pagi, saya batalkan.", True),
        ("id", "Wawancara Kamis ini pukul sepuluh pagi saya batalkan.", True),
        ("id", "Wawancara Kamis ini saya batalkan.", False),
        ("id", "Wawancara Jumat, 27 November 2026 pukul 10.00 saya batalkan.", False),
        ("en", "I must cancel the interview on Thursday, 26 November at ten.", True),
        ("en", "I must cancel the interview on 26 November.", False),
    ],
)
def test_datetime_ahead_needs_day_and_hour(check: Check, language: str, sentence: str, made: bool) -> None:
    """A day without its hour, or another day, is not enough for an interview ahead."""
    assert _makes(check, Move.DATETIME_NAMED, "cancel", sentence, language) is made


@pytest.mark.parametrize(
    ("sentence", "made"),
    [
        ("Terima kasih atas wawancara hari Kamis.", True),
        ("Terima kasih atas wawancara kemarin lusa.", True),
        ("Terima kasih atas wawancara tanggal 26 November.", True),
        ("Terima kasih atas wawancaranya.", False),
    ],
)
def test_datetime_past_needs_its_day(check: Check, sentence: str, made: bool) -> None:
    """Of an interview within the last days its weekday is enough."""
    assert _makes(check, Move.DATETIME_NAMED, "thank_you", sentence, now="2026-11-28T09:00:00+07:00") is made


@pytest.mark.parametrize(
    ("sentence", "made"),
    [
        ("Saya tidak dapat hadir karena ada tugas kantor.", True),
        ("Saya tidak dapat hadir. Ayah saya dirawat.", True),
        ("Setelah mempertimbangkan dengan matang, saya memutuskan untuk tidak melanjutkan.", False),
        ("Saya memutuskan tidak hadir. Semoga Ibu segera menemukan kandidat yang tepat.", False),
    ],
)
def test_reason_is_concrete(check: Check, sentence: str, made: bool) -> None:
    """Careful consideration is no reason."""
    assert _makes(check, Move.REASON_GIVEN, "decline", sentence) is made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Halo Kak Ratna, saya Sari.", True),
        ("Mohon maaf, Ibu Ratna, saya Sari.", True),
        ("Yth. Bapak Lain,\nSaya Sari.", True),
        ("P. Saya Sari.", False),
        ("Oke siap, saya Sari.", False),
    ],
)
def test_salutation_is_an_address(check: Check, text: str, made: bool) -> None:
    """A wrong name still addresses somebody, a bare "P" nobody."""
    assert check("confirm", text, channel="text", subject=None).moves[Move.SALUTATION] is made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Hubungi saya di 0812-0000-1234.", True),
        ("Hubungi saya di +62 812 0000 1234.", True),
        ("Surel saya sari@contoh.example.", True),
        ("Kamis, 26-11-2026 pukul 10.00-11.30, Rp10.000.000.", False),
        ("Angkatan 2021-2025.", False),
    ],
)
def test_contact_info_is_a_number_or_an_address(check: Check, text: str, made: bool) -> None:
    """Days, hours, years and sums are no phone numbers."""
    assert check("confirm", text).moves[Move.CONTACT_INFO] is made
