"""The notation of phrases and the table that finds them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from pamit.etiquette.phrases import GAP, PhraseTable


def _found(pattern: str, text: str, **classes: list[str]) -> list[tuple[int, int]]:
    table = PhraseTable({"tag": [pattern]}, classes)
    return [(first, last) for _, first, last in table.find(text.split())]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("terima kasih", "saya terima kasih", [(1, 3)]),
        ("makasi*", "makasihnya", [(0, 1)]),
        ("*nya", "waktunya", [(0, 1)]),
        ("tidak|belum bisa", "belum bisa", [(0, 2)]),
        ("sangat? baik", "baik", [(0, 1)]),
        ("sangat? baik", "sangat baik", [(0, 2), (1, 2)]),
        ("mohon ... kabar", "mohon beri kami sedikit kabar", [(0, 5)]),
        ("mohon ... kabar", "mohon kabar", [(0, 2)]),
        ("jam #", "jam 10", [(0, 2)]),
        ("lihat|tunggu_saja nanti", "tunggu saja nanti", [(0, 3)]),
        ("posisi *", "posisi apapun", [(0, 2)]),
    ],
)
def test_find_reads_the_notation(pattern: str, text: str, expected: list[tuple[int, int]]) -> None:
    """Words, endings, alternatives, optional words, gaps, numbers and rows."""
    assert _found(pattern, text) == expected


def test_find_gap_ends_after_its_greatest_number_of_words() -> None:
    """A gap reaches so far and no farther."""
    assert _found("mohon ... kabar", "mohon " + "x " * GAP + "kabar") == [(0, GAP + 2)]
    assert _found("mohon ... kabar", "mohon " + "x " * (GAP + 1) + "kabar") == []


def test_find_class_stands_for_each_of_its_words() -> None:
    """A class may stand in front of a phrase, within it, and among alternatives."""
    assert _found("@you yth|@you", "bapak ibu", you=["bapak", "ibu"]) == [(0, 2)]


def test_find_never_reaches_over_the_end_of_a_sentence() -> None:
    """A phrase stands in one sentence."""
    table = PhraseTable({"tag": ["mohon ... kabar"]}, {})
    assert table.find(["mohon", "maaf", "ada", "kabar"], [2, 4]) == []
    assert table.find(["mohon", "ada", "kabar", "lain"], [3, 4]) == [("tag", 0, 3)]


def test_table_with_a_phrase_that_may_be_empty_is_refused() -> None:
    """A phrase of optional words alone would stand everywhere."""
    with pytest.raises(ValueError, match="may be empty"):
        PhraseTable({"tag": ["sangat?"]}, {})


def test_find_reads_the_second_text_as_a_table_that_never_saw_the_first() -> None:
    """The first text enters only the phrases it can hold; nothing of it stays in the way of the next."""
    phrases = {"thanks": ["terima kasih", "many thanks"], "no": ["tidak ... hadir", "@we regret"], "late": ["kasih tahu"]}
    classes = {"we": ["kami", "saya"]}
    texts = ["terima kasih tahu", "tidak bisa hadir kami regret", "many thanks kasih tahu", "terima kasih"]
    used = PhraseTable(phrases, classes)
    assert [used.find(text.split()) for text in texts] == [PhraseTable(phrases, classes).find(text.split()) for text in texts]


def test_find_serves_threads_at_once() -> None:
    """The threads of the app share one table from its first text on."""
    words = [f"kata{chr(97 + number % 26)}{chr(97 + number // 26)}" for number in range(200)]
    phrases = {"pair": [f"{one} {two}" for one, two in pairwise(words)]}
    table = PhraseTable(phrases, {})
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda at: table.find(words[at : at + 3]), range(190)))
    assert found == [[("pair", 0, 2), ("pair", 1, 3)]] * 190
