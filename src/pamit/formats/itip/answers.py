"""Building METHOD:REPLY and METHOD:COUNTER from a request (RFC 5546 §3.2.3, §3.2.7; protocols.md §1.3, §1.4)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from pamit.errors import ErrorKind, PamitError
from pamit.formats.icalendar import CalendarEvent, CalendarObject, CalendarTime, ContentLine
from pamit.formats.icalendar.times import parse_duration
from pamit.formats.icalendar.write import content_line, utc_time
from pamit.formats.itip.addresses import canonical_address, invited_as, is_organizer
from pamit.formats.itip.lines import folded, has_controls, parameter, plain_text, text_line, unfolded, user_line
from pamit.formats.itip.selection import Instance, Selected, damage_of, select
from pamit.formats.itip.validator import validate_answer
from pamit.formats.itip.zones import TimeWriter

__all__ = ["Partstat", "write_counter", "write_reply"]

_SECOND: Final = timedelta(seconds=1)
_PRODUCT: Final = "PRODID:-//Pamit//Pamit//EN\r\n"
_ORGANIZER_KEPT: Final = ("CN", "SENT-BY", "EMAIL")
_ATTENDEE_KEPT: Final = ("CN", "CUTYPE", "ROLE", "EMAIL")
_LONGEST_COMMENT: Final = 4_000


class Partstat(StrEnum):
    """An answer to a request (RFC 5545 §3.2.12); delegating is not offered."""

    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


def write_reply(
    request: CalendarObject,
    answer: Partstat,
    *,
    own_addresses: Collection[str],
    now: datetime,
    comment: str | None = None,
    instance: Instance | None = None,
    previous: datetime | None = None,
    chosen: str | None = None,
    uninvited: bool = False,
) -> bytes:
    """The answer to a request, as bytes with CRLF.

    Only what an answer needs is written, so nothing of the request leaks back: no alarms, files, join links, nothing of
    Microsoft's or Mozilla's own (no. 4). The rule of a series is left out: an answer without RECURRENCE-ID is to all of it.

    Args:
        own_addresses: all addresses of the person.
        now: the aware present moment.
        comment: the person's words to the organiser.
        instance: answer only this instance of a series.
        previous: the DTSTAMP of the last answer to the same request; the new one is later, whatever the clock says.
        chosen: the address to answer for, where the person was invited under several.
        uninvited: answer although none of the addresses was invited, for ``chosen`` or the first own address (no. 2).

    Raises:
        PamitError: REFUSED ``not-a-request``, ``damaged-request``, ``no-event``, ``several-meetings``, ``which-instance``,
            ``not-an-instance``, ``no-organizer``, ``own-event``, ``not-invited``, ``two-own-addresses``, ``zone-unknown``;
            INVALID ``naive-time``, ``answer-not-valid``.
    """
    draft = _Draft(request, own_addresses, instance, chosen, uninvited=uninvited)
    stamp = _stamp(now, previous)
    lines = [*draft.identity(stamp), *draft.people(answer), *draft.times(), *draft.words("SUMMARY")]
    if comment and plain_text(comment):
        lines.append(text_line("COMMENT", comment[:_LONGEST_COMMENT]))
    return _checked(draft.finish("REPLY", lines), request, previous, instance, uninvited=uninvited)


def write_counter(
    request: CalendarObject,
    start: datetime,
    end: datetime | None = None,
    *,
    own_addresses: Collection[str],
    now: datetime,
    comment: str | None = None,
    instance: Instance | None = None,
    previous: datetime | None = None,
    chosen: str | None = None,
) -> bytes:
    """A proposal of another time, as bytes with CRLF; further slots go into the comment and the mail's words.

    Args:
        start, end: the proposal, aware; without an end it is as long as the meeting was to be.
        own_addresses, now, comment, instance, previous, chosen: as in :func:`write_reply`.

    Raises:
        PamitError: as :func:`write_reply`; REFUSED ``counter-refused`` where the organiser wants no proposals, ``no-start``
            where the meeting has no readable time; INVALID ``end-before-start``; MISSING ``no-end``.
    """
    draft = _Draft(request, own_addresses, instance, chosen, uninvited=False)
    if draft.event.refuses_counter:
        raise _refused("counter-refused", "The organiser wants no counter-proposals.")
    stamp = _stamp(now, previous)
    lines = [
        *draft.identity(stamp),
        *draft.people(Partstat.TENTATIVE),
        *draft.proposal(start, end),
        *(draft.words("SUMMARY") or ["SUMMARY:\r\n"]),
        *draft.words("LOCATION"),
    ]
    if comment and plain_text(comment):
        lines.append(text_line("COMMENT", comment[:_LONGEST_COMMENT]))
    return _checked(draft.finish("COUNTER", lines), request, previous, instance, uninvited=False)


@dataclass(frozen=True)
class _Span:
    """When the answered event was to be: what is copied, and what it means."""

    start: CalendarTime
    end: CalendarTime | None


class _Draft:
    """An answer in the making."""

    def __init__(
        self,
        request: CalendarObject,
        own_addresses: Collection[str],
        instance: Instance | None,
        chosen: str | None,
        *,
        uninvited: bool,
    ) -> None:
        if request.method != "REQUEST":
            raise _refused("not-a-request", "Only a meeting request (METHOD:REQUEST) can be answered by calendar.")
        if damage := damage_of(request):
            raise _refused("damaged-request", f"The request is broken where an answer must be exact: {damage[0]}.")
        selected = select(request, instance)
        if not isinstance(selected, Selected):
            raise _refused(selected, _SELECTION[selected])
        self.event: CalendarEvent = selected.event
        self._instance = selected.instance
        self._organizer = _organizer(self.event, own_addresses)
        self._attendee = _attendee(self.event, own_addresses, chosen, uninvited=uninvited)
        self._times = TimeWriter(request)

    def identity(self, stamp: datetime) -> list[str]:
        """UID, RECURRENCE-ID, DTSTAMP and SEQUENCE."""
        lines = [_uid(self.event)]
        recurrence, start = self.event.line("RECURRENCE-ID"), self.event.line("DTSTART")
        copied: str | None = ""
        if self._instance is not None and start is not None and self.event.start is not None:
            copied = self._times.copy("RECURRENCE-ID", start, self._at_instance(self.event.start))
        elif recurrence is not None and self.event.recurrence_id is not None:
            copied = self._times.copy("RECURRENCE-ID", recurrence, self.event.recurrence_id)
        if copied is None:
            raise _refused("zone-unknown", "The instance is told in a time zone that means nothing here.")
        lines.append(copied)
        lines += [content_line("DTSTAMP", utc_time(stamp)), content_line("SEQUENCE", str(self.event.sequence or 0))]
        return [line for line in lines if line]

    def people(self, answer: Partstat) -> list[str]:
        """ORGANIZER, and the one ATTENDEE who answers."""
        partstat = parameter("PARTSTAT", answer)
        if isinstance(self._attendee, ContentLine):
            attendee = user_line(self._attendee, _ATTENDEE_KEPT, partstat)
        else:
            attendee = content_line(f"ATTENDEE{partstat}", f"mailto:{self._attendee}")
        return [user_line(self._organizer, _ORGANIZER_KEPT), attendee]

    def times(self) -> list[str]:
        """DTSTART and DTEND (or DURATION) as they were; left out where the zone means nothing."""
        start, line = self.event.start, self.event.line("DTSTART")
        if start is None or line is None:
            return []
        first = self._times.copy("DTSTART", line, self._at_instance(start))
        if first is None:
            return []
        end, end_line, duration = self.event.end, self.event.line("DTEND"), self.event.line("DURATION")
        if end_line is not None and end is not None:
            last = self._times.copy("DTEND", end_line, self._at_instance(end))
            return [first, last] if last is not None else [first]
        length = duration.value.strip() if duration is not None and end_line is None else ""
        if length.startswith("P") and length.isascii() and length.isalnum() and parse_duration(length) is not None:
            return [first, content_line("DURATION", length)]
        return [first]

    def proposal(self, start: datetime, end: datetime | None) -> list[str]:
        """DTSTART and DTEND as proposed, and what they were in the properties that Exchange reads (F7)."""
        line = self.event.line("DTSTART")
        if self.event.start is None or line is None:
            raise _refused("no-start", "The request has no readable beginning, so no other time can be proposed against it.")
        was = _Span(self._at_instance(self.event.start), self.event.end and self._at_instance(self.event.end))
        if start.utcoffset() is None or (end is not None and end.utcoffset() is None):
            raise PamitError(ErrorKind.INVALID, "naive-time", "A proposed time needs an offset from UTC.")
        if end is None:
            length = _length(was)
            if length is None:
                raise PamitError(ErrorKind.MISSING, "no-end", "The request does not say how long it takes; name the end.")
            end = start.astimezone(UTC) + length
        if end <= start:
            raise PamitError(ErrorKind.INVALID, "end-before-start", "The end of the proposal lies before its beginning.")
        end_line = self.event.line("DTEND")
        old_start = self._times.copy("X-MS-OLK-ORIGINALSTART", line, was.start)
        old_end = self._times.copy("X-MS-OLK-ORIGINALEND", end_line or line, _end_of(was))
        if old_start is None or old_end is None:
            raise _refused("zone-unknown", "The meeting is told in a time zone that means nothing here.")
        return [self._times.place("DTSTART", start, was.start), self._times.place("DTEND", end, was.start), old_start, old_end]

    def words(self, name: str) -> list[str]:
        """A property of free text as it was."""
        line = self.event.line(name)
        return [text_line(name, line.text, line.parameter("LANGUAGE"))] if line is not None else []

    def finish(self, method: str, lines: list[str]) -> bytes:
        """The whole object."""
        head = ["BEGIN:VCALENDAR\r\n", _PRODUCT, "VERSION:2.0\r\n", f"METHOD:{method}\r\n"]
        body = [*self._times.definitions(), "BEGIN:VEVENT\r\n", *lines, "END:VEVENT\r\n", "END:VCALENDAR\r\n"]
        return "".join((*head, *body)).encode("utf-8", "replace")

    def _at_instance(self, time: CalendarTime) -> CalendarTime:
        """A time of the series' first meeting, moved to the instance that is answered."""
        start, wanted = self.event.start, self._instance
        if wanted is None or start is None:
            return time
        if not isinstance(wanted, datetime):
            length = wanted - start.day
        else:
            there = self._times.wall(wanted, start)
            by_hour = "BYHOUR" in (self.event.rrule or "").upper()
            if there is None or start.wall is None or (there.time() != start.wall.time() and not by_hour):
                raise _refused("not-an-instance", _SELECTION["not-an-instance"])
            length = there - start.wall
        moved = time.plus(length)
        if moved is None:
            raise _refused("not-an-instance", _SELECTION["not-an-instance"])
        return moved


