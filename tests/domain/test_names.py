"""Names of people and companies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.names import bare_name, company_core, same_company, same_person, split_honorific


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Bapak Andi Wirawan", "Andi Wirawan"),
        ("Ibu Dr. Ir. Sekar Ayu, M.Sc., Ph.D.", "Sekar Ayu"),
        ("H. Mulyono, S.Pd.I.", "Mulyono"),
        ("Mas Yoga", "Yoga"),
        ("Ms. Claire Dunn", "Claire Dunn"),
        ("J. Santoso", "J. Santoso"),
        ("Bapak", "Bapak"),
    ],
)
def test_bare_name(written: str, bare: str) -> None:
    """Forms of address, titles and degrees are no part of a name."""
    assert bare_name(written) == bare


def test_honorific_is_written_out_and_never_guessed() -> None:
    """Only what is written is known."""
    assert [split_honorific(name)[0] for name in ("Bpk. Joko", "Sdri. Maya", "Bapak/Ibu Dian", "Dian")] == [
        "Bapak", "Saudari", "Bapak/Ibu", None,
    ]  # fmt: skip


def test_same_person_and_company() -> None:
    """Compared as people compare them."""
    assert same_person("Bu Sekar", "Sekar Ayu, S.E.")
    assert not same_person("Bu Sekar", "Bu Ayu")
    assert same_company("PT. Laut Biru Tbk", "laut biru")
    assert not same_company("PT Laut Biru", "PT Laut Merah")
    assert company_core("PT") == "pt"


@given(st.text(max_size=60))
def test_any_text_is_a_name(text: str) -> None:
    """No text makes the functions fail, and a bare name is bare."""
    bare = bare_name(text)
    assert bare_name(bare) == bare_name(bare_name(bare))
    assert same_person(text, text) in {True, False}
