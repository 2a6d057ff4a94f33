"""From the invitation in a mailbox to the closed case, over real servers, read back by parsers that are not our own."""

from __future__ import annotations

import email
import email.policy
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar

from pamit.adapters.archive import ZipArchive
from pamit.adapters.imap import ImapMailbox
from pamit.adapters.seal import AgeSeal
from pamit.adapters.smtp import SmtpTransport
from pamit.adapters.store import open_store
from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.interview import Candidate
from pamit.domain.outbox import LEASE, SendState
from pamit.domain.terms import Channel, EventKind, Language, Purpose, Reason, Stage
from pamit.services.pamit import Pamit
from pamit.services.writing import write_message

from .servers import PASSWORD, Imap, dovecot, free_port

RANI, RATIH = "rani@kirim.example", "ratih@samudra.example"
NOW = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=1)
START = (NOW + timedelta(days=5)).replace(hour=2, minute=0, second=0)
LONG_ID = "<" + "A" * 70 + "@mail.samudra.example>"
REQUEST = f"""BEGIN:VCALENDAR
PRODID:-//Uji//ID
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:040000008200E00074C5B7101A82E00800000000UJI
DTSTAMP:{NOW:%Y%m%dT%H%M%SZ}
SEQUENCE:2
ORGANIZER;CN=Ratih:mailto:{RATIH}
ATTENDEE;CN=Rani;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{RANI}
DTSTART:{START:%Y%m%dT%H%M%SZ}
DTEND:{START + timedelta(hours=1):%Y%m%dT%H%M%SZ}
SUMMARY:Wawancara Staf Pengadaan
LOCATION:Jl. Melati 5
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


class Post:
    """What an SMTP server does with a mail: it lies in each recipient's mailbox, and where the server files copies, in Sent."""

    def __init__(self, imap: Imap, *, files: bool) -> None:
        self.imap = imap
        self.files = files
        self.count = 0

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        data: bytes = envelope.content  # type: ignore[attr-defined]
        self.count += 1
        for recipient in envelope.rcpt_tos:  # type: ignore[attr-defined]
            self.imap.put(recipient, data)
        if self.files:
            self.imap.put(RANI, data, self.imap.sent)
        return "250 taken"


@dataclass
class World:
    """The servers, and the person's memory with an account on them."""

    imap: Imap
    post: Post
    pamit: Pamit
    transport: SmtpTransport
    mailbox: ImapMailbox

    def sync(self, now: datetime) -> list[str]:
        """Look into the mailbox; the ids of what came of it."""
        found = self.pamit.sync(self.mailbox, now, random=os.urandom)
        assert found.failed == ()
        return [one.id for one in found.proposals]


@pytest.fixture(scope="module")
def imap() -> Iterator[Imap]:
    """Dovecot with folders of special use."""
    with dovecot() as server:
        yield server


@contextmanager
def world(imap: Imap, folder: Path, *, files: bool = False) -> Iterator[World]:
    """Everything together; mailboxes are emptied before."""
    for user in (RANI, RATIH):
        client = imap.client(user)
        for name in ("INBOX", imap.sent, "Drafts"):
            if client.select(f'"{name}"')[1] != [b"0"]:
                client.store("1:*", "+FLAGS", "\\Deleted")
                client.expunge()
        client.logout()
    post = Post(imap, files=files)
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    account = Account(
        RANI,
        Server("127.0.0.1", controller.port, Security.PLAIN),
        Server("127.0.0.1", imap.port, Security.PLAIN),
        Auth.NONE,
        name="Rani Kusuma",
    )
    try:
        with Pamit(open_store(f"sqlite:///{folder / 'home' / 'pamit.db'}"), ZipArchive(), AgeSeal()) as pamit:
            pamit.put_account(account)
            transport = SmtpTransport(lambda _: None, allow_plain=True)
            mailbox = ImapMailbox(lambda _: PASSWORD, allow_plain=True, waits=(0.05,))
            yield World(imap, post, pamit, transport, mailbox)
    finally:
        controller.stop()


