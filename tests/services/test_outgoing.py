"""A draft in the form in which it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from pamit.domain.interview import Agency, Candidate, Contact, Interview
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language
from pamit.errors import PamitError
from pamit.formats.email import parse_email
from pamit.phrasing.cards import Card, CardSection
from pamit.services.outgoing import Links, letter_file, links_of, mail_file, markdown_card, markdown_file, text_file

NOW = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=7)))
WRITER = Candidate("Rani Kusuma", "rani@surel.example")
INTERVIEW = Interview("PT Contoh", "Kasir", contact=Contact("Ibu Ratih", "ratih@contoh.example", "+6281200001234"))
DRAFT = Draft(Channel.EMAIL, "Yth. Ibu Ratih,\n\nTerima kasih.", Language.ID, subject="Pembatalan wawancara")


def original(sender: str = "Ratih <ratih@contoh.example>", to: str = "rani.k@lain.example", more: str = "") -> bytes:
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: Undangan\r\nMessage-ID: <u1@contoh.example>\r\n{more}"
    return f"{head}Date: Mon, 23 Nov 2026 10:00:00 +0700\r\n\r\nKami mengundang Anda.\r\n".encode()


def mail(**settings: Any) -> Any:
    given = {"draft": DRAFT, "interview": INTERVIEW, "candidate": WRITER, "now": NOW, "random": bytes(16), **settings}
    return mail_file(given.pop("draft"), given.pop("interview"), given.pop("candidate"), **given)


def test_answer_goes_to_who_wrote_within_the_thread() -> None:
    """From the person's own address, with the invitation's subject."""
    made = mail(original=original())
    found = parse_email(made.data)
    assert ([one.email for one in made.to], made.cautions) == (["ratih@contoh.example"], ())
    assert (str(found.sender), found.subject, found.in_reply_to) == (
        "Rani Kusuma <rani@surel.example>", "Re: Undangan", ("<u1@contoh.example>",),
    )  # fmt: skip


def test_own_address_is_the_one_that_was_invited() -> None:
    """Where the person names none and only one address was invited."""
    nameless = replace(WRITER, email=None)
    found = parse_email(mail(candidate=nameless, original=original()).data)
    assert found.sender is not None
    assert found.sender.email == "rani.k@lain.example"
    for source in (None, original(to="a@lain.example, b@lain.example")):
        with pytest.raises(PamitError) as caught:
            mail(candidate=nameless, original=source)
        assert caught.value.code == "no-email"


def test_first_mail_goes_to_the_contact() -> None:
    """The invitation came by chat or letter: a thread of one's own begins."""
    found = parse_email(mail().data)
    assert ([str(one) for one in found.to], found.subject, found.references) == (
        ["Ibu Ratih <ratih@contoh.example>"], "Pembatalan wawancara", (),
    )  # fmt: skip


def test_machine_address_gives_way_to_the_contact() -> None:
    """Rule C9: the thread stays, the addressee is a person."""
    made = mail(original=original("HR <no-reply@contoh.example>"))
    assert ([one.email for one in made.to], parse_email(made.data).in_reply_to) == (
        ["ratih@contoh.example"],
        ("<u1@contoh.example>",),
    )
    alone = mail(original=original("HR <no-reply@contoh.example>"), interview=replace(INTERVIEW, contact=Contact()))
    assert ([one.email for one in alone.to], alone.cautions) == (["no-reply@contoh.example"], ("no-reply",))


def test_own_forward_is_no_mail_to_answer() -> None:
    """A mail from oneself carried the invitation; the contact is written to, in a thread of its own."""
    made = mail(original=original("Rani <RANI@surel.example>"))
    assert ([one.email for one in made.to], parse_email(made.data).in_reply_to) == (["ratih@contoh.example"], ())


def test_agency_has_its_own_thread_unless_it_invited() -> None:
    """Rule C7."""
    between = replace(INTERVIEW, agency=Agency("Karya", "halo@perantara.example"))
    other = mail(interview=between, original=original(), to_agency=True)
    assert ([one.email for one in other.to], parse_email(other.data).subject) == (
        ["halo@perantara.example"],
        "Pembatalan wawancara",
    )
    invited = mail(interview=between, original=original("Halo@perantara.example"), to_agency=True)
    assert parse_email(invited.data).in_reply_to == ("<u1@contoh.example>",)
    for interview in (INTERVIEW, replace(INTERVIEW, agency=Agency("Karya"))):
        with pytest.raises(PamitError) as caught:
            mail(interview=interview, to_agency=True)
        assert caught.value.code == "no-recipient"


def test_wrong_channel_is_refused() -> None:
    """A chat message is no mail, a mail no letter."""
    codes = []
    for call in (
        lambda: mail(draft=replace(DRAFT, channel=Channel.TEXT)),
        lambda: mail(interview=Interview()),
        lambda: letter_file(DRAFT, "pdf", created_on=NOW.date()),
    ):
        with pytest.raises(PamitError) as caught:
            call()
        codes.append(caught.value.code)
    assert codes == ["no-mail", "no-recipient", "no-letter"]


def test_links_open_where_the_message_belongs() -> None:
    """Chat by phone number, mail by address; none where nobody would read it or the text is too long."""
    chat = replace(DRAFT, channel=Channel.TEXT, text="Baik, Bu.", subject=None)
    assert links_of(chat, INTERVIEW) == Links(
        "https://wa.me/6281200001234?text=Baik%2C%20Bu.", "sms:+6281200001234?body=Baik%2C%20Bu.", None
    )
    start = "mailto:ratih@contoh.example?subject=Pembatalan%20wawancara&body=Yth."
    assert (links_of(DRAFT, INTERVIEW).mailto or "").startswith(start)
    nobody = replace(INTERVIEW, contact=Contact(None, "no-reply@contoh.example"))
    none = [
        (chat, nobody), (DRAFT, nobody), (replace(DRAFT, channel=Channel.LETTER), INTERVIEW),
        (replace(DRAFT, text="é" * 999), INTERVIEW),
    ]  # fmt: skip
    assert [links_of(draft, interview) for draft, interview in none] == [Links()] * 4


def test_words_are_given_out_as_check_reads_them() -> None:
    """The subject stands before a mail in the language of the message."""
    assert text_file(DRAFT) == "Subjek: Pembatalan wawancara\n\nYth. Ibu Ratih,\n\nTerima kasih.\n"
    assert text_file(replace(DRAFT, language=Language.EN)).startswith("Subject: ")
    assert text_file(replace(DRAFT, channel=Channel.TEXT)) == DRAFT.text + "\n"


def test_markdown_keeps_signs_as_they_are() -> None:
    """Nothing of a message is taken for markup."""
    odd = replace(DRAFT, subject="*Kasir*", text="# satu_dua\n- tiga\n\n4. <empat>")
    assert markdown_file(odd) == "# \\*Kasir\\*\n\n> \\# satu\\_dua  \n> \\- tiga\n>\n> 4\\. \\<empat\\>\n"
    card = Card("Kartu\nTelepon: x", (CardSection("Katakan", ("a\nb", "c"), numbered=True), CardSection("Catat", ("d",))))
    assert markdown_card(card) == "# Kartu\n\nTelepon: x\n\n## Katakan\n\n1. a b\n2. c\n\n## Catat\n\n- d\n"
