"""The second opinion on an answer: each rule broken by hand, each found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pamit.formats.itip import Partstat, Problem, validate_answer, write_counter, write_reply

from .itip_requests import ATTENDEE, JAKARTA, LONG_UID, ME, NOW, ORGANIZER, event, request

OWN = (ME,)
START = datetime(2026, 11, 30, 14, 0, tzinfo=timezone(timedelta(hours=7)))
ASKED = request(event(attendees=f"{ATTENDEE}ATTENDEE:mailto:lain@surat.example\n"))
REPLY = write_reply(ASKED, Partstat.DECLINED, own_addresses=OWN, now=NOW, comment="Maaf, berhalangan.")
COUNTER = write_counter(ASKED, START, own_addresses=OWN, now=NOW, comment="Maaf, berhalangan.")
ANSWERED = f"ATTENDEE;CN=Rani Kusuma;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED:mailto:{ME}"


def unfold(data: bytes) -> bytes:
    return data.replace(b"\r\n ", b"")


def refold(data: bytes) -> bytes:
    lines = []
    for line in data.split(b"\r\n"):
        while len(line) > 70:
            lines.append(line[:70])
            line = b" " + line[70:]
        lines.append(line)
    return b"\r\n".join(lines)


def broken(data: bytes, old: str, new: str) -> bytes:
    """An answer with one thing changed by hand."""
    plain = unfold(data)
    assert old.encode() in plain
    return refold(plain.replace(old.encode(), new.encode(), 1))


def codes(data: bytes, **more: object) -> set[tuple[str, str | None]]:
    return {(problem.code, problem.where) for problem in validate_answer(data, ASKED, **more)}  # type: ignore[arg-type]


def test_own_answers_are_clean() -> None:
    """What the builder gives out has no problems, folded one way or another."""
    assert (validate_answer(REPLY, ASKED), validate_answer(COUNTER, ASKED)) == ((), ())
    assert validate_answer(refold(unfold(REPLY)), ASKED) == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xef\xbb\xbf" + REPLY, "byte-order-mark"),
        (REPLY.replace(b"\r\n", b"\n"), "line-ends"),
        (REPLY[:-2], "line-ends"),
        (REPLY.replace(b"COMMENT:", b"COMMENT:\r"), "line-ends"),
        (unfold(REPLY), "line-too-long"),
        (REPLY.replace(b"END:VEVENT", b"\r\nEND:VEVENT"), "blank-line"),
        (REPLY.replace(b"COMMENT:", b"COMMENT:\xc3\r\n \xa9"), "fold-inside-letter"),
        (REPLY.replace(b"COMMENT:", b"COMMENT:\xff"), "fold-inside-letter"),
        (REPLY.replace(b"COMMENT:", b"COMMENT:\x00"), "control-character"),
        (REPLY.replace(b"COMMENT:", b"COMMENT:\xc2\x85"), "control-character"),
    ],
)
def test_bytes_that_others_misread(data: bytes, code: str) -> None:
    """No. 6: folds, line ends, marks and controls."""
    assert code in {one for one, _ in codes(data)}


EVENT_AGAIN = "BEGIN:VEVENT\r\nUID:lain\r\nEND:VEVENT\r\nEND:VCALENDAR"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("END:VEVENT\r\nEND:VCALENDAR", f"END:VEVENT\r\n{EVENT_AGAIN}", ("structure", "VEVENT")),
        ("END:VEVENT\r\n", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT\r\n", ("structure", "VEVENT")),
        ("BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nX-WR-CALNAME:x", ("structure", "X-WR-CALNAME")),
        ("BEGIN:VEVENT", "BEGIN:VTODO", ("structure", "BEGIN")),
        ("COMMENT:", "COMMENT", ("structure", "VEVENT")),
        ("METHOD:REPLY", "METHOD:PUBLISH", ("method", "METHOD")),
        ("METHOD:REPLY", "METHOD:REPLY\r\nMETHOD:REPLY", ("head", None)),
        ("VERSION:2.0", "VERSION:1.0", ("head", "VERSION")),
        ("-//Pamit//Pamit//EN", "-//Contoh//Kalender//ID", ("not-our-product", "PRODID")),
        ("COMMENT:", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nCOMMENT:", ("forbidden-property", "X-MICROSOFT-CDO-BUSYSTATUS")),
        ("COMMENT:", "X-MS-OLK-SENDER:mailto:a@b.example\r\nCOMMENT:", ("forbidden-property", "X-MS-OLK-SENDER")),
        ("COMMENT:", "X-MOZ-GENERATION:1\r\nCOMMENT:", ("forbidden-property", "X-MOZ-GENERATION")),
        ("COMMENT:", "ATTACH:https://a.example/b\r\nCOMMENT:", ("forbidden-property", "ATTACH")),
        ("COMMENT:", "RRULE:FREQ=DAILY\r\nCOMMENT:", ("forbidden-property", "RRULE")),
        (ANSWERED, f"{ANSWERED}\r\n{ANSWERED}", ("doubled", "ATTENDEE")),
        (ANSWERED + "\r\n", "", ("missing", "ATTENDEE")),
        ("SEQUENCE:2\r\n", "", ("missing", "SEQUENCE")),
        ("SEQUENCE:2", "SEQUENCE:3", ("differs", "SEQUENCE")),
        (LONG_UID, LONG_UID.lower(), ("differs", "UID")),
        (LONG_UID, LONG_UID + " ", ("differs", "UID")),
        (f":{ORGANIZER}", ":mailto:lain@kertas.example", ("differs", "ORGANIZER")),
        ("PARTSTAT=DECLINED", "PARTSTAT=NEEDS-ACTION", ("partstat", "ATTENDEE")),
        ("PARTSTAT=DECLINED", "PARTSTAT=DELEGATED", ("partstat", "ATTENDEE")),
        ("PARTSTAT=DECLINED", "PARTSTAT=DECLINED;RSVP=TRUE", ("forbidden-parameter", "ATTENDEE")),
        ('CN="Sari, HRD"', 'CN="Sari, HRD";SCHEDULE-AGENT=CLIENT', ("forbidden-parameter", "ORGANIZER")),
        ('CN="Sari, HRD"', 'CN="Sari^nHRD"', ("control-character", "ORGANIZER")),
        (f":mailto:{ME}", ":mailto:orang@lain.example", ("not-invited", "ATTENDEE")),
        ("DTSTAMP:20261124T020000Z", "DTSTAMP:20261124T020000", ("time-form", "DTSTAMP")),
        ("DTSTART;TZID=SE Asia Standard Time:20261127T090000", "DTSTART:20261127T09", ("time-form", "DTSTART")),
        ("Maaf\\,", "Maaf,", ("not-escaped", "COMMENT")),
        ("Maaf\\,", "Maaf\\x", ("not-escaped", "COMMENT")),
        ("LANGUAGE=id:Wawancara", "LANGUAGE=id:Rapat", ("differs", "SUMMARY")),
        ("20261127T090000", "20261127T100000", ("differs", "DTSTART")),
        ("DTEND;TZID=SE Asia Standard Time:20261127T100000", "DTEND:20261127T040000Z", ("differs", "DTEND")),
        (JAKARTA.replace("\n", "\r\n"), "", ("zone-without-definition", "VTIMEZONE")),
        (JAKARTA.replace("\n", "\r\n"), 2 * JAKARTA.replace("\n", "\r\n"), ("doubled", "VTIMEZONE")),
        ("TZOFFSETTO:+0700", "TZOFFSETTO:+0800", ("differs", "VTIMEZONE")),
        ("TZOFFSETTO:+0700", "TZOFFSETTO:7", ("broken", "VTIMEZONE")),
        ("END:STANDARD", "RRULE:FREQ=SECONDLY\r\nEND:STANDARD", ("broken", "VTIMEZONE")),
        (f"UID:{LONG_UID}", f"RECURRENCE-ID:20261127T020000Z\r\nUID:{LONG_UID}", ("answers-nothing", "RECURRENCE-ID")),
    ],
)
def test_reply_with_one_rule_broken(old: str, new: str, problem: tuple[str, str | None]) -> None:
    """Nos. 1–7: whatever is changed by hand is named."""
    assert problem in codes(broken(REPLY, old, new))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("PARTSTAT=TENTATIVE", "PARTSTAT=ACCEPTED", ("partstat", "ATTENDEE")),
        ("X-MS-OLK-ORIGINALSTART;TZID=SE Asia Standard Time:20261127T090000\r\n", "", ("missing", "X-MS-OLK-ORIGINALSTART")),
        ("X-MS-OLK-ORIGINALEND;TZID=SE Asia Standard Time:20261127T100000\r\n", "", ("missing", "X-MS-OLK-ORIGINALEND")),
        ("ORIGINALSTART;TZID=SE Asia Standard Time:20261127T09", "ORIGINALSTART;TZID=SE Asia Standard Time:20261127T08",
         ("differs", "X-MS-OLK-ORIGINALSTART")),
        ("ORIGINALEND;TZID=SE Asia Standard Time:20261127T10", "ORIGINALEND;TZID=SE Asia Standard Time:20261127T11",
         ("differs", "X-MS-OLK-ORIGINALEND")),
        ("DTEND;TZID=SE Asia Standard Time:20261130T150000\r\n", "", ("missing", "DTEND")),
        ("DTEND;TZID=SE Asia Standard Time:20261130T150000", "DTEND;TZID=SE Asia Standard Time:20261130T130000",
         ("end-before-start", "DTEND")),
        ("SUMMARY;LANGUAGE=id:Wawancara\r\n", "", ("missing", "SUMMARY")),
        ("SEQUENCE:2", "SEQUENCE:3", ("differs", "SEQUENCE")),
        ("COMMENT:", "DURATION:PT1H\r\nCOMMENT:", ("forbidden-property", "DURATION")),
    ],
)  # fmt: skip
def test_counter_with_one_rule_broken(old: str, new: str, problem: tuple[str, str | None]) -> None:
    """§1.4: the original times, one proposal, tentative, the number echoed."""
    assert problem in codes(broken(COUNTER, old, new))


def test_answer_must_be_later_than_the_last() -> None:
    """No. 8: the same moment is not later."""
    assert codes(REPLY, previous=NOW) == {("not-later", "DTSTAMP")}
    assert codes(REPLY, previous=NOW - timedelta(seconds=1)) == set()


def test_answer_to_another_instance_is_found() -> None:
    """No. 7: the instance asked for is the instance answered."""
    asked = request(event(extra="RRULE:FREQ=WEEKLY\n"))
    one = datetime(2026, 12, 4, 2, tzinfo=UTC)
    data = write_reply(asked, Partstat.ACCEPTED, own_addresses=OWN, now=NOW, instance=one)
    assert validate_answer(data, asked, instance=one + timedelta(days=7)) == (Problem("differs", "RECURRENCE-ID"),)
    moved = broken(data, "DTSTART;TZID=SE Asia Standard Time:20261204", "DTSTART;TZID=SE Asia Standard Time:20261205")
    assert Problem("differs", "DTSTART") in validate_answer(moved, asked, instance=one)


def test_answer_to_what_asks_for_none() -> None:
    """No. 9: a REPLY to a PUBLISH or to a broken request is no answer; a counter-proposal may be unwanted."""
    assert Problem("not-a-request") in validate_answer(REPLY, request(event(), head="METHOD:PUBLISH\n"))
    assert Problem("not-a-request") in validate_answer(REPLY, request(event(extra="UID:dua\n")))
    unwanted = request(event(extra="X-MICROSOFT-DISALLOW-COUNTER:TRUE\n"))
    assert Problem("counter-refused") in validate_answer(COUNTER, unwanted)


def test_uninvited_is_allowed_only_where_meant() -> None:
    """No. 2."""
    strange = broken(REPLY, f":mailto:{ME}", ":mailto:orang@lain.example")
    assert validate_answer(strange, ASKED, uninvited=True) == ()


@pytest.mark.parametrize("data", [b"", b"\r\n", b"BEGIN:VCALENDAR\r\n", b"x" * 70 + b"\r\n", b"END:VEVENT\r\n" * 10])
def test_anything_else_is_a_problem(data: bytes) -> None:
    """Never an exception."""
    assert validate_answer(data, ASKED) != ()
