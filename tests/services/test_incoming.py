"""What an incoming mail proposes for a case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pamit.domain.interview import Case, Contact, Event, Interview
from pamit.domain.scheduling import Envelope, Known, OwnAnswer, Trust, trust_of
from pamit.domain.terms import Channel, EventKind, Purpose
from pamit.formats.email import parse_email
from pamit.formats.icalendar import parse_calendars
from pamit.services.incoming import Meaning, ProposedChange, propose
from pamit.services.intake import read_source
from pamit.services.scheduling_input import envelope_of, messages_of

NINE = datetime(2026, 11, 27, 2, tzinfo=UTC)
SENT = datetime(2026, 11, 24, 3, tzinfo=UTC)
NOW = SENT + timedelta(hours=6)
ME = "rani@surat.example"
OURS = "<pamit.aaaaaaaaaaaaaaaaaaaaaaaaaa@surat.example>"
WRITER = Envelope(("sari@kertas.example",))
TRUSTED = trust_of(WRITER, [WRITER])
STRANGER = trust_of(Envelope(("orang@jahat.example",)), [WRITER])


def case(purpose: Purpose | None = None) -> Case:
    interview = Interview(
        company="PT Kertas Nusa", position="Staf Gudang", start=NINE, timezone="Asia/Jakarta",
        received=SENT - timedelta(days=1), contact=Contact("Ibu Sari", "sari@kertas.example"),
    )  # fmt: skip
    events = (Event(SENT, EventKind.MESSAGE_SENT, purpose, Channel.EMAIL),) if purpose else ()
    return Case(interview, events)


def mail(words: str, subject: str = "Re: Wawancara Staf Gudang", head: str = "") -> bytes:
    quoted = (
        "\n\nPada Sel, 24 Nov 2026 pukul 10.00 Rani <rani@surat.example> menulis:\n"
        "> Mohon maaf, saya batalkan.\n> Terima kasih."
    )
    return (
        f"From: Sari <sari@kertas.example>\nTo: {ME}\nSubject: {subject}\nDate: Tue, 24 Nov 2026 12:00:00 +0700\n"
        f"Message-ID: <jawab@kertas.example>\nIn-Reply-To: {OURS}\n{head}\n{words}{quoted}\n"
    ).encode()


def proposed(data: bytes, purpose: Purpose | None = None, trust: Trust = TRUSTED, **more: object) -> ProposedChange:
    (found,) = propose(
        data,
        case(purpose),
        read_source(data, now=NOW),
        trust,
        NOW,
        own_addresses=[ME],
        sent=[OURS],
        **more,  # type: ignore[arg-type]
    )
    return found


# -- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Baik Kak Rani, terima kasih atas informasinya. Semoga sukses ya.",
        "Noted, thanks for letting us know.",
        "Terima kasih atas konfirmasinya. Kami memahami keputusan Saudari.",
        "Hi Rani,\n\nThank you for your email. We completely understand and wish you all the best.",
        "Dear Rani,\n\nWe have cancelled your interview as requested.",
        "Oke mbak, gpp",
        "Yth. Sdri. Rani,\n\nPembatalan wawancara sudah kami terima.",
    ],
)
@pytest.mark.parametrize("purpose", [Purpose.CANCEL, Purpose.DECLINE, Purpose.WITHDRAW])
def test_noted_cancellation_closes_the_loop(words: str, purpose: Purpose) -> None:
    """After a farewell, "noted" in whatever words is the confirmation of rule L1."""
    found = proposed(mail(words), purpose)
    assert found.meaning == Meaning.CANCELLATION_CONFIRMED
    assert found.event == Event(SENT + timedelta(hours=2), EventKind.CONFIRMATION_RECEIVED)
    assert found.confidence >= 0.6


def test_same_words_without_a_farewell_confirm_nothing() -> None:
    """ "Noted" answers what was written before it; with nothing before it, it is a message to read."""
    found = proposed(mail("Baik, terima kasih infonya."))
    assert (found.meaning, found.event) == (Meaning.OTHER, None)


def test_quoted_words_are_not_the_answer() -> None:
    """What stands in the quoted mail was written by the candidate."""
    found = proposed(mail("Boleh tahu alasannya?"), Purpose.CANCEL)
    assert found.meaning == Meaning.OTHER


def test_evidence_points_into_the_text() -> None:
    """The words that say so can be shown."""
    data = mail("Halo Rani,\n\nnoted ya, terima kasih.")
    found = proposed(data, Purpose.CANCEL)
    assert found.evidence is not None
    text = read_source(data, now=NOW).text
    assert text[found.evidence[0] : found.evidence[1]].lower() == "noted"


@pytest.mark.parametrize(
    ("words", "purpose", "meaning"),
    [
        ("Baik, sampai jumpa besok pagi.", Purpose.CONFIRM, Meaning.CONFIRMED),
        ("Great, see you then!", Purpose.CONFIRM, Meaning.CONFIRMED),
        ("Mohon maaf, jadwal tidak bisa diubah karena tim kami penuh.", Purpose.RESCHEDULE, Meaning.PROPOSAL_REFUSED),
        ("Unfortunately we are unable to reschedule.", Purpose.RESCHEDULE, Meaning.PROPOSAL_REFUSED),
        ("That works for us, the new time is confirmed.", Purpose.RESCHEDULE, Meaning.CONFIRMED),
        ("Noted, kami cek dulu dengan user.", Purpose.RESCHEDULE, Meaning.OTHER),
        (
            "Dengan hormat, setelah mempertimbangkan hasil wawancara, kami memutuskan untuk tidak melanjutkan proses seleksi "
            "Saudari untuk posisi Staf Gudang.",
            None,
            Meaning.REJECTED,
        ),
        (
            "Selamat! Dengan senang hati kami menawarkan posisi Staf Gudang kepada Saudari. Terlampir surat penawaran kerja.",
            None,
            Meaning.OFFER,
        ),
        ("Mohon maaf, wawancara Saudari pada Jumat, 27 November 2026 kami batalkan.", None, Meaning.CANCELLED),
    ],
)
def test_words_in_the_light_of_what_was_written_last(words: str, purpose: Purpose | None, meaning: Meaning) -> None:
    """The same case, other words."""
    assert proposed(mail(words), purpose).meaning == meaning


def test_new_time_brings_its_facts() -> None:
    """A moved interview: the event, the new beginning, and no old end."""
    words = "Wawancara posisi Staf Gudang kami jadwalkan ulang ke Senin, 30 November 2026 pukul 13.00 WIB di kantor kami."
    found = proposed(mail(words), Purpose.RESCHEDULE)
    assert found.meaning == Meaning.NEW_TIME
    assert found.event is not None
    assert found.event.kind == EventKind.RESCHEDULED_BY_EMPLOYER
    assert (found.facts["start"], found.facts["end"]) == ("2026-11-30T13:00:00+07:00", None)


def test_first_time_completes_the_invitation() -> None:
    """Where the date was still open, a date is no move."""
    data = mail("Wawancara posisi Staf Gudang: Senin, 30 November 2026 pukul 13.00 WIB di kantor kami.")
    (found,) = propose(data, Case(Interview(received=SENT)), read_source(data, now=NOW), TRUSTED, NOW)
    assert (found.meaning, found.event, found.facts["start"]) == (Meaning.INVITATION, None, "2026-11-30T13:00:00+07:00")


def test_time_after_a_held_interview_is_a_further_round() -> None:
    """The first was held; the next has the next number."""
    held = Case(Interview(start=SENT - timedelta(days=3), received=SENT - timedelta(days=9)))
    data = mail("Kami mengundang Saudari untuk wawancara dengan user pada Senin, 30 November 2026 pukul 13.00 WIB.")
    (found,) = propose(data, held, read_source(data, now=NOW), TRUSTED, NOW)
    assert found.meaning == Meaning.NEXT_ROUND
    assert found.event is not None
    assert (found.event.kind, found.facts["round"]) == (EventKind.NEXT_ROUND, 2)


def test_doubtful_sender_is_asked_about() -> None:
    """A cancellation in words from a stranger is proposed with a question."""
    words = "Mohon maaf, wawancara Saudari pada Jumat, 27 November 2026 kami batalkan."
    assert proposed(mail(words), trust=STRANGER).asks
    assert not proposed(mail(words)).asks


# -- reports and robots -----------------------------------------------------------------------------------------------


def report(action: str, about: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\nAuto-Submitted: auto-replied\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nNoted, wawancara dibatalkan.\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\n"
        f"Action: {action}\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {about}\n\n--b--\n"
    ).encode()


@pytest.mark.parametrize(
    ("action", "about", "meaning", "undelivered", "asks"),
    [
        ("failed", OURS, Meaning.UNDELIVERED, (OURS,), False),
        ("delayed", OURS, Meaning.DELAYED, (OURS,), False),
        ("failed", "<lain@x.example>", Meaning.UNDELIVERED, (), True),
    ],
)
def test_bounce_is_no_confirmation(action: str, about: str, meaning: Meaning, undelivered: tuple[str, ...], asks: bool) -> None:
    """A report is matched by the id of the mail it is about, whatever its words; a stranger's report is asked about."""
    found = proposed(report(action, about), Purpose.CANCEL)
    assert (found.meaning, found.event, found.undelivered, found.asks) == (meaning, None, undelivered, asks)