_SELECTION: Final = {
    "no-event": "The request holds no meeting with a UID.",
    "several-meetings": "The request holds several meetings; an answer is to one.",
    "which-instance": "The request is about several instances of a series; name the one to answer.",
    "not-an-instance": "The series has no such instance.",
}


def _refused(code: str, message: str) -> PamitError:
    return PamitError(ErrorKind.REFUSED, code, message)


def _organizer(event: CalendarEvent, own_addresses: Collection[str]) -> ContentLine:
    if event.organizer is None or not event.organizer.value:
        raise _refused("no-organizer", "The request names no organiser to answer to.")
    if is_organizer(event, own_addresses):
        raise _refused("own-event", "The meeting is the person's own; there is nobody to answer.")
    return _repeatable(event.organizer.line)


def _repeatable(line: ContentLine) -> ContentLine:
    if has_controls(line.value.strip()):
        raise _refused("damaged-request", f"The {line.name} holds control characters, so it cannot be repeated.")
    return line


def _attendee(
    event: CalendarEvent, own_addresses: Collection[str], chosen: str | None, *, uninvited: bool
) -> ContentLine | str:
    """The line of the one who answers, or the bare address of one who was not invited."""
    found = invited_as(event, own_addresses)
    if chosen is not None:
        wanted = canonical_address(chosen)
        found = tuple(user for user in invited_as(event, [chosen]) if wanted in map(canonical_address, own_addresses))
    if len(found) > 1:
        raise _refused("two-own-addresses", "Several of the person's addresses are invited; choose the one that answers.")
    if found:
        return _repeatable(found[0].line)
    address = chosen or next(iter(own_addresses), None)
    if not uninvited or address is None:
        raise _refused("not-invited", "None of the person's addresses is among the invited.")
    return plain_text(address)


