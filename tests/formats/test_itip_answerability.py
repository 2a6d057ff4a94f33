"""Whether and how a calendar object can be answered, in words."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from pamit.errors import PamitError
from pamit.formats.itip import Answerability, Partstat, Way, answerability, canonical_address, same_address, write_reply

from .itip_requests import ATTENDEE, ME, NOW, event, request

OWN = (ME, "rani@lain.example")
SERIES = "RRULE:FREQ=WEEKLY;COUNT=3\n"


def told(source: str | None = None, head: str = "METHOD:REQUEST\n", **more: object) -> Answerability:
    asked = request(source or event(), head=head)
    return answerability(asked, OWN, more.pop("now", NOW), **more)  # type: ignore[arg-type]


def codes(found: Answerability) -> list[str]:
    return [notice.code for notice in found.notices]


def test_ordinary_request_is_answered_by_calendar() -> None:
    """Both answers are possible; the server's own scheduling is mentioned where the organiser switched it off."""
    found = told()
    assert (found.way, found.can_reply, found.can_counter, codes(found)) == (Way.CALENDAR, True, True, ["server-answers"])
    assert found.attendee is not None
    assert found.attendee.email == ME


@pytest.mark.parametrize(
    ("head", "code", "way"),
    [
        ("METHOD:PUBLISH\n", "published", Way.MAIL),
        ("", "no-method", Way.MAIL),
        ("METHOD:CANCEL\n", "cancelled", Way.NONE),
        ("METHOD:REPLY\n", "not-a-request", Way.NONE),
        ("METHOD:COUNTER\n", "not-a-request", Way.NONE),
        ("METHOD:ADD\n", "not-a-request", Way.NONE),
    ],
)
def test_methods_that_get_no_answer(head: str, code: str, way: Way) -> None:
    """No. 9; a PUBLISH is answered by mail alone."""
    found = told(head=head)
    assert (found.way, found.can_reply, found.can_counter, codes(found)) == (way, False, False, [code])


@pytest.mark.parametrize(
    ("source", "way", "reply", "counter", "code"),
    [
        (event(attendees="ATTENDEE:mailto:milis@surat.example\n"), Way.MAIL, True, False, "not-invited"),
        (event(attendees="ATTENDEE:mailto:rani.kusuma+kerja@surat.example\n"), Way.MAIL, True, False, "not-invited"),
        (event(attendees=f"{ATTENDEE}ATTENDEE:mailto:rani@lain.example\n"), Way.ASK, True, True, "two-own-addresses"),
        (event(organizer="ORGANIZER:mailto:no-reply@ats.example"), Way.MAIL, True, True, "robot-organizer"),
        (event(organizer="ORGANIZER:mailto:unknownorganizer@calendar.google.com"), Way.MAIL, True, True, "robot-organizer"),
        (event(organizer="ORGANIZER:mailto:abc@group.calendar.google.com"), Way.CALENDAR, True, True, "robot-calendar"),
        (event(organizer="ORGANIZER:mailto:2_gez@imip.me.com"), Way.CALENDAR, True, True, "robot-calendar"),
        (event(organizer="ORGANIZER:urn:uuid:1"), Way.MAIL, False, False, "organizer-unreachable"),
        (event(organizer="ORGANIZER:invalid:nomail"), Way.MAIL, False, False, "organizer-unreachable"),
        (event(organizer=""), Way.MAIL, False, False, "no-organizer"),
        (event(organizer=f"ORGANIZER:mailto:{ME}"), Way.NONE, False, False, "own-event"),
        (event(extra="X-MICROSOFT-DISALLOW-COUNTER:TRUE\n"), Way.CALENDAR, True, False, "counter-refused"),
        (event(start="", end=""), Way.CALENDAR, True, False, "no-start"),
        (event(start="DTSTART;TZID=Zona Kami Sendiri:20261127T090000", end=""), Way.CALENDAR, True, True, ""),
        (event(extra="UID:dua\n"), Way.MAIL, False, False, "damaged-request"),
        (event(uid="a") + event(uid="b"), Way.MAIL, False, False, "several-meetings"),
        (event().replace("VEVENT", "VTODO"), Way.MAIL, False, False, "no-event"),
    ],
)
def test_requests_with_something_to_know(source: str, way: Way, reply: bool, counter: bool, code: str) -> None:
    """Each is told in a sentence, with the way that is recommended."""
    found = told(source)
    assert (found.way, found.can_reply, found.can_counter) == (way, reply, counter)
    assert code in ["", *codes(found)]