def test_absence_changes_nothing() -> None:
    """An automatic reply is not a person's answer."""
    data = mail("Noted. Saya sedang cuti.", subject="Automatic reply: Wawancara", head="Auto-Submitted: auto-replied\n")
    found = proposed(data, Purpose.CANCEL)
    assert (found.meaning, found.event) == (Meaning.AUTOMATIC, None)


# -- calendar objects -------------------------------------------------------------------------------------------------


def with_calendar(
    method: str, sequence: int, extra: str = "", start: str = "20261127T020000Z", words: str = "Lihat undangan."
) -> bytes:
    event = (
        f"BEGIN:VCALENDAR\nMETHOD:{method}\nVERSION:2.0\nBEGIN:VEVENT\nUID:UID-1\nDTSTAMP:20261124T0{sequence}0000Z\n"
        f"SEQUENCE:{sequence}\nDTSTART:{start}\nDTEND:{start.replace('T02', 'T03')}\nORGANIZER:mailto:sari@kertas.example\n"
        f"ATTENDEE:mailto:{ME}\nSUMMARY:Wawancara\n{extra}END:VEVENT\nEND:VCALENDAR\n"
    )
    return (
        "From: sari@kertas.example\nSubject: Wawancara\nDate: Tue, 24 Nov 2026 12:00:00 +0700\nMIME-Version: 1.0\n"
        "Content-Type: multipart/alternative; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{words}\n--b\nContent-Type: text/calendar; method={method}\n\n{event}\n--b--\n"
    ).encode()


