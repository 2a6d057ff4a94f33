"""Which language a text is in."""

from __future__ import annotations

import pytest

from pamit.domain.language import detect_language
from pamit.domain.terms import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mohon konfirmasi kehadiran Saudara paling lambat besok.", Language.ID),
        ("pagi kak, jd interview bsk jm 9 ya", Language.ID),
        ("We would like to invite you to an interview.", Language.EN),
        ("Dear Sdri. Ayu, kami mengundang Saudari untuk interview di kantor kami. Thank you.", Language.ID),
        ("12345", Language.ID),
        ("", Language.ID),
    ],
)
def test_language_of_a_text(text: str, language: Language) -> None:
    """The language of most function words; Indonesian where nothing tells."""
    assert detect_language(text) == language
