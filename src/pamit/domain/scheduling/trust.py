"""Whether a message about a known meeting comes from whom it says (protocols.md §1.5 Trust; T11, T12).

Everyone who ever got a forwarded copy knows the UID, so a UID proves nothing. The sender must have taken part in the thread,
and where the receiving server proved senders before, it must have proved this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pamit.domain.hosts import is_public_house, looks_like, organisation_of
from pamit.domain.scheduling.sentences import sentence
from pamit.domain.terms import Bilingual

__all__ = ["Authentication", "Envelope", "Trust", "TrustLevel", "trust_of"]


class TrustLevel(StrEnum):
    """How sure it is who sent a message."""

    FIRST = "first"
    """Nothing is known yet that it could be compared with."""
    TRUSTED = "trusted"
    UNPROVEN = "unproven"
    """The address fits, the proof that came with earlier messages is missing."""
    SAME_HOUSE = "same_house"
    """Another address of the same organisation, as robots and colleagues have."""
    STRANGER = "stranger"


@dataclass(frozen=True)
class Authentication:
    """What the receiving server found (Authentication-Results, RFC 8601).

    Attributes:
        server: its authserv-id, in lower case.
        dmarc: the result, such as "pass"; None where it was not looked at.
        dkim_domains: the domains whose signatures passed, in lower case.
        from_domain: the domain that DMARC judged.
    """

    server: str
    dmarc: str | None = None
    dkim_domains: tuple[str, ...] = ()
    from_domain: str | None = None


@dataclass(frozen=True)
class Envelope:
    """Who a message says it is from. All addresses in the form in which they are compared (lower case).

    Attributes:
        senders: all of From; more than one is suspicious.
        sender: Sender.
        organizer: ORGANIZER of the calendar object inside.
    """

    senders: tuple[str, ...]
    reply_to: tuple[str, ...] = ()
    sender: str | None = None
    organizer: str | None = None
    authentication: Authentication | None = None

    @property
    def everyone(self) -> frozenset[str]:
        """All addresses it names as its own."""
        return frozenset((*self.senders, *self.reply_to, *filter(None, (self.sender, self.organizer))))


@dataclass(frozen=True)
class Trust:
    """How far a message is trusted, and why."""

    level: TrustLevel
    reason: Bilingual

    @property
    def is_enough(self) -> bool:
        """Whether what it says may be applied without a question."""
        return self.level in (TrustLevel.TRUSTED, TrustLevel.FIRST)


def _house(address: str) -> str:
    return organisation_of(address.rpartition("@")[2])


def trust_of(message: Envelope, thread: Sequence[Envelope]) -> Trust:
    """How far a message is trusted by the thread it claims to belong to.

    Args:
        thread: the messages received before in it, oldest first; the person's own are not among them.
    """
    if not thread:
        return _trust(TrustLevel.FIRST, "first")
    if len(message.senders) != 1:
        return _trust(TrustLevel.STRANGER, "several-senders")
    known = frozenset[str]().union(*(one.everyone for one in thread))
    writer = message.senders[0]
    matched = writer if writer in known else next((one for one in message.reply_to if one in known), None)
    if matched is None:
        house = _house(writer)
        houses = frozenset(map(_house, known))
        if not is_public_house(house) and house in houses:
            return _trust(TrustLevel.SAME_HOUSE, "same-house")
        if looks_like(house, houses):
            return _trust(TrustLevel.STRANGER, "look-alike")
        return _trust(TrustLevel.STRANGER, "stranger")
    found = message.authentication
    if found is not None and found.dmarc in ("fail", "permerror"):
        return _trust(TrustLevel.UNPROVEN, "proof-failed")
    required = _proof_of(thread[0])
    if required is not None and (found is None or found.server != required or _house(matched) not in _proven(message)):
        # Reply-To can be set by anyone: what a server proved of another address proves nothing of this one.
        return _trust(TrustLevel.UNPROVEN, "proof-missing")
    return _trust(TrustLevel.TRUSTED, "trusted")


def _proof_of(first: Envelope) -> str | None:
    """The server that proved the sender of a thread's first message; None where none did."""
    found = first.authentication
    if found is None or not first.senders or _house(first.senders[0]) not in _proven(first):
        return None
    return found.server


def _proven(message: Envelope) -> frozenset[str]:
    """The organisations that the receiving server proved a message to come from: DMARC, or an aligned DKIM signature."""
    found = message.authentication
    if found is None:
        return frozenset()
    writer = message.senders[0].rpartition("@")[2] if message.senders else ""
    houses = {organisation_of(domain) for domain in found.dkim_domains} & {organisation_of(writer)}
    if found.dmarc == "pass" and (found.from_domain is None or organisation_of(found.from_domain) == organisation_of(writer)):
        houses.add(organisation_of(writer))
    return frozenset(houses)


def _trust(level: TrustLevel, reason: str) -> Trust:
    return Trust(level, sentence("trust", reason))
