"""What becomes of a message: a new case, or a part of one that is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from pamit.domain.interview import Event
from pamit.domain.log import EntryKind
from pamit.domain.terms import EventKind, InvitationKind, Purpose, Stage
from pamit.errors import ErrorKind, PamitError
from pamit.services.adding import Added, MatchKind
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit
from pamit.services.ports import Listing

from .conftest import NOW, WIB, invitation

START = NOW + timedelta(days=3)
Add = Callable[..., Added]


def kind(added: Added) -> MatchKind | None:
    return added.match.kind if added.match else None


def request(uid: str, sequence: int, start: str, *, organizer: str = "hr@toko.example", instance: str = "") -> bytes:
    return (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nSEQUENCE:{sequence}\r\nDTSTART:{start}\r\nORGANIZER:mailto:{organizer}\r\n{instance}"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def mail(message_id: str, answers: str = "", body: str = "Halo") -> bytes:
    answer = f"In-Reply-To: {answers}\r\n" if answers else ""
    return (
        f"From: HR <hr@toko.example>\r\nTo: rani@surat.example\r\nMessage-ID: {message_id}\r\n{answer}"
        f"Date: Tue, 24 Nov 2026 08:00:00 +0700\r\nSubject: Undangan\r\n\r\n{body}\r\n"
    ).encode()


# -- a new case -------------------------------------------------------------------------------------------------------


def test_new_case_keeps_facts_and_bytes(pamit: Pamit, added: Add) -> None:
    """The first entry holds every fact; the message is kept byte for byte."""
    data = b"Undangan \xff\x00 apa adanya"
    new = added(invitation(start=START, contact_name="Ibu Ratna", round=1), data)
    assert (new.match, new.dossier.version, new.dossier.entries[0].kind) == (None, 1, EntryKind.ADDED)
    assert dict(new.dossier.facts) == {
        "company": "PT Toko Baru", "position": "Kasir", "start": START.isoformat(), "timezone": "Asia/Jakarta", "round": 1,
        "received": NOW.isoformat(), "invited_via": "email", "contact_name": "Ibu Ratna", "language": "id",
        "kind": "invitation",
    }  # fmt: skip
    assert pamit.source(pamit.sources(new.dossier.id)[0].digest) == data
    assert pamit.case(new.dossier.id) == new.dossier


def test_doubts_are_settled_as_the_person_writes(added: Add) -> None:
    """A time without offset is meant at the employer's place; an empty value makes a fact unknown."""
    settled = {"start": "2026-12-01 10:00", "timezone": "Asia/Makassar", "position": "", "reply_by": "2026-11-30"}
    facts = added(invitation(), settled=settled).dossier.facts
    assert (facts["start"], facts["reply_by"]) == ("2026-12-01T10:00:00+08:00", "2026-11-30T23:59:00+08:00")
    assert "position" not in facts


@pytest.mark.parametrize(
    ("settled", "code"),
    [
        ({"start": "besok"}, "bad-fact"),
        ({"start": "2026-12-01"}, "bad-fact"),
        ({"starts": "2026-12-01 10:00"}, "unknown-fact"),
        ({"end": "2026-11-20 10:00"}, "end-before-start"),
        ({"contact_email": "bukan alamat"}, "bad-fact"),
        ({"round": "0"}, "bad-fact"),
        ({"timezone": "Mars/Kota"}, "bad-fact"),
        ({"company": "Toko\ud800"}, "bad-fact"),
    ],
)
def test_impossible_fact_adds_nothing(pamit: Pamit, added: Add, settled: dict[str, str], code: str) -> None:
    """The fact is named and the memory stays as it was."""
    with pytest.raises(PamitError) as caught:
        added(invitation(start=START), settled=settled)
    assert caught.value.code == code
    assert pamit.list(Listing(), NOW) == []


@pytest.mark.parametrize(
    ("read", "event"),
    [(InvitationKind.REJECTION, EventKind.REJECTED), (InvitationKind.OFFER, EventKind.OFFER_RECEIVED)],
)
def test_result_of_an_unknown_case_begins_one(added: Add, read: InvitationKind, event: EventKind) -> None:
    """Whoever starts with Pamit late has cases that are far already."""
    new = added(invitation(read))
    assert [one.kind for one in new.dossier.case.events] == [event]


def test_message_that_asks_for_nothing_begins_no_case(added: Add) -> None:
    """A job advert is no invitation, unless the person says so."""
    with pytest.raises(PamitError) as caught:
        added(invitation(InvitationKind.JOB_ALERT))
    assert (caught.value.kind, caught.value.code) == (ErrorKind.INVALID, "no-invitation")
    assert added(invitation(InvitationKind.JOB_ALERT), new=True).match is None


