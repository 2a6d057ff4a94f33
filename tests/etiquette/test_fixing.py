"""Applying fixes."""

from __future__ import annotations

import pytest

from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language, Purpose
from pamit.etiquette import apply_fixes, check_draft

from .conftest import CASES


def _fixed(text: str, language: Language = Language.ID) -> str:
    draft = Draft(Channel.EMAIL, text, language, Purpose.THANK_YOU, "Terima kasih")
    return apply_fixes(text, check_draft(draft, CASES[language]).findings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yth. bapak Suroso,", "Yth. Bapak Suroso,"),
        ("Apakah ibu berkenan?", "Apakah Ibu berkenan?"),
        ("Saya mengantar ibu berobat.", "Saya mengantar ibu berobat."),
        ("Saya bertemu bapak saya.", "Saya bertemu bapak saya."),
        ("Saya hadir jam 10:00 WIB.", "Saya hadir pukul 10.00 WIB."),
        ("Saya bekerja 8 jam sehari di jam kerja.", "Saya bekerja 8 jam sehari di jam kerja."),
        ("Dimana tempatnya?", "Di mana tempatnya?"),
        ("Saya senang di karenakan ramah.", "Saya senang karena ramah."),
        ("Terimakasih!!! Sampai jumpa!", "Terima kasih! Sampai jumpa!"),
        ("Terima kasih 😊🙏", "Terima kasih"),
        ("Lihat https://contoh.example/dimana", "Lihat https://contoh.example/dimana"),
        ("Surel dimana@contoh.example", "Surel dimana@contoh.example"),
    ],
)  # fmt: skip
def test_safe_fix_mends_the_form_and_no_fact(text: str, expected: str) -> None:
    """Spelling, rows of marks and emoji are mended; relatives, lengths and addresses stay as they are."""
    assert _fixed(text) == expected


def test_unsafe_fix_is_applied_only_when_asked_for() -> None:
    """A fix that changes a fact is shown first."""
    text = "Yth. Bapak Hendra,\n\nTerima kasih atas wawancara Staf Gudang hari ini.\n\nHormat saya,\nSari Wulandari"
    findings = check_draft(
        Draft(Channel.EMAIL, text, Language.ID, Purpose.THANK_YOU, "Terima kasih"), CASES[Language.ID]
    ).findings
    assert apply_fixes(text, findings) == text
    assert apply_fixes(text, findings, only="unsafe").startswith("Yth. Ibu Ratna Dewi,")
