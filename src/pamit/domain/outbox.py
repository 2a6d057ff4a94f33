"""A message on its way: its states, what became of it for each recipient, when it is tried again, when it has lost its sense.

Sources: protocols.md §2.3 (states, classes of answers, retries) and §2.4 (never twice).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pamit.domain.terms import Channel, Purpose

__all__ = [
    "ACTIVE", "CANCELLABLE", "GIVE_UP_AFTER", "LEASE", "CalendarAnswer", "Outgoing", "RecipientResult", "SendResult",
    "SendState", "Verdict", "after_attempt", "is_being_filed", "is_lapsed", "retry_at",
]  # fmt: skip

LEASE: Final = timedelta(minutes=10)
"""How long an attempt may take; whoever holds a message for longer is taken to be dead."""

GIVE_UP_AFTER: Final = timedelta(hours=24)
_WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))


class SendState(StrEnum):
    """Where a message stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    """The person has said yes to these bytes; they go at a later time."""
    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    """The server took it for at least one recipient, and the others are settled."""
    RETRY = "retry_at"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    """Whether it went cannot be known here; it is never sent again by itself."""
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
    """Given to another program; whether it was sent from there is asked."""


ACTIVE: Final = frozenset(
    {SendState.APPROVED, SendState.QUEUED, SendState.SENDING, SendState.RETRY, SendState.ACCEPTED, SendState.UNKNOWN}
)
"""States in which a second message of the same kind would be one too many."""

CANCELLABLE: Final = frozenset({SendState.DRAFT, SendState.APPROVED, SendState.QUEUED, SendState.RETRY, SendState.HANDED_OVER})


class Verdict(StrEnum):
    """How an attempt, or a recipient in it, came out."""

    ACCEPTED = "accepted"
    UNREACHABLE = "unreachable"
    """No connection, no TLS: nothing was said yet."""
    TRANSIENT = "transient"
    AUTH = "auth"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"
    """The connection broke after the whole message was said and before the server answered."""


@dataclass(frozen=True)
class RecipientResult:
    """What became of a message for one recipient.

    Attributes:
        code: of the server's answer; None where there was none.
        said: the server's words, those of a stranger.
    """

    email: str
    verdict: Verdict
    code: int | None = None
    said: str = ""


@dataclass(frozen=True)
class SendResult:
    """What an attempt brought.

    Attributes:
        verdict: of the whole; the recipients tell more where it is ``accepted``.
        trouble: a kebab-case name of what was wrong: ``tls``, ``no-secret``, ``policy`` …
    """

    verdict: Verdict
    recipients: tuple[RecipientResult, ...] = ()
    code: int | None = None
    said: str = ""
    trouble: str | None = None


@dataclass(frozen=True)
class CalendarAnswer:
    """The answer to a meeting request that goes with a mail.

    Attributes:
        method: ``REPLY`` or ``COUNTER``; ``partstat``: ACCEPTED, DECLINED or TENTATIVE.
        stamp: its DTSTAMP, aware.
        start: the time proposed.
        recurrence: the instance of a series, in ISO 8601.
    """

    uid: str
    method: str
    partstat: str
    sequence: int
    stamp: datetime
    start: datetime | None = None
    recurrence: str | None = None


