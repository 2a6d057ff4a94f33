"""Reading calendar objects: nothing lost silently, no zone guessed, no state between one object and the next."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.errors import PamitError
from pamit.formats.email import EmailMessageParts, parse_email
from pamit.formats.icalendar import CalendarEvent, CalendarObject, CalendarTime, parse_calendars
from pamit.formats.icalendar.times import parse_duration

WIB = timezone(timedelta(hours=7))
NINE = datetime(2026, 11, 26, 2, tzinfo=UTC)

JAKARTA_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\n"
    "END:STANDARD\nEND:VTIMEZONE\n"
)
BERLIN_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\n"
    "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)


def calendar(event: str, head: str = "METHOD:REQUEST\n") -> bytes:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}BEGIN:VEVENT\n{event}END:VEVENT\nEND:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def read(event: str, head: str = "METHOD:REQUEST\n") -> CalendarObject:
    (found,) = parse_calendars(calendar(event, head))
    return found


def one(event: str, head: str = "METHOD:REQUEST\n") -> CalendarEvent:
    (found,) = read(event, head).events
    return found


def start(line: str, head: str = "") -> CalendarTime | None:
    return one(f"{line}\n", head).start


def test_event_of_google_shape_is_read_whole() -> None:
    """UTC times, X-NUM-GUESTS, a conference property, folds in the middle of a letter."""
    event = one(
        "DTSTART:20261126T020000Z\nDTEND:20261126T030000Z\nDTSTAMP:20261123T010203Z\n"
        "ORGANIZER;CN=Rina Melati:mailto:rina@kertas.example\nUID:5kq0@google.example\n"
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=\n TRUE;CN=budi@surat.example;"
        "X-NUM-GUESTS=0:mailto:budi@surat.example\nX-GOOGLE-CONFERENCE:https://meet.example/abc\n"
        "DESCRIPTION:Halo\\, Budi\\nsampai besok\n"
        "LOCATION:Jl. Contoh 5\\; Lt. 2\nSEQUENCE:2\nSTATUS:CONFIRMED\nSUMMARY:Wawancara\n"
    )
    assert event.uid == "5kq0@google.example"
    assert event.start is not None
    assert event.end is not None
    assert (event.start.moment, event.end.moment, event.start.found) == (NINE, NINE + timedelta(hours=1), "utc")
    assert event.organizer is not None
    assert (event.organizer.name, event.organizer.email) == ("Rina Melati", "rina@kertas.example")
    (guest,) = event.attendees
    assert (guest.email, guest.partstat, guest.rsvp, guest.role) == (
        "budi@surat.example",
        "NEEDS-ACTION",
        True,
        "REQ-PARTICIPANT",
    )
    assert event.conference_links == ("https://meet.example/abc",)
    assert (event.summary, event.description, event.location) == (
        "Wawancara",
        "Halo, Budi\nsampai besok",
        "Jl. Contoh 5; Lt. 2",
    )
    assert (event.sequence, event.status, event.losses) == (2, "CONFIRMED", ())


def test_event_of_outlook_shape_is_read_whole() -> None:
    """A Windows zone with its definition, LANGUAGE parameters, Microsoft's own properties."""
    event = one(
        "ORGANIZER;CN=Rina:MAILTO:rina@kertas.example\nUID:040000008200E00074C5B7101A82E008\n"
        "SUMMARY;LANGUAGE=id-ID:Wawancara\nDTSTART;TZID=SE Asia Standard Time:20261126T090000\n"
        "DTEND;TZID=SE Asia Standard Time:20261126T100000\nSEQUENCE:0\nX-MICROSOFT-CDO-APPT-SEQUENCE:3\n"
        "X-MICROSOFT-DISALLOW-COUNTER:TRUE\nLOCATION;LANGUAGE=id-ID:\nX-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/j\n",
        "METHOD:REQUEST\n" + JAKARTA_ZONE.format(name="SE Asia Standard Time", offset="+0700"),
    )
    assert event.start is not None
    assert (event.start.moment, event.start.zone, event.start.found) == (NINE, "Asia/Bangkok", "vtimezone")
    assert event.start.tzid == "SE Asia Standard Time"
    assert (event.sequence, event.revision, event.refuses_counter) == (0, 3, True)
    assert (event.location, event.conference_links) == (None, ("https://teams.example/j",))
    assert event.losses == ()


