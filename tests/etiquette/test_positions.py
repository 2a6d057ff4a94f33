"""Two names of positions, and whether they mean two."""

from __future__ import annotations

import pytest

from pamit.domain.terms import Language
from pamit.etiquette.positions import are_two_positions
from pamit.etiquette.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("told", "wanted", "two"),
    [
        ("guru bahasa jepang", "guru bahasa inggris", True),
        ("sales retail", "sales teknik", True),
        ("kepala toko", "kepala gudang", True),
        ("insinyur data", "analis data", True),
        ("supervisor produksi", "operator produksi", True),
        ("product manager", "product designer", True),
        ("data scientist", "data engineer", True),
        ("night nurse", "school nurse", True),
        ("social media officer", "admin media sosial", False),
        ("digital marketing", "staf pemasaran digital", False),
        ("admin sales", "staf administrasi penjualan", False),
        ("production supervisor", "penyelia produksi", False),
        ("ners gigi", "perawat gigi", False),
        ("gudang", "staf gudang", False),
        ("staf", "staf gudang", False),
        ("senior accountant", "accountant", False),
        ("pastry cook", "pastry chef", False),
    ],
)
def test_positions_are_two_where_each_has_a_word_of_its_own(told: str, wanted: str, two: bool) -> None:
    """A rank left out, another language and a word for the same work make no other position."""
    for language in Language:
        synonyms = vocabulary(language).sets["same_positions"]
        assert are_two_positions(set(told.split()), set(wanted.split()), synonyms) is two