def _uid(event: CalendarEvent) -> str:
    """UID byte for byte: neither trimmed nor decoded and written anew."""
    line = event.line("UID")
    if line is None:
        raise _refused("no-event", _SELECTION["no-event"])
    try:
        value = unfolded(line.raw).partition(b":")[2].decode("utf-8")
    except UnicodeDecodeError:
        raise _refused("damaged-request", "The UID is not in UTF-8, so it cannot be repeated.") from None
    if line.parameters:
        value = line.value  # stated with parameters of the sender's own, among which a colon may stand
    if not value or value != line.value or has_controls(value):
        raise _refused("damaged-request", "The UID is broken, so it cannot be repeated.")
    return folded(f"UID:{value}")


def _length(was: _Span) -> timedelta | None:
    if was.end is None:
        return None
    if was.start.moment is not None and was.end.moment is not None:
        return (was.end.moment - was.start.moment) or None
    if was.start.wall is not None and was.end.wall is not None:
        return (was.end.wall - was.start.wall) or None
    return None


def _end_of(was: _Span) -> CalendarTime:
    """When it was to end; without a stated end when it begins, or with the day (RFC 5545 §3.6.1)."""
    if was.end is not None:
        return was.end
    return (was.start.plus(timedelta(days=1)) or was.start) if was.start.is_date else was.start


def _stamp(now: datetime, previous: datetime | None) -> datetime:
    """DTSTAMP: now, but later than the last answer also where two fall in one second or the clock went back (§1.1)."""
    if now.utcoffset() is None or (previous is not None and previous.utcoffset() is None):
        raise PamitError(ErrorKind.INVALID, "naive-time", "The time of an answer needs an offset from UTC.")
    stamp = now.astimezone(UTC).replace(microsecond=0)
    if previous is None:
        return stamp
    return max(stamp, previous.astimezone(UTC).replace(microsecond=0) + _SECOND)


def _checked(
    data: bytes, request: CalendarObject, previous: datetime | None, instance: Instance | None, *, uninvited: bool
) -> bytes:
    problems = validate_answer(data, request, previous=previous, instance=instance, uninvited=uninvited)
    if problems:
        codes = ", ".join(dict.fromkeys(problem.code for problem in problems))
        raise PamitError(
            ErrorKind.INVALID, "answer-not-valid", f"The answer breaks the rules of RFC 5546: {codes}.", what=codes
        )
    return data