def test_event_of_apple_shape_keeps_the_true_address() -> None:
    """The EMAIL parameter stands beside the alias to which answers go."""
    event = one("ORGANIZER;CN=Rina;EMAIL=rina@kertas.example:mailto:2_GEZ@alias.example\nDTSTART;VALUE=DATE:20261126\n")
    assert event.organizer is not None
    assert (event.organizer.email, event.organizer.mail_parameter) == ("2_GEZ@alias.example", "rina@kertas.example")
    assert (event.all_day, event.start) == (True, CalendarTime(date(2026, 11, 26)))


@pytest.mark.parametrize(
    ("line", "found", "name"),
    [
        ("DTSTART;TZID=Asia/Jakarta:20261126T090000", "iana", "Asia/Jakarta"),
        ("DTSTART;TZID=asia/jakarta:20261126T090000", "iana", "Asia/Jakarta"),
        ('DTSTART;TZID="Asia/Jakarta":20261126T090000', "iana", "Asia/Jakarta"),
        ("DTSTART;TZID=/vendor.example/Tzfile/Asia/Jakarta:20261126T090000", "prefix", "Asia/Jakarta"),
        ("DTSTART;TZID=SE Asia Standard Time:20261126T090000", "windows", "Asia/Bangkok"),
        ("DTSTART;TZID=SE Asia Standard Time 1:20261126T090000", "windows", "Asia/Bangkok"),
        ("DTSTART;TZID=WIB:20261126T090000", "letters", "Asia/Jakarta"),
        ("DTSTART;TZID=GMT+0700:20261126T090000", "offset", None),
        ("DTSTART;TZID=UTC+7:20261126T090000", "offset", None),
        ('DTSTART;TZID="(UTC+07:00) Bangkok, Hanoi, Jakarta":20261126T090000', "offset", "Asia/Bangkok"),
        ("DTSTART;TZID=(UTC+07:00) Bangkok, Hanoi, Jakarta:20261126T090000", "offset", "Asia/Bangkok"),
        ("DTSTART;TZID=Asia/Jakarta;TZID=Asia/Tokyo:20261126T090000", "iana", "Asia/Jakarta"),
        ("DTSTART:20261126T090000+0700", "offset", None),
        ("DTSTART:20261126T020000Z", "utc", None),
        ("DTSTART;TZID=tzone://Microsoft/Utc:20261126T020000", "prefix", "Etc/UTC"),
    ],
)
def test_zone_is_resolved_from_its_name(line: str, found: str, name: str | None) -> None:
    """Every way of naming a zone gives the same instant, and how it was found (§1.7)."""
    time_read = start(line)
    assert time_read is not None
    assert (time_read.moment, time_read.found, time_read.zone) == (NINE, found, name)


@pytest.mark.parametrize("name", ["Customized Time Zone", "tzone://Microsoft/Custom", "Kantor Pusat", "}}}}"])
def test_own_definition_decides_for_a_name_that_means_nothing(name: str) -> None:
    """A name of the sender's own is what the object says it is."""
    time_read = start(f"DTSTART;TZID={name}:20261126T090000", JAKARTA_ZONE.format(name=name, offset="+0700"))
    assert time_read is not None
    assert (time_read.moment, time_read.found, time_read.other_moment) == (NINE, "vtimezone", None)


@pytest.mark.parametrize(
    ("wall", "offset"), [("20260701T090000", 2), ("20261201T090000", 1), ("20260329T030000", 2), ("20261025T030000", 1)]
)
def test_own_definition_follows_its_yearly_rules(wall: str, offset: int) -> None:
    """Daylight and standard time by the object's own rules."""
    time_read = start(f"DTSTART;TZID=Kantor:{wall}", BERLIN_ZONE.format(name="Kantor"))
    assert time_read is not None
    assert time_read.moment is not None
    assert time_read.moment.utcoffset() == timedelta(hours=offset)


