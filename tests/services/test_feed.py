"""The calendar of what is open: read back with an independent reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import open_store
from pamit.domain.interview import Event
from pamit.domain.terms import Channel, EventKind, Language, Purpose
from pamit.services.adding import Added
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit

from .conftest import NOW, invitation

HERE = ZoneInfo("Asia/Jakarta")
START = NOW + timedelta(days=6)
MAIL = {"contact_email": "hr@toko.example", "contact_name": "Ibu Ratna", "contact_phone": "+6281200001234"}
LINK = "https://meet.example/j/123?pwd=rahasia"
Add = Callable[..., Added]


def feed(pamit: Pamit, now: datetime = NOW, **settings: Any) -> bytes:
    return pamit.feed(HERE, now, Language.ID, **settings)


def parsed(data: bytes) -> list[Any]:
    """The components, read by a strict reader; what it had to overlook fails."""
    calendar = icalendar.Calendar.from_ical(data)
    assert [part.errors for part in calendar.walk()] == [[]] * len(list(calendar.walk()))
    return list(calendar.subcomponents)


def kinds(data: bytes) -> list[tuple[str, str]]:
    return [(part.name, str(part["SUMMARY"])) for part in parsed(data)]


def alarms(part: Any) -> list[Any]:
    return [alarm["TRIGGER"].dt for alarm in part.walk("VALARM")]


def confirm(pamit: Pamit, case: str, at: datetime = NOW) -> None:
    pamit.note(case, at, event=Event(at, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL))


def test_interview_is_an_event_and_the_answer_a_todo(pamit: Pamit, added: Add) -> None:
    """With the times of the plan and alarms at the times of the reminders."""
    added(invitation(start=START, location="Jl. Melati 5, Bandung; lantai 2", **MAIL))
    event, todo = parsed(feed(pamit))
    assert (event.name, todo.name) == ("VEVENT", "VTODO")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (START, START + timedelta(hours=2))
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (
        "Wawancara: Kasir, PT Toko Baru",
        "Jl. Melati 5, Bandung; lantai 2",
    )
    assert (str(event["STATUS"]), alarms(event)) == ("TENTATIVE", [])
    assert (str(todo["SUMMARY"]), todo["DUE"].dt) == ("Putuskan dan jawab: Kasir, PT Toko Baru", NOW + timedelta(hours=24))
    assert alarms(todo) == [NOW + timedelta(hours=22), NOW + timedelta(hours=24)]


def test_agreed_interview_rings_the_evening_before_and_before_it_begins(pamit: Pamit, added: Add) -> None:
    """Alarms only display."""
    confirm(pamit, added(invitation(start=START, **MAIL)).dossier.id)
    (event,) = parsed(feed(pamit, NOW + timedelta(hours=1)))
    assert str(event["STATUS"]) == "CONFIRMED"
    assert alarms(event) == [datetime(2026, 11, 29, 12, tzinfo=UTC), timedelta(minutes=-90)]
    assert {str(alarm["ACTION"]) for alarm in event.walk("VALARM")} == {"DISPLAY"}


def test_nobody_is_named_and_no_link_given(pamit: Pamit, added: Add) -> None:
    """No attendee, organizer, address, number or link, unless links are asked for (T22)."""
    added(invitation(start=START, mode="video", meeting_url=LINK, location=f"Zoom {LINK}", **MAIL))
    added(invitation(company="PT Lain", start=START, mode="onsite", location=f"Lantai 2, peta: {LINK}", **MAIL))
    plain, linked = feed(pamit).decode(), feed(pamit, with_links=True).replace(b"\r\n ", b"").decode()
    for secret in ("ATTENDEE", "ORGANIZER", "mailto:", "hr@toko", "Ratna", "81200001234", "rahasia", "meet.example", "METHOD"):
        assert secret not in plain.replace("\r\n ", "")
    assert "Lantai 2\\, peta:" in plain
    assert linked.count("rahasia") == 2


def test_same_data_gives_the_same_bytes(pamit: Pamit, added: Add) -> None:
    """An hour later too, as long as the plan is the same; a change changes stamp and sequence."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    first = feed(pamit, NOW + timedelta(hours=1))
    assert feed(pamit, NOW + timedelta(hours=2)) == first
    pamit.edit(case, {"location": "Lantai 3"}, NOW + timedelta(hours=3))
    before, after = parsed(first)[0], parsed(feed(pamit, NOW + timedelta(hours=3)))[0]
    assert (before["UID"], before["SEQUENCE"], after["SEQUENCE"]) == (after["UID"], 0, 1)
    assert after["DTSTAMP"].dt == NOW + timedelta(hours=3)


def test_overdue_step_keeps_its_due_time(pamit: Pamit, added: Add) -> None:
    """The rule's own, whenever the calendar is written."""
    added(invitation(start=START, **MAIL))
    late = feed(pamit, NOW + timedelta(hours=50))
    assert parsed(late)[1]["DUE"].dt == NOW + timedelta(hours=24)
    assert feed(pamit, NOW + timedelta(hours=51)) == late


def test_interview_taken_back_is_cancelled_in_the_calendar(pamit: Pamit, added: Add) -> None:
    """So that a phone that took the file takes it out again; a month later it is gone."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    at = NOW + timedelta(hours=1)
    pamit.note(case, at, event=Event(at, EventKind.MESSAGE_SENT, Purpose.DECLINE, Channel.EMAIL))
    (event,) = parsed(feed(pamit, at))
    assert (str(event["STATUS"]), str(event["TRANSP"]), alarms(event)) == ("CANCELLED", "TRANSPARENT", [])
    assert parsed(feed(pamit, START + timedelta(days=31))) == []


def test_further_round_is_an_event_of_its_own(pamit: Pamit, added: Add) -> None:
    """A moved interview stays the same event."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    uids = [parsed(feed(pamit))[0]["UID"]]
    for kind, day in ((EventKind.RESCHEDULED_BY_EMPLOYER, 7), (EventKind.NEXT_ROUND, 9)):
        at = NOW + timedelta(hours=day)
        pamit.note(case, at, event=Event(at, kind), facts={"start": (NOW + timedelta(days=day)).isoformat()})
        uids.append(parsed(feed(pamit, at))[0]["UID"])
    assert (uids[0] == uids[1], uids[2]) == (True, str(uids[0]).replace("@", "-2@"))


nasty = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=80).filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(company=nasty, location=nasty)
def test_any_words_give_lines_that_are_valid(company: str, location: str) -> None:
    """Folded at 75 octets, never within a character, no control characters, one UID for each component."""
    with Pamit(open_store("sqlite://"), ZipArchive(), AgeSeal()) as pamit:
        read = invitation(company=company, location=location, start=START, **MAIL)
        pamit.add(read, source_of(b"x"), NOW)
        data = feed(pamit)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert [line for line in lines if line.decode("utf-8").encode() != line] == []
    assert not any((byte < 32 and byte != 9) or byte == 127 for line in lines for byte in line)
    assert [part.name for part in parsed(data)] == ["VEVENT", "VTODO"]
