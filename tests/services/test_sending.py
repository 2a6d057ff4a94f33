"""A message from the draft to its end: what is shown, what is approved, what goes, and what becomes of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import open_store
from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.interview import Candidate
from pamit.domain.message import Draft
from pamit.domain.outbox import LEASE, Outgoing, RecipientResult, SendResult, SendState, Verdict
from pamit.domain.terms import Channel, EventKind, Language, Purpose, Stage
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email import Address, parse_email
from pamit.services.adding import Added
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit
from pamit.services.sending import Preview

from .conftest import NOW, invitation

RANI = Candidate("Rani Kusuma", "rani@kirim.example")
TEXT = "Yth. Ibu Ratna Dewi,\n\nTerima kasih. Saya akan hadir pada wawancara untuk posisi Kasir.\n\nHormat saya,\nRani Kusuma"
SOON = timedelta(minutes=1)


class Post:
    """A transport that answers as told and counts what it is given."""

    def __init__(self, *results: SendResult | Exception) -> None:
        self.results = list(results)
        self.given: list[tuple[str, tuple[str, ...], bytes]] = []

    def send(self, account: Account, data: bytes, sender: str, recipients: Sequence[str]) -> SendResult:
        self.given.append((sender, tuple(recipients), data))
        found = self.results.pop(0) if self.results else SendResult(Verdict.ACCEPTED)
        if isinstance(found, Exception):
            raise found
        if found.verdict == Verdict.ACCEPTED and not found.recipients:
            return SendResult(Verdict.ACCEPTED, tuple(RecipientResult(one, Verdict.ACCEPTED, 250) for one in recipients), 250)
        return found

    def close(self) -> None:
        """Nothing is open."""


def account() -> Account:
    return Account("rani@kirim.example", Server("127.0.0.1", 9, Security.PLAIN), auth=Auth.NONE, aliases=("rk@kirim.example",))


@pytest.fixture
def case(pamit: Pamit, added: Callable[..., Added]) -> str:
    """A case with an interview in three days, and an account to write from."""
    pamit.put_account(account())
    return added(invitation(start=NOW + timedelta(days=3), contact_email="ratna@toko.example")).dossier.id


def draft(purpose: Purpose = Purpose.CONFIRM, text: str = TEXT) -> Draft:
    return Draft(Channel.EMAIL, text, Language.ID, purpose, "Konfirmasi Wawancara")


def shown(pamit: Pamit, case: str, now: datetime = NOW, purpose: Purpose = Purpose.CONFIRM, **settings: Any) -> Preview:
    return pamit.prepare(case, draft(purpose), RANI, now, random=os.urandom, **settings)


def approved(pamit: Pamit, case: str, now: datetime = NOW, **settings: Any) -> Outgoing:
    preview = shown(pamit, case, now, **settings)
    return pamit.approve(preview.message.id, preview.message.digest, now, override="diuji")


def refused(call: Callable[[], object]) -> tuple[ErrorKind, str]:
    with pytest.raises(PamitError) as caught:
        call()
    return caught.value.kind, caught.value.code


def sent_events(pamit: Pamit, case: str) -> list[Purpose | None]:
    return [event.purpose for event in pamit.case(case).case.events if event.kind == EventKind.MESSAGE_SENT]


# -- approving --------------------------------------------------------------------------------------------------------


def test_preview_is_told_from_the_bytes_that_go(pamit: Pamit, case: str) -> None:
    """Addresses, subject and words are those of the mail itself."""
    preview = shown(pamit, case)
    message, data = pamit.outgoing(preview.message.id)
    mail = parse_email(data)
    assert (preview.to, preview.cc, preview.subject, preview.text) == (mail.to, mail.cc, mail.subject, mail.text)
    assert message.recipients == ("ratna@toko.example",)
    assert message.state == SendState.DRAFT


def test_nothing_goes_before_it_is_approved(pamit: Pamit, case: str) -> None:
    """A draft stays one whatever the worker does."""
    shown(pamit, case)
    post = Post()
    pamit.deliver(post, NOW, owner="a")
    assert post.given == []


def test_approved_bytes_go_and_no_others(pamit: Pamit, case: str) -> None:
    """What was shown is what the server gets, and the case says so in the same breath."""
    message = approved(pamit, case)
    post = Post()
    (done,) = pamit.deliver(post, NOW, owner="a").settled
    assert done.state == SendState.ACCEPTED
    assert [data for _, _, data in post.given] == [pamit.outgoing(message.id)[1]]
    assert sent_events(pamit, case) == [Purpose.CONFIRM]


def test_other_digest_is_refused(pamit: Pamit, case: str) -> None:
    """A yes to other bytes is no yes to these."""
    preview = shown(pamit, case)
    assert refused(lambda: pamit.approve(preview.message.id, "0" * 64, NOW)) == (ErrorKind.CONFLICT, "digest-differs")


def test_case_that_changed_needs_a_new_approval(pamit: Pamit, case: str) -> None:
    """The employer moved the interview while the person looked at the message."""
    preview = shown(pamit, case)
    pamit.edit(case, {"location": "Jl. Melati 5"}, NOW)
    wanted = (ErrorKind.CONFLICT, "case-moved-on")
    assert refused(lambda: pamit.approve(preview.message.id, preview.message.digest, NOW, override="diuji")) == wanted


def test_newer_draft_sets_the_older_aside(pamit: Pamit, case: str) -> None:
    """Only what was shown last can be approved."""
    first = shown(pamit, case)
    shown(pamit, case, NOW + SOON)
    wanted = (ErrorKind.CONFLICT, "not-a-draft")
    assert refused(lambda: pamit.approve(first.message.id, first.message.digest, NOW, override="diuji")) == wanted


def test_errors_block_unless_a_reason_is_kept(pamit: Pamit, case: str) -> None:
    """The reason stands with the message and in the case."""
    preview = pamit.prepare(case, draft(text="Saya tidak datang!!! Kalian tidak profesional."), RANI, NOW, random=os.urandom)
    assert preview.message.rules != ()
    assert refused(lambda: pamit.approve(preview.message.id, preview.message.digest, NOW)) == (ErrorKind.REFUSED, "has-errors")
    blank = lambda: pamit.approve(preview.message.id, preview.message.digest, NOW, override="  ")  # noqa: E731
    assert refused(blank) == (ErrorKind.REFUSED, "has-errors")
    message = pamit.approve(preview.message.id, preview.message.digest, NOW, override="Sudah saya pikirkan.")
    assert message.override == "Sudah saya pikirkan."
    pamit.deliver(Post(), NOW, owner="a")
    assert pamit.case(case).entries[-1].note == "Sudah saya pikirkan."


def test_approved_twice_it_goes_once(pamit: Pamit, case: str) -> None:
    """A double click, a reload, a replayed request."""
    preview = shown(pamit, case)
    for _ in range(3):
        pamit.approve(preview.message.id, preview.message.digest, NOW, override="diuji")
    post = Post()
    for _ in range(3):
        pamit.deliver(post, NOW, owner="a")
        pamit.approve(preview.message.id, preview.message.digest, NOW, override="diuji")
    assert len(post.given) == 1


def test_repeated_request_makes_one_message(pamit: Pamit, case: str) -> None:
    """Its token finds the same bytes again."""
    first, again = (shown(pamit, case, token="klik-1") for _ in range(2))
    assert first.message == again.message
    assert len(pamit.outbox()) == 1


def test_second_message_of_one_purpose_asks(pamit: Pamit, case: str) -> None:
    """It tells of the first one, and goes only when that is wanted."""
    approved(pamit, case)
    pamit.deliver(Post(), NOW, owner="a")
    again = shown(pamit, case, NOW + SOON)
    assert again.repeats is not None
    wanted = (ErrorKind.CONFLICT, "already-sent")
    assert refused(lambda: pamit.approve(again.message.id, again.message.digest, NOW, override="diuji")) == wanted
    pamit.approve(again.message.id, again.message.digest, NOW, override="diuji", again=True)


def test_entry_taken_back_does_not_hide_the_mail(pamit: Pamit, case: str) -> None:
    """An undo in the case calls no mail back."""
    approved(pamit, case)
    pamit.deliver(Post(), NOW, owner="a")
    pamit.undo(case, NOW + SOON)
    assert shown(pamit, case, NOW + SOON).repeats is not None


def test_moved_interview_is_answered_anew_without_asking(pamit: Pamit, case: str) -> None:
    """What was confirmed was another time."""
    from pamit.domain.interview import Event

    approved(pamit, case)
    pamit.deliver(Post(), NOW, owner="a")
    at = NOW + timedelta(hours=1)
    moved = Event(at, EventKind.RESCHEDULED_BY_EMPLOYER)
    pamit.note(case, at, event=moved, facts={"start": (NOW + timedelta(days=5)).isoformat()})
    assert shown(pamit, case, at + SOON).repeats is None


def test_database_keeps_the_bytes_as_they_are(pamit: Pamit, case: str) -> None:
    """Not even by mistake is an approved message changed."""
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    message = approved(pamit, case)
    engine = pamit.store.engine  # type: ignore[attr-defined]
    with pytest.raises(DBAPIError), engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE outbox SET data = 'x' WHERE id = :id"), {"id": message.id})


# -- whom and from where ----------------------------------------------------------------------------------------------


def test_alias_may_send_and_strangers_may_not(pamit: Pamit, case: str) -> None:
    """Only addresses of an account."""
    assert shown(pamit, case, address="rk@kirim.example").sender.email == "rk@kirim.example"
    wanted = (ErrorKind.MISSING, "not-your-address")
    assert refused(lambda: shown(pamit, case, address="orang@lain.example")) == wanted


def test_chosen_addressees_take_the_place_of_the_proposed_ones(pamit: Pamit, case: str) -> None:
    """Every one of them stands in the preview and in the envelope."""
    preview = shown(pamit, case, to=(Address("Ibu Sari", "sari@toko.example"),), cc=(Address(None, "hr@toko.example"),))
    assert [one.email for one in (*preview.to, *preview.cc)] == ["sari@toko.example", "hr@toko.example"]
    assert preview.message.recipients == ("sari@toko.example", "hr@toko.example")


def test_without_an_account_nothing_is_prepared(pamit: Pamit, added: Callable[..., Added]) -> None:
    """It is said, not guessed."""
    case = added(invitation(contact_email="ratna@toko.example")).dossier.id
    assert refused(lambda: shown(pamit, case)) == (ErrorKind.MISSING, "no-account")


# -- later, and undo --------------------------------------------------------------------------------------------------


def test_later_waits_and_can_be_taken_back(pamit: Pamit, case: str) -> None:
    """Until its moment nothing goes, and after a cancel nothing ever does."""
    preview = shown(pamit, case)
    at = NOW + timedelta(hours=5)
    message = pamit.approve(preview.message.id, preview.message.digest, NOW, at=at, override="diuji")
    post = Post()
    assert (message.state, pamit.deliver(post, NOW + timedelta(hours=4), owner="a").next_at) == (SendState.APPROVED, at)
    pamit.cancel_message(message.id)
    pamit.deliver(post, at, owner="a")
    assert (post.given, pamit.outgoing(message.id)[0].state) == ([], SendState.CANCELLED)


def test_sent_message_is_not_taken_back(pamit: Pamit, case: str) -> None:
    """What is gone is gone."""
    message = approved(pamit, case)
    pamit.deliver(Post(), NOW, owner="a")
    assert refused(lambda: pamit.cancel_message(message.id)) == (ErrorKind.CONFLICT, "not-waiting")


def test_time_to_send_at_lies_before_the_interview(pamit: Pamit, case: str) -> None:
    """A confirmation after the talk helps nobody."""
    preview = shown(pamit, case)
    approve = lambda at: pamit.approve(preview.message.id, preview.message.digest, NOW, at=at, override="diuji")  # noqa: E731
    assert refused(lambda: approve(NOW + timedelta(days=3))) == (ErrorKind.REFUSED, "too-late")
    assert refused(lambda: approve(NOW)) == (ErrorKind.INVALID, "not-ahead")


# -- what becomes of it -----------------------------------------------------------------------------------------------


def test_retries_come_after_1_5_15_60_minutes_with_the_same_bytes(pamit: Pamit, case: str) -> None:
    """Then every hour, until a day has passed."""
    approved(pamit, case)
    post = Post(*[SendResult(Verdict.TRANSIENT, code=451, trouble="try-again")] * 99)
    now, waits = NOW, []
    while True:
        (done,) = pamit.deliver(post, now, owner="a").settled
        if done.state != SendState.RETRY:
            break
        assert done.due_at is not None
        waits.append(round((done.due_at - now).total_seconds() / 60))
        assert pamit.deliver(post, done.due_at - timedelta(seconds=1), owner="a").settled == ()
        now = done.due_at
    assert waits[:6] == [1, 5, 15, 60, 60, 60]
    assert (done.state, done.trouble) == (SendState.REJECTED, "too-late")
    assert NOW + timedelta(hours=22) < now <= NOW + timedelta(hours=24)
    assert len({data for _, _, data in post.given}) == 1
    assert sent_events(pamit, case) == []


def test_no_retry_after_the_interview_began(pamit: Pamit, case: str) -> None:
    """The message has lost its sense: the person is told in time to call."""
    late = NOW + timedelta(days=3) - timedelta(minutes=10)
    approved(pamit, case, late)
    post = Post(*[SendResult(Verdict.UNREACHABLE, trouble="unreachable")] * 9)
    now = late
    for _ in range(9):
        done = pamit.deliver(post, now, owner="a")
        if done.next_at is None:
            break
        now = done.next_at
    assert (done.settled[0].state, done.settled[0].trouble) == (SendState.REJECTED, "too-late")
    assert now < NOW + timedelta(days=3)


def test_message_that_waited_too_long_is_not_sent(pamit: Pamit, case: str) -> None:
    """The machine was off until the interview had begun."""
    approved(pamit, case)
    post = Post()
    (done,) = pamit.deliver(post, NOW + timedelta(days=3), owner="a").settled
    assert (done.state, done.trouble, post.given) == (SendState.REJECTED, "too-late", [])


@pytest.mark.parametrize(
    ("result", "trouble"),
    [
        (SendResult(Verdict.AUTH, code=535, trouble="login-refused"), "login-refused"),
        (SendResult(Verdict.PERMANENT, code=550, trouble="refused"), "refused"),
        (SendResult(Verdict.PERMANENT, code=550, trouble="policy"), "policy"),
    ],
)
def test_login_and_permanent_errors_stop_at_once(pamit: Pamit, case: str, result: SendResult, trouble: str) -> None:
    """No storm of attempts; the same bytes go when the person says so."""
    message = approved(pamit, case)
    post = Post(result)
    for later in (NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=2)):
        pamit.deliver(post, later, owner="a")
    found = pamit.outgoing(message.id)[0]
    assert (found.state, found.trouble, len(post.given)) == (SendState.REJECTED, trouble, 1)
    pamit.retry_message(message.id, NOW + timedelta(hours=3))
    pamit.deliver(post, NOW + timedelta(hours=3), owner="a")
    assert pamit.outgoing(message.id)[0].state == SendState.ACCEPTED
    assert post.given[0] == post.given[1]


def test_recipients_that_were_put_off_get_it_later_and_the_others_once(pamit: Pamit, case: str) -> None:
    """Nobody gets it twice, and the case says it once."""
    to = tuple(Address(None, f"{name}@toko.example") for name in ("a", "b", "c"))
    approved(pamit, case, to=to)
    verdicts = (Verdict.ACCEPTED, Verdict.TRANSIENT, Verdict.PERMANENT)
    part = tuple(RecipientResult(one.email, verdict) for one, verdict in zip(to, verdicts, strict=True))
    post = Post(SendResult(Verdict.ACCEPTED, part, 250))
    (first,) = pamit.deliver(post, NOW, owner="a").settled
    assert first.state == SendState.RETRY
    (last,) = pamit.deliver(post, NOW + SOON, owner="a").settled
    assert (last.state, last.trouble) == (SendState.ACCEPTED, "partly")
    assert [recipients for _, recipients, _ in post.given] == [
        ("a@toko.example", "b@toko.example", "c@toko.example"), ("b@toko.example",),
    ]  # fmt: skip
    assert sent_events(pamit, case) == [Purpose.CONFIRM]


def test_unknown_is_never_sent_again_by_itself(pamit: Pamit, case: str) -> None:
    """Only the person's word settles it."""
    message = approved(pamit, case)
    post = Post(SendResult(Verdict.UNKNOWN))
    for later in range(30):
        pamit.deliver(post, NOW + timedelta(hours=later), owner="a")
    assert (len(post.given), pamit.outgoing(message.id)[0].state) == (1, SendState.UNKNOWN)
    done = pamit.resolve_message(message.id, NOW + timedelta(hours=30), sent=True)
    assert (done.state, sent_events(pamit, case)) == (SendState.ACCEPTED, [Purpose.CONFIRM])


