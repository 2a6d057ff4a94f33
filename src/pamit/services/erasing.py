"""Removing everything: what the person no longer wants kept is gone, and so is what opens their accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pamit.services.ports import Store

__all__ = ["Erased", "delete_all"]


@dataclass(frozen=True)
class Erased:
    """How much there was.

    Attributes:
        cases: with all their messages, and the mails that were sent for them.
        accounts: with their passwords.
    """

    cases: int
    accounts: int


def delete_all(store: Store, forget: Callable[[str], None]) -> Erased:
    """Remove every case, message, proposal and account for good.

    Args:
        forget: drops the secrets of the account of an address. It comes first: an account without its password can still be
            removed, a password without its account would never be found again.

    Raises:
        PamitError: UNAVAILABLE ``keyring-locked``, ``secrets-unreadable``, ``store-busy``; what was not done can be done again.
    """
    with store.reading() as view:
        cases, addresses = view.count(), [account.address for account in view.accounts.all()]
    for address in addresses:
        forget(address)
    store.erase()
    return Erased(cases, len(addresses))