def invitation(*, calendar: bool) -> bytes:
    """A mail from the recruiter, its id as long as Outlook's."""
    mail = EmailMessage(email.policy.SMTP.clone(max_line_length=998))
    mail["From"], mail["To"] = f"Ratih Kurniasari <{RATIH}>", f"Rani Kusuma <{RANI}>"
    mail["Subject"] = "Undangan Wawancara - Staf Pengadaan - PT Samudra Abadi"
    mail["Date"] = NOW - timedelta(hours=1)
    mail["Message-ID"] = LONG_ID
    there = START + timedelta(hours=7)
    months = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
    mail.set_content(
        "Yth. Sdri. Rani Kusuma,\n\nDengan ini kami mengundang Saudari untuk wawancara posisi Staf Pengadaan "
        f"di PT Samudra Abadi pada:\n\nTanggal: {there.day} {months[there.month - 1]} {there.year}\n"
        f"Pukul: {there:%H.%M} WIB\nTempat: Jl. Melati 5\n\n"
        "Mohon konfirmasi dengan membalas surel ini.\n\nHormat kami,\nRatih Kurniasari\nPT Samudra Abadi\n"
    )
    if calendar:
        mail.add_alternative(
            REQUEST.encode(),
            maintype="text",
            subtype="calendar",
            cte="base64",
            params={"method": "REQUEST", "charset": "utf-8"},
        )
    return mail.as_bytes()


def noted(answered: str) -> bytes:
    """The recruiter's "noted"."""
    mail = EmailMessage(email.policy.SMTP.clone(max_line_length=998))
    mail["From"], mail["To"] = f"Ratih Kurniasari <{RATIH}>", RANI
    mail["Subject"] = "Re: Undangan Wawancara - Staf Pengadaan - PT Samudra Abadi"
    mail["Date"] = NOW + timedelta(hours=2)
    mail["Message-ID"] = "<jawaban.1@samudra.example>"
    mail["In-Reply-To"] = mail["References"] = answered
    mail.set_content("Baik, terima kasih atas informasinya. Sudah kami catat.\n\nSalam,\nRatih\n")
    return mail.as_bytes()


PARTSTATS = {
    Purpose.CONFIRM: "ACCEPTED", Purpose.DECLINE: "DECLINED", Purpose.CANCEL: "DECLINED", Purpose.WITHDRAW: "DECLINED",
    Purpose.RESCHEDULE: "TENTATIVE",
}  # fmt: skip
PURPOSES = (
    *PARTSTATS, Purpose.ASK_DETAILS, Purpose.REQUEST_ONLINE, Purpose.THANK_YOU, Purpose.FOLLOW_UP, Purpose.ACKNOWLEDGE,
)  # fmt: skip


@pytest.mark.parametrize("calendar", [True, False], ids=["calendar", "words"])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_story_from_invitation_to_closed_case(imap: Imap, tmp_path: Path, purpose: Purpose, calendar: bool) -> None:
    """Synced, accepted, answered, read back at the employer's, filed once, confirmed, closed; nothing was marked as read."""
    now = NOW
    with world(imap, tmp_path) as here:
        imap.put(RANI, invitation(calendar=calendar))
        (proposal,) = here.sync(now)
        case = here.pamit.accept(proposal, now).case or ""
        if purpose in (Purpose.THANK_YOU, Purpose.FOLLOW_UP):
            now = START + timedelta(hours=3 if purpose == Purpose.THANK_YOU else 24 * 9)
        proposed = START + timedelta(days=1)
        dossier = here.pamit.case(case)
        draft = write_message(
            dossier.case,
            purpose,
            candidate=Candidate("Rani Kusuma", RANI),
            now=now,
            language=Language.ID,
            channel=Channel.EMAIL,
            reason=Reason.OTHER_OFFER if purpose == Purpose.DECLINE else None,
            alternatives=(proposed,) if purpose == Purpose.RESCHEDULE else (),
        )
        shown = here.pamit.prepare(case, draft, Candidate("Rani Kusuma", RANI), now, random=os.urandom, proposed=proposed)
        assert [one.email for one in shown.to] == [RATIH]
        here.pamit.approve(shown.message.id, shown.message.digest, now, override="cerita")
        (sent,) = here.pamit.deliver(here.transport, now, owner="uji").settled
        assert sent.state == SendState.ACCEPTED
        here.pamit.settle_copies(here.mailbox, now)
        here.pamit.settle_copies(here.mailbox, now)

        ((_, arrived),) = imap.mails(RATIH)
        judge(arrived, purpose if calendar else None, proposed)
        assert here.pamit.outgoing(sent.id)[1] == arrived
        ((flags, copy),) = imap.mails(RANI, imap.sent)
        assert copy == arrived
        assert b"\\Seen" in flags

        imap.put(RANI, noted(sent.message_id))
        (answer,) = here.sync(now + timedelta(hours=3))
        here.pamit.accept(answer, now + timedelta(hours=3))
        assert here.sync(now + timedelta(hours=4)) == []
        kinds = [event.kind for event in here.pamit.case(case).case.events]
        assert kinds[0] == EventKind.MESSAGE_SENT
        if purpose in PARTSTATS and purpose != Purpose.RESCHEDULE:
            assert EventKind.CONFIRMATION_RECEIVED in kinds
        if here.pamit.plan(case, now + timedelta(hours=4)).stage != Stage.CLOSED:
            here.pamit.close_case(case, now + timedelta(hours=5))
        assert here.pamit.plan(case, now + timedelta(hours=5)).stage == Stage.CLOSED
        assert [b"\\Seen" in flags for flags, _ in imap.mails(RANI)] == [False, False]


