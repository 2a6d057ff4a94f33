"""Words are found in bytes alike with the automaton and without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.needles import Needles

WAYS = [pytest.param(True, id="quick"), pytest.param(False, id="plain")]
PIECES = st.lists(st.sampled_from([b"From ", b"\n--", b"\n", b"-", b"Fro", b"a", b" ", b"\x00", b"\xff"]), max_size=40)


@pytest.mark.parametrize("quick", WAYS)
def test_places_are_in_order_from_a_place_on(quick: bool) -> None:
    """Those before it are left out, one that begins there is not."""
    needles = Needles([b"ab", b"cd"], quick=quick)
    assert [needles.places(b"ab cd ab", begin) for begin in (0, 1, 3, 6, 7, 99)] == [[0, 3, 6], [3, 6], [3, 6], [6], [], []]


@pytest.mark.parametrize("quick", WAYS)
def test_stand_in_any_part_of_a_word(quick: bool) -> None:
    """Within words, and in nothing that only resembles them."""
    needles = Needles([b"lamar", b"cv"], quick=quick)
    found = [data for data in (b"pelamar", b"xcvx", b"c v", b"", b"lama r") if needles.stand_in(data)]
    assert found == [b"pelamar", b"xcvx"]


@given(PIECES, st.integers(0, 50))
def test_places_are_the_same_with_the_automaton_and_without(pieces: list[bytes], begin: int) -> None:
    """In any bytes, for one word and for several."""
    data = b"".join(pieces)
    for words in ([b"From "], [b"\n--"], [b"From ", b"\n--", b"\x00"]):
        quick, plain = Needles(words), Needles(words, quick=False)
        assert quick.places(data, begin) == plain.places(data, begin)
        assert quick.stand_in(data) == plain.stand_in(data)
