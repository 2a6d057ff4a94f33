"""A calendar message as the table of decisions sees it, and the order between two of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final, Literal

__all__ = ["Instance", "Position", "Revision", "SchedulingMessage", "covers", "same_instance"]

Instance = datetime | date
"""An instance of a series, or a beginning or end: an aware moment, or a day where it takes whole days."""

Position = Literal["unknown", "older", "same", "newer"]
"""A message beside what is known of the same meeting."""

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)

Key = tuple[int, datetime, int]


@dataclass(frozen=True)
class Revision:
    """How new a form of a meeting is.

    Attributes:
        sequence: SEQUENCE, or X-MICROSOFT-CDO-APPT-SEQUENCE where that is greater: old Outlook counts there.
        stamp: DTSTAMP, aware; None where it is missing or unreadable.
    """

    sequence: int = 0
    stamp: datetime | None = None


@dataclass(frozen=True)
class SchedulingMessage:
    """One component of a calendar message.

    Attributes:
        method: METHOD in upper case.
        uid: byte for byte.
        instance: RECURRENCE-ID; None for the meeting or series as a whole.
        and_future: whether it is about that instance and all later ones (RANGE=THISANDFUTURE).
        start, end: when the meeting is to be.
        place: where, as written.
        status: STATUS in upper case.
        names_anyone, names_us: whether there are ATTENDEEs at all, and whether the person is one of them.
        losses: what of UID, METHOD, DTSTART, DTEND, DURATION, RECURRENCE-ID, SEQUENCE, ORGANIZER, ATTENDEE or STATUS could
            not be read: a broken RECURRENCE-ID makes of one cancelled meeting a whole cancelled series (F4).
        source: the message it came in.
    """

    method: str | None
    uid: str
    revision: Revision = field(default_factory=Revision)
    instance: Instance | None = None
    and_future: bool = False
    start: Instance | None = None
    end: Instance | None = None
    place: str | None = None
    status: str | None = None
    names_anyone: bool = True
    names_us: bool = True
    losses: tuple[str, ...] = ()
    source: str = ""

    @property
    def subject(self) -> Instance | None:
        """What it is about: an instance, or None for the whole; ADD is about the instance that it adds."""
        return self.start if self.method == "ADD" else self.instance

    @property
    def is_cancel(self) -> bool:
        """Whether it calls a meeting off for us, rather than for others who were uninvited."""
        return self.method == "CANCEL" and not self.is_for_others

    @property
    def is_for_others(self) -> bool:
        """Whether a CANCEL only uninvites others: it names attendees, not us, and does not call the whole off."""
        return self.method == "CANCEL" and self.names_anyone and not self.names_us and self.status != "CANCELLED"

    @property
    def key(self) -> Key:
        """What orders it among all messages about the same thing: SEQUENCE, DTSTAMP, and at last a CANCEL after a REQUEST.

        A CANCEL without DTSTAMP counts as the last of its SEQUENCE, anything else without one as the first: a meeting that
        was called off and is missed does less harm than one that is kept by mistake, and both are shown.
        """
        missing = _LAST if self.method == "CANCEL" else _FIRST
        return self.revision.sequence, self.revision.stamp or missing, int(self.method == "CANCEL")


def same_instance(one: Instance | None, other: Instance | None) -> bool:
    """Whether two instances are one: compared as moments or as days, never as text.

    >>> from datetime import timedelta, timezone
    >>> wib = timezone(timedelta(hours=7))
    >>> same_instance(datetime(2026, 11, 27, 2, tzinfo=UTC), datetime(2026, 11, 27, 9, tzinfo=wib))
    True
    """
    if isinstance(one, datetime) != isinstance(other, datetime):
        return False
    return one == other


def covers(message: SchedulingMessage, instance: Instance) -> bool:
    """Whether a message about an instance (and perhaps later ones) is about this one."""
    begin = message.subject
    if begin is None or same_instance(begin, instance):
        return begin is not None
    if not message.and_future or isinstance(begin, datetime) != isinstance(instance, datetime):
        return False
    return begin < instance
