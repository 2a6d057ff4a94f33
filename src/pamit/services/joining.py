"""From an address to an account: its servers, and its password as they take it."""

from __future__ import annotations

from typing import Final

from pamit.domain.account import Account, Auth, Provider, Server, guess_provider
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email.write import addr_spec

__all__ = ["describe_account", "password_as_used"]

_GROUPED: Final = ("gmail", "yahoo")
"""Providers that show an app password in groups; the blanks are no part of it."""


def describe_account(
    address: str, smtp: str | None = None, imap: str | None = None, auth: Auth | None = None, user: str | None = None
) -> tuple[Account, Provider | None]:
    """An account by the servers that are named, else by the table of providers.

    Args:
        smtp, imap: as :meth:`pamit.domain.account.Server.from_text` reads them.

    Raises:
        PamitError: INVALID ``bad-address``, ``bad-server``; REFUSED ``address-needs-smtputf8``; MISSING ``unknown-provider``
            where no server is named and the provider is not known.
    """
    addr_spec(address)
    if smtp or imap:
        sending, reading = (Server.from_text(one) if one else None for one in (smtp, imap))
        return Account(address, sending, reading, auth or Auth.PASSWORD, user), None
    provider = guess_provider(address)
    if provider is None:
        domain = address.rpartition("@")[2]
        raise PamitError(ErrorKind.MISSING, "unknown-provider", "Name the servers with --smtp and --imap.", domain=domain)
    return Account(address, provider.smtp, provider.imap, auth or provider.auth[0], user, provider=provider.key), provider


def password_as_used(password: str, provider: Provider | None) -> str:
    """A password as the server takes it, from how its provider shows it."""
    return password.replace(" ", "") if provider is not None and provider.key in _GROUPED else password
