"""Links that open a message ready to be sent: WhatsApp, SMS and mail. A person presses *send*.

Everything that goes into a link is percent-encoded, so that no text can add a recipient or a field; what is too long for
the programs that open such links is refused rather than cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from pamit.errors import ErrorKind, PamitError
from pamit.formats.email.write import addr_spec, clean_text, one_line

__all__ = ["MAX_LINK", "SmsSize", "mailto_link", "phone_digits", "sms_link", "sms_size", "whatsapp_link"]

MAX_LINK: Final = 2_000
"""The longest link in characters: what every browser, mail program and phone still opens whole."""

_WRITTEN_NUMBER = re.compile(r"\+?[\d\s().\-/\u2010-\u2015]{5,30}")
_DIGITS = re.compile(r"\D+")

# GSM 03.38: the letters that take one place of a segment, and those that take two.
_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED: Final = frozenset("\f^{}\\[~]|€")


def phone_digits(number: str, country: str = "62") -> str:
    """The digits of a phone number with its country code, as a wa.me link wants them.

    Args:
        number: E.164, or as people write it; a leading 0 stands for the country.
        country: the calling code of numbers without one; Indonesia's where nothing is said.

    >>> phone_digits("+62 812-0000-1234"), phone_digits("0812-0000-1234")
    ('6281200001234', '6281200001234')

    Raises:
        PamitError: INVALID ``bad-phone``.
    """
    written = number.strip()
    digits = _DIGITS.sub("", written) if _WRITTEN_NUMBER.fullmatch(written) else ""
    if written.startswith("+"):
        pass
    elif digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = country + digits[1:]
    # "+62 (0)812…": the trunk zero is dialled within the country only.
    if digits.startswith(f"{country}0"):
        digits = country + digits[len(country) + 1 :]
    if not 7 <= len(digits) <= 15 or digits.startswith("0"):  # E.164: at most 15
        raise PamitError(ErrorKind.INVALID, "bad-phone", "This is not a phone number.", length=len(number))
    return digits


def whatsapp_link(phone: str, text: str) -> str:
    """A link that opens a WhatsApp chat with the text as an editable draft (indonesia.md, WhatsApp).

    >>> whatsapp_link("+6281200001234", "Selamat pagi, Ibu.")
    'https://wa.me/6281200001234?text=Selamat%20pagi%2C%20Ibu.'

    Raises:
        PamitError: INVALID ``bad-phone``; REFUSED ``link-too-long``.
    """
    return _within(f"https://wa.me/{phone_digits(phone)}?text={_encoded(text)}")


def sms_link(phone: str, text: str) -> str:
    """A link that opens a text message as an editable draft (RFC 5724).

    >>> sms_link("0812-0000-1234", "Baik, Bu.")
    'sms:+6281200001234?body=Baik%2C%20Bu.'

    Raises:
        PamitError: INVALID ``bad-phone``; REFUSED ``link-too-long``.
    """
    return _within(f"sms:+{phone_digits(phone)}?body={_encoded(text)}")


def mailto_link(to: str, subject: str | None, text: str, *, cc: tuple[str, ...] = ()) -> str:
    """A link that opens a mail as an editable draft (RFC 6068): line ends are ``%0D%0A``.

    >>> mailto_link("ratna@contoh.example", "Konfirmasi", "Baik.\\n\\nRani")
    'mailto:ratna@contoh.example?subject=Konfirmasi&body=Baik.%0D%0A%0D%0ARani'

    Raises:
        PamitError: INVALID ``bad-address``; REFUSED ``address-needs-smtputf8`` or ``link-too-long``.
    """
    fields = []
    if cc:
        fields.append("cc=" + ",".join(_address(one) for one in cc))
    if subject and one_line(subject):
        fields.append(f"subject={quote(one_line(subject), safe='')}")
    fields.append(f"body={_encoded(text, '%0D%0A')}")
    return _within(f"mailto:{_address(to)}?{'&'.join(fields)}")


@dataclass(frozen=True)
class SmsSize:
    """What a text costs as SMS.

    Attributes:
        alphabet: ``gsm7``, or ``ucs2`` as soon as one letter is not in GSM 03.38 (an en dash is not).
        places: the places taken, letters of the extension counted twice.
        segments: the number of messages that are paid for.
    """

    alphabet: Literal["gsm7", "ucs2"]
    places: int
    segments: int


def sms_size(text: str) -> SmsSize:
    """How many SMS a text is: 160 or 70 places alone, 153 or 67 where several are joined (3GPP TS 23.038, 23.040).

    >>> sms_size("a" * 161), sms_size("Pukul 09.00–10.00 WIB").alphabet
    (SmsSize(alphabet='gsm7', places=161, segments=2), 'ucs2')
    """
    letters = set(text)
    if letters <= _GSM | _GSM_EXTENDED:
        places = len(text) + sum(text.count(letter) for letter in _GSM_EXTENDED & letters)
        return SmsSize("gsm7", places, _segments(places, 160, 153))
    places = len(text.encode("utf-16-le", "replace")) // 2
    return SmsSize("ucs2", places, _segments(places, 70, 67))


def _segments(places: int, alone: int, joined: int) -> int:
    return 1 if places <= alone else -(-places // joined)


def _address(email: str) -> str:
    local, _, domain = addr_spec(email).rpartition("@")
    return f"{quote(local, safe='')}@{domain}"


def _encoded(text: str, line_end: str = "%0A") -> str:
    return line_end.join(quote(line, safe="") for line in clean_text(text).split("\n"))


def _within(link: str) -> str:
    if len(link) > MAX_LINK:
        raise PamitError(
            ErrorKind.REFUSED,
            "link-too-long",
            f"The link has {len(link)} characters, and beyond {MAX_LINK} some programs cut it; copy the text instead.",
            found=len(link),
            limit=MAX_LINK,
        )
    return link
