"""Ids that people type."""

from __future__ import annotations

import random

import pytest

from pamit.domain.caseid import is_case_id, make_case_id


def test_ids_have_the_form_they_are_recognised_by() -> None:
    """Short, a letter first, a digit in it, no sign that looks like another."""
    chance = random.Random(1)
    made = [make_case_id(chance.choice, longer) for longer in (0, 1, 4) for _ in range(2_000)]
    assert all(is_case_id(case) for case in made)
    assert (len(set(made)), {len(case) for case in made}) == (6_000, {5, 6, 9})
    assert set("".join(made)) & set("01ilo") == set()


@pytest.mark.parametrize(
    "text", ["", "hapus", "23456", "k7m2", "K7M2P", "k7m2p.eml", "k0m2p", "k7m2p\n", "-7m2p", "k7m2p7m2p7"]
)
def test_other_words_are_no_ids(text: str) -> None:
    """Neither a word, nor a number, nor a file name."""
    assert not is_case_id(text)