def judge(data: bytes, purpose: Purpose | None, proposed: datetime) -> None:
    """What the standard library and icalendar find in the mail."""
    raw = email.message_from_bytes(data)
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert mail["From"].addresses[0].addr_spec == RANI
    assert [one.addr_spec for one in mail["To"].addresses] == [RATIH]
    assert raw["In-Reply-To"] == LONG_ID
    assert raw["References"].split() == [LONG_ID]
    assert mail["Subject"] == "Re: Undangan Wawancara - Staf Pengadaan - PT Samudra Abadi"
    assert mail["Auto-Submitted"] is None
    assert "Rani Kusuma" in mail.get_body(("plain",)).get_content()
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    if purpose not in PARTSTATS:
        assert parts == []
        return
    (part,) = parts
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    method = "COUNTER" if purpose == Purpose.RESCHEDULE else "REPLY"
    assert (str(calendar["METHOD"]), part.get_param("method")) == (method, method)
    assert str(event["UID"]) == "040000008200E00074C5B7101A82E00800000000UJI"
    assert event["SEQUENCE"] == 2
    attendee = event["ATTENDEE"]
    assert (str(attendee), attendee.params["PARTSTAT"]) == (f"mailto:{RANI}", PARTSTATS[purpose])
    assert event["DTSTART"].dt == (proposed if method == "COUNTER" else START)


def test_copy_of_a_server_that_files_by_itself_stays_the_only_one(imap: Imap, tmp_path: Path) -> None:
    """Gmail and its like put a copy among the sent mails; ours would be a second one."""
    with world(imap, tmp_path, files=True) as here:
        send_confirmation(here)
        assert [one.filed for one in here.pamit.settle_copies(here.mailbox, NOW)] == ["found"]
        assert len(imap.mails(RANI, imap.sent)) == 1


def send_confirmation(here: World) -> str:
    """Take the invitation in and confirm; the message's id."""
    here.imap.put(RANI, invitation(calendar=True))
    (proposal,) = here.sync(NOW)
    case = here.pamit.accept(proposal, NOW).case or ""
    candidate = Candidate("Rani Kusuma", RANI)
    draft = write_message(here.pamit.case(case).case, Purpose.CONFIRM, candidate=candidate, now=NOW)
    shown = here.pamit.prepare(case, draft, candidate, NOW, random=os.urandom)
    here.pamit.approve(shown.message.id, shown.message.digest, NOW, override="cerita")
    here.pamit.deliver(here.transport, NOW, owner="uji")
    return shown.message.id


def test_doubtful_mail_that_lies_among_the_sent_ones_was_sent(imap: Imap, tmp_path: Path) -> None:
    """The server took it and filed it, and the line broke before it could say so."""
    with world(imap, tmp_path, files=True) as here:
        getreply = "getreply"

        def step(name: str) -> None:
            if name == "dotted":
                session = here.transport._session
                assert session is not None
                setattr(session, getreply, lambda: _lost(session))

        def _lost(session: object) -> None:
            type(session).getreply(session)  # type: ignore[attr-defined]
            raise OSError("gone")

        here.transport.on_step = step
        message = send_confirmation(here)
        assert here.pamit.outgoing(message)[0].state == SendState.UNKNOWN
        here.pamit.settle_copies(here.mailbox, NOW)
        assert here.pamit.outgoing(message)[0].state == SendState.ACCEPTED
        assert here.post.count == 1


def test_draft_is_put_among_the_drafts(imap: Imap, tmp_path: Path) -> None:
    """With the flag of a draft, whole."""
    with world(imap, tmp_path) as here:
        account = here.pamit.accounts()[0]
        here.mailbox.put_draft(account, invitation(calendar=False))
        ((flags, data),) = imap.mails(RANI, "Drafts")
        assert b"\\Draft" in flags
        assert data == invitation(calendar=False)


def test_forged_cancellation_is_shown_and_never_applied_with_others(imap: Imap, tmp_path: Path) -> None:
    """Whoever got a forwarded copy knows the UID."""
    with world(imap, tmp_path) as here:
        send_confirmation(here)
        imap.put(RANI, cancellation("Palsu <palsu@lain.example>", 3))
        (proposal,) = here.sync(NOW + timedelta(hours=1))
        (shown,) = here.pamit.proposals()
        assert (shown.id, shown.asks) == (proposal, True)


