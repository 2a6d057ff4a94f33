"""The notation of the word lists, and that every list loads."""

from __future__ import annotations

import pytest

from pamit.reading.lexicon import Lexicon, load_words, split_words


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("paling lambat|telat", "paling telat besok", [(0, 2)]),
        ("belum dapat .. lanjut", "kami belum dapat untuk saat ini lanjut", [(1, 7)]),
        ("belum dapat .. lanjut", "belum dapat . lanjut", []),
        ("pilih (waktu) waktu", "pilih waktu", [(0, 2)]),
        ("diund* ke", "diundang ke", [(0, 2)]),
        ("take-home", "take home test", [(0, 2)]),
        ("a _ c", "a b c a . c", [(0, 3)]),
    ],
)
def test_phrase_matches_as_its_notation_says(phrase: str, text: str, found: list[tuple[int, int]]) -> None:
    """Alternatives, gaps within a sentence, optional words, stems, hyphens and any-words match as documented."""
    assert Lexicon({"tag": [phrase]}).find(text.split()).get("tag", []) == found


@pytest.mark.parametrize("phrase", ["(may) be", ".. be", "_ be", "ab* c", "a-b|c d"])
def test_phrase_without_a_first_word_is_refused(phrase: str) -> None:
    """A phrase that no first word can find is a mistake in the list."""
    with pytest.raises(ValueError):
        Lexicon({"tag": [phrase]})


@pytest.mark.parametrize("name", ["kinds", "roles", "safety", "people"])
def test_word_lists_load(name: str) -> None:
    """Every phrase of every list is well formed."""
    assert Lexicon(load_words(name)).find(["tidak", "ada"]) is not None


def test_words_know_where_they_stand() -> None:
    """Words come with their offsets; a stop that ends a sentence is a word of its own."""
    assert split_words("halo. pukul 10.00") == (["halo", ".", "pukul", "10", "00"], [0, 4, 6, 12, 15], [4, 5, 11, 14, 17])
