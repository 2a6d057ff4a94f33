"""What a person tells of themselves: tidied, and each part that cannot be used with the reason why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pamit.domain.signature import read_signature
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email.write import addr_spec

__all__ = ["PROFILE", "read_profile"]

PROFILE: Final = ("name", "email", "phone", "city", "signature")
"""The settings that are about the person."""

_LONGEST: Final = 200
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ().-]{4,24}")


def read_profile(written: Mapping[str, str]) -> tuple[dict[str, str], dict[str, PamitError]]:
    """The settings as they are kept, and what is wrong with those that cannot be.

    Args:
        written: by name, as a person writes them; "" takes one out.
    """
    kept: dict[str, str] = {}
    wrong: dict[str, PamitError] = {}
    for name, value in written.items():
        try:
            kept[name] = _READ[name](value)
        except PamitError as error:
            wrong[name] = error
    return kept, wrong


def _line(written: str) -> str:
    line = " ".join(written.split())
    if len(line) > _LONGEST or not line.isprintable():
        raise PamitError(ErrorKind.INVALID, "bad-line", f"This is longer than {_LONGEST} characters.", limit=_LONGEST)
    return line


def _name(written: str) -> str:
    name = _line(written)
    if not name:
        raise PamitError(ErrorKind.INVALID, "no-name", "A message without a name cannot be sent.")
    return name


def _email(written: str) -> str:
    address = written.strip()
    if address:
        addr_spec(address)
    return address


def _phone(written: str) -> str:
    phone = _line(written)
    if phone and not _PHONE.fullmatch(phone):
        raise PamitError(ErrorKind.INVALID, "bad-phone", "This is no phone number.")
    return phone


_READ: Final = {"name": _name, "email": _email, "phone": _phone, "city": _line, "signature": read_signature}