def test_stale_cancellation_changes_nothing_even_when_accepted(imap: Imap, tmp_path: Path) -> None:
    """An older SEQUENCE was overtaken: its mail is kept, the interview stands."""
    with world(imap, tmp_path) as here:
        send_confirmation(here)
        imap.put(RANI, cancellation(f"Ratih <{RATIH}>", 1))
        (proposal,) = here.sync(NOW + timedelta(hours=1))
        (shown,) = here.pamit.proposals()
        assert not shown.applies
        case = here.pamit.accept(proposal, NOW + timedelta(hours=1)).case or ""
        assert [event.kind for event in here.pamit.case(case).case.events] == [EventKind.MESSAGE_SENT]


def cancellation(sender: str, sequence: int) -> bytes:
    """A CANCEL of the meeting."""
    mail = EmailMessage(email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, RANI, "Canceled: Wawancara"
    mail["Date"] = NOW
    mail["Message-ID"] = f"<batal.{sequence}.{len(sender)}@samudra.example>"
    mail.set_content("Wawancara dibatalkan.\n")
    body = REQUEST.replace("METHOD:REQUEST", "METHOD:CANCEL").replace("SEQUENCE:2", f"SEQUENCE:{sequence}\r\nSTATUS:CANCELLED")
    params = {"method": "CANCEL", "charset": "utf-8"}
    mail.add_alternative(body.encode(), maintype="text", subtype="calendar", cte="base64", params=params)
    return mail.as_bytes()


def test_new_uidvalidity_reads_anew_and_proposes_nothing_twice(imap: Imap, tmp_path: Path) -> None:
    """All numbers have changed; what is kept is known by its id."""
    with world(imap, tmp_path) as here:
        send_confirmation(here)
        with here.pamit.store.writing() as unit:
            mark = unit.accounts.mark(RANI, "INBOX")
            assert mark is not None
            unit.accounts.put_mark(RANI, "INBOX", type(mark)(mark.validity + 1, mark.last))
        found = here.pamit.sync(here.mailbox, NOW, random=os.urandom)
        assert (found.looked, found.proposals) == (1, ())


class Slow(ImapMailbox):
    """Waits within the filing of a copy until it is told to go on; counts how patiently it was asked."""

    def __init__(self, password: str = PASSWORD) -> None:
        super().__init__(lambda _: password, allow_plain=True, waits=(0.05,))
        self.inside, self.go_on = threading.Event(), threading.Event()
        self.asked: list[bool] = []

    def file_sent(
        self, account: Account, data: bytes, message_id: str, *, patient: bool = True
    ) -> Literal["found", "appended"]:
        self.asked.append(patient)
        self.inside.set()
        self.go_on.wait(20)
        return super().file_sent(account, data, message_id, patient=patient)


def test_two_that_look_after_copies_at_once_file_one(imap: Imap, tmp_path: Path) -> None:
    """Of two workers one waits for the server's own copy and puts ours; the other finds it taken."""
    with world(imap, tmp_path) as here:
        send_confirmation(here)
        slow = Slow()
        filed: list[str | None] = []
        first = threading.Thread(target=lambda: filed.extend(one.filed for one in here.pamit.settle_copies(slow, NOW)))
        first.start()
        assert slow.inside.wait(20)
        assert here.pamit.settle_copies(here.mailbox, NOW) == []
        earlier = NOW - timedelta(seconds=20)  # of a round that began before, and comes to this message now
        assert here.pamit.settle_copies(here.mailbox, earlier) == []
        slow.go_on.set()
        first.join(20)
        assert (filed, len(imap.mails(RANI, imap.sent))) == (["appended"], 1)


def test_whoever_died_over_a_copy_holds_it_no_longer_than_a_lease(imap: Imap, tmp_path: Path) -> None:
    """Taken and never filed: the next who looks after the lease files it."""
    with world(imap, tmp_path) as here:
        message = send_confirmation(here)
        with here.pamit.store.writing() as unit:
            present = unit.outbox.get(message)
            assert unit.outbox.move(replace(present, lease_until=NOW + LEASE), present)
        assert here.pamit.settle_copies(here.mailbox, NOW + LEASE / 2) == []
        assert [one.filed for one in here.pamit.settle_copies(here.mailbox, NOW + LEASE)] == ["appended"]


def three_sent(here: World) -> None:
    """Three mails that were sent, and of which no copy was filed."""
    row, data = here.pamit.outgoing(send_confirmation(here))
    with here.pamit.store.writing() as unit:
        for other in "xy":  # no end of an id that was given out
            name = f"<{other}.{row.message_id.strip('<>')}>"
            copy = replace(row, id=f"{row.id[:-1]}{other}", message_id=name)
            unit.outbox.add(copy, data.replace(row.message_id.encode(), name.encode()))


def test_copies_of_many_mails_are_waited_for_once(imap: Imap, tmp_path: Path) -> None:
    """All were sent before the look began: a worker that waited for each would tell no reminder for minutes."""
    with world(imap, tmp_path) as here:
        three_sent(here)
        slow = Slow()
        slow.go_on.set()
        assert [one.filed for one in here.pamit.settle_copies(slow, NOW)] == ["appended"] * 3
        assert slow.asked == [True, False, False]


def test_mailbox_that_is_away_is_asked_once_a_look(imap: Imap, tmp_path: Path) -> None:
    """Not once for each mail, which may take a minute each; what waits can be filed at once when it is back."""
    with world(imap, tmp_path) as here:
        three_sent(here)
        away = Slow("salah")
        away.go_on.set()
        assert (here.pamit.settle_copies(away, NOW), away.asked) == ([], [True])
        assert [one.filed for one in here.pamit.settle_copies(here.mailbox, NOW)] == ["appended"] * 3


def test_folder_of_sent_mails_is_found_by_its_name_where_no_use_is_told(tmp_path: Path) -> None:
    """iCloud tells no special uses."""
    with dovecot(sent="Sent Messages", special=False) as imap, world(imap, tmp_path) as here:
        send_confirmation(here)
        assert [one.filed for one in here.pamit.settle_copies(here.mailbox, NOW)] == ["appended"]
        assert len(imap.mails(RANI, "Sent Messages")) == 1


def test_mail_that_came_back_was_not_sent(imap: Imap, tmp_path: Path) -> None:
    """A delivery report is shown; accepted, the case says no longer that the message was sent."""
    with world(imap, tmp_path) as here:
        message = send_confirmation(here)
        imap.put(RANI, bounced(here.pamit.outgoing(message)[0].message_id))
        (proposal,) = here.sync(NOW + timedelta(hours=1))
        (shown,) = here.pamit.proposals()
        assert shown.meaning == "undelivered"
        case = here.pamit.accept(proposal, NOW + timedelta(hours=1)).case or ""
        failed = here.pamit.outgoing(message)[0]
        assert (failed.state, failed.trouble) == (SendState.REJECTED, "bounced")
        assert here.pamit.case(case).case.events == ()


def bounced(message_id: str) -> bytes:
    """A report in the form of RFC 3464."""
    return (
        f"From: MAILER-DAEMON@kirim.example\r\nTo: {RANI}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Return-Path: <>\r\nMessage-ID: <dsn.1@kirim.example>\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nNobody of that name.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; kirim.example\r\n\r\n"
        f"Final-Recipient: rfc822; {RATIH}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nFrom: {RANI}\r\n\r\n--b--\r\n"
    ).encode()


def test_absence_changes_nothing(imap: Imap, tmp_path: Path) -> None:
    """An out-of-office reply is no answer of a person's."""
    with world(imap, tmp_path) as here:
        message = send_confirmation(here)
        mail = EmailMessage(email.policy.SMTP)
        mail["From"], mail["To"], mail["Subject"] = RATIH, RANI, "Automatic reply: Undangan"
        mail["Message-ID"], mail["Auto-Submitted"] = "<cuti.1@samudra.example>", "auto-replied"
        mail["In-Reply-To"] = here.pamit.outgoing(message)[0].message_id
        mail.set_content("Saya sedang cuti sampai Senin.\n")
        imap.put(RANI, mail.as_bytes())
        here.sync(NOW + timedelta(hours=1))
        assert [(one.meaning, one.applies) for one in here.pamit.proposals()] == [("automatic", False)]


def test_mail_of_others_is_left_alone(imap: Imap, tmp_path: Path) -> None:
    """What concerns no case is neither kept nor shown; a mail that cannot be read stops nothing and is said to be that."""
    with world(imap, tmp_path) as here:
        send_confirmation(here)
        imap.put(RANI, b"From: toko@belanja.example\r\nSubject: Diskon\r\nMessage-ID: <d@b>\r\n\r\nBelanja sekarang!\r\n")
        imap.put(RANI, b"From: a@b.example\r\n" + b"X-Satu: 1\r\n" * 2_000 + b"\r\nx\r\n")
        here.sync(NOW + timedelta(hours=1))
        assert [(one.meaning, one.sender) for one in here.pamit.proposals()] == [("unreadable", "a@b.example")]