def test_past_meeting_is_asked_about() -> None:
    """Only after a question; a series has no end here, its instance has one."""
    later = NOW + timedelta(days=30)
    assert (told(now=later).way, codes(told(now=later))[0]) == (Way.ASK, "past")
    assert told(event(extra=SERIES), now=later).way == Way.CALENDAR
    one = datetime(2026, 12, 4, 2, tzinfo=UTC)
    assert told(event(extra=SERIES), now=later, instance=one).way == Way.ASK


def test_superseded_request_is_not_answered() -> None:
    """No. 8: the newest one is; old Outlook's own count is honoured."""
    assert codes(told(newest_revision=3)) == ["superseded"]
    assert told(newest_revision=2).can_reply
    assert told(event(extra="X-MICROSOFT-CDO-APPT-SEQUENCE:3\n"), newest_revision=3).can_reply


@pytest.mark.parametrize("folder", ["\\Sent", "Drafts", "\\Trash", "junk", "Archive"])
def test_folders_that_are_not_answered(folder: str) -> None:
    """No. 9: what lies there was sent, thrown away or is not meant for us."""
    assert (codes(told(folder=folder)), told(folder=folder).way) == (["folder"], Way.NONE)
    assert told(folder="INBOX").can_reply


def test_missing_wish_for_an_answer_forbids_none() -> None:
    """No. 3: without RSVP the answer is still possible."""
    found = told(event(attendees=f"ATTENDEE;RSVP=FALSE:mailto:{ME}\n"))
    assert (found.way, codes(found)[0]) == (Way.CALENDAR, "no-answer-asked")


def test_choice_settles_two_addresses() -> None:
    """The chosen address answers."""
    both = event(attendees=f"{ATTENDEE}ATTENDEE:mailto:rani@lain.example\n")
    found = told(both, chosen="Rani@Lain.example")
    assert found.way == Way.CALENDAR
    assert found.attendee is not None
    assert found.attendee.email == "rani@lain.example"


def test_instances_are_asked_for() -> None:
    """Several instances without the series: which one? One that is none: not that one."""
    two = event(extra="RECURRENCE-ID:20261127T020000Z\n") + event(extra="RECURRENCE-ID:20261204T020000Z\n")
    assert (told(two).way, codes(told(two))) == (Way.ASK, ["which-instance"])
    assert told(two, instance=datetime(2026, 12, 4, 2, tzinfo=UTC)).can_reply
    assert codes(told(event(), instance=datetime(2026, 12, 4, 2, tzinfo=UTC))) == ["not-an-instance"]


def test_what_can_be_replied_to_is_replied_to() -> None:
    """The promise holds: where a reply is possible for an invited address, building it succeeds."""
    for source in (event(), event(end=""), event(sequence=""), event(start="", end=""), event(extra=SERIES)):
        assert told(source).can_reply
        assert write_reply(request(source), Partstat.ACCEPTED, own_addresses=OWN, now=NOW)
    with pytest.raises(PamitError):
        write_reply(request(event(organizer="")), Partstat.ACCEPTED, own_addresses=OWN, now=NOW)


def test_every_sentence_is_there_in_both_languages() -> None:
    """Each code has its own words, none is left over empty."""
    table = tomllib.loads(files("pamit.formats.itip").joinpath("sentences.toml").read_text("utf-8"))
    for words in table.values():
        assert set(words) == {"id", "en"}
        assert all(text.strip().endswith((".", "?")) for text in words.values())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rani@Surat.Example", "rani@surat.example", True),
        ("rani@bücher.example", "rani@xn--bcher-kva.example", True),
        ("rani@BÜCHER.example", "rani@bücher.example.", True),
        ("rani+a@surat.example", "rani@surat.example", False),
        ("é@surat.example", "e\u0301@surat.example", True),
        ("a@" + "ü" * 80 + ".example", "a@" + "ü" * 80 + ".example", True),
        ("rani@surat.example", "rani@lain.example", False),
    ],
)
def test_addresses_are_compared(one: str, other: str, same: bool) -> None:
    """Case, international form and composition do not count; anything else does."""
    assert same_address(one, other) is same
    assert canonical_address(canonical_address(one)) == canonical_address(one)