def state(*mails: bytes) -> dict[str, Known]:
    found = Known("UID-1")
    for data in mails:
        for part in parse_email(data).calendars:
            for calendar in parse_calendars(part.data):
                for message in messages_of(calendar, [ME]):
                    found = found.with_message(message)
    return {"UID-1": found}


FIRST = with_calendar("REQUEST", 1)


def test_first_request_is_an_invitation() -> None:
    """It is taken into what is known, and nothing happens in the case yet."""
    found = proposed(FIRST)
    assert (found.meaning, found.event, found.facts) == (Meaning.INVITATION, None, {})
    assert found.known is not None
    assert len(found.known.messages) == 1


def test_moved_request_is_a_new_time() -> None:
    """The event and the facts come from the object."""
    found = proposed(with_calendar("REQUEST", 2, start="20261130T020000Z"), known=state(FIRST))
    assert (found.meaning, found.asks) == (Meaning.NEW_TIME, False)
    assert found.facts == {"start": "2026-11-30T02:00:00+00:00", "end": "2026-11-30T03:00:00+00:00"}


def test_cancel_calls_the_interview_off() -> None:
    """From a known sender; from a stranger it is asked about; a stale one changes nothing, whatever its words say."""
    cancel = with_calendar("CANCEL", 2, "STATUS:CANCELLED\n")
    found = proposed(cancel, known=state(FIRST))
    assert (found.meaning, found.asks) == (Meaning.CANCELLED, False)
    assert found.event is not None
    assert proposed(cancel, known=state(FIRST), trust=STRANGER).asks
    stale = with_calendar("CANCEL", 0, "STATUS:CANCELLED\n", words="Wawancara Saudari kami batalkan.")
    ignored = proposed(stale, known=state(FIRST))
    assert (ignored.meaning, ignored.event) == (Meaning.OTHER, None)


