"""Calendar objects as values: every event with who, when, where, and what of it could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import unquote

from pamit.domain.hosts import ascii_address
from pamit.formats.icalendar.lines import Component, ContentLine, read_components
from pamit.formats.icalendar.times import CalendarTime, parse_duration, read_time
from pamit.formats.icalendar.zones import ZoneDefinition, Zones, define_zone
from pamit.formats.limits import DEFAULT_LIMITS, Limits

__all__ = ["CalendarEvent", "CalendarObject", "CalendarUser", "parse_calendars"]

_SINGLE: Final = (
    "UID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "DTSTAMP", "RECURRENCE-ID", "ORGANIZER", "STATUS", "SUMMARY", "LOCATION",
)  # fmt: skip
_CONFERENCE_NAMES: Final = (
    "X-GOOGLE-CONFERENCE",
    "CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "X-GOOGLE-HANGOUT",
    "X-ZOOM-MEETING-URL",
    "X-WEBEX-MEETING-URL",
)
_PASSED_OVER: Final = frozenset(("VTIMEZONE", "VALARM", "STANDARD", "DAYLIGHT"))
_SCHEME = re.compile(r"\s*(?:\(?mailto|smtp)\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class CalendarUser:
    """An organizer or attendee.

    Attributes:
        value: the calendar address as written, with its scheme.
        email: the mail address it means, percent-decoded; None for an address of another kind (urn:, ldap:).
        name: CN.
        mail_parameter: the EMAIL parameter, the true address where Apple writes an alias.
        partstat, role, kind: PARTSTAT, ROLE, CUTYPE in upper case.
        rsvp: RSVP; None where it is not stated.
        sent_by: the address of SENT-BY.
        line: the property as it came.
    """

    value: str
    email: str | None
    line: ContentLine
    name: str | None = None
    mail_parameter: str | None = None
    partstat: str | None = None
    role: str | None = None
    kind: str | None = None
    rsvp: bool | None = None
    sent_by: str | None = None


@dataclass(frozen=True)
class CalendarEvent:
    """One component of a calendar object: an event, a task, a free-busy answer.

    Attributes:
        component: its name, such as "VEVENT".
        uid: exactly as written.
        sequence: SEQUENCE as stated; ``revision`` is the one to compare by.
        dtstamp: when this form of it was made.
        recurrence_id: the instance of a series it is about, as an instant or a day.
        this_and_future: whether it is about that instance and all later ones.
        start, end: the end is computed where only DURATION is stated, None where it lies before the start.
        description: DESCRIPTION; where that is empty, X-ALT-DESC (HTML).
        conference_links: join links of the properties made for them, in order.
        extras: the X- properties, names in upper case, in order.
        losses: what of this component could not be read or was doubled.
        lines: every property as it came.
        raw: its bytes from BEGIN to END.
    """

    component: str
    lines: tuple[ContentLine, ...]
    raw: bytes
    uid: str | None = None
    sequence: int | None = None
    dtstamp: CalendarTime | None = None
    recurrence_id: CalendarTime | None = None
    this_and_future: bool = False
    start: CalendarTime | None = None
    end: CalendarTime | None = None
    summary: str | None = None
    description: str | None = None
    location: str | None = None
    url: str | None = None
    comment: str | None = None
    organizer: CalendarUser | None = None
    attendees: tuple[CalendarUser, ...] = ()
    status: str | None = None
    rrule: str | None = None
    conference_links: tuple[str, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()
    losses: tuple[str, ...] = ()

    @property
    def all_day(self) -> bool:
        """Whether it takes whole days."""
        return self.start is not None and self.start.is_date

    @property
    def revision(self) -> int:
        """The revision to order by: old Outlook counts in a property of its own and leaves SEQUENCE at 0."""
        own = self.extra("X-MICROSOFT-CDO-APPT-SEQUENCE") or ""
        return max(self.sequence or 0, int(own) if own.isdecimal() and len(own) < 10 else 0)

    @property
    def refuses_counter(self) -> bool:
        """Whether the organizer wants no counter-proposals."""
        return (self.extra("X-MICROSOFT-DISALLOW-COUNTER") or "").upper() == "TRUE"

    def extra(self, name: str) -> str | None:
        """The first X- property of that name."""
        return next((value for known, value in self.extras if known == name), None)

    def line(self, name: str) -> ContentLine | None:
        """The first property of that name, as it came."""
        return next((line for line in self.lines if line.name == name), None)


@dataclass(frozen=True)
class CalendarObject:
    """A VCALENDAR.

    Attributes:
        method: METHOD in upper case; None for a plain export.
        uid: of the calendar as a whole (RFC 7986), exactly as written.
        timezone: X-WR-TIMEZONE as written.
        events: all components but time zones and alarms, in order.
        zones: its VTIMEZONE definitions.
        losses: everything that could not be read, was doubled or contradicts itself; those of events included.
    """

    method: str | None = None
    prodid: str | None = None
    uid: str | None = None
    timezone: str | None = None
    events: tuple[CalendarEvent, ...] = ()
    zones: tuple[ZoneDefinition, ...] = ()
    losses: tuple[str, ...] = ()


def parse_calendars(data: bytes, *, charset: str | None = None, limits: Limits = DEFAULT_LIMITS) -> tuple[CalendarObject, ...]:
    """Read all calendar objects of a file or a mail part, in order.

    Nothing is dropped silently: whatever a line, a component or a zone could not give is named in ``losses``.

    Args:
        data: the file; UTF-8, UTF-16 with a mark, or *charset* where lines are not UTF-8.

    Raises:
        PamitError: REFUSED ``too-large``, ``too-many-components`` or ``nested-too-deeply``.
    """
    tree = read_components(data, limits, charset)
    return tuple(_object(component, tree.losses, limits) for component in tree.components)


def _object(component: Component, tree_losses: tuple[str, ...], limits: Limits) -> CalendarObject:
    losses = list(tree_losses)
    definitions = tuple(
        definition
        for child in component.children
        if child.name == "VTIMEZONE" and (definition := define_zone(child)) is not None
    )
    default = component.line("X-WR-TIMEZONE")
    method, prodid, uid = component.line("METHOD"), component.line("PRODID"), component.line("UID")
    if len(component.all_lines("METHOD")) > 1:
        losses.append("doubled METHOD")
    zones = Zones(definitions, default.text if default else None)
    events = tuple(_event(child, zones, limits) for child in _components(component))
    for event in events:
        losses.extend(f"{event.component}: {loss}" for loss in event.losses)
    return CalendarObject(
        method=method.value.strip().upper() or None if method else None,
        prodid=prodid.text or None if prodid else None,
        uid=uid.value if uid else None,
        timezone=default.text or None if default else None,
        events=events,
        zones=definitions,
        losses=tuple(dict.fromkeys(losses)),
    )


def _components(component: Component) -> Iterator[Component]:
    """All components inside, at any depth, but time zones and alarms."""
    for child in component.children:
        if child.name not in _PASSED_OVER:
            yield child
            yield from _components(child)


class _EventReader:
    """Reads the properties of one component and keeps the list of losses."""

    def __init__(self, component: Component, zones: Zones) -> None:
        self._component = component
        self._zones = zones
        self.losses: list[str] = []

    def time(self, name: str) -> CalendarTime | None:
        line = self._component.line(name)
        if line is None:
            return None
        time = read_time(line, self._zones)
        if time is None:
            self.losses.append(f"unreadable {name}")
            return None
        if line.mended:
            self.losses.append(f"mended {name}")
        if time.found == "floating":
            self.losses.append(f"floating {name}")
        elif time.found == "unknown":
            self.losses.append(f"unknown zone in {name}")
        if time.other_moment is not None:
            self.losses.append(f"zone contradicts itself in {name}")
        return time

    def text(self, name: str) -> str | None:
        line = self._component.line(name)
        return line.text or None if line else None

    def number(self, name: str) -> int | None:
        line = self._component.line(name)
        if line is None:
            return None
        value = line.value.strip()
        if not re.fullmatch(r"[+-]?\d{1,10}", value, re.ASCII):
            self.losses.append(f"unreadable {name}")
            return None
        return int(value)

    def end(self, start: CalendarTime | None) -> CalendarTime | None:
        end = self.time("DTEND") or self.time("DUE")
        duration = self._component.line("DURATION")
        if duration is not None and end is None and start is not None:
            length = parse_duration(duration.value)
            if length is None:
                self.losses.append("unreadable DURATION")
            elif start.is_date and length % timedelta(days=1):
                self.losses.append("DURATION in hours of a whole day")
            else:
                end = start.plus(length)
        if end is not None and start is not None and _is_before(end, start):
            self.losses.append("end before start")
            return None
        return end


def _is_before(end: CalendarTime, start: CalendarTime) -> bool:
    if end.moment is not None and start.moment is not None:
        return end.moment < start.moment
    if end.wall is not None and start.wall is not None:
        return end.wall < start.wall
    return end.day < start.day


def _event(component: Component, zones: Zones, limits: Limits) -> CalendarEvent:
    reader = _EventReader(component, zones)
    reader.losses.extend(f"doubled {name}" for name in _SINGLE if len(component.all_lines(name)) > 1)
    if component.line("METHOD") is not None:
        reader.losses.append("misplaced METHOD")
    uid, status, rrule = component.line("UID"), component.line("STATUS"), component.line("RRULE")
    start = reader.time("DTSTART")
    recurrence = component.line("RECURRENCE-ID")
    attendees = component.all_lines("ATTENDEE")
    if len(attendees) > limits.attendees:
        reader.losses.append("ATTENDEE beyond the limit")
    organizer = component.line("ORGANIZER")
    users = [_user(line) for line in (*component.all_lines("ORGANIZER")[:1], *attendees[: limits.attendees])]
    for user in users:
        if user.line.mended:
            reader.losses.append(f"mended {user.line.name}")
        if not user.value:
            reader.losses.append(f"empty {user.line.name}")
    return CalendarEvent(
        component=component.name,
        lines=component.lines,
        raw=component.raw,
        uid=uid.value if uid else None,
        sequence=reader.number("SEQUENCE"),
        dtstamp=reader.time("DTSTAMP"),
        recurrence_id=reader.time("RECURRENCE-ID"),
        this_and_future=recurrence is not None and _is_range(recurrence),
        start=start,
        end=reader.end(start),
        summary=reader.text("SUMMARY"),
        description=reader.text("DESCRIPTION") or reader.text("X-ALT-DESC"),
        location=reader.text("LOCATION"),
        url=reader.text("URL"),
        comment=reader.text("COMMENT"),
        organizer=users[0] if organizer else None,
        attendees=tuple(users[1:] if organizer else users),
        status=status.value.strip().upper() or None if status else None,
        rrule=rrule.value.strip() or None if rrule else None,
        conference_links=_links(component),
        extras=tuple((line.name, line.text) for line in component.lines if line.name.startswith("X-")),
        losses=tuple(dict.fromkeys(reader.losses)),
    )


def _is_range(line: ContentLine) -> bool:
    """Whether a RECURRENCE-ID covers later instances: RANGE=THISANDFUTURE, also where "RANGE=" was lost."""
    return (line.parameter("RANGE") or "").upper() == "THISANDFUTURE" or line.parameter("THISANDFUTURE") is not None


def _links(component: Component) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in _CONFERENCE_NAMES:
        for line in component.all_lines(name):
            address = line.text
            if address.lower().startswith(("https://", "http://")):
                found.setdefault(address)
    return tuple(found)


def _user(line: ContentLine) -> CalendarUser:
    value = line.value.strip()
    rsvp = (line.parameter("RSVP") or "").upper()
    sent_by = line.parameter("SENT-BY")
    return CalendarUser(
        value=value,
        email=_email(value),
        line=line,
        name=(line.parameter("CN") or "").strip(" '\"") or None,
        mail_parameter=_email(line.parameter("EMAIL") or ""),
        partstat=(line.parameter("PARTSTAT") or "").upper() or None,
        role=(line.parameter("ROLE") or "").upper() or None,
        kind=(line.parameter("CUTYPE") or "").upper() or None,
        rsvp=rsvp == "TRUE" if rsvp else None,
        sent_by=_email(sent_by) if sent_by else None,
    )


def _email(value: str) -> str | None:
    """The mail address of a calendar address: scheme in any case or missing, percent-decoded."""
    scheme = _SCHEME.match(value)
    address = unquote(value[scheme.end() :] if scheme else value).partition("?")[0].strip(" <>()\t\r\n")
    if "@" not in address or (scheme is None and ":" in address):
        return None
    return ascii_address("".join(letter for letter in address if letter.isprintable()))
