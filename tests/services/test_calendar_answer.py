"""The calendar answer that a message means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from pamit.domain.terms import Purpose
from pamit.services.calendar_answer import calendar_answer, calendars_of, newest_request, takes_answer

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
START = NOW + timedelta(days=3)
RANI = "rani@kirim.example"


def request(sequence: int = 0, *, organizer: str = "ratih@samudra.example", extra: str = "", method: str = "REQUEST") -> bytes:
    return (
        f"BEGIN:VCALENDAR\r\nPRODID:-//Uji//ID\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:uji-1\r\n"
        f"DTSTAMP:{NOW:%Y%m%dT%H%M%SZ}\r\nSEQUENCE:{sequence}\r\nORGANIZER;CN=Ratih:mailto:{organizer}\r\n"
        f"ATTENDEE;CN=Rani;RSVP=TRUE:mailto:{RANI}\r\nDTSTART:{START:%Y%m%dT%H%M%SZ}\r\n"
        f"DTEND:{START + timedelta(hours=1):%Y%m%dT%H%M%SZ}\r\nSUMMARY:Wawancara\r\n{extra}END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def answered(purpose: Purpose, data: bytes | None = None, **settings: object) -> tuple[str, str] | None:
    (calendar,) = calendars_of(data or request(), "undangan.ics")
    built = calendar_answer(calendar, purpose, (RANI,), NOW, **settings)  # type: ignore[arg-type]
    if built.part is None:
        assert built.answer is None
        return None
    (event,) = Calendar.from_ical(built.part.data).walk("VEVENT")
    assert built.answer is not None
    assert built.words is not None
    assert (built.sender, built.part.to and built.part.to.email) == (RANI, "ratih@samudra.example")
    assert built.answer.stamp == event["DTSTAMP"].dt
    return built.part.method, event["ATTENDEE"].params["PARTSTAT"]


@pytest.mark.parametrize(
    ("purpose", "partstat"),
    [
        (Purpose.CONFIRM, "ACCEPTED"),
        (Purpose.DECLINE, "DECLINED"),
        (Purpose.CANCEL, "DECLINED"),
        (Purpose.WITHDRAW, "DECLINED"),
        (Purpose.RESCHEDULE, "TENTATIVE"),
    ],
)
def test_purpose_has_its_answer(purpose: Purpose, partstat: str) -> None:
    """A REPLY where no other time is named."""
    assert answered(purpose) == ("REPLY", partstat)


def test_other_time_is_a_counter() -> None:
    """It holds the proposal."""
    assert answered(Purpose.RESCHEDULE, proposed=START + timedelta(days=1)) == ("COUNTER", "TENTATIVE")


def test_counter_that_is_not_wanted_is_a_reply() -> None:
    """X-MICROSOFT-DISALLOW-COUNTER: the words name the other time."""
    data = request(extra="X-MICROSOFT-DISALLOW-COUNTER:TRUE\r\n")
    assert answered(Purpose.RESCHEDULE, data, proposed=START + timedelta(days=1)) == ("REPLY", "TENTATIVE")


@pytest.mark.parametrize("purpose", [one for one in Purpose if not takes_answer(one)])
def test_other_purposes_answer_no_request(purpose: Purpose) -> None:
    """A thank-you letter leaves the calendar alone."""
    assert purpose not in (Purpose.CONFIRM, Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.RESCHEDULE)


@pytest.mark.parametrize("data", [request(method="PUBLISH"), request(organizer="noreply@ats.example"), request(organizer=RANI)])
def test_what_cannot_be_answered_goes_by_mail_alone(data: bytes) -> None:
    """With the reason in words."""
    (calendar,) = calendars_of(data, "undangan.ics")
    built = calendar_answer(calendar, Purpose.CONFIRM, (RANI,), NOW)
    assert built.part is None
    assert built.notices != ()


def test_changed_mind_is_later_whatever_the_clock_says() -> None:
    """DTSTAMP rises, SEQUENCE stays."""
    (calendar,) = calendars_of(request(), "undangan.ics")
    first = calendar_answer(calendar, Purpose.CONFIRM, (RANI,), NOW).answer
    assert first is not None
    second = calendar_answer(calendar, Purpose.CANCEL, (RANI,), NOW - timedelta(hours=1), previous=first.stamp).answer
    assert second is not None
    assert (second.stamp > first.stamp, second.sequence) == (True, first.sequence)


def test_newest_request_is_the_one_to_answer() -> None:
    """By its revision, in whatever order they came."""
    found = newest_request([(request(2), "a.ics"), (request(1), "b.ics"), (request(3, method="CANCEL"), "c.ics"), (b"x", None)])
    assert found is not None
    assert found.events[0].sequence == 2