def test_lying_definition_gives_both_readings_and_a_loss() -> None:
    """Where VTIMEZONE and name disagree, both instants are given."""
    head = JAKARTA_ZONE.format(name="Asia/Jakarta", offset="+0800")
    event = one("DTSTART;TZID=Asia/Jakarta:20261126T090000\n", head)
    assert event.start is not None
    assert (event.start.moment, event.start.other_moment) == (NINE, NINE - timedelta(hours=1))
    assert event.losses == ("zone contradicts itself in DTSTART",)


def test_floating_time_is_flagged_unless_the_calendar_names_its_zone() -> None:
    """X-WR-TIMEZONE places a floating time; without it there is no instant, and never UTC."""
    event = one("DTSTART:20261126T090000\n")
    assert event.start is not None
    assert (event.start.moment, event.start.is_floating, event.losses) == (None, True, ("floating DTSTART",))
    placed = start("DTSTART:20261126T090000", "X-WR-TIMEZONE:Asia/Jakarta\n")
    assert placed is not None
    assert (placed.moment, placed.found) == (NINE, "x-wr-timezone")


def test_unknown_zone_is_flagged_and_gives_no_instant() -> None:
    """A zone name that means nothing is asked about, not guessed."""
    event = one("DTSTART;TZID=Antah Berantah:20261126T090000\n")
    assert event.start is not None
    assert (event.start.moment, event.start.found, event.losses) == (None, "unknown", ("unknown zone in DTSTART",))


def test_zones_of_one_object_never_change_another() -> None:
    """The result is independent of what was read before, in every order (F3, T9)."""
    objects = [
        calendar(
            "DTSTART;TZID=Customized Time Zone:20261126T090000\n",
            JAKARTA_ZONE.format(name="Customized Time Zone", offset=offset),
        )
        for offset in ("+0700", "+0900", "-0500")
    ]
    alone = {data: parse_calendars(data) for data in objects}
    for order in itertools.permutations(objects):
        assert [parse_calendars(data) for data in order] == [alone[data] for data in order]


@pytest.mark.parametrize(
    ("line", "tzid", "future"),
    [
        ("RECURRENCE-ID;TZID=Asia/Jakarta;RANGE=THISANDFUTURE:20261126T090000", "Asia/Jakarta", True),
        ("RECURRENCE-ID;TZID=Asia/Jakarta;THISANDFUTURE:20261126T090000", "Asia/Jakarta", True),
        ("RECURRENCE-ID:20261126T020000Z", None, False),
    ],
)
def test_recurrence_id_survives_a_broken_parameter(line: str, tzid: str | None, future: bool) -> None:
    """F4: a cancellation of one instance must never become one of the whole series."""
    event = one(f"{line}\n")
    assert event.recurrence_id is not None
    assert (event.recurrence_id.moment, event.recurrence_id.tzid, event.this_and_future) == (NINE, tzid, future)


@pytest.mark.parametrize(
    ("line", "email", "loss"),
    [
        ("mailto:a@kertas.example", "a@kertas.example", False),
        ("MAILTO:a@kertas.example", "a@kertas.example", False),
        ("a@kertas.example", "a@kertas.example", False),
        ("mailto:a%2Bb@kertas.example", "a+b@kertas.example", False),
        ("urn:uuid:1234", None, False),
    ],
)
def test_organizer_address_in_any_form(line: str, email: str | None, loss: bool) -> None:
    """The scheme in any case or missing, percent-decoded."""
    event = one(f"ORGANIZER:{line}\n")
    assert event.organizer is not None
    assert (event.organizer.value, event.organizer.email, bool(event.losses)) == (line, email, loss)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("ORGANIZER;CN=HR: Tim:mailto:a@kertas.example", "HR: Tim"),
        ('ORGANIZER;CN="A"B":mailto:a@kertas.example', 'A"B'),
        ('ORGANIZER;CN="Rina:mailto:a@kertas.example', "Rina"),
    ],
)
def test_broken_names_do_not_lose_the_address(line: str, name: str) -> None:
    """Unquoted colons and quotes within quotes: read from the end, and said to be mended."""
    event = one(f"{line}\n")
    assert event.organizer is not None
    assert event.organizer.email == "a@kertas.example"
    assert event.losses == ("mended ORGANIZER",)
    assert (event.organizer.name or "").replace('"', "") == name.replace('"', "")


