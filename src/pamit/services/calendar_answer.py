"""The calendar answer that goes with a message: which one a purpose means, built from the request that was kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pamit.domain.outbox import CalendarAnswer
from pamit.domain.terms import Bilingual, Purpose
from pamit.errors import PamitError
from pamit.formats.email import Address, parse_email
from pamit.formats.icalendar import CalendarEvent, CalendarObject, parse_calendars
from pamit.formats.itip import Answerability, Notice, Partstat, Way, answerability, write_counter, write_reply
from pamit.services.intake import recognise_form
from pamit.services.outgoing import CalendarPart

__all__ = ["BuiltAnswer", "calendar_answer", "calendars_of", "newest_request", "takes_answer"]

_ANSWERS: Final = {
    Purpose.CONFIRM: Partstat.ACCEPTED,
    Purpose.DECLINE: Partstat.DECLINED,
    Purpose.CANCEL: Partstat.DECLINED,
    Purpose.WITHDRAW: Partstat.DECLINED,
    Purpose.RESCHEDULE: Partstat.TENTATIVE,
}
_WORDS: Final = {
    Partstat.ACCEPTED: Bilingual("Kalender perusahaan akan mencatat: hadir.", "The employer's calendar will note: coming."),
    Partstat.DECLINED: Bilingual(
        "Kalender perusahaan akan mencatat: tidak hadir.", "The employer's calendar will note: not coming."
    ),
    Partstat.TENTATIVE: Bilingual(
        "Kalender perusahaan akan mencatat: belum pasti.", "The employer's calendar will note: tentative."
    ),
}
_COUNTER: Final = Bilingual(
    "Kalender perusahaan akan menampilkan usulan waktu lain.", "The employer's calendar will show the other time you propose."
)


@dataclass(frozen=True)
class BuiltAnswer:
    """A calendar answer, or why there is none.

    Attributes:
        part: None where the mail goes by itself.
        sender: the address that was invited, which must send it.
        words: what it says; ``notices``: what to know.
    """

    part: CalendarPart | None = None
    answer: CalendarAnswer | None = None
    sender: str | None = None
    words: Bilingual | None = None
    notices: tuple[Notice, ...] = ()


def takes_answer(purpose: Purpose) -> bool:
    """Whether a message of this purpose answers a meeting request."""
    return purpose in _ANSWERS


def calendars_of(data: bytes, name: str | None = None) -> tuple[CalendarObject, ...]:
    """The calendar objects in a message as it came; none where it cannot be read."""
    form = recognise_form(data[:16_384].decode("latin-1"), name)
    try:
        if form == "mail":
            parts = parse_email(data).calendars
            return tuple(one for part in parts for one in parse_calendars(part.data, charset=part.charset))
        if form == "calendar":
            return parse_calendars(data)
    except PamitError:
        return ()
    return ()


def newest_request(messages: Iterable[tuple[bytes, str | None]]) -> CalendarObject | None:
    """The request with the highest revision among the messages of a case; the last one of several."""
    found: CalendarObject | None = None
    revision = -1
    for data, name in messages:
        for calendar in calendars_of(data, name):
            event = _event(calendar)
            if calendar.method == "REQUEST" and event is not None and event.revision >= revision:
                found, revision = calendar, event.revision
    return found


def _event(calendar: CalendarObject) -> CalendarEvent | None:
    return next((event for event in calendar.events if event.component == "VEVENT" and event.uid), None)


def calendar_answer(
    request: CalendarObject,
    purpose: Purpose,
    own_addresses: Sequence[str],
    now: datetime,
    *,
    proposed: datetime | None = None,
    comment: str | None = None,
    previous: datetime | None = None,
    chosen: str | None = None,
) -> BuiltAnswer:
    """Build the answer that a message of this purpose means.

    Args:
        proposed: the first of the other times that the person names.
        comment: the message's words, for the organiser's calendar, where another time is proposed.
        previous: the DTSTAMP of the last answer to the same meeting.
        chosen: the address that shall answer, where the person was invited under several.
    """
    can = answerability(request, own_addresses, now, chosen=chosen)
    event = _event(request)
    if event is None or can.way in (Way.NONE, Way.MAIL, Way.ASK) or not can.can_reply:
        return BuiltAnswer(notices=can.notices)
    try:
        if purpose == Purpose.RESCHEDULE and proposed is not None and can.can_counter:
            data = write_counter(
                request, proposed, own_addresses=own_addresses, now=now, comment=comment, previous=previous, chosen=chosen
            )
            return _built(data, "COUNTER", Partstat.TENTATIVE, event, can, _COUNTER, proposed)
        partstat = _ANSWERS[purpose]
        data = write_reply(request, partstat, own_addresses=own_addresses, now=now, previous=previous, chosen=chosen)
    except PamitError:
        # What cannot be answered by calendar is answered in words; the mail goes all the same.
        return BuiltAnswer(notices=can.notices)
    return _built(data, "REPLY", partstat, event, can, _WORDS[partstat])


def _built(
    data: bytes,
    method: str,
    partstat: Partstat,
    event: CalendarEvent,
    can: Answerability,
    words: Bilingual,
    start: datetime | None = None,
) -> BuiltAnswer:
    organizer = event.organizer
    to = Address(organizer.name, organizer.email) if organizer is not None and organizer.email else None
    instance = event.recurrence_id.moment if event.recurrence_id is not None else None
    answer = CalendarAnswer(
        uid=event.uid or "",
        method=method,
        partstat=str(partstat),
        sequence=event.sequence or 0,
        stamp=_stamp_of(data),
        start=start,
        recurrence=instance.astimezone(UTC).isoformat() if instance is not None else None,
    )
    sender = can.attendee.email if can.attendee is not None else None
    return BuiltAnswer(CalendarPart(data, method, to), answer, sender, words, can.notices)


def _stamp_of(data: bytes) -> datetime:
    """The DTSTAMP as it was written: later than the last one whatever the clock says."""
    written = next(one.dtstamp for calendar in parse_calendars(data) for one in calendar.events if one.dtstamp is not None)
    assert written.moment is not None
    return written.moment
