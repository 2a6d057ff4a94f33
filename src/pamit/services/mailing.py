"""Accounts, own messages and proposals as they are kept; asked at every start, so nothing here takes mails apart."""

from __future__ import annotations

from pamit.domain.account import Account
from pamit.domain.outbox import Outgoing, SendState
from pamit.errors import ErrorKind, PamitError
from pamit.services.mail_ports import Proposal
from pamit.services.ports import Store

__all__ = ["account_of", "accounts", "drop_account", "one_outgoing", "open_proposals", "outgoing", "put_account"]


def accounts(store: Store) -> list[Account]:
    """Every account, the first one added first."""
    with store.reading() as view:
        return view.accounts.all()


def account_of(store: Store, address: str) -> Account:
    """An account by its address.

    Raises:
        PamitError: MISSING ``no-account``.
    """
    found = next((one for one in accounts(store) if one.address.casefold() == address.strip().casefold()), None)
    if found is None:
        raise PamitError(ErrorKind.MISSING, "no-account", "There is no such account.")
    return found


def put_account(store: Store, account: Account) -> None:
    """Keep an account in place of the one of the same address.

    Raises:
        PamitError: INVALID ``bad-address``, ``bad-account``.
    """
    from pamit.formats.email.write import addr_spec

    for address in account.addresses:
        addr_spec(address)
    hosts = [server.host for server in (account.smtp, account.imap) if server is not None]
    if any(not one.isprintable() or one != one.strip() for one in (account.login, *hosts)):
        raise PamitError(
            ErrorKind.INVALID, "bad-account", "The name to sign in with, or a host, holds signs that have no place."
        )
    with store.writing() as unit:
        unit.accounts.put(account)


def drop_account(store: Store, address: str) -> bool:
    """Forget an account; whether there was one. What it sent stays with its cases."""
    with store.writing() as unit:
        return unit.accounts.drop(address)


def outgoing(store: Store, states: tuple[SendState, ...] = ()) -> list[Outgoing]:
    """The person's own messages, oldest first."""
    with store.reading() as view:
        return view.outbox.listing(states)


def one_outgoing(store: Store, message: str) -> tuple[Outgoing, bytes]:
    """One message with its exact bytes.

    Raises:
        PamitError: MISSING ``no-such-message``.
    """
    with store.reading() as view:
        return view.outbox.get(message), view.outbox.data(message)


def open_proposals(store: Store) -> list[Proposal]:
    """What waits for the person's word, oldest first."""
    with store.reading() as view:
        return view.inbox.listing()
