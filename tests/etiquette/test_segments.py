"""Cutting a text into sentences and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.etiquette.segments import lowered, segment


def _sentences(text: str) -> list[str]:
    return [text[sentence.begin : sentence.end].strip() for sentence in segment(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halo. Apa kabar? Baik!", ["Halo.", "Apa kabar?", "Baik!"]),
        ("Yth. Bapak Dr. Anton,\nTerima kasih.", ["Yth. Bapak Dr. Anton,", "Terima kasih."]),
        ("We meet at 3 p.m. on Monday. Fine.", ["We meet at 3 p.m. on Monday.", "Fine."]),
        ("We meet at 3 p.m. Please confirm.", ["We meet at 3 p.m.", "Please confirm."]),
        ("Pukul 10.00 WIB saya hadir.", ["Pukul 10.00 WIB saya hadir."]),
        ("Hormat saya,\nSari", ["Hormat saya,", "Sari"]),
        ("1. Jumat pukul 10\n2. Senin pukul 11", ["1. Jumat pukul 10", "2. Senin pukul 11"]),
        (
            "Baris ini panjang sekali karena dibungkus oleh program surel yang\nmelanjutkannya di sini. Selesai.",
            ["Baris ini panjang sekali karena dibungkus oleh program surel yang\nmelanjutkannya di sini.", "Selesai."],
        ),
    ],
)
def test_segment_ends_sentences_where_a_reader_would(text: str, expected: list[str]) -> None:
    """Abbreviations, hours and wrapped lines end nothing; line breaks of addresses do."""
    assert [sentence.lstrip("0123456789. ") for sentence in _sentences(text)] == [
        sentence.lstrip("0123456789. ") for sentence in expected
    ]


@given(st.text(max_size=200))
def test_segment_keeps_every_word_at_its_place(text: str) -> None:
    """Each word's span holds that word, and the sentences hold all words in order."""
    parts = segment(text)
    low = lowered(text)
    assert [low[begin:end] for begin, end in parts.spans] == parts.words
    assert [at for sentence in parts.sentences for at in range(sentence.first, sentence.last)] == list(range(len(parts.words)))


def test_lowered_keeps_the_length() -> None:
    """A letter that would become two in small stays."""
    assert len(lowered("İYI")) == 3
