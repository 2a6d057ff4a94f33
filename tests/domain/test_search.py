"""How a question is understood, and which words of a text answer it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.search import LONGEST_QUERY, Query, excerpt, fold_words, parse_query

TEXT = "Yth. Saudari Rani,\n\nKafe Écoute (PT Kopi Tepi Sawah, Tbk) mengundang Anda untuk wawancara staf gudang di Solo."


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("kopi", True),
        ("KOPI", True),
        ("écoute", True),
        ("ecoute", True),
        ("wawan", True),
        ("ancara", False),
        ("gudang staf", True),
        ("gudang toko", False),
        ('"staf gudang"', True),
        ("“staf gudang”", True),
        ('"gudang staf"', False),
        ('"staf gud"', False),
        ("PT Kopi", True),
        ("CV Kopi", True),
        ('"cv kopi"', False),
        ("pt", True),
        ("tbk solo", True),
        ('kopi "di solo"', True),
        ('"di solo', True),
        ("solo.", True),
    ],
)
def test_question_is_answered(asked: str, answered: bool) -> None:
    """Folded, in any order, by beginnings of words; what is quoted word for word."""
    assert parse_query(asked).answered_by(TEXT) == answered


@pytest.mark.parametrize("asked", ["", "  ", "?!", '""', "—"])
def test_question_without_words_asks_nothing(asked: str) -> None:
    """It is no question that everything answers."""
    assert not parse_query(asked)


def test_long_question_is_cut() -> None:
    """What lies beyond its limit counts no more, and there are never more than a dozen words."""
    assert parse_query("a" * LONGEST_QUERY + " kopi").words == ("a" * 60,)
    assert len(parse_query(" ".join(f"k{number}" for number in range(50))).words) == 12


def test_excerpt_shows_what_was_found() -> None:
    """On one line, with its surroundings, every found word marked as it is written."""
    pieces = excerpt(TEXT, parse_query("ecoute gudang"), around=12)
    assert [(piece.text, piece.found) for piece in pieces] == [
        ("… ", False),
        ("Kafe ", False),
        ("Écoute", True),
        (" (PT Kopi Tepi …", False),
    ]


def test_excerpt_of_a_text_without_the_words_is_its_beginning() -> None:
    """They were found in its title."""
    assert excerpt("Satu dua", parse_query("tiga"))[0].text == "Satu dua"


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@given(words, words)
def test_any_text_can_be_looked_for_in_any(text: str, asked: str) -> None:
    """Nothing breaks, and an excerpt shows nothing that is not there."""
    query = parse_query(asked)
    marked = [piece.text for piece in excerpt(text, query) if piece.found]
    assert all(fold_words(one) in fold_words(text) for one in marked)


@given(st.text(max_size=120))
def test_text_is_found_by_its_own_words(text: str) -> None:
    """Folding a folded text changes nothing, and each of its words finds it."""
    folded = fold_words(text)
    assert fold_words(folded) == folded
    assert all(Query((word,)).answered_by(text) for word in folded.split())
