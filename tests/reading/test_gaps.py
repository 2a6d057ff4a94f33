"""Doubts and gaps of an invitation, with their questions in both languages."""

from __future__ import annotations

from datetime import datetime

import pytest

from pamit.domain.invitation import Invitation
from pamit.domain.terms import Language
from pamit.reading import read_text

NOW = datetime.fromisoformat("2026-11-23T09:00:00+07:00")


def read(text: str) -> Invitation:
    return read_text(text, subject="Undangan interview", sender="HRD <hrd@maju.test>", received=NOW)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kami mengundang Anda interview Jumat, 10 Desember 2026 pukul 09.00 WIB di kantor kami.", "weekday-contradicts-date"),
        ("Kami mengundang Anda interview hari Rabu, 25 November 2026 di Jl. Merpati 3.", "date-without-time"),
        ("Interview Rabu 25 November jam 09.00 atau Kamis 26 November jam 10.00.", "two-dates"),
        ("Silakan datang walk in interview 25-27 November 2026 pukul 09.00 di Jl. Merpati 3.", "several-days"),
        ("Kami mengundang Anda interview di Jl. Merpati 3.", "missing-time"),
        ("Interview Rabu, 25 November 2026 pukul 09.00 WIB lewat Zoom.", "missing-link"),
        ("Interview tatap muka Rabu, 25 November 2026 pukul 09.00 WIB.", "missing-place"),
        ("Interview Rabu, 25 November 2026 pukul 09.00 WIB.", "missing-mode"),
        ("Interview Rabu, 25 November 2026 pukul 09.00 di Jl. Merpati 3.", "missing-length"),
        ("Interview Rabu, 25 November 2026 pukul 09.00 di Jl. Merpati 3.", "missing-zone"),
    ],
)
def test_gap_is_told_with_a_question(text: str, code: str) -> None:
    """What is left out or contradicts itself is a doubt with a question in both languages."""
    doubts = {doubt.code: doubt for doubt in read(text).doubts}
    assert code in doubts
    question = doubts[code].question
    assert question is not None
    assert all(question.in_language(language) for language in Language)


def test_contradiction_gives_no_start_but_both_readings() -> None:
    """A weekday that contradicts its date is never settled silently: both days are named, with the words they come from."""
    text = "Interview Jumat, 10 Desember 2026 pukul 09.00 WIB di Jl. Merpati 3."
    invitation = read(text)
    doubt = next(doubt for doubt in invitation.doubts if doubt.code == "weekday-contradicts-date")
    assert invitation.value("start") is None
    assert "Kamis, 10 Desember 2026 atau Jumat, 11 Desember 2026" in doubt.message.id
    assert [text[begin:end] for begin, end in doubt.spans] == ["Jumat, 10 Desember 2026"]


def test_facts_say_how_they_were_found() -> None:
    """A year or a zone that is not written is noted as such."""
    invitation = read("Interview Rabu 25 November pukul 09.00 di Jl. Pantai 3, Denpasar.")
    assert invitation.facts["start"].note is not None
    assert invitation.value("timezone") == "Asia/Makassar"
    assert invitation.facts["timezone"].note is not None