@dataclass(frozen=True)
class Outgoing:
    """A message of the person's own, from the draft to its end.

    Attributes:
        account: the address it is sent from and signed in with; None where another program sends it.
        message_id: made once, with brackets.
        digest: SHA-256 of the exact bytes; the person's yes is to it.
        sender, recipients: of the envelope.
        version: of the case when it was written: what changed since may make it wrong.
        sent_at: the moment that the person chose; None for at once.
        due_at: when it is tried next.
        expires_at: when it has lost its sense.
        attempts: how often it was tried; ``owner`` and ``lease_until``: by whom, and until when they are believed to live.
        rules: names of the checker's errors in it; ``override``: why it goes all the same.
        results: by recipient, of all attempts.
        trouble: a kebab-case name of what went wrong; ``said``: the server's words.
        via: the way in which it was handed over.
        entry: the number of the entry in the log that says it was sent.
        filed: what became of the copy in the folder of sent mails: ``found``, ``appended``, ``failed``; None while it is open.
    """

    id: str
    case: str
    account: str | None
    state: SendState
    message_id: str
    digest: str
    sender: str
    recipients: tuple[str, ...]
    purpose: Purpose
    channel: Channel
    created_at: datetime
    version: int
    subject: str | None = None
    sent_at: datetime | None = None
    approved_at: datetime | None = None
    due_at: datetime | None = None
    expires_at: datetime | None = None
    attempts: int = 0
    owner: str | None = None
    lease_until: datetime | None = None
    rules: tuple[str, ...] = ()
    override: str | None = None
    answer: CalendarAnswer | None = None
    results: tuple[RecipientResult, ...] = ()
    trouble: str | None = None
    said: str | None = None
    via: str | None = None
    entry: int | None = None
    filed: str | None = None

    @property
    def pending(self) -> tuple[str, ...]:
        """The recipients for whom nothing is settled."""
        settled = {one.email for one in self.results if one.verdict in (Verdict.ACCEPTED, Verdict.PERMANENT)}
        return tuple(one for one in self.recipients if one not in settled)

    @property
    def reached(self) -> tuple[str, ...]:
        """The recipients for whom a server took it."""
        return tuple(one.email for one in self.results if one.verdict == Verdict.ACCEPTED)


def is_lapsed(message: Outgoing, now: datetime) -> bool:
    """Whether whoever was sending a message is taken to be dead."""
    return message.state == SendState.SENDING and not _is_held(message.lease_until, now)


def is_being_filed(message: Outgoing, now: datetime) -> bool:
    """Whether somebody is putting a copy of a message among the sent ones just now; whoever died over it holds it no longer
    than a lease."""
    return message.state == SendState.ACCEPTED and _is_held(message.lease_until, now)


def _is_held(lease: datetime | None, now: datetime) -> bool:
    """Whether a lease runs. One that lies far ahead was taken before the clock was set back, and holds nobody up; one that
    lies a little further ahead than leases go was taken after our round began, by a process that began its own later."""
    return lease is not None and now < lease <= now + 2 * LEASE


def retry_at(message: Outgoing, now: datetime) -> datetime | None:
    """When to try again after a failure that may pass: 1, 5, 15, then every 60 minutes; None where there is no sense in it."""
    at = now + _WAITS[min(message.attempts, len(_WAITS)) - 1]
    first = message.sent_at or message.approved_at or message.created_at
    if at > first + GIVE_UP_AFTER or (message.expires_at is not None and at >= message.expires_at):
        return None
    return at


def after_attempt(message: Outgoing, result: SendResult, now: datetime) -> Outgoing:
    """The message after an attempt; the recipients that are settled stay so.

    Args:
        message: as it was while it was being sent, this attempt counted.
    """
    results = _merged(message.results, result.recipients)
    tried = replace(
        message, results=results, owner=None, lease_until=None, trouble=result.trouble, said=result.said[:500] or None
    )
    match result.verdict:
        case Verdict.UNKNOWN:
            return replace(tried, state=SendState.UNKNOWN, due_at=None, trouble="connection-lost")
        case Verdict.AUTH:
            return _ended(tried, result.trouble or "login-refused")
        case Verdict.PERMANENT:
            return _ended(tried, result.trouble or "refused")
        case Verdict.ACCEPTED if not tried.pending:
            return _ended(tried, "partly" if len(tried.reached) < len(tried.recipients) else None)
    again = retry_at(message, now)
    if again is None:
        return _ended(tried, "too-late")
    return replace(tried, state=SendState.RETRY, due_at=again, trouble=result.trouble or "try-again")


def _ended(message: Outgoing, trouble: str | None) -> Outgoing:
    state = SendState.ACCEPTED if message.reached else SendState.REJECTED
    return replace(message, state=state, due_at=None, trouble=trouble)


def _merged(before: Iterable[RecipientResult], after: Iterable[RecipientResult]) -> tuple[RecipientResult, ...]:
    found = {one.email: one for one in before}
    for one in after:
        if found.get(one.email) is None or found[one.email].verdict != Verdict.ACCEPTED:
            found[one.email] = one
    return tuple(found.values())
