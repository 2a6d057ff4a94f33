"""Who is meant by a calendar address: the person's own addresses found among the invited (protocols.md §1.3 no. 1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from pamit.domain.hosts import ascii_host
from pamit.formats.icalendar import CalendarEvent, CalendarUser

__all__ = ["canonical_address", "invited_as", "is_organizer", "same_address"]


def canonical_address(email: str) -> str:
    """A mail address as it is compared: case does not count, an international domain is in its ASCII form.

    RFC 5321 lets local parts differ by case; no server in use does, and clients that believe it answer with no attendee
    at all (protocols.md §1.8, aerc).

    >>> canonical_address("Rani@Bücher.example") == canonical_address("rani@xn--bcher-kva.example")
    True
    """
    local, _, domain = unicodedata.normalize("NFC", email.strip()).rpartition("@")
    return f"{local.casefold()}@{ascii_host(domain.rstrip('.'))}"


def same_address(one: str, other: str) -> bool:
    """Whether two mail addresses are one mailbox."""
    return canonical_address(one) == canonical_address(other)


def invited_as(event: CalendarEvent, own_addresses: Collection[str]) -> tuple[CalendarUser, ...]:
    """The attendees that are the person: one as a rule, several where the person was invited under several addresses.

    An address that is invited twice counts once. Where Apple writes an alias, the true address stands in EMAIL.
    """
    own = {canonical_address(address) for address in own_addresses}
    found: dict[str, CalendarUser] = {}
    for user in event.attendees:
        names = [canonical_address(name) for name in (user.email, user.mail_parameter) if name]
        mine = next((name for name in names if name in own), None)
        if mine is not None:
            found.setdefault(mine, user)
    return tuple(dict.fromkeys(found.values()))


def is_organizer(event: CalendarEvent, own_addresses: Collection[str]) -> bool:
    """Whether the person called the meeting."""
    organizer = event.organizer
    if organizer is None:
        return False
    own = {canonical_address(address) for address in own_addresses}
    return any(canonical_address(name) in own for name in (organizer.email, organizer.mail_parameter) if name)
