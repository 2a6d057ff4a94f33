"""Building REPLY and COUNTER: each rule of protocols.md §1.3 and §1.4."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.errors import PamitError
from pamit.formats.icalendar import CalendarEvent, parse_calendars
from pamit.formats.itip import Partstat, validate_answer, write_counter, write_reply

from .itip_requests import ATTENDEE, BERLIN, JAKARTA, LONG_UID, ME, NOW, ORGANIZER, event, lines_of, request, values_of

OWN = (ME, "rani@lain.example")
START = datetime(2026, 11, 30, 14, 0, tzinfo=timezone(timedelta(hours=7)))
SERIES = "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=4\n"
HOSTILE = [
    "a\nATTENDEE:mailto:lain@jahat.example",
    "a\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:lain@jahat.example",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029METHOD:CANCEL",
    "\\nATTENDEE:mailto:x@y.example",
    "^nATTENDEE:mailto:x@y.example",
    "^^n^'\"",
    "%0D%0AATTENDEE:x",
    "\ud83d lone",
    "\ufeffBOM",
    ";,:\\\"'",
    "é" * 80 + "\U0001f642" * 40,
    "\r",
    "   ",
]


def reply(source: str | None = None, answer: Partstat = Partstat.DECLINED, **more: object) -> bytes:
    options: dict[str, object] = {"own_addresses": OWN, "now": NOW, **more}
    asked = request(source) if source else request()
    return write_reply(asked, answer, **options)  # type: ignore[arg-type]


def read(data: bytes) -> CalendarEvent:
    (found,) = parse_calendars(data)
    (only,) = found.events
    return only


def code_of(failure: pytest.ExceptionInfo[PamitError]) -> str:
    return failure.value.code


# -- what a reply says ------------------------------------------------------------------------------------------------


def test_reply_is_written_as_specified() -> None:
    """The whole object, line by line: our PRODID, the zone verbatim, the UID, one attendee, times unchanged."""
    data = reply(comment="Maaf, saya berhalangan; terima kasih.")
    assert lines_of(data) == [
        "BEGIN:VCALENDAR",
        "PRODID:-//Pamit//Pamit//EN",
        "VERSION:2.0",
        "METHOD:REPLY",
        *JAKARTA.splitlines(),
        "BEGIN:VEVENT",
        f"UID:{LONG_UID}",
        "DTSTAMP:20261124T020000Z",
        "SEQUENCE:2",
        f'ORGANIZER;CN="Sari, HRD":{ORGANIZER}',
        f"ATTENDEE;CN=Rani Kusuma;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED:mailto:{ME}",
        "DTSTART;TZID=SE Asia Standard Time:20261127T090000",
        "DTEND;TZID=SE Asia Standard Time:20261127T100000",
        "SUMMARY;LANGUAGE=id:Wawancara",
        "COMMENT:Maaf\\, saya berhalangan\\; terima kasih.",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize("answer", list(Partstat))
def test_every_answer_is_said_once(answer: Partstat) -> None:
    """PARTSTAT is what the person chose; there is one ATTENDEE and no RSVP."""
    data = reply(answer=answer)
    assert [user.partstat for user in read(data).attendees] == [answer.value]
    assert b"RSVP" not in data


def test_lines_are_folded_between_letters() -> None:
    """At most 75 octets, every physical line valid UTF-8 by itself, CRLF everywhere."""
    data = reply(comment="Mohon maaf — saya sakit 🙏 " * 20)
    physical = data.split(b"\r\n")
    assert max(map(len, physical)) <= 75
    assert [line.decode("utf-8") for line in physical]
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_answer_without_comment_has_none() -> None:
    """Words of blanks or controls alone make no COMMENT."""
    assert values_of(reply(comment=" \x00\r\n "), "COMMENT") == []


# -- no. 1: the attendee ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "own"),
    [
        (f"ATTENDEE:MAILTO:{ME.upper()}\n", ME),
        (f"ATTENDEE;CN=Rani:MailTo:{ME.title()}\n", ME),
        ("ATTENDEE:mailto:rani%2Ekusuma@surat.example\n", ME),
        ("ATTENDEE:mailto:rani@xn--bcher-kva.example\n", "rani@bücher.example"),
        ("ATTENDEE:mailto:rani@bücher.example\n", "Rani@xn--bcher-kva.example"),
        (f"ATTENDEE;EMAIL={ME}:mailto:2_GEZDGNBV@imip.me.com\n", ME),
        (f"ATTENDEE:{ME}\n", ME),
    ],
)
def test_attendee_is_found_and_repeated_as_invited(written: str, own: str) -> None:
    """Case, percent signs and the two forms of a domain do not count; the address goes back exactly as it came."""
    data = reply(event(attendees=f"ATTENDEE:mailto:lain@surat.example\n{written}"), own_addresses=[own])
    assert values_of(data, "ATTENDEE") == [written.strip().partition(":")[2]]


def test_two_invited_addresses_are_asked_about() -> None:
    """Two ATTENDEE lines broke Google and Outlook: the person chooses, and the choice is honoured."""
    both = event(attendees=f"{ATTENDEE}ATTENDEE:mailto:rani@lain.example\n")
    with pytest.raises(PamitError) as failure:
        reply(both)
    assert code_of(failure) == "two-own-addresses"
    assert values_of(reply(both, chosen="RANI@lain.example"), "ATTENDEE") == ["mailto:rani@lain.example"]


def test_address_invited_twice_counts_once() -> None:
    """The same mailbox in two lines is one attendee."""
    data = reply(event(attendees=f"{ATTENDEE}ATTENDEE:MAILTO:{ME.upper()}\n"))
    assert values_of(data, "ATTENDEE") == [f"mailto:{ME}"]


# -- no. 2: not invited -----------------------------------------------------------------------------------------------


def test_uninvited_answer_only_on_request() -> None:
    """A forwarded invitation is not answered by calendar unless the person asks for it."""
    forwarded = event(attendees="ATTENDEE:mailto:milis@surat.example\n")
    with pytest.raises(PamitError) as failure:
        reply(forwarded)
    assert code_of(failure) == "not-invited"
    assert values_of(reply(forwarded, uninvited=True), "ATTENDEE") == [f"mailto:{ME}"]


# -- no. 4: what must not go back ---------------------------------------------------------------------------------------


def test_nothing_of_others_goes_back() -> None:
    """Microsoft's, Mozilla's and scheduling properties, alarms, files and join passwords stay out."""
    extra = (
        "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE\nX-MS-OLK-SENDER;CN=x:mailto:x@y.example\nX-MOZ-LASTACK:20261101T000000Z\n"
        "ATTACH:https://berkas.example/rahasia\nCONFERENCE;VALUE=URI:https://rapat.example/j/1?pwd=rahasia\n"
        "X-GOOGLE-CONFERENCE:https://rapat.example/rahasia\nDESCRIPTION:Sandi: rahasia\n"
        "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:rahasia\nEND:VALARM\n"
    )
    for data in (reply(event(extra=extra)), counter(event(extra=extra))):
        names = {re.split("[:;]", line)[0] for line in lines_of(data)}
        assert {name for name in names if name.startswith("X-")} <= {"X-MS-OLK-ORIGINALSTART", "X-MS-OLK-ORIGINALEND"}
        for word in (b"rahasia", b"VALARM", b"SCHEDULE", b"X-MS-OLK-SENDER"):
            assert word not in data


def test_other_attendees_are_not_named() -> None:
    """Only the one who answers is named, so that addresses of others do not leak."""
    data = counter(event(attendees=f"{ATTENDEE}ATTENDEE:mailto:lain@surat.example\n"))
    assert b"lain@surat.example" not in data


# -- UID, SEQUENCE, DTSTAMP -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("uid", [LONG_UID, "a b ", " Spasi", "ÄÖ-ü", "5kq0\\,x;y:z@kalender.example", "x" * 300])
def test_uid_goes_back_byte_for_byte(uid: str) -> None:
    """Neither trimmed, nor cased, nor escaped anew."""
    assert values_of(reply(event(uid=uid)), "UID") == [uid]


def test_uid_folded_in_the_middle_of_a_letter_is_joined() -> None:
    """Senders fold by octets; the bytes are one again."""
    raw = "UID:ab\u00e9cd".encode()
    cut = raw.index(b"\xc3") + 1
    source = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n" + event(uid="DIGANTI").replace("\n", "\r\n").encode().replace(
        b"UID:DIGANTI", raw[:cut] + b"\r\n " + raw[cut:]
    ) + b"END:VCALENDAR\r\n"  # fmt: skip
    (asked,) = parse_calendars(source.replace(b";TZID=SE Asia Standard Time", b""))
    data = write_reply(asked, Partstat.ACCEPTED, own_addresses=OWN, now=NOW)
    assert values_of(data, "UID") == ["ab\u00e9cd"]


@pytest.mark.parametrize(("stated", "echoed"), [("SEQUENCE:2", "2"), ("", "0"), ("SEQUENCE:0", "0"), ("SEQUENCE:12", "12")])
def test_sequence_is_echoed(stated: str, echoed: str) -> None:
    """We are not the organiser: the number is never raised, and written also where it is 0 (F8)."""
    assert values_of(reply(event(sequence=stated)), "SEQUENCE") == [echoed]
    assert values_of(counter(event(sequence=stated)), "SEQUENCE") == [echoed]


@pytest.mark.parametrize(
    ("now", "previous", "written"),
    [
        (NOW, None, "20261124T020000Z"),
        (NOW, NOW, "20261124T020001Z"),
        (NOW - timedelta(days=1), NOW, "20261124T020001Z"),
        (NOW + timedelta(minutes=1), NOW, "20261124T020100Z"),
        (NOW.replace(microsecond=999_999), NOW, "20261124T020001Z"),
    ],
)
def test_stamp_is_later_than_the_last_answer(now: datetime, previous: datetime | None, written: str) -> None:
    """Also within one second, and after the clock was set back."""
    assert values_of(reply(now=now, previous=previous), "DTSTAMP") == [written]


# -- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["PUBLISH", "CANCEL", "REPLY", "COUNTER", "ADD", ""])
def test_only_a_request_is_answered(method: str) -> None:
    """No. 9: PUBLISH, CANCEL, REPLY and plain exports get no answer."""
    asked = request(event(), head=f"METHOD:{method}\n" if method else "")
    with pytest.raises(PamitError) as failure:
        write_reply(asked, Partstat.ACCEPTED, own_addresses=OWN, now=NOW)
    assert code_of(failure) == "not-a-request"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (event(extra="UID:lain\n"), "damaged-request"),
        (event(sequence="SEQUENCE:dua"), "damaged-request"),
        (event(sequence="SEQUENCE:1\nSEQUENCE:2"), "damaged-request"),
        (event(extra="RECURRENCE-ID:besok\n"), "damaged-request"),
        (event(uid="a\x01b"), "damaged-request"),
        (event(organizer=""), "no-organizer"),
        (event(organizer=f"ORGANIZER:mailto:{ME}"), "own-event"),
        (event(attendees=""), "not-invited"),
        (event(uid="satu") + event(uid="dua"), "several-meetings"),
        (event().replace("VEVENT", "VTODO"), "no-event"),
    ],
)
def test_doubtful_requests_are_refused(source: str, code: str) -> None:
    """Where it is not certain what is answered and to whom, nothing is built (F4)."""
    with pytest.raises(PamitError) as failure:
        reply(source)
    assert code_of(failure) == code


def test_naive_times_are_refused() -> None:
    """A moment without an offset says nothing."""
    with pytest.raises(PamitError) as failure:
        reply(now=datetime(2026, 11, 24))  # noqa: DTZ001 - the point of the test
    assert code_of(failure) == "naive-time"


# -- zones ------------------------------------------------------------------------------------------------------------


def test_missing_definition_is_made() -> None:
    """A TZID that came without VTIMEZONE gets one from the zone database; Exchange could not read the answer else (F6)."""
    source = event(start="DTSTART;TZID=Europe/Berlin:20261127T090000", end="DTEND;TZID=Europe/Berlin:20261127T100000")
    data = reply(source)
    assert lines_of(data).count("TZID:Europe/Berlin") == 1
    (found,) = parse_calendars(data)
    start = found.events[0].start
    assert start is not None
    assert (start.moment, start.other_moment) == (datetime(2026, 11, 27, 8, tzinfo=UTC), None)
    for day, offset in (((2026, 12, 24), 1), ((2026, 7, 1), 2), ((2027, 4, 1), 2), ((2027, 11, 1), 1)):
        assert found.zones[0].offset_at(datetime(*day)) == timedelta(hours=offset)  # noqa: DTZ001 - local time


def test_definition_that_smuggles_components_is_not_repeated() -> None:
    """A VTIMEZONE with an event inside is replaced by one of the database, or the time is left out."""
    evil = JAKARTA.replace("END:VTIMEZONE", "BEGIN:VEVENT\nUID:jahat\nEND:VEVENT\nEND:VTIMEZONE")
    data = write_reply(request(event(), zones=evil), Partstat.ACCEPTED, own_addresses=OWN, now=NOW)
    assert b"jahat" not in data
    assert lines_of(data).count("BEGIN:VEVENT") == 1


def test_unknown_zone_is_left_out_of_a_reply() -> None:
    """What cannot be told is not told; a proposal against it is refused."""
    source = event(start="DTSTART;TZID=Zona Kami:20261127T090000", end="")
    asked = request(source, zones="")
    assert values_of(write_reply(asked, Partstat.ACCEPTED, own_addresses=OWN, now=NOW), "DTSTART") == []
    with pytest.raises(PamitError) as failure:
        write_counter(asked, START, START + timedelta(hours=1), own_addresses=OWN, now=NOW)
    assert code_of(failure) == "zone-unknown"


# -- instances (no. 7) ------------------------------------------------------------------------------------------------


def test_one_instance_of_a_series() -> None:
    """RECURRENCE-ID of that instance, its own times, no rule."""
    asked = request(event(extra=SERIES))
    data = write_reply(asked, Partstat.DECLINED, own_addresses=OWN, now=NOW, instance=datetime(2026, 12, 4, 2, 0, tzinfo=UTC))
    assert values_of(data, "RECURRENCE-ID") == ["20261204T090000"]
    assert values_of(data, "DTSTART") == ["20261204T090000"]
    assert values_of(data, "DTEND") == ["20261204T100000"]
    assert values_of(data, "RRULE") == []


def test_one_instance_across_a_change_of_the_clocks() -> None:
    """The hour on the wall stays, also where the zone is known by its VTIMEZONE alone."""
    zone = BERLIN.replace("W. Europe Standard Time", "Zona Kantor")
    source = event(start="DTSTART;TZID=Zona Kantor:20270312T090000", end="DTEND;TZID=Zona Kantor:20270312T100000", extra=SERIES)
    asked = request(source, zones=zone)
    data = write_reply(asked, Partstat.DECLINED, own_addresses=OWN, now=NOW, instance=datetime(2027, 4, 2, 7, tzinfo=UTC))
    assert values_of(data, "DTSTART") == ["20270402T090000"]
    assert values_of(data, "RECURRENCE-ID") == ["20270402T090000"]


def test_whole_series_has_no_instance_and_no_rule() -> None:
    """An answer without RECURRENCE-ID is to all of it."""
    data = reply(event(extra=SERIES))
    assert values_of(data, "RECURRENCE-ID") + values_of(data, "RRULE") == []


def test_request_for_an_instance_is_answered_for_it() -> None:
    """RECURRENCE-ID goes back as it came, whatever form it has."""
    for written in ("RECURRENCE-ID;TZID=SE Asia Standard Time:20261126T090000", "RECURRENCE-ID:20261126T020000Z"):
        assert written in lines_of(reply(event(extra=f"{written}\n")))


def test_instance_with_its_own_event_is_answered_by_it() -> None:
    """Where the request describes the instance itself, its own times count."""
    moved = event(
        start="DTSTART;TZID=SE Asia Standard Time:20261205T130000",
        end="DTEND;TZID=SE Asia Standard Time:20261205T140000",
        extra="RECURRENCE-ID:20261204T020000Z\n",
    )
    asked = request(event(extra=SERIES), moved)
    data = write_reply(asked, Partstat.ACCEPTED, own_addresses=OWN, now=NOW, instance=datetime(2026, 12, 4, 2, tzinfo=UTC))
    assert (values_of(data, "DTSTART"), values_of(data, "RECURRENCE-ID")) == (["20261205T130000"], ["20261204T020000Z"])


def test_days_are_instances_too() -> None:
    """A series of whole days is answered by the day."""
    source = event(start="DTSTART;VALUE=DATE:20261127", end="DTEND;VALUE=DATE:20261128", extra=SERIES)
    data = write_reply(request(source), Partstat.ACCEPTED, own_addresses=OWN, now=NOW, instance=date(2026, 12, 4))
    assert "RECURRENCE-ID;VALUE=DATE:20261204" in lines_of(data)
    assert "DTEND;VALUE=DATE:20261205" in lines_of(data)


@pytest.mark.parametrize(
    "instance",
    [
        datetime(2026, 11, 20, 2, tzinfo=UTC),
        datetime(2026, 12, 4, 3, tzinfo=UTC),
        date(2026, 12, 4),
        datetime(2026, 12, 11, 2, tzinfo=UTC),
    ],
)
def test_what_is_no_instance_is_refused(instance: datetime | date) -> None:
    """Before the series, at another hour, as a day, or left out of it."""
    asked = request(event(extra=f"{SERIES}EXDATE:20261211T020000Z\n"))
    with pytest.raises(PamitError) as failure:
        write_reply(asked, Partstat.ACCEPTED, own_addresses=OWN, now=NOW, instance=instance)
    assert code_of(failure) == "not-an-instance"


# -- counter-proposals (§1.4) -----------------------------------------------------------------------------------------


def counter(source: str | None = None, start: datetime = START, end: datetime | None = None, **more: object) -> bytes:
    options: dict[str, object] = {"own_addresses": OWN, "now": NOW, **more}
    return write_counter(request(source) if source else request(), start, end, **options)  # type: ignore[arg-type]


def test_counter_is_written_as_specified() -> None:
    """The proposal in the original's zone, the original times for Exchange, our answer tentative."""
    data = counter(event(extra="LOCATION:Jl. Melati 5\\, Bandung\n"), comment="Atau Selasa pagi.")
    inside = lines_of(data)[lines_of(data).index("BEGIN:VEVENT") :]
    assert inside == [
        "BEGIN:VEVENT",
        f"UID:{LONG_UID}",
        "DTSTAMP:20261124T020000Z",
        "SEQUENCE:2",
        f'ORGANIZER;CN="Sari, HRD":{ORGANIZER}',
        f"ATTENDEE;CN=Rani Kusuma;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE:mailto:{ME}",
        "DTSTART;TZID=SE Asia Standard Time:20261130T140000",
        "DTEND;TZID=SE Asia Standard Time:20261130T150000",
        "X-MS-OLK-ORIGINALSTART;TZID=SE Asia Standard Time:20261127T090000",
        "X-MS-OLK-ORIGINALEND;TZID=SE Asia Standard Time:20261127T100000",
        "SUMMARY;LANGUAGE=id:Wawancara",
        "LOCATION:Jl. Melati 5\\, Bandung",
        "COMMENT:Atau Selasa pagi.",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_counter_is_refused_where_the_organiser_wants_none() -> None:
    """X-MICROSOFT-DISALLOW-COUNTER:TRUE."""
    with pytest.raises(PamitError) as failure:
        counter(event(extra="X-MICROSOFT-DISALLOW-COUNTER:TRUE\n"))
    assert code_of(failure) == "counter-refused"
    assert values_of(counter(event(extra="X-MICROSOFT-DISALLOW-COUNTER:FALSE\n")), "SEQUENCE") == ["2"]


def test_counter_without_zone_of_its_own_is_in_utc() -> None:
    """An original in UTC, of a whole day or without zone: the proposal is a moment in UTC."""
    for start, end in (
        ("DTSTART:20261127T020000Z", "DTEND:20261127T030000Z"),
        ("DTSTART;VALUE=DATE:20261127", "DTEND;VALUE=DATE:20261128"),
        ("DTSTART:20261127T090000", "DTEND:20261127T100000"),
    ):
        data = counter(event(start=start, end=end), end=START + timedelta(hours=1))
        assert (values_of(data, "DTSTART"), values_of(data, "DTEND")) == (["20261130T070000Z"], ["20261130T080000Z"])
        assert values_of(data, "X-MS-OLK-ORIGINALSTART") == [start.partition(":")[2]]


def test_counter_across_a_change_of_the_clocks_keeps_the_moment() -> None:
    """The proposal is told in the zone as its VTIMEZONE counts that day."""
    source = event(
        start="DTSTART;TZID=W. Europe Standard Time:20270312T090000", end="DTEND;TZID=W. Europe Standard Time:20270312T100000"
    )
    asked = request(source, zones=BERLIN)
    data = write_counter(asked, datetime(2027, 4, 2, 7, tzinfo=UTC), own_addresses=OWN, now=NOW)
    assert values_of(data, "DTSTART") == ["20270402T090000"]


def test_doubled_hour_is_told_in_utc() -> None:
    """02:30 on the night the clocks go back happens twice; only UTC says which."""
    source = event(
        start="DTSTART;TZID=W. Europe Standard Time:20261020T090000", end="DTEND;TZID=W. Europe Standard Time:20261020T100000"
    )
    asked = request(source, zones=BERLIN)
    data = write_counter(asked, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), own_addresses=OWN, now=NOW)
    assert values_of(data, "DTSTART") == ["20261025T013000Z"]


