"""The channel of pasted words is told by the marks of a chat or a letter, and left open otherwise."""

from __future__ import annotations

import pytest

from pamit.reading import guess_channel

CHATS = [
    "Siang kak Mira, saya Tuti dari Kedai Gerimis. Bsk bisa interview jam 3 kak? Bales chat ini ya 🙏",
    "*UNDANGAN INTERVIEW*\nYth Sdr Bowo\nPosisi *Kasir*\nSenin 30 Nov jam 09.00\nKetik HADIR utk konfirmasi",
    "mas besok dtg ke gudang ya jam 8, bawa sim. klo ga bisa wa sy",
    "[23/11/26 19.02] HRD Kopi Lembah: malam kak\n[23/11/26 19.03] Dina: malam bu",
    "Halo Kak Sari ✨ CV-nya udah kami terima, bisa ngobrol Kamis jam 4 sore?",
]
LETTERS = [
    "CV DAMAR KENCANA\nJalan Mawar 5, Solo\nTelp. 0271-555-0100\n\nNomor : 12/DK/XI/2026\nHal : Panggilan "
    "wawancara\n\nDengan hormat,",
    "Klaten, 23 November 2026\n\nNomor: 7/SDM/2026\nPerihal: Wawancara\n\nYth. Sdr. Joko\n\nHormat kami,",
    "GREYSTONE ACADEMY\n12 Jalan Melati, Bogor\nTelephone +62 251 555 0101\n\n23 November 2026\n\nDear Ms Rahma,\n\nYours "
    "sincerely,",
]
NEITHER = [
    "Dear Ms Rahma,\n\nWe would like to invite you to an interview on 3 December at 10 am.\n\nKind regards,\nLiam",
    "Yth. Sdr. Joko,\n\nKami mengundang Saudara untuk wawancara. Mohon balas email ini.\n\nSalam,\nHRD",
    "",
]


@pytest.mark.parametrize("text", CHATS)
def test_guess_channel_of_a_chat(text: str) -> None:
    """Bold marks, emoji, shorthand, exported lines and words about chatting tell a chat."""
    assert guess_channel(text) == "whatsapp"


@pytest.mark.parametrize("text", LETTERS)
def test_guess_channel_of_a_letter(text: str) -> None:
    """A letterhead with number, matter, place and date tells a letter."""
    assert guess_channel(text) == "letter"


@pytest.mark.parametrize("text", NEITHER)
def test_guess_channel_of_words_without_marks(text: str) -> None:
    """What may as well be a mail is left open."""
    assert guess_channel(text) is None