def test_caret_escapes_and_lists_in_parameters() -> None:
    """RFC 6868 quotes, quoted values with commas."""
    event = one('ATTENDEE;CN=Budi ^\'Bud^\' Utama;MEMBER="mailto:x,y@k.example","mailto:z@k.example":mailto:a@k.example\n')
    (guest,) = event.attendees
    assert guest.name == 'Budi "Bud" Utama'
    assert dict(guest.line.parameters)["MEMBER"] == ("mailto:x,y@k.example", "mailto:z@k.example")


def test_lines_are_kept_byte_for_byte() -> None:
    """An answer repeats UID and RECURRENCE-ID exactly as they came, folds included."""
    lines = [b"UID:0400\r\n 00AbC \r\n", b"RECURRENCE-ID;TZID=X:20261126T090000\r\n"]
    data = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + b"".join(lines) + b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    ((event,),) = (found.events for found in parse_calendars(data))
    assert event.uid == "040000AbC "
    assert [line.raw for line in event.lines] == lines
    assert event.raw in data


def test_zone_definition_is_kept_byte_for_byte() -> None:
    """A VTIMEZONE can be copied into an answer verbatim."""
    data = calendar("UID:1\n", JAKARTA_ZONE.format(name="Kantor", offset="+0700"))
    (definition,) = parse_calendars(data)[0].zones
    assert definition.tzid == "Kantor"
    assert definition.raw == JAKARTA_ZONE.format(name="Kantor", offset="+0700").replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("event", "loss"),
    [
        ("DTSTART:besok\n", "unreadable DTSTART"),
        ("SEQUENCE:dua\n", "unreadable SEQUENCE"),
        ("UID:1\nUID:2\n", "doubled UID"),
        ("DTSTART:20261126T020000Z\nDTEND:20261126T010000Z\n", "end before start"),
        ("DTSTART:20261126T020000Z\nDURATION:sejam\n", "unreadable DURATION"),
        ("METHOD:CANCEL\n", "misplaced METHOD"),
    ],
)
def test_loss_is_named(event: str, loss: str) -> None:
    """What could not be read stands in the losses of the event and of the object."""
    found = read(event)
    assert (found.events[0].losses, found.losses) == ((loss,), (f"VEVENT: {loss}",))


def test_broken_structure_is_mended_and_named() -> None:
    """Missing ends, ends without begin, lines without a name: the rest is read."""
    data = b"BEGIN:VCALENDAR\nEND:VTODO\nBEGIN:VEVENT\nUID:1\nini bukan baris\nSUMMARY:Halo\nsambungan\n"
    (found,) = parse_calendars(data)
    assert [(event.uid, event.summary) for event in found.events] == [("1", "Halo\nsambungan")]
    assert found.losses == (
        "end without begin: VTODO", "unreadable line: ini bukan baris", "line broken in two", "unclosed VEVENT",
        "unclosed VCALENDAR",
    )  # fmt: skip


def test_old_folding_before_the_colon_is_undone() -> None:
    """Early Mozilla put the name on a line of its own."""
    event = one("UID\n :abc\nDTSTART\n ;VALUE=DATE\n :20261126\nSUMMARY:Halo\n")
    assert (event.uid, event.all_day, event.summary) == ("abc", True, "Halo")


def test_quoted_printable_of_the_old_format_is_decoded() -> None:
    """vCalendar 1.0 wrote text in quoted-printable with soft line ends."""
    event = one("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Wawancara =E2=80=93=\nGudang\n")
    assert event.summary == "Wawancara –Gudang"


def test_end_is_computed_from_a_duration() -> None:
    """DURATION gives the end; an exact length across a change of the clocks."""
    event = one("DTSTART:20261126T020000Z\nDURATION:PT1H30M\n")
    assert event.end is not None
    assert event.end.moment == NINE + timedelta(minutes=90)


@pytest.mark.parametrize(
    ("text", "minutes"), [("PT45M", 45), ("P1DT2H", 1560), ("-PT5M", -5), ("P1W", 10_080), ("P", None), ("45", None)]
)
def test_duration_values(text: str, minutes: int | None) -> None:
    """RFC 5545 §3.3.6."""
    assert parse_duration(text) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_files(encoding: str) -> None:
    """Marks are honoured, single bytes that are no UTF-8 are Windows letters."""
    data = calendar("SUMMARY:Café – Rína\n").decode().encode(encoding)
    assert parse_calendars(data)[0].events[0].summary == "Café – Rína"