def test_lying_definition_is_not_trusted_with_a_proposal() -> None:
    """Where VTIMEZONE and name disagree, the proposal is in UTC."""
    asked = request(event(), zones=JAKARTA.replace("TZOFFSETTO:+0700", "TZOFFSETTO:+0900"))
    data = write_counter(asked, START, own_addresses=OWN, now=NOW)
    assert values_of(data, "DTSTART") == ["20261130T070000Z"]


def test_counter_of_one_instance() -> None:
    """The original times are those of the instance."""
    asked = request(event(extra=SERIES))
    data = write_counter(asked, START, own_addresses=OWN, now=NOW, instance=datetime(2026, 12, 4, 2, tzinfo=UTC))
    assert values_of(data, "X-MS-OLK-ORIGINALSTART") == ["20261204T090000"]
    assert values_of(data, "X-MS-OLK-ORIGINALEND") == ["20261204T100000"]
    assert values_of(data, "RECURRENCE-ID") == ["20261204T090000"]


@pytest.mark.parametrize(
    ("source", "end", "code"),
    [
        (event(end=""), None, "no-end"),
        (event(), START, "end-before-start"),
        (event(start="", end=""), None, "no-start"),
    ],
)
def test_proposals_without_sense_are_refused(source: str, end: datetime | None, code: str) -> None:
    """No length, no beginning, or an end before it."""
    with pytest.raises(PamitError) as failure:
        counter(source, end=end)
    assert code_of(failure) == code


