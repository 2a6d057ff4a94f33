"""Links that open a message (indonesia.md; RFC 5724, 6068; 3GPP TS 23.038)."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.errors import PamitError
from pamit.formats.links import MAX_LINK, SmsSize, mailto_link, phone_digits, sms_link, sms_size, whatsapp_link

PHONE = "+6281200001234"
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@pytest.mark.parametrize(
    "written",
    ["+6281200001234", "0812-0000-1234", "0812 0000 1234", "62 812 0000 1234", "+62 (0)812-0000-1234", "0062812 0000 1234",
     "(0812) 0000.1234", " +62 812‑0000‑1234 "],
)  # fmt: skip
def test_phone_has_only_digits_with_the_country(written: str) -> None:
    """0812… becomes 62812…, however it is written."""
    assert phone_digits(written) == "6281200001234"


def test_phone_abroad_keeps_its_country() -> None:
    """A plus sign settles the country."""
    assert (phone_digits("+65 6123 4567"), phone_digits("020 7946 0000", country="44")) == ("6561234567", "442079460000")


@pytest.mark.parametrize(
    "written", ["", "Ibu Ratih", "12", "+0812", "0812?text=x", "+62812000012345678", "081200001234 / 0813"]
)
def test_phone_that_is_none_is_refused(written: str) -> None:
    """No link is made of a guess."""
    with pytest.raises(PamitError) as caught:
        phone_digits(written)
    assert caught.value.code == "bad-phone"


@given(TEXTS)
def test_whatsapp_text_comes_back(text: str) -> None:
    """Whatever stands in the text, it is the text and nothing else."""
    parts = urlsplit(whatsapp_link(PHONE, f"a{text}b"))
    assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("https", "wa.me", "/6281200001234", "")
    assert parse_qs(parts.query, strict_parsing=True) == {"text": [f"a{text}b".replace("\u2028", "\n").replace("\u2029", "\n")]}


def test_lines_are_line_feeds_in_chat_and_crlf_in_mail() -> None:
    """RFC 6068 wants %0D%0A; chat programs want %0A; blanks at line ends go."""
    text = "Baik, Bu. \r\nTerima kasih\u2028Rani"
    assert whatsapp_link(PHONE, text).endswith("?text=Baik%2C%20Bu.%0ATerima%20kasih%0ARani")
    assert sms_link(PHONE, text) == "sms:+6281200001234?body=Baik%2C%20Bu.%0ATerima%20kasih%0ARani"
    assert mailto_link("ratih@contoh.example", None, text) == (
        "mailto:ratih@contoh.example?body=Baik%2C%20Bu.%0D%0ATerima%20kasih%0D%0ARani"
    )


@given(TEXTS, TEXTS)
def test_mailto_takes_no_field_from_its_texts(subject: str, text: str) -> None:
    """Neither "&bcc=" nor a line end in the subject adds a recipient."""
    attack = f"x&bcc=pencuri@jahat.example\r\nBcc: pencuri@jahat.example{subject}"
    parts = urlsplit(mailto_link("ratih@contoh.example", attack, f"{text}&cc=x", cc=("agen@perantara.example",)))
    fields = parse_qs(parts.query, strict_parsing=True)
    assert list(fields) == ["cc", "subject", "body"]
    assert "\n" not in fields["subject"][0]
    assert fields["cc"] == ["agen@perantara.example"]


@pytest.mark.parametrize(
    "address", ["a@b.example?bcc=c@d.example", "a@b.example,c@d.example", "a@b.example%0D%0ABcc:c@d.example"]
)
def test_mailto_address_is_one_address(address: str) -> None:
    """What is no single address is refused."""
    with pytest.raises(PamitError) as caught:
        mailto_link(address, None, "x")
    assert caught.value.code == "bad-address"


def test_mailto_encodes_odd_but_valid_letters() -> None:
    """ "&", "?" and "%" may stand before the @."""
    assert mailto_link("a&b?c%d@contoh.example", None, "x") == "mailto:a%26b%3Fc%25d@contoh.example?body=x"


@pytest.mark.parametrize("letter", ["a", "é", "職"])
def test_link_that_is_too_long_is_refused_rather_than_cut(letter: str) -> None:
    """The longest link still opens; one letter more is refused."""
    size = len("https://wa.me/6281200001234?text=")
    places = {"a": 1, "é": 6, "職": 9}[letter]
    fits = (MAX_LINK - size) // places
    assert len(whatsapp_link(PHONE, letter * fits)) <= MAX_LINK
    with pytest.raises(PamitError) as caught:
        whatsapp_link(PHONE, letter * (fits + 1))
    assert (caught.value.code, caught.value.facts["limit"]) == ("link-too-long", MAX_LINK)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a" * 160, SmsSize("gsm7", 160, 1)),
        ("a" * 307, SmsSize("gsm7", 307, 3)),
        ("€" * 80, SmsSize("gsm7", 160, 1)),
        ("–" * 70, SmsSize("ucs2", 70, 1)),
        ("–" * 71, SmsSize("ucs2", 71, 2)),
        ("😀" * 35, SmsSize("ucs2", 70, 1)),
        ("", SmsSize("gsm7", 0, 1)),
    ],
)
def test_sms_size_counts_as_the_network_does(text: str, size: SmsSize) -> None:
    """One letter outside GSM 03.38 halves the room."""
    assert sms_size(text) == size
