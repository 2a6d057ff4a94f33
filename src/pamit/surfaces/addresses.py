"""Addresses as people write them to a command or a program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pamit.formats.email import Address

__all__ = ["addresses_of"]


def addresses_of(written: Sequence[str]) -> tuple[Address, ...]:
    """Addresses as they are written: ``a@b`` or ``Name <a@b>``.

    Raises:
        PamitError: INVALID ``bad-address``.
    """
    from pamit.formats.email import Address
    from pamit.formats.email.write import addr_spec

    found = []
    for one in written:
        name, bracket, rest = one.partition("<")
        email = rest.partition(">")[0] if bracket else one
        addr_spec(email)
        found.append(Address(name.strip(' "') or None if bracket else None, email.strip()))
    return tuple(found)