# -- injection (T13, T14) ---------------------------------------------------------------------------------------------

ODD = st.lists(
    st.one_of(
        st.sampled_from("\r\n\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\\;,:\"^nN'%\t ="),
        st.characters(codec="utf-8"),
        st.sampled_from(["BEGIN:VEVENT", "ATTENDEE:", "END:VCALENDAR", "\ud800"]),
    ),
    max_size=60,
).map("".join)


def assert_one_answer(data: bytes) -> None:
    lines = lines_of(data)
    names = [re.split("[:;]", line)[0] for line in lines]
    assert (names.count("BEGIN"), names.count("END")) == (2 + 2 * data.count(b"BEGIN:VTIMEZONE"),) * 2
    assert (names.count("ATTENDEE"), names.count("METHOD"), names.count("UID")) == (1, 1, 1)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_change_nothing_but_text(words: str) -> None:
    """In the comment, in the name, in the title and the place, escaped or not: one event, one attendee."""
    escaped = words.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "")
    caret = words.replace("\r", "").replace("\n", "^n").replace('"', "^'")
    source = event(attendees=f'ATTENDEE;CN="{caret}":mailto:{ME}\n', extra=f"LOCATION:{escaped}\n").replace(
        "id:Wawancara", f"id:{escaped}"
    )
    (asked,) = parse_calendars(
        f"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n{JAKARTA}{source}END:VCALENDAR\r\n".encode("utf-8", "replace")
    )
    for data in (
        write_reply(asked, Partstat.DECLINED, own_addresses=OWN, now=NOW, comment=words),
        write_counter(asked, START, own_addresses=OWN, now=NOW, comment=words),
    ):
        assert_one_answer(data)
        (attendee,) = read(data).attendees
        assert "\n" not in (attendee.name or "")


@settings(max_examples=150, deadline=None)
@given(comment=ODD, name=ODD, title=ODD)
def test_any_words_give_one_valid_answer(comment: str, name: str, title: str) -> None:
    """Whatever a person or a sender writes, the answer is valid and says one thing."""
    title = title.replace("\n", "\\n").replace("\r", "")
    name = re.sub('[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029"]', " ", name)
    raw = event(attendees=f'ATTENDEE;CN="{name}":mailto:{ME}\n').replace("id:Wawancara", f"id:{title}")
    (asked,) = parse_calendars(f"BEGIN:VCALENDAR\nMETHOD:REQUEST\n{JAKARTA}{raw}END:VCALENDAR\n".encode("utf-8", "replace"))
    data = write_reply(asked, Partstat.TENTATIVE, own_addresses=OWN, now=NOW, comment=comment)
    assert_one_answer(data)
    assert validate_answer(data, asked) == ()
