"""The marks of a fake interview (rule S1)."""

from __future__ import annotations

from datetime import datetime

import pytest

from pamit.reading import read_text

NOW = datetime.fromisoformat("2026-11-23T09:00:00+07:00")


@pytest.mark.parametrize(
    ("text", "code", "tier"),
    [
        ("Interview besok pukul 09.00. Mohon transfer biaya seragam Rp 200.000 ke bendahara.", "money-asked", "stop"),
        ("You must pay a processing fee of USD 90 for your visa before the interview.", "money-asked", "stop"),
        ("Tiket pesawat dan hotel wajib dipesan melalui agen travel resmi kami.", "travel-agent", "stop"),
        ("Anda lolos interview Kamis jam 9. Bawa berkas dan uang seragam Rp 300.000.", "money-asked", "stop"),
        ("Peserta harap menyiapkan uang administrasi 150 ribu saat hadir.", "money-asked", "stop"),
        ("Interview besok jam 9, ada biaya admin 50rb ya kak", "money-asked", "stop"),
        ("Bring Rp 250,000 in cash for your uniform to the interview on Friday.", "money-asked", "stop"),
        ("The registration fee is USD 50, to secure your slot.", "money-asked", "stop"),
        ("Perusahaan menunjuk CV Awan Biru untuk mengurus tiket dan hotel peserta.", "travel-agent", "stop"),
        ("Lentera Trip adalah rekanan resmi tiket kami; peserta dilarang memakai jasa lain.", "travel-agent", "stop"),
        ("Pemesanan tiket hanya melalui Bahtera Wisata, jasa lain tidak diterima.", "travel-agent", "stop"),
        ("All flights must be booked through Skylane Journeys.", "travel-agent", "stop"),
        ("We have appointed Blue Orchid Tours to arrange your accommodation.", "travel-agent", "stop"),
        ("Peserta yang lulus ada di daftar terlampir. Interview besok pukul 09.00.", "list-attached", "high"),
        ("Sebelum interview kirim foto KTP dan nomor rekening Anda.", "documents-asked", "high"),
        ("Silakan gabung grup Telegram kami untuk interview.", "easy-money", "high"),
    ],
)
def test_mark_is_found_with_its_tier(text: str, code: str, tier: str) -> None:
    """Each mark is found, with its tier, the words it stands in and an explanation in both languages."""
    warnings = {warning.code: warning for warning in read_text(text, received=NOW).warnings}
    assert code in warnings
    warning = warnings[code]
    assert (warning.tier, warning.rule) == (tier, "S1")
    assert warning.span is not None
    assert all((warning.message.id, warning.message.en))


@pytest.mark.parametrize(
    "text",
    [
        "Seluruh proses tidak dipungut biaya; waspada penipuan yang meminta transfer biaya seragam.",
        "We will book your flight and cover the cost of the hotel for the interview.",
        "Wawancara besok jam 9. Uang transport Rp 100.000 diberikan setelah wawancara.",
        "Bawa CV dan uang parkir secukupnya ya, interview besok jam 9",
        "Flights are booked and paid by us through our travel desk.",
        "Interview besok jam 9 di Larantuka Tour untuk posisi staf tiket. Harus bawa KTP, konfirmasi melalui Mbak Tini.",
        "Biaya tiket Anda kami ganti setelah interview, bawa struk dan tiketnya.",
        "Ongkos transport interview kemarin Rp 75.000 sudah kami transfer ya.",
        "halo kak, interview besok jam 9 di warung ya, wa saya kalau tidak bisa",
        "Harap membawa fotokopi KTP dan ijazah pada saat interview besok pukul 09.00.",
    ],
)
def test_ordinary_message_bears_no_mark(text: str) -> None:
    """Warnings against fraud, costs the employer bears, chat style and papers to bring are no marks."""
    assert read_text(text, received=NOW).warnings == ()
