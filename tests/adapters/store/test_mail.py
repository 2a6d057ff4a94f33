"""What the store keeps of mail, on every database that it runs on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pamit.adapters.store import SqlStore
from pamit.adapters.store.engine import WRITE
from pamit.domain.account import Account, Auth, OAuthClient, Security, Server
from pamit.domain.log import Entry, EntryKind
from pamit.domain.outbox import CalendarAnswer, Outgoing, RecipientResult, SendState, Verdict
from pamit.domain.terms import Bilingual, Channel, Purpose
from pamit.errors import PamitError
from pamit.services.mail_ports import FolderMark, Proposal

AT = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=7)))
ACCOUNT = Account(
    "rani@kirim.example", Server("smtp.kirim.example", 465), Server("imap.kirim.example", 143, Security.STARTTLS), Auth.XOAUTH2,
    "rani", "Rani", ("rk@kirim.example",), "gmail", OAuthClient("id", "https://a.example", "https://t.example", ("s",)),
)  # fmt: skip


def begin(store: SqlStore) -> str:
    with store.writing() as unit:
        case, _ = unit.create()
        unit.append(case, [Entry(1, AT, AT, EntryKind.ADDED)], after=0)
    return case


def message(case: str, name: str = "a1", **parts: object) -> Outgoing:
    whole = Outgoing(
        id=name, case=case, account="rani@kirim.example", state=SendState.QUEUED, message_id=f"<{name}@kirim.example>",
        digest="0" * 64, sender="rani@kirim.example", recipients=("a@toko.example",), purpose=Purpose.CONFIRM,
        channel=Channel.EMAIL, created_at=AT, version=1, due_at=AT,
        answer=CalendarAnswer("uid", "REPLY", "ACCEPTED", 2, AT, AT),
        results=(RecipientResult("a@toko.example", Verdict.TRANSIENT, 450, "nanti\0"),),
    )  # fmt: skip
    return replace(whole, **parts)  # type: ignore[arg-type]


def test_account_comes_back_as_it_was(store: SqlStore) -> None:
    """Put again it takes its own place; dropped it is gone with its marks."""
    with store.writing() as unit:
        unit.accounts.put(Account("budi@kirim.example"))
        unit.accounts.put(ACCOUNT)
        unit.accounts.put(Account("budi@kirim.example", name="Budi"))
        unit.accounts.put_mark("rani@kirim.example", "INBOX", FolderMark(7, 41))
        unit.accounts.put_mark("rani@kirim.example", "INBOX", FolderMark(7, 42))
    with store.reading() as view:
        assert view.accounts.all() == [Account("budi@kirim.example", name="Budi"), ACCOUNT]
        assert view.accounts.mark("rani@kirim.example", "INBOX") == FolderMark(7, 42)
    with store.writing() as unit:
        assert (unit.accounts.drop("rani@kirim.example"), unit.accounts.drop("rani@kirim.example")) == (True, False)
        assert unit.accounts.mark("rani@kirim.example", "INBOX") is None


def test_message_comes_back_as_it_was(store: SqlStore) -> None:
    """With its bytes, its answer and its results."""
    kept = message(begin(store), results=())
    with store.writing() as unit:
        unit.outbox.add(kept, b"\x00\xff bytes", "token")
    with store.reading() as view:
        assert view.outbox.get("a1") == kept
        assert view.outbox.by_token("token") == kept
        assert view.outbox.data("a1") == b"\x00\xff bytes"
        assert view.outbox.by_message_id(["<a1@kirim.example>"]) == [kept]
        assert view.by_message_id(["<a1@kirim.example>"]) == [kept.case]


def test_words_of_a_server_may_hold_anything(store: SqlStore) -> None:
    """A NUL, which PostgreSQL keeps in no text, is no reason to fail."""
    kept = message(begin(store))
    with store.writing() as unit:
        unit.outbox.add(kept, b"")
    with store.reading() as view:
        assert view.outbox.get("a1").results[0].said == "nanti\ufffd"


def test_message_moves_once(store: SqlStore) -> None:
    """Compare and set: of two that want to move it from the same state one does."""
    kept = message(begin(store))
    sending = replace(kept, state=SendState.SENDING, attempts=1)
    with store.writing() as unit:
        unit.outbox.add(kept, b"")
    with store.writing() as unit:
        assert unit.outbox.move(sending, kept)
    with store.writing() as unit:
        assert not unit.outbox.move(sending, kept)


def test_due_messages_come_in_order(store: SqlStore) -> None:
    """Soonest first; what is settled or lies ahead is not among them."""
    case = begin(store)
    with store.writing() as unit:
        unit.outbox.add(message(case, "b2", due_at=AT - timedelta(minutes=1), state=SendState.RETRY), b"")
        unit.outbox.add(message(case, "b1", due_at=AT - timedelta(minutes=2), state=SendState.APPROVED), b"")
        unit.outbox.add(message(case, "b3", due_at=AT + timedelta(minutes=2)), b"")
        unit.outbox.add(message(case, "b4", due_at=AT + timedelta(hours=3), state=SendState.RETRY), b"")
        unit.outbox.add(message(case, "b5", due_at=None, state=SendState.ACCEPTED), b"")
    with store.reading() as view:
        assert [one.id for one in view.outbox.due(AT)] == ["b1", "b2", "b4"]
        assert view.outbox.next_due() == AT - timedelta(minutes=2)
        assert [one.id for one in view.outbox.listing((SendState.ACCEPTED,))] == ["b5"]


def test_bytes_of_a_message_stay(store: SqlStore) -> None:
    """What was approved is what goes."""
    case = begin(store)
    with store.writing() as unit:
        unit.outbox.add(message(case), b"satu")
    with pytest.raises(DBAPIError), store.engine.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.execute(text("UPDATE outbox SET data = NULL"))


def test_same_message_id_is_kept_once(store: SqlStore) -> None:
    """A second row for one mail would be a second mail."""
    case = begin(store)
    with store.writing() as unit:
        unit.outbox.add(message(case), b"")
    with pytest.raises(PamitError) as caught, store.writing() as unit:
        unit.outbox.add(message(case, "a2", message_id="<a1@kirim.example>"), b"")
    assert caught.value.code == "known-message"


def test_proposal_is_known_and_settled_once(store: SqlStore) -> None:
    """By its bytes or its id, also after it was rejected; its bytes go then."""
    case = begin(store)
    digest = hashlib.sha256(b"surel").hexdigest()
    kept = Proposal(
        "p1", digest, None, case, "confirmed", AT, "A <a@b.example>", "Ya\0", (Bilingual("a", "b"),), message_id="<x@y>"
    )
    with store.writing() as unit:
        unit.inbox.add(kept, b"surel")
    with store.writing() as unit:
        assert unit.inbox.listing() == [replace(kept, subject="Ya\ufffd")]
        assert unit.inbox.data("p1") == b"surel"
        assert (unit.inbox.settle("p1", "rejected"), unit.inbox.settle("p1", "accepted")) == (True, False)
        assert unit.inbox.knows(digest, None)
        assert unit.inbox.knows("0" * 64, "<x@y>")
        assert not unit.inbox.knows("0" * 64, "<z@y>")
        assert unit.inbox.listing() == []
        with pytest.raises(PamitError):
            unit.inbox.data("p1")


def test_deleted_case_takes_its_mail_along(store: SqlStore) -> None:
    """Delete means for good."""
    case = begin(store)
    with store.writing() as unit:
        unit.outbox.add(message(case), b"")
        unit.inbox.add(Proposal("p1", "0" * 64, None, case, "other", AT, "", ""), b"surel")
        unit.delete(case)
    with store.reading() as view:
        assert (view.outbox.listing(), view.inbox.listing(None)) == ([], [])
