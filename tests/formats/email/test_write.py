"""Header fields and bodies as bytes (RFC 5322, 2045, 2047, 2231)."""

from __future__ import annotations

import quopri
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.errors import PamitError
from pamit.formats.email import Address
from pamit.formats.email.headers import decode_field, parse_addresses, parse_parameters
from pamit.formats.email.write import (
    addr_spec,
    encode_addresses,
    encode_parameter,
    encode_text,
    one_line,
    quoted_printable,
)
from pamit.formats.limits import Limits

BREAKS = "\r\n\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@given(st.text(max_size=200))
def test_rfc2047_subject_reads_back(text: str) -> None:
    """Whatever the subject, it comes back, in words of at most 75 characters and lines of at most 76."""
    line = encode_text("Subject", text)
    assert decode_field(line.removeprefix(b"Subject:")) == one_line(text)
    assert [word for word in line.split() if word.startswith(b"=?") and len(word) > 75] == []
    assert [part for part in line.split(b"\r\n") if len(part) > 76] == []


@given(st.text(max_size=60))
def test_rfc2047_subject_is_read_by_the_standard_library_too(text: str) -> None:
    """A second, independent reader agrees."""
    parsed = BytesParser(policy=policy.default).parsebytes(encode_text("Subject", f"Undangan – {text}") + b"\r\n")
    assert str(parsed["subject"]) == one_line(f"Undangan – {text}")


@given(st.text(max_size=90))
def test_rfc5322_display_name_reads_back(name: str) -> None:
    """Commas, quotes, brackets and letters of any kind stay in the name."""
    line = encode_addresses("To", (Address(name, "hrd@contoh.example"), Address(None, "karir@contoh.example")))
    found = parse_addresses(line.removeprefix(b"To:").replace(b"\r\n", b""), Limits())
    assert [address.email for address in found] == ["hrd@contoh.example", "karir@contoh.example"]
    assert (found[0].name or "").strip(" '\"\\") == one_line(name).strip(" '\"\\")


@given(st.text(max_size=200))
def test_rfc2231_file_name_reads_back(name: str) -> None:
    """Long names and letters of any kind survive, each line short."""
    written = encode_parameter("filename", name)
    assert parse_parameters(f"attachment{written}".replace("\r\n", "").encode("ascii"))[1].get("filename", "") == one_line(name)
    assert [line for line in written.split("\r\n") if len(line) > 78] == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_rfc2045_quoted_printable_reads_back(text: str) -> None:
    """The words come back; only white space at the end is lost."""
    encoded = quoted_printable(text)
    assert quopri.decodestring(encoded).decode() == text.rstrip() + "\r\n"
    lines = encoded.split(b"\r\n")
    assert [line for line in lines if len(line) > 76 or line.startswith((b"From ", b".")) or line.endswith((b" ", b"\t"))] == []


@pytest.mark.parametrize("separator", [*BREAKS, "\r\n"])
def test_line_end_of_any_kind_is_a_blank_in_headers(separator: str) -> None:
    """T13: nothing can begin a new field."""
    line = encode_text("Subject", f"Undangan{separator}Bcc: lain@contoh.example")
    assert line == b"Subject: Undangan Bcc: lain@contoh.example\r\n"


@pytest.mark.parametrize(
    "email",
    ["", "hrd", "@contoh.example", "hrd@", "h rd@contoh.example", "hrd@contoh..example", "hrd@-contoh.example", "a@b>,<c@d",
     "hrd@contoh.example\r\nBcc: x@y.example", '"a b"@contoh.example', "a" * 65 + "@contoh.example",
     "hrd@" + "a" * 64 + ".example"],
)  # fmt: skip
def test_address_that_is_none_is_refused(email: str) -> None:
    """An address is never mended by guessing."""
    with pytest.raises(PamitError) as caught:
        addr_spec(email)
    assert caught.value.code == "bad-address"


def test_rfc6531_address_is_refused_with_its_own_code() -> None:
    """Letters before the @ need a server that carries them."""
    with pytest.raises(PamitError) as caught:
        addr_spec("rätin@contoh.example")
    assert caught.value.code == "address-needs-smtputf8"