def test_fake_invitation_begins_no_case(added: Add) -> None:
    """Nothing is due to a swindler, unless the person has verified it; and no case is moved by one."""
    first = added(invitation(start=START))
    fake = invitation(InvitationKind.SCAM, start=START + timedelta(days=1))
    with pytest.raises(PamitError) as caught:
        added(fake)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.REFUSED, "looks-fake")
    assert added(fake, new=True).dossier.id != first.dossier.id


def test_message_from_a_clock_ahead_came_now(added: Add) -> None:
    """A sender's date in the future does not put the case into the future."""
    new = added(invitation(received=NOW + timedelta(days=30)), now=NOW)
    assert new.dossier.entries[0].at == NOW


# -- the same again ---------------------------------------------------------------------------------------------------


def test_same_bytes_change_nothing(pamit: Pamit, added: Add) -> None:
    """Adding twice is adding once."""
    first = added(invitation(start=START), "Undangan")
    again = added(invitation(start=START), "Undangan")
    assert (kind(again), again.dossier) == (MatchKind.KNOWN, first.dossier)
    assert len(pamit.list(Listing(), NOW)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mail("<1@toko.example>"), mail("<1@toko.example>", body="Halo lagi")),
        (request("U1", 1, "20261127T020000Z"), request("U1", 1, "20261127T020000Z") + b"\r\n"),
        (request("U1", 2, "20261127T020000Z"), request("U1", 1, "20261126T020000Z")),
        (b"Undangan lewat surel", b"Undangan lewat WhatsApp"),
    ],
)
def test_invitation_in_another_wrapping_is_attached(pamit: Pamit, added: Add, one: bytes, other: bytes) -> None:
    """Message-ID, UID of the same or an older revision, or company, position and start: the same invitation."""
    first = added(invitation(start=START), one)
    again = added(invitation(start=START), other)
    assert (kind(again), again.dossier.id) == (MatchKind.REPEAT, first.dossier.id)
    assert dict(again.dossier.facts) == dict(first.dossier.facts)
    assert [pamit.source(ref.digest) for ref in pamit.sources(first.dossier.id)] == [one, other]


def test_repetition_fills_what_was_unknown(added: Add) -> None:
    """A reminder mail that names the place adds the place, and moves nothing else."""
    added(invitation(start=START, location="Jl. Melati 5"))
    again = added(invitation(start=START, location="Jl. Mawar 7", meeting_url="https://rapat.example/1"))
    assert (again.dossier.facts["location"], again.dossier.facts["meeting_url"]) == ("Jl. Melati 5", "https://rapat.example/1")


@pytest.mark.parametrize(
    "other",
    [
        {"company": "PT Toko Lama"},
        {"position": "Barista"},
        {"company": None},
    ],
)
def test_other_vacancy_is_another_case(added: Add, other: dict[str, Any]) -> None:
    """What differs in company or position is not the same."""
    added(invitation(start=START))
    assert added(invitation(start=START, **other)).match is None


def test_new_begins_a_case_whatever_it_resembles(pamit: Pamit, added: Add) -> None:
    """The person decides."""
    added(invitation(start=START), "Undangan")
    assert added(invitation(start=START), "Undangan", new=True).match is None
    assert len(pamit.list(Listing(), NOW)) == 2


def test_case_takes_what_the_person_puts_there(added: Add) -> None:
    """Also where nothing resembles."""
    first = added(invitation(start=START))
    there = added(invitation(company="CV Lain", position="Lain", start=START + timedelta(days=1)), case=first.dossier.id)
    assert (kind(there), there.dossier.id) == (MatchKind.UPDATE, first.dossier.id)


# -- updates ----------------------------------------------------------------------------------------------------------


def test_newer_revision_moves_the_interview(pamit: Pamit, added: Add) -> None:
    """The event stands in the log, the facts are the new ones, and an undo takes back both."""
    first = added(invitation(start=START, end=START + timedelta(hours=1)), request("U1", 0, "20261127T020000Z"))
    moved = added(
        invitation(InvitationKind.RESCHEDULE_BY_EMPLOYER, NOW + timedelta(hours=1), start=START + timedelta(days=1)),
        request("U1", 1, "20261128T020000Z"),
    )
    assert (kind(moved), moved.match and moved.match.sure, moved.dossier.id) == (MatchKind.UPDATE, True, first.dossier.id)
    interview = moved.dossier.case.interview
    assert (interview.start, interview.end) == (START + timedelta(days=1), None)
    assert [event.kind for event in moved.dossier.case.events] == [EventKind.RESCHEDULED_BY_EMPLOYER]
    undone = pamit.undo(first.dossier.id, NOW + timedelta(hours=2))
    assert (undone.facts, undone.case.events) == (first.dossier.facts, ())