def test_cancel_after_a_farewell_confirms_it() -> None:
    """The organiser takes the meeting off because the candidate said no: the loop is closed, nobody else cancelled."""
    found = proposed(with_calendar("CANCEL", 2, "STATUS:CANCELLED\n"), Purpose.CANCEL, known=state(FIRST))
    assert found.meaning == Meaning.CANCELLATION_CONFIRMED
    assert found.event is not None
    assert found.event.kind == EventKind.CONFIRMATION_RECEIVED


def test_cancel_of_another_instance_leaves_the_interview() -> None:
    """Only the instance of the case's own time calls it off."""
    other = with_calendar("CANCEL", 2, "STATUS:CANCELLED\nRECURRENCE-ID:20261204T020000Z\n")
    assert proposed(other, known=state(FIRST)).event is None
    own = with_calendar("CANCEL", 2, "STATUS:CANCELLED\nRECURRENCE-ID:20261127T020000Z\n")
    assert proposed(own, known=state(FIRST)).event is not None


def test_broken_object_is_for_a_person() -> None:
    """A RECURRENCE-ID that cannot be read must not call off the whole (F4)."""
    broken = with_calendar("CANCEL", 2, "STATUS:CANCELLED\nRECURRENCE-ID:kapan-kapan\n")
    found = proposed(broken, known=state(FIRST))
    assert (found.meaning, found.event, found.asks) == (Meaning.OTHER, None, True)


def test_refused_proposal() -> None:
    """DECLINECOUNTER against the open proposal."""
    answer = OwnAnswer("TENTATIVE", 1, SENT - timedelta(hours=3), about=NINE, start=NINE + timedelta(days=3))
    known = {"UID-1": state(FIRST)["UID-1"].with_answer(answer)}
    found = proposed(with_calendar("DECLINECOUNTER", 1), Purpose.RESCHEDULE, known=known)
    assert (found.meaning, found.event) == (Meaning.PROPOSAL_REFUSED, None)


def test_same_object_twice_in_one_mail_is_said_once() -> None:
    """The mail's own form and its attachment."""
    doubled = FIRST.replace(b"--b--", b"--b\nContent-Type: application/ics; name=invite.ics\n\n" + b"".join(
        FIRST.partition(b"BEGIN:VCALENDAR")[1:]
    ).partition(b"\n--b--")[0] + b"\nX-SALINAN:1\n--b--")  # fmt: skip
    assert proposed(doubled).meaning == Meaning.INVITATION


def test_envelope_of_a_mail() -> None:
    """Everybody a mail names as its own, in the form in which they are compared."""
    data = FIRST.replace(b"From: sari@", b"Sender: Robot <R@ats.example>\nReply-To: HRD@kertas.example\nFrom: SARI@")
    parts = parse_email(data)
    calendars = [one for part in parts.calendars for one in parse_calendars(part.data)]
    assert envelope_of(parts, calendars) == Envelope(
        ("sari@kertas.example",), ("hrd@kertas.example",), "r@ats.example", "sari@kertas.example"
    )
