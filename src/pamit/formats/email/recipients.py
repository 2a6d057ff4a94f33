"""To whom an answer goes, and what to beware of before it does (protocols.md §2.1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from pamit.domain.plan.channel import is_no_reply
from pamit.formats.email.headers import Address
from pamit.formats.email.read import EmailMessageParts

__all__ = ["Caution", "Recipients", "reply_recipients"]

Caution = Literal["reply-to-elsewhere", "automatic", "no-reply"]
"""``reply-to-elsewhere``: Reply-To is at another domain than From; ``automatic``: a machine or a list wrote it;
``no-reply``: the address does not read mail (rule C9)."""

_BULK: Final = frozenset(("bulk", "junk", "list"))


@dataclass(frozen=True)
class Recipients:
    """The addressees of an answer.

    Attributes:
        cautions: what the person should be told before sending.
    """

    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    cautions: tuple[Caution, ...] = ()


def reply_recipients(original: EmailMessageParts, *, own: Collection[str] = (), to_all: bool = False) -> Recipients:
    """To whom one answers: all of Reply-To where it is stated, else From; everybody else only by choice.

    Args:
        own: the person's own addresses; they never get a copy.
        to_all: answer also those the mail was sent to, as copies.
    """
    mine = frozenset(address.casefold() for address in own)
    to = _mailboxes(original.reply_to or original.senders, mine)
    cc: tuple[Address, ...] = ()
    if to_all:
        cc = _mailboxes((*original.to, *original.cc), mine | {address.email.casefold() for address in to})
    return Recipients(to, cc, tuple(_cautions(original, to)))


def _mailboxes(addresses: tuple[Address, ...], without: frozenset[str]) -> tuple[Address, ...]:
    """The addresses, each once, what is no mailbox left out."""
    found: dict[str, Address] = {}
    for address in addresses:
        key = address.email.casefold()
        if "@" in key and key not in without:
            found.setdefault(key, address)
    return tuple(found.values())


def _cautions(original: EmailMessageParts, to: tuple[Address, ...]) -> list[Caution]:
    found: list[Caution] = []
    homes = {_domain(address) for address in original.senders}
    if original.reply_to and any(_domain(address) not in homes for address in to):
        found.append("reply-to-elsewhere")
    submitted = (original.field("auto-submitted") or "no").split(";")[0].strip().lower()
    precedence = (original.field("precedence") or "").strip().lower()
    empty_path = (original.field("return-path") or "").strip() == "<>"
    silent = original.field("x-auto-response-suppress") is not None
    if submitted != "no" or precedence in _BULK or original.field("list-id") is not None or empty_path or silent:
        found.append("automatic")
    if not to or any(is_no_reply(address.email) for address in to):
        found.append("no-reply")
    return found


def _domain(address: Address) -> str:
    return address.email.rpartition("@")[2].casefold()
