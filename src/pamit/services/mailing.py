"""Accounts, the list of one's own messages, and messages that another program sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from pamit.domain.account import Account
from pamit.domain.message import Draft
from pamit.domain.outbox import Outgoing, SendState
from pamit.domain.terms import Channel
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email import parse_email
from pamit.formats.email.write import addr_spec
from pamit.services.ports import Store
from pamit.services.sending import loses_sense_at

__all__ = ["accounts", "drop_account", "hand_over", "one_outgoing", "outgoing", "put_account"]


def accounts(store: Store) -> list[Account]:
    """Every account, the first one added first."""
    with store.reading() as view:
        return view.accounts.all()


def put_account(store: Store, account: Account) -> None:
    """Keep an account in place of the one of the same address.

    Raises:
        PamitError: INVALID ``bad-address``, ``bad-account``.
    """
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


def hand_over(
    store: Store, case: str, draft: Draft, via: str, data: bytes, now: datetime, random: Callable[[int], bytes]
) -> Outgoing:
    """Put down that a message was given to another program; whether it was sent from there is asked later.

    Args:
        via: ``eml``, ``draft``, ``mailto``, ``whatsapp``, ``sms``, ``text``.
        data: what was given.

    Raises:
        PamitError: MISSING ``no-such-case``; INVALID ``no-purpose``.
    """
    if draft.purpose is None:
        raise PamitError(ErrorKind.INVALID, "no-purpose", "A message that is sent has a purpose.")
    found = parse_email(data).message_id if via in ("eml", "draft") else None
    token = random(16).hex()
    with store.writing() as unit:
        dossier = unit.dossier(case)
        message = Outgoing(
            id=random(5).hex(),
            case=case,
            account=None,
            state=SendState.HANDED_OVER,
            message_id=found or f"<pamit.{token}@handed-over.invalid>",
            digest=sha256(data).hexdigest(),
            sender="",
            recipients=(),
            purpose=draft.purpose,
            channel=draft.channel if draft.channel != Channel.IN_PERSON else Channel.PHONE,
            created_at=now,
            version=dossier.version,
            subject=draft.subject,
            expires_at=loses_sense_at(dossier.case, draft.purpose, now),
            via=via,
        )
        unit.outbox.add(message, data)
    return message