def test_update_of_a_stranger_is_refused_until_decided(added: Add) -> None:
    """Whoever knows a UID can forge: another organizer needs the person's word."""
    first = added(invitation(start=START), request("U1", 0, "20261127T020000Z"))
    forged = request("U1", 1, "20261128T020000Z", organizer="hr@t0ko.example")
    moved = invitation(InvitationKind.RESCHEDULE_BY_EMPLOYER, start=START + timedelta(days=1))
    with pytest.raises(PamitError) as caught:
        added(moved, forged)
    assert (caught.value.kind, caught.value.code, caught.value.facts) == (
        ErrorKind.CONFLICT, "unknown-sender", {"case": first.dossier.id},
    )  # fmt: skip
    assert kind(added(moved, forged, case=first.dossier.id)) == MatchKind.UPDATE


def test_another_instance_of_a_series_is_not_the_same(added: Add) -> None:
    """An object is its UID and its instance, the same however it is written."""
    at = "RECURRENCE-ID:20261127T020000Z\r\n"
    same = "RECURRENCE-ID;TZID=Asia/Jakarta:20261127T090000\r\n"
    first = added(invitation(start=START), request("U1", 0, "20261127T020000Z", instance=at))
    again = added(invitation(start=START, position="Lain"), request("U1", 0, "20261127T020000Z", instance=same))
    other = added(
        invitation(start=START, position="Lain sekali"),
        request("U1", 0, "20261204T020000Z", instance="RECURRENCE-ID:20261204T020000Z\r\n"),
    )
    assert (again.dossier.id, other.match) == (first.dossier.id, None)


def test_date_that_was_open_is_set(added: Add) -> None:
    """The answer to the times named is no further round and no move."""
    added(invitation(InvitationKind.AVAILABILITY_REQUEST))
    dated = added(invitation(received=NOW + timedelta(days=1), start=START))
    assert (kind(dated), dated.dossier.case.events, dated.dossier.case.interview.start) == (MatchKind.UPDATE, (), START)
    assert dated.dossier.case.interview.received == NOW


def test_employer_calls_it_off(pamit: Pamit, added: Add) -> None:
    """The case is closed by it."""
    first = added(invitation(start=START))
    gone = added(invitation(InvitationKind.CANCELLED_BY_EMPLOYER, NOW + timedelta(hours=1)))
    assert (kind(gone), gone.dossier.id) == (MatchKind.UPDATE, first.dossier.id)
    assert pamit.plan(first.dossier.id, NOW + timedelta(hours=2)).stage == Stage.CLOSED


@pytest.mark.parametrize(
    ("read", "event"),
    [
        (InvitationKind.REJECTION, EventKind.REJECTED),
        (InvitationKind.OFFER, EventKind.OFFER_RECEIVED),
        (InvitationKind.CANCELLATION_CONFIRMED, EventKind.CONFIRMATION_RECEIVED),
    ],
)
def test_news_finds_its_case_by_company(added: Add, read: InvitationKind, event: EventKind) -> None:
    """A result that names the company, with or without the position."""
    first = added(invitation(start=START))
    news = added(invitation(read, NOW + timedelta(days=5), company="Toko Baru (Persero)", position=None))
    assert (kind(news), news.match and news.match.sure, news.dossier.id) == (MatchKind.NEWS, False, first.dossier.id)
    assert [one.kind for one in news.dossier.case.events] == [event]


def test_answer_in_the_thread_finds_its_case(added: Add) -> None:
    """By the mail it answers, whatever it says of company and position."""
    first = added(invitation(start=START), mail("<1@toko.example>"))
    reply = added(
        invitation(InvitationKind.REJECTION, NOW + timedelta(days=5), company=None, position=None),
        mail("<2@toko.example>", answers="<1@toko.example>"),
    )
    assert (kind(reply), reply.match and reply.match.sure, reply.dossier.id) == (MatchKind.NEWS, True, first.dossier.id)


# -- further rounds ---------------------------------------------------------------------------------------------------