DAILY_ZONE = "".join(
    f"BEGIN:STANDARD\nDTSTART:1601010{number % 9 + 1}T000000\nRRULE:FREQ=DAILY\n"
    "TZOFFSETFROM:+0700\nTZOFFSETTO:+0700\nEND:STANDARD\n"
    for number in range(200)
)
HOSTILE: dict[str, tuple[bytes, str | None]] = {
    "10^5 events": (calendar("END:VEVENT\nBEGIN:VEVENT\n" * 10**5)[: 2 * 2**20], "too-many-components"),
    "nesting 5 000": (b"BEGIN:A\n" * 5_000, "too-many-components"),
    "nesting 500": (b"BEGIN:A\n" * 500, "nested-too-deeply"),
    "3 MB": (b"X-A:b\n" * 500_000, "too-large"),
    "15 000 attendees": (calendar("ATTENDEE;CN=a:mailto:a@b.example\n" * 15_000), None),
    "200 daily rules": (
        calendar("DTSTART;TZID=X:20261126T090000\n" * 100, f"BEGIN:VTIMEZONE\nTZID:X\n{DAILY_ZONE}END:VTIMEZONE\n"),
        None,
    ),
    "folds": (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a" + b"\n b" * 500_000, None),
    "one line": (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:" + b"x" * 2_000_000, None),
    "parameters": (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE" + b";A=b" * 20_000 + b":mailto:a@b.example", None),
    "quotes": (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE;CN=" + b'"' * 90_000 + b":mailto:a@b.example", None),
    "colons": (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART" + b":" * 90_000, None),
    "mailto": (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nORGANIZER;CN=x: " + b":mailto: " * 10_000, None),
    "minutely rule": (calendar("DTSTART:20261126T090000Z\nRRULE:FREQ=MINUTELY;BYHOUR=23;BYMONTH=2;BYMONTHDAY=31\n"), None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_object_ends_soon_in_a_value_or_a_named_error(name: str) -> None:
    """Bombs of components, folds, attendees and rules (T7, T8): counted first, never expanded."""
    data, code = HOSTILE[name]
    found = None
    try:
        parse_calendars(data)
    except PamitError as error:
        found = error.code
    assert found == code


PIECES = st.sampled_from(
    [
        "BEGIN:VCALENDAR\n", "END:VCALENDAR\n", "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VTIMEZONE\n", "END:VTIMEZONE\n",
        "TZID:X\n", "BEGIN:STANDARD\n", "END:STANDARD\n", "DTSTART:20261126T090000\n", "DTSTART;TZID=X:20261126T090000\n",
        "TZOFFSETTO:+0700\n", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n", "DTEND:99991231T235959Z\n", "DURATION:P999999W\n",
        "RRULE:FREQ=YEARLY;BYMONTH=99;BYDAY=9MO;UNTIL=1\n", "SEQUENCE:1\n", 'ORGANIZER;CN="a:b\n', "ATTENDEE:x\n", " lanjut\n",
        "DTSTART;TZID=(UTC+07:00) A, B:20260101T000000\n", "DTSTART:00010101T000000\n", "UID", ":", ";", "=", '"', "\n", "\x00",
        "X-WR-TIMEZONE:Asia/Jakarta\n", "TZOFFSETTO:+9959\n", "RDATE:20260101T000000\n", "é",
        "DTSTART;TZID=../../etc:20260101T000000\n",
    ]
)  # fmt: skip


@given(st.binary(max_size=300) | st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode()))
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_without_other_errors(data: bytes) -> None:
    """Nothing but PamitError leaves the reader; every zoned time is an instant or flagged."""
    try:
        found = parse_calendars(data)
    except PamitError:
        return
    for event in (event for one_object in found for event in one_object.events):
        for moment in (event.start, event.end, event.recurrence_id, event.dtstamp):
            if moment is not None and moment.wall is not None and moment.moment is None:
                assert moment.found in ("floating", "unknown")
                assert event.losses != ()


SCHEDULING = ("METHOD", "UID", "DTSTART", "ORGANIZER", "ATTENDEE", "SEQUENCE", "RECURRENCE-ID")
PASSED_OVER = {"VTIMEZONE", "VALARM", "STANDARD", "DAYLIGHT"}


def corpus_objects(shared: Path) -> list[tuple[str, bytes, str | None]]:
    folder = shared / "corpora"
    if not folder.is_dir():
        pytest.skip("the corpora are not beside this checkout")
    found: list[tuple[str, bytes, str | None]] = []

    def of_mail(name: str, mail: EmailMessageParts) -> None:
        found.extend((name, part.data, part.charset) for part in mail.calendars)
        for carried in mail.forwarded:
            of_mail(name, carried)

    for path in sorted(folder.glob("*/*.*")):
        data = path.read_bytes()
        if path.suffix == ".ics" or data.lstrip(b"\xef\xbb\xbf\r\n ").upper().startswith(b"BEGIN:"):
            found.append((path.name, data, None))
        elif path.suffix == ".eml":
            of_mail(path.name, parse_email(data))
    return found


def stated(block: str) -> Counter[str]:
    """How often each scheduling property stands in the raw text of one object, time zones and alarms aside."""
    counts: Counter[str] = Counter()
    stack: list[str] = []
    for line in re.split(r"\r\n|\n|\r", block):
        found = re.match(r"\s*([A-Za-z-]+)\s*[;:](.*)", line)
        if found is None:
            continue
        name = found[1].upper()
        if name == "BEGIN":
            stack.append(found[2].strip().upper())
        elif name == "END":
            stack = stack[:-1]
        elif name in SCHEDULING and not set(stack) & PASSED_OVER:
            counts[name] += 1
    return counts


def given_back(found: CalendarObject) -> Counter[str]:
    """How often each is in the result."""
    counts = Counter({"METHOD": int(found.method is not None), "UID": int(found.uid is not None)})
    for event in found.events:
        counts["UID"] += event.uid is not None
        counts["DTSTART"] += event.start is not None
        counts["ORGANIZER"] += event.organizer is not None
        counts["ATTENDEE"] += len(event.attendees)
        counts["SEQUENCE"] += event.sequence is not None
        counts["RECURRENCE-ID"] += event.recurrence_id is not None
    return counts


def test_corpora_objects_are_complete_or_their_losses_named(shared: Path) -> None:
    """At least 98.5 % of all real objects: each scheduling property is in the result, or its loss is named."""
    total = incomplete = 0
    for _, data, charset in corpus_objects(shared):
        text = re.sub(r"\r?\n[ \t]", "", data.decode("latin-1"))
        blocks = re.split(r"(?im)^\s*BEGIN:VCALENDAR\s*$", text)[1:] or [text]
        wanted, got = Counter[str](), Counter[str]()
        losses = ""
        for block in blocks:
            wanted += stated(block)
        for found in parse_calendars(data, charset=charset):
            got += given_back(found)
            losses += "\n".join(found.losses)
        total += len(blocks)
        if any(got[name] < wanted[name] and name not in losses for name in wanted):
            incomplete += len(blocks)
    assert total >= 350
    assert incomplete / total <= 0.015


def test_corpora_objects_do_not_depend_on_the_order_of_reading(shared: Path) -> None:
    """Forwards and backwards the same values come out."""
    objects = corpus_objects(shared)
    forwards = [parse_calendars(data, charset=charset) for _, data, charset in objects]
    backwards = [parse_calendars(data, charset=charset) for _, data, charset in reversed(objects)]
    assert forwards == backwards[::-1]


def test_corpora_zoned_times_never_float_without_a_flag(shared: Path) -> None:
    """A time with a TZID is an instant, or its unknown zone is named."""
    for name, data, charset in corpus_objects(shared):
        for event in (event for found in parse_calendars(data, charset=charset) for event in found.events):
            for moment in (event.start, event.end, event.recurrence_id):
                if moment is not None and moment.wall is not None and moment.moment is None:
                    assert any("zone" in loss or "floating" in loss for loss in event.losses), name
                    assert moment.tzid is None or moment.found == "unknown", name