def test_unknown_that_did_not_go_is_sent_by_the_persons_word(pamit: Pamit, case: str) -> None:
    """The same bytes, once more."""
    message = approved(pamit, case)
    post = Post(SendResult(Verdict.UNKNOWN))
    pamit.deliver(post, NOW, owner="a")
    pamit.resolve_message(message.id, NOW + SOON, sent=False)
    pamit.deliver(post, NOW + SOON, owner="a")
    assert (post.given[0] == post.given[1], pamit.outgoing(message.id)[0].state) == (True, SendState.ACCEPTED)


def test_only_doubt_is_resolved(pamit: Pamit, case: str) -> None:
    """What is known is not asked about."""
    message = approved(pamit, case)
    wanted = (ErrorKind.CONFLICT, "not-doubtful")
    assert refused(lambda: pamit.resolve_message(message.id, NOW, sent=True)) == wanted


# -- workers, clocks, disks -------------------------------------------------------------------------------------------


def test_two_workers_send_one_message(tmp_path: Path) -> None:
    """Whoever is first has it."""
    address = f"sqlite:///{tmp_path / 'pamit.db'}"
    with Pamit(open_store(address), ZipArchive(), AgeSeal()) as pamit:
        pamit.put_account(account())
        read = invitation(start=NOW + timedelta(days=3), contact_email="ratna@toko.example")
        cases = [pamit.add(read, source_of(f"pesan {number}".encode()), NOW, new=True).dossier.id for number in range(12)]
        for case in cases:
            approved(pamit, case)
    post = Post()

    def work(name: str) -> None:
        with Pamit(open_store(address), ZipArchive(), AgeSeal()) as pamit:
            pamit.deliver(post, NOW, owner=name)

    workers = [threading.Thread(target=work, args=(f"pekerja {number}",)) for number in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(post.given) == len({data for _, _, data in post.given}) == 12


def test_lease_that_runs_out_leaves_a_doubt(pamit: Pamit, case: str) -> None:
    """Whoever died may have sent it."""
    message = approved(pamit, case)
    with pytest.raises(ZeroDivisionError):
        pamit.deliver(Post(ZeroDivisionError()), NOW, owner="a")
    post = Post()
    assert pamit.deliver(post, NOW + LEASE - SOON, owner="b").doubtful == ()
    (doubtful,) = pamit.deliver(post, NOW + LEASE, owner="b").doubtful
    assert (doubtful.id, doubtful.state, post.given) == (message.id, SendState.UNKNOWN, [])


def test_round_that_began_earlier_doubts_nobody(pamit: Pamit, case: str) -> None:
    """Its moment lies before the claim of a round that began after it, and took a message while the first was at work."""
    approved(pamit, case)
    with pytest.raises(ZeroDivisionError):
        pamit.deliver(Post(ZeroDivisionError()), NOW, owner="a")
    assert pamit.deliver(Post(), NOW - timedelta(minutes=2), owner="b").doubtful == ()


def test_clock_set_back_leaves_nobody_waiting(pamit: Pamit, case: str) -> None:
    """A lease and a retry that now lie far ahead hold nothing up, and nothing goes twice."""
    message = approved(pamit, case)
    with pytest.raises(ZeroDivisionError):
        pamit.deliver(Post(ZeroDivisionError()), NOW + timedelta(days=2), owner="a")
    (doubtful,) = pamit.deliver(Post(), NOW, owner="b").doubtful
    assert doubtful.id == message.id


def test_retry_that_lies_far_ahead_is_tried_at_once(pamit: Pamit, case: str) -> None:
    """The clock was two days ahead when the retry was set."""
    preview = shown(pamit, case)
    pamit.approve(preview.message.id, preview.message.digest, NOW + timedelta(days=2), override="diuji")
    pamit.deliver(Post(SendResult(Verdict.TRANSIENT)), NOW + timedelta(days=2), owner="a")
    (done,) = pamit.deliver(Post(), NOW, owner="a").settled
    assert done.state == SendState.ACCEPTED


class FullDisk:
    """A store whose disk is full at the unit for writing of that number."""

    def __init__(self, store: Any, number: int) -> None:
        self.store, self.left = store, number

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    @contextmanager
    def writing(self) -> Iterator[Any]:
        self.left -= 1
        with self.store.writing() as unit:
            yield unit
            if self.left == 0:
                raise PamitError(ErrorKind.UNAVAILABLE, "disk-full", "There is no space left; nothing was changed.")


@pytest.mark.parametrize(("unit", "given", "state"), [(1, 0, SendState.QUEUED), (2, 1, SendState.SENDING)])
def test_full_disk_sends_nothing_twice(pamit: Pamit, case: str, unit: int, given: int, state: SendState) -> None:
    """Before the claim is kept nothing goes; after the mail went the doubt is said."""
    from pamit.services.delivering import deliver_due

    message, post = approved(pamit, case), Post()
    with pytest.raises(PamitError):
        deliver_due(FullDisk(pamit.store, unit), pamit.own_days, post, NOW, owner="a")  # type: ignore[arg-type]
    assert (len(post.given), pamit.outgoing(message.id)[0].state) == (given, state)
    pamit.deliver(post, NOW + LEASE, owner="b")
    wanted = SendState.UNKNOWN if given else SendState.ACCEPTED
    assert (len(post.given), pamit.outgoing(message.id)[0].state) == (1, wanted)


def test_account_that_is_gone_stops_the_message(pamit: Pamit, case: str) -> None:
    """It is said, and nothing is guessed."""
    approved(pamit, case)
    pamit.drop_account("rani@kirim.example")
    (done,) = pamit.deliver(Post(), NOW, owner="a").settled
    assert (done.state, done.trouble) == (SendState.REJECTED, "no-account")


def test_deleted_case_takes_its_messages_along(pamit: Pamit, case: str) -> None:
    """Delete means for good, and nothing is sent any more."""
    approved(pamit, case)
    pamit.delete(case)
    post = Post()
    pamit.deliver(post, NOW, owner="a")
    assert (pamit.outbox(), post.given) == ([], [])


# -- handed over ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sent", "events"), [(True, [Purpose.CONFIRM]), (False, [])])
def test_handed_over_is_asked_about(pamit: Pamit, case: str, sent: bool, events: list[Purpose]) -> None:
    """Another program sends it; the case counts it only by the person's word."""
    text = replace(draft(), channel=Channel.TEXT)
    message = pamit.hand_over(case, text, "whatsapp", b"https://wa.me/62", NOW, os.urandom)
    assert (message.state, sent_events(pamit, case)) == (SendState.HANDED_OVER, [])
    pamit.resolve_message(message.id, NOW + SOON, sent=sent)
    assert sent_events(pamit, case) == events
    assert pamit.plan(case, NOW + SOON).stage == Stage.SCHEDULED


# -- injection (T13) --------------------------------------------------------------------------------------------------

BREAKS = ["\r\n", "\n", "\r", "\0", "\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "%0D%0A", "^n", "=?utf-8?q?=0D=0A?="]


@pytest.mark.parametrize("sign", BREAKS)
def test_no_input_adds_a_field_or_a_recipient(pamit: Pamit, case: str, sign: str) -> None:
    """Name, subject and words that try to: the fields and the envelope are as meant."""
    attack = f"Rani{sign}Bcc: palsu@lain.example{sign}{sign}Halo"
    words = Draft(Channel.EMAIL, f"{TEXT}\n{attack}", Language.ID, Purpose.CONFIRM, attack)
    preview = pamit.prepare(
        case, words, Candidate(attack, None), NOW, random=os.urandom, to=(Address(attack, "r@toko.example"),)
    )
    message, data = pamit.outgoing(preview.message.id)
    fields = [name for name, _ in parse_email(data).fields]
    assert "bcc" not in fields
    assert len(fields) == len(set(fields))
    assert message.recipients == ("r@toko.example",)