def test_second_round_joins_its_case(pamit: Pamit, added: Add) -> None:
    """By its stated ordinal; the facts are those of the new talk, and the promise for the old one is over."""
    first = added(invitation(start=START, location="Jl. Melati 5", contact_name="Ibu Ratna"))
    pamit.note(first.dossier.id, NOW, facts={"decision_expected": "2026-12-04"})
    later = START + timedelta(days=7)
    second = added(invitation(received=START + timedelta(days=1), start=later, round=2, meeting_url="https://rapat.example/2"))
    assert (kind(second), second.dossier.id) == (MatchKind.ROUND, first.dossier.id)
    interview = second.dossier.case.interview
    assert (interview.round, interview.start, interview.location, interview.decision_expected) == (2, later, None, None)
    assert (interview.contact.name, interview.received) == ("Ibu Ratna", START + timedelta(days=1))
    assert [event.kind for event in second.dossier.case.events] == [EventKind.NEXT_ROUND]
    plan = pamit.plan(first.dossier.id, START + timedelta(days=1))
    assert (plan.stage, [str(step.do) for step in plan.steps][-1]) == (Stage.SCHEDULED, "answer")


def test_invitation_after_the_talk_is_the_next_round(added: Add) -> None:
    """Also where no ordinal is stated."""
    added(invitation(start=START))
    second = added(invitation(received=START + timedelta(days=2), start=START + timedelta(days=7)))
    assert (kind(second), second.dossier.case.interview.round) == (MatchKind.ROUND, 2)


def test_invitation_to_a_closed_case_begins_a_new_one(pamit: Pamit, added: Add) -> None:
    """Whoever declined last year and applies again has another candidacy."""
    first = added(invitation(start=START))
    sent = Event(NOW, EventKind.MESSAGE_SENT, Purpose.DECLINE)
    pamit.note(first.dossier.id, NOW, event=sent)
    assert added(invitation(received=NOW + timedelta(days=200), start=NOW + timedelta(days=210))).match is None


def test_of_two_open_cases_the_one_of_that_position_is_taken(added: Add) -> None:
    """And none where two are equally likely."""
    cashier = added(invitation(start=START))
    added(invitation(position="Barista", start=START + timedelta(days=1)))
    assert added(invitation(InvitationKind.REJECTION, NOW + timedelta(days=5))).dossier.id == cashier.dossier.id
    assert added(invitation(InvitationKind.OFFER, NOW + timedelta(days=5), position=None)).match is None


# -- clashes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "clashes"),
    [
        (0, None, True),
        (1.9, None, True),
        (2, None, False),
        (-2, None, False),
        (-2, -0.5, False),
        (-2, 0.5, True),
        (-24, None, False),
    ],
)
def test_clash_with_an_own_interview_is_reported(added: Add, begins: float, ends: float | None, clashes: bool) -> None:
    """An end that is not stated is two hours after the start; spans that only touch do not clash."""
    first = added(invitation(start=START))
    second = added(
        invitation(
            company="CV Lain",
            start=START + timedelta(hours=begins),
            end=START + timedelta(hours=ends) if ends is not None else None,
        )
    )
    assert [row.case for row in second.clashes] == ([first.dossier.id] if clashes else [])


def test_closed_case_does_not_clash(pamit: Pamit, added: Add) -> None:
    """What was declined is free again."""
    first = added(invitation(start=START))
    pamit.close_case(first.dossier.id, NOW)
    assert added(invitation(company="CV Lain", start=START)).clashes == ()


# -- ids --------------------------------------------------------------------------------------------------------------


def test_source_names_its_ids() -> None:
    """Those of the mail, and those of the calendar object in it; UIDs byte for byte."""
    ref = source_of(mail("<A.b@Toko.example>")).ref
    assert (ref.message_id, ref.author, ref.uid) == ("<A.b@Toko.example>", "hr@toko.example", None)
    event = source_of(request("  UiD/1 ", 3, "20261127T020000Z", organizer="HR@Toko.example")).ref
    assert (event.uid, event.revision, event.author, event.recurrence) == ("  UiD/1 ", 3, "hr@toko.example", None)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff", b"BEGIN:VCALENDAR", b"From: x\r\nDate: y\r\n\r\n", b"Message-ID:\r\nFrom:\r\n\r\n"]
)
def test_broken_source_has_no_ids(data: bytes) -> None:
    """Whatever comes, its digest and size are known."""
    ref = source_of(data).ref
    assert (ref.size, ref.uid, len(ref.digest)) == (len(data), None, 64)


def test_moment_is_kept_with_its_offset(added: Add) -> None:
    """Nine o'clock in Jakarta stays that."""
    start = added(invitation(start=datetime(2026, 11, 27, 9, tzinfo=WIB))).dossier.case.interview.start
    assert start is not None
    assert (start.hour, start.utcoffset()) == (9, timedelta(hours=7))
