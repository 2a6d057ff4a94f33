"""Looking into a mailbox in which some mails cannot be read: each is kept as that, and those after it are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

import pytest

from pamit.domain.account import Account, Security, Server
from pamit.errors import ErrorKind, PamitError
from pamit.services.mail_ports import FolderMark, Incoming, Proposal
from pamit.services.pamit import Pamit
from pamit.services.receiving import sync
from pamit.services.trial import unreadable

NOW = datetime.fromisoformat("2026-11-24T09:00:00+07:00")
ADDRESS = "sari@mail.example"


def mail(number: int, company: str) -> bytes:
    return (
        f"From: Ratna <hr{number}@tunas.example>\r\nTo: {ADDRESS}\r\nSubject: Undangan wawancara {company}\r\n"
        f"Message-ID: <{number}@tunas.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0700\r\n\r\n"
        f"Kami mengundang Saudari untuk wawancara posisi Staf Gudang di PT {company} pada Kamis, 26 November 2026 "
        "pukul 10.00 WIB di kantor kami, Jl. Melati No. 5, Bandung.\r\n"
    ).encode()


BOMB = b"From: Bom <bom@jahat.example>\r\nSubject: Undangan\r\nX: " + b"=?utf-8?q?a?= " * 50_000 + b"\r\n\r\nx"


class Held:
    """A mailbox that holds these mails, as one that a server would."""

    def __init__(self, *mails: bytes) -> None:
        self.mails = mails

    def new_mail(
        self, account: Account, mark: Callable[[str], FolderMark | None], since: datetime
    ) -> Iterator[tuple[str, FolderMark, Incoming | None]]:
        reached = mark("INBOX")
        for uid, data in enumerate(self.mails, 1):
            if reached is None or uid > reached.last:
                yield "INBOX", FolderMark(1, uid), Incoming(uid, data)


class Failing:
    """A place of trial that fails at one mail."""

    def __init__(self, at: bytes, error: PamitError) -> None:
        self.at, self.error = at, error

    def attempt(self, data: bytes, name: str | None, now: datetime) -> None:
        if data == self.at:
            raise self.error

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def joined(pamit: Pamit) -> Pamit:
    """A memory with one account."""
    pamit.put_account(Account(ADDRESS, imap=Server("imap.mail.example", 993, Security.TLS)))
    return pamit


def look(pamit: Pamit, *mails: bytes, trial: Failing | None = None) -> tuple[Proposal, ...]:
    return sync(pamit.store, Held(*mails), NOW, random=Random(7).randbytes, trial=trial).proposals  # type: ignore[arg-type]


def test_mail_beyond_the_limits_is_kept_and_the_next_one_is_read(joined: Pamit) -> None:
    """Its bytes lie there, its sender and subject are shown, and it is never accepted unseen."""
    found = look(joined, mail(1, "Tunas Satu"), BOMB, mail(2, "Tunas Dua"))
    assert [one.meaning for one in found] == ["invitation", "unreadable", "invitation"]
    bomb = found[1]
    assert (bomb.sender, bomb.subject, bomb.asks, bomb.applies) == ("Bom <bom@jahat.example>", "Undangan", True, False)
    with joined.store.reading() as view:
        assert view.inbox.data(bomb.id) == BOMB


def test_what_could_not_be_read_is_said_in_both_languages(joined: Pamit) -> None:
    """With what to do: open it elsewhere, paste its words."""
    (bomb,) = look(joined, BOMB)
    assert bomb.reasons[0].id.startswith("Surel ini tidak dapat dibaca")
    assert bomb.reasons[0].en.startswith("This mail could not be read")


def test_mail_that_fails_its_trial_is_kept_unread(joined: Pamit) -> None:
    """Whatever broke there is not read here."""
    failing = Failing(mail(1, "Tunas Satu"), unreadable("memory"))
    found = look(joined, mail(1, "Tunas Satu"), mail(2, "Tunas Dua"), trial=failing)
    assert [one.meaning for one in found] == ["unreadable", "invitation"]


def test_reader_that_cannot_be_started_leaves_the_mail_for_later(joined: Pamit) -> None:
    """The account is named as not read, nothing is kept, and the next look reads it."""
    away = Failing(mail(1, "Tunas Satu"), PamitError(ErrorKind.UNAVAILABLE, "reader-unavailable", "No process."))
    held = Held(mail(1, "Tunas Satu"))
    found = sync(joined.store, held, NOW, random=Random(7).randbytes, trial=away)  # type: ignore[arg-type]
    assert (found.proposals, found.failed) == ((), ((ADDRESS, "reader-unavailable"),))
    assert [one.meaning for one in look(joined, mail(1, "Tunas Satu"))] == ["invitation"]


def test_mistake_of_ours_in_one_mail_does_not_close_the_mailbox(joined: Pamit, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that nobody thought of is that mail's, and no one else's."""
    from pamit.services import receiving

    theirs = receiving.take_in

    def mistaken(store: object, data: bytes, *rest: object, **more: object) -> Proposal | None:
        if data == mail(1, "Tunas Satu"):
            raise KeyError("x")
        return theirs(store, data, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(receiving, "take_in", mistaken)
    assert [one.meaning for one in look(joined, mail(1, "Tunas Satu"), mail(2, "Tunas Dua"))] == ["unreadable", "invitation"]


def test_unreadable_mail_is_kept_once(joined: Pamit) -> None:
    """The same bytes in another folder, or after a restart, say nothing new."""
    assert len(look(joined, BOMB, BOMB)) == 1


def test_unreadable_mail_cannot_be_accepted_but_put_aside(joined: Pamit) -> None:
    """There is nothing in it to accept."""
    (bomb,) = look(joined, BOMB)
    with pytest.raises(PamitError, match="could not be read") as caught:
        joined.accept(bomb.id, NOW + timedelta(hours=1))
    assert caught.value.code == "could-not-be-read"
    assert joined.reject(bomb.id).state == "rejected"
    assert joined.proposals() == []
