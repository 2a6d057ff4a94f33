"""The signature under mails: its form, and that only its own words are left out of a check."""

from __future__ import annotations

import pytest

from pamit.domain.signature import MAX_LINES, MAX_WIDTH, read_signature, without_signature
from pamit.errors import PamitError


def test_signature_is_kept_without_blanks_around() -> None:
    """Line ends of browsers, blank lines and blanks go; the words stay."""
    assert read_signature("\r\n  S1 Akuntansi \r\n\r\nlinkedin.com/in/rani\n") == "S1 Akuntansi\nlinkedin.com/in/rani"
    assert read_signature(" \n ") == ""


@pytest.mark.parametrize(
    "written",
    ["\n".join("abcde"), "a" * (MAX_WIDTH + 1), "Rani\x00", "Rani\x1b[1m", "Rani\u202eKusuma"],
    ids=["too many lines", "too wide", "NUL", "escape", "turned around"],
)
def test_signature_of_another_form_is_refused(written: str) -> None:
    """With what is allowed, so that a page can say it."""
    with pytest.raises(PamitError) as caught:
        read_signature(written)
    assert (caught.value.code, caught.value.facts) == ("bad-signature", {"lines": MAX_LINES, "width": MAX_WIDTH})


def test_only_the_end_of_a_message_is_its_signature() -> None:
    """The same words elsewhere, or as a part of another line, stay."""
    assert without_signature("Rani\n0812\nS1 Akuntansi\n", "S1 Akuntansi") == "Rani\n0812"
    for text in ("S1 Akuntansi\nRani", "Lulusan S1 Akuntansi", "S1 Akuntansi"):
        assert without_signature(text, "S1 Akuntansi") == text
    assert without_signature("Rani", None) == "Rani"
