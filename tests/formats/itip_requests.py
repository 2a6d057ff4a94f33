"""Meeting requests of our own making, for the tests of answers to them."""

from __future__ import annotations

from datetime import UTC, datetime

from pamit.formats.icalendar import CalendarObject, parse_calendars

ME = "rani.kusuma@surat.example"
ORGANIZER = "mailto:sari@kertas.example"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LONG_UID = "040000008200E00074C5B7101A82E008" + "0123456789ABCDEF" * 5

JAKARTA = (
    "BEGIN:VTIMEZONE\nTZID:SE Asia Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0700\n"
    "TZOFFSETTO:+0700\nEND:STANDARD\nEND:VTIMEZONE\n"
)
BERLIN = (
    "BEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\n"
    "TZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\n"
    "DTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\n"
    "END:DAYLIGHT\nEND:VTIMEZONE\n"
)
ATTENDEE = f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Rani Kusuma:mailto:{ME}\n"


def event(
    *,
    uid: str = LONG_UID,
    start: str = "DTSTART;TZID=SE Asia Standard Time:20261127T090000",
    end: str = "DTEND;TZID=SE Asia Standard Time:20261127T100000",
    sequence: str = "SEQUENCE:2",
    organizer: str = f'ORGANIZER;CN="Sari, HRD";SCHEDULE-AGENT=CLIENT;SCHEDULE-STATUS=1.1:{ORGANIZER}',
    attendees: str = ATTENDEE,
    extra: str = "",
) -> str:
    """A VEVENT; a part that is empty is left out."""
    parts = (f"UID:{uid}", "DTSTAMP:20261123T010000Z", start, end, sequence, organizer, "SUMMARY;LANGUAGE=id:Wawancara")
    body = "\n".join(part for part in parts if part)
    return f"BEGIN:VEVENT\n{body}\n{attendees}{extra}END:VEVENT\n"


def calendar(*events: str, zones: str = JAKARTA, head: str = "METHOD:REQUEST\n") -> bytes:
    """A VCALENDAR as bytes."""
    text = f"BEGIN:VCALENDAR\nPRODID:-//Contoh//Kalender//ID\nVERSION:2.0\n{head}{zones}{''.join(events)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def request(*events: str, zones: str = JAKARTA, head: str = "METHOD:REQUEST\n") -> CalendarObject:
    """A VCALENDAR as it is read; without events, one with the usual one."""
    (found,) = parse_calendars(calendar(*(events or (event(),)), zones=zones, head=head))
    return found


def lines_of(data: bytes) -> list[str]:
    """The unfolded lines of an answer."""
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def values_of(data: bytes, name: str) -> list[str]:
    """The values of all properties of that name."""
    lines = lines_of(data)
    inside = lines[lines.index("BEGIN:VEVENT") :]
    return [line.partition(":")[2] for line in inside if line.startswith((f"{name}:", f"{name};"))]
