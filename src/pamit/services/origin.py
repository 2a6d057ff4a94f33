"""Where a message comes from: the ids that tell whether it, or an earlier form of it, is known already."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from pamit.errors import PamitError
from pamit.formats.email import parse_email
from pamit.formats.icalendar import CalendarEvent, CalendarObject, parse_calendars
from pamit.services.intake import recognise_form
from pamit.services.ports import Source, SourceRef

__all__ = ["Given", "references_of", "source_of"]


@dataclass(frozen=True)
class Given:
    """What the person says of a message besides handing it over."""

    name: str | None = None
    received: datetime | None = None
    subject: str | None = None
    sender: str | None = None
    channel: str | None = None


def source_of(data: bytes, given: Given | None = None) -> Source:
    """A message with the ids it carries.

    Args:
        data: the bytes as they came; they are kept as they are.
        given: what the person says of it.
    """
    said = given or Given()
    message_id = author = None
    calendars: list[CalendarObject] = []
    form = recognise_form(data[:16_384].decode("latin-1"), said.name)
    try:
        if form == "mail":
            mail = parse_email(data)
            message_id = mail.message_id
            author = mail.sender.email if mail.sender else None
            calendars = [one for part in mail.calendars for one in parse_calendars(part.data)]
        elif form == "calendar":
            calendars = list(parse_calendars(data))
    except PamitError:
        # What is too broken to take apart has no ids; it was or will be refused where its words are read.
        calendars = []
    event = _event(calendars)
    if author is None and event is not None and event.organizer is not None:
        author = event.organizer.email
    ref = SourceRef(
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
        name=_whole(said.name),
        received=said.received,
        subject=_whole(said.subject),
        sender=_whole(said.sender),
        channel=said.channel,
        message_id=message_id,
        uid=event.uid if event else None,
        recurrence=_instance(event) if event else None,
        revision=event.revision if event and event.uid else None,
        author=author.casefold() if author else None,
    )
    return Source(ref, data)


def _whole(text: str | None) -> str | None:
    """Text without half characters, as names of files and arguments may hold them."""
    return text.encode("utf-8", "replace").decode() if text else text


def _event(calendars: list[CalendarObject]) -> CalendarEvent | None:
    events = (event for one in calendars for event in one.events if event.component == "VEVENT" and event.uid)
    return next(events, None)


def _instance(event: CalendarEvent) -> str | None:
    """The instance of a series that an event is about, as an instant: the same one is written in several ways."""
    instance = event.recurrence_id
    if instance is None:
        return None
    return instance.moment.astimezone(UTC).isoformat() if instance.moment else (instance.wall or instance.day).isoformat()


def references_of(data: bytes, name: str | None = None) -> tuple[str, ...]:
    """The ids of the mails that a mail answers, the nearest first."""
    if recognise_form(data[:16_384].decode("latin-1"), name) != "mail":
        return ()
    try:
        mail = parse_email(data)
    except PamitError:
        return ()
    return tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))
