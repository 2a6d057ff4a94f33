"""Calendar objects and mails as the values that order, trust and the table of decisions work on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime

from pamit.domain.scheduling import Envelope, Revision, SchedulingMessage
from pamit.formats.email import EmailMessageParts
from pamit.formats.email.authentication import read_authentication
from pamit.formats.icalendar import CalendarEvent, CalendarObject, CalendarTime
from pamit.formats.itip import canonical_address, invited_as

__all__ = ["envelope_of", "messages_of"]

# A broken one of these changes what a message is about (F4): never applied without a person.
_CRITICAL = re.compile(
    r"\b(?:UID|METHOD|DTSTART|DTEND|DURATION|RECURRENCE-ID|SEQUENCE|ORGANIZER|ATTENDEE|STATUS)\b"
    r"|end before start|unclosed VEVENT"
)
# Doubts about a zone are told where times are shown; the message itself is whole.
_TOLD_ELSEWHERE = re.compile(r"floating|unknown zone|contradicts itself|ATTENDEE beyond the limit")


def messages_of(calendar: CalendarObject, own_addresses: Collection[str], source: str = "") -> tuple[SchedulingMessage, ...]:
    """The meetings of a calendar object as the table of decisions sees them; those without a UID cannot be placed.

    Args:
        source: the message it came in.
    """
    of_events = tuple(f"{event.component}: " for event in calendar.events)
    common = tuple(loss for loss in calendar.losses if _CRITICAL.search(loss) and not loss.startswith(of_events))
    return tuple(
        _message(calendar, event, own_addresses, source, common)
        for event in calendar.events
        if event.component == "VEVENT" and event.uid
    )


def _message(
    calendar: CalendarObject, event: CalendarEvent, own_addresses: Collection[str], source: str, common: tuple[str, ...]
) -> SchedulingMessage:
    losses = [loss for loss in event.losses if _CRITICAL.search(loss) and not _TOLD_ELSEWHERE.search(loss)]
    instance = _moment(event.recurrence_id)
    if event.line("RECURRENCE-ID") is not None and instance is None:
        losses.append("RECURRENCE-ID without a moment")
    return SchedulingMessage(
        method=calendar.method,
        uid=event.uid or "",
        revision=Revision(event.revision, event.dtstamp.moment if event.dtstamp is not None else None),
        instance=instance,
        and_future=event.this_and_future,
        start=_moment(event.start),
        end=_moment(event.end),
        place=event.location,
        status=event.status,
        names_anyone=bool(event.attendees),
        names_us=bool(invited_as(event, own_addresses)),
        losses=(*common, *losses),
        source=source,
    )


def _moment(time: CalendarTime | None) -> datetime | date | None:
    if time is None:
        return None
    return time.day if time.is_date else time.moment


def envelope_of(mail: EmailMessageParts, calendars: Iterable[CalendarObject] = (), server: str | None = None) -> Envelope:
    """Who a mail says it is from.

    Args:
        calendars: the objects in it, parsed.
        server: the authserv-id of the person's own mail server, where it is known.
    """
    organizers = (event.organizer.email for one in calendars for event in one.events if event.organizer is not None)
    organizer = next((one for one in organizers if one), None)
    sender = (mail.field("sender") or "").rpartition("<")[2].strip(" <>")
    return Envelope(
        senders=tuple(canonical_address(one.email) for one in mail.senders if "@" in one.email),
        reply_to=tuple(canonical_address(one.email) for one in mail.reply_to if "@" in one.email),
        sender=canonical_address(sender) if "@" in sender else None,
        organizer=canonical_address(organizer) if organizer else None,
        authentication=read_authentication(mail, server),
    )
