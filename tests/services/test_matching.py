"""Which case an incoming mail belongs to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pamit.domain.invitation import Fact, Invitation
from pamit.domain.terms import InvitationKind, Language
from pamit.formats.email import parse_email
from pamit.formats.icalendar import parse_calendars
from pamit.services.matching import Candidate, CaseTrace, EvidenceKind, MailTrace, match_cases, trace_of_mail

NINE = datetime(2026, 11, 27, 2, tzinfo=UTC)
TOKEN = "pamit.aaaaaaaaaaaaaaaaaaaaaaaaaa"
CASE = CaseTrace(
    "k1",
    uids=frozenset({"UID-1"}),
    message_ids=frozenset({f"<{TOKEN}@surat.example>", "<asal@kertas.example>"}),
    addresses=frozenset({"sari@kertas.example"}),
    subjects=("Undangan Wawancara Staf Gudang",),
    company="PT Kertas Nusa",
    position="Staf Gudang",
    start=NINE,
)
OTHER = CaseTrace("k2", addresses=frozenset({"rina@batu.example"}), subjects=("Undangan interview",), company="PT Batu")


def only(mail: MailTrace) -> Candidate:
    (found,) = match_cases(mail, [OTHER, CASE])
    assert found.case == "k1"
    return found


def kinds(found: Candidate) -> list[EvidenceKind]:
    return [one.kind for one in found.evidence]


def test_ids_tie_a_mail_to_its_case() -> None:
    """UID, the mail answered, our own token, the thread: each alone is enough."""
    for mail, kind in (
        (MailTrace(uids=frozenset({"UID-1"})), EvidenceKind.UID),
        (MailTrace(answers=(f"<{TOKEN}@surat.example>",)), EvidenceKind.ANSWERS),
        (MailTrace(answers=(f"<{TOKEN}@relai.example>",)), EvidenceKind.TOKEN),
        (MailTrace(references=(f"<{TOKEN.upper()}@relai.example>",)), EvidenceKind.TOKEN),
        (MailTrace(answers=("<baru@x.example>",), references=("<asal@kertas.example>",)), EvidenceKind.THREAD),
    ):
        found = only(mail)
        assert (kinds(found), found.by_id) == ([kind], True)
        assert found.confidence >= 0.9


def test_uid_is_compared_byte_for_byte() -> None:
    """Another case of letters is another meeting."""
    assert match_cases(MailTrace(uids=frozenset({"uid-1"})), [CASE]) == ()


def test_without_ids_it_is_a_suggestion() -> None:
    """Sender, subject and a near date: proposed, never certain."""
    mail = MailTrace(
        addresses=frozenset({"sari@kertas.example"}),
        subject="undangan wawancara staf gudang",
        starts=(NINE + timedelta(days=3),),
    )
    found = only(mail)
    assert not found.by_id
    assert kinds(found) == [EvidenceKind.ADDRESS, EvidenceKind.SUBJECT, EvidenceKind.NEAR_TIME]
    assert 0.5 < found.confidence <= 0.85


def test_little_is_nothing() -> None:
    """A common subject alone, or a public mail house alone, suggests no case."""
    assert match_cases(MailTrace(subject="undangan interview"), [OTHER]) == ()
    public = CaseTrace("k3", addresses=frozenset({"a@gmail.com"}))
    assert match_cases(MailTrace(addresses=frozenset({"b@gmail.com"})), [public]) == ()
    assert match_cases(MailTrace(), [CASE, OTHER]) == ()


def test_likeliest_case_comes_first() -> None:
    """Two positions at one employer: the id decides over everything else."""
    second = CaseTrace("k9", addresses=CASE.addresses, company=CASE.company, position="Kasir", start=NINE)
    mail = MailTrace(answers=("<asal@kertas.example>",), addresses=CASE.addresses, company="Kertas Nusa", starts=(NINE,))
    found = match_cases(mail, [second, CASE])
    assert [one.case for one in found] == ["k1", "k9"]
    assert [one.by_id for one in found] == [True, False]


def test_trace_of_a_mail() -> None:
    """Everything that can tell where it belongs is gathered, subjects bare of their marks."""
    mail = parse_email(
        b"From: Sari <SARI@Kertas.example>\nReply-To: hrd@kertas.example\nSender: Robot <robot@ats.example>\n"
        b"Subject: Re: FW: Bls: Undangan  Wawancara\nIn-Reply-To: <a@b.example>\nReferences: <c@d.example> <a@b.example>\n\nx"
    )
    calendars = parse_calendars(
        b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:UID-1\nDTSTART:20261127T020000Z\n"
        b"ORGANIZER:mailto:budi@kertas.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    read = Invitation("x", InvitationKind.INVITATION, Language.ID, {"company": Fact("PT Kertas"), "start": Fact(NINE)})
    assert trace_of_mail(mail, calendars, read) == MailTrace(
        answers=("<a@b.example>",),
        references=("<c@d.example>", "<a@b.example>"),
        uids=frozenset({"UID-1"}),
        addresses=frozenset({"sari@kertas.example", "hrd@kertas.example", "robot@ats.example", "budi@kertas.example"}),
        subject="undangan wawancara",
        company="PT Kertas",
        position=None,
        starts=(NINE,),
    )


def test_every_piece_of_evidence_has_words() -> None:
    """In both languages."""
    mail = MailTrace(
        ("<asal@kertas.example>",),
        (),
        CASE.uids,
        CASE.addresses,
        "undangan wawancara staf gudang",
        "Kertas Nusa",
        "staf gudang",
        (NINE,),
    )
    found = only(mail)
    assert len(found.evidence) == 6 + 1
    assert all(one.message.id and one.message.en for one in found.evidence)
