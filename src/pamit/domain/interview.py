"""The interview, the people around it, and the case it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pamit.domain.terms import Channel, EventKind, Mode, Purpose, Reason

__all__ = ["Agency", "Candidate", "Case", "Contact", "Event", "Intent", "Interview"]


@dataclass(frozen=True)
class Contact:
    """The person at the employer to answer or ask.

    Attributes:
        name: as the invitation writes it, an honorific ("Ibu Ratna Dewi") included where one was used.
        email: the mail address (RFC 5322 addr-spec).
        phone: the number in E.164.
    """

    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Agency:
    """A recruiter or agency that stands between (rule C7)."""

    name: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Interview:
    """One interview as the employer set it; every fact that was not stated is None.

    Attributes:
        start, end: aware moments; the end may be unknown.
        timezone: IANA name of the employer's zone; all days and hours of the plan are counted there.
        round: the ordinal of the interview, 1 for the first.
        received: when the invitation arrived.
        reply_by: the employer's own deadline for an answer.
        decision_expected: the moment for which a result was promised.
        invited_via: how the invitation came.
        works_saturday: whether the employer works on Saturday until 13:00 (rule T12).
    """

    company: str | None = None
    position: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    timezone: str | None = None
    mode: Mode | None = None
    location: str | None = None
    meeting_url: str | None = None
    round: int | None = None
    received: datetime | None = None
    reply_by: datetime | None = None
    decision_expected: datetime | None = None
    invited_via: Channel | None = None
    contact: Contact = field(default_factory=Contact)
    agency: Agency | None = None
    works_saturday: bool = False


@dataclass(frozen=True)
class Event:
    """Something that happened in a case.

    Attributes:
        at: the aware moment.
        purpose, channel: of a message sent.
    """

    at: datetime
    kind: EventKind
    purpose: Purpose | None = None
    channel: Channel | None = None


@dataclass(frozen=True)
class Intent:
    """What the candidate wants, with the reason they chose, if any.

    Attributes:
        decided_at: when; absent means now.
    """

    purpose: Purpose
    reason: Reason | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Case:
    """One candidacy at one employer: the present interview and everything that happened."""

    interview: Interview
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """The person who writes.

    Attributes:
        phone: in E.164 or as the person writes it.
        city: for the place line of a letter.
        signature: lines of the person's own under their mails; see :mod:`pamit.domain.signature`.
    """

    name: str
    email: str | None = None
    phone: str | None = None
    city: str | None = None
    signature: str | None = None
