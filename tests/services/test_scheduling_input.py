"""Calendar objects and mails as the table of decisions sees them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pamit.domain.interview import Case, Interview
from pamit.domain.scheduling import Envelope, Revision, SchedulingMessage, trust_of
from pamit.errors import PamitError
from pamit.formats.email import parse_email
from pamit.formats.email.authentication import read_authentication
from pamit.formats.email.report import is_automatic_answer, read_delivery_report
from pamit.formats.icalendar import parse_calendars
from pamit.services.incoming import _found, propose
from pamit.services.scheduling_input import messages_of

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
ME = "rani@surat.example"


def one(lines: str, method: str = "REQUEST") -> SchedulingMessage:
    text = f"BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:UID-1\n{lines}END:VEVENT\nEND:VCALENDAR\n"
    (calendar,) = parse_calendars(text.encode())
    (found,) = messages_of(calendar, [ME], "sumber")
    return found


def test_message_has_what_decides() -> None:
    """Order, instance, time, people, status."""
    found = one(
        "SEQUENCE:2\nDTSTAMP:20261124T010000Z\nDTSTART:20261127T020000Z\nDTEND:20261127T030000Z\nLOCATION:Lt. 3\n"
        f"RECURRENCE-ID;RANGE=THISANDFUTURE:20261127T020000Z\nATTENDEE:MAILTO:{ME.upper()}\nSTATUS:confirmed\n"
    )
    nine = datetime(2026, 11, 27, 2, tzinfo=UTC)
    assert found == SchedulingMessage(
        method="REQUEST",
        uid="UID-1",
        revision=Revision(2, datetime(2026, 11, 24, 1, tzinfo=UTC)),
        instance=nine,
        and_future=True,
        start=nine,
        end=datetime(2026, 11, 27, 3, tzinfo=UTC),
        place="Lt. 3",
        status="CONFIRMED",
        names_anyone=True,
        names_us=True,
        source="sumber",
    )


def test_old_outlook_counts_in_its_own_property() -> None:
    """SEQUENCE stays at 0 there; the greater number counts."""
    assert one("SEQUENCE:0\nX-MICROSOFT-CDO-APPT-SEQUENCE:4\n").revision.sequence == 4
    assert one("").revision == Revision(0, None)


def test_whole_days_are_days() -> None:
    """No midnight is made up."""
    assert one("DTSTART;VALUE=DATE:20261127\n").start == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("lines", "broken"),
    [
        ("RECURRENCE-ID;TZID=Zona Kami;THISANDFUTURE:\n", True),
        ("RECURRENCE-ID;TZID=Zona Kami:20261127T090000\n", True),
        ("DTSTART:besok\n", True),
        ("SEQUENCE:dua\n", True),
        ('ATTENDEE;CN="A"B":mailto:a@b.example\n', True),
        ("ATTENDEE tanpa titik dua\n", True),
        ("UID:UID-2\n", True),
        ("DTSTART:20261127T020000Z\nDTEND:20261127T010000Z\n", True),
        ("DTSTART;TZID=Zona Kami:20261127T090000\n", False),
        ("DTSTART:20261127T090000\n", False),
        ("DESCRIPTION tanpa titik dua\n", False),
        ("DTSTAMP:sekarang\n", False),
    ],
)
def test_what_is_broken_needs_a_person(lines: str, broken: bool) -> None:
    """Where it decides what a message is about (F4); not where only a zone or a text is in doubt."""
    assert bool(one(lines, "CANCEL").losses) == broken


def test_tasks_and_nameless_events_are_left_out() -> None:
    """Only meetings with a UID can be placed."""
    (calendar,) = parse_calendars(
        b"BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nEND:VTODO\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    assert messages_of(calendar, [ME]) == ()


def test_no_mail_of_the_corpora_breaks_the_reading(shared: Path) -> None:
    """Every real or malformed mail proposes something, or a limit refuses it."""
    writer = Envelope(("a@b.example",))
    case = Case(Interview(start=NOW, received=NOW))
    seen = 0
    for file in sorted((shared / "corpora").rglob("*.eml")):
        try:
            found = propose(file.read_bytes(), case, None, trust_of(writer, [writer]), NOW, own_addresses=[ME])
        except PamitError:
            continue
        assert found
        assert all(change.reasons[0].id and change.reasons[0].en for change in found)
        seen += 1
    assert seen > 200


@pytest.mark.parametrize(
    "attack", [" ", "ok", "thank you ", "terima kasih atas ", "tidak bisa ", ">", "(", "=", ";dkim=", "a@", "<", "Re: "]
)
def test_patterns_are_linear(attack: str) -> None:
    """A hundred thousand signs cost next to nothing (T19)."""
    text = (attack * 100_000)[:100_000]
    mail = parse_email(b"Subject: " + text[:60_000].encode() + b"\n\n" + text.encode())
    fields = parse_email(b"Authentication-Results: x; " + text[:60_000].encode() + b"\n\nx")
    report = b"From: mailer-daemon@x.example\nSubject: failure\n\n" + text.encode()
    for name in ("noted", "agreed", "refused"):
        _found(name, text)
    is_automatic_answer(mail)
    read_authentication(fields)
    read_delivery_report(report)
