"""A mail of one's own as bytes (protocols.md F1, F2, F6, §1.6, §2.1, §2.2, T13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language
from pamit.errors import PamitError
from pamit.formats.email import Address, EmailMessageParts, parse_email
from pamit.formats.email.recipients import reply_recipients
from pamit.formats.email.reply import OutgoingFile, build_reply, make_message_id
from pamit.formats.email.write import clean_text

SENDER = Address("Rani Kusuma", "rani@kirim.example")
HRD = Address("Ratih Kurnia", "ratih@contoh.example")
DATE = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7)))
ID = make_message_id(bytes(range(16)), "kirim.example")
DRAFT = Draft(
    Channel.EMAIL, "Yth. Ibu Ratih,\n\nTerima kasih.\n\nHormat saya,\nRani", Language.ID, subject="Pembatalan wawancara"
)
ORIGINAL = EmailMessageParts(
    subject="Undangan wawancara", senders=(HRD,), date=datetime(2026, 11, 23, 3, 5, tzinfo=UTC),
    message_id="<u1@contoh.example>",
    text="Kami mengundang Saudari.\n\n> lama\nSalam",
)  # fmt: skip
REPLY = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
BREAKS = "\r\n\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def build(draft: Draft = DRAFT, **settings: Any) -> bytes:
    return build_reply(
        draft, **{"sender": SENDER, "to": (HRD,), "date": DATE, "message_id": ID, "original": ORIGINAL, **settings}
    )


def standard(data: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    return message


def test_reply_has_exactly_the_header_fields_of_an_answer() -> None:
    """§2.1: nothing is missing, nothing is added (no Auto-Submitted, no User-Agent, no Sender)."""
    names = [name.lower() for name in standard(build()).keys()]  # noqa: SIM118
    assert names == [
        "from", "to", "subject", "date", "message-id", "in-reply-to", "references", "mime-version", "content-language",
        "content-type", "content-transfer-encoding",
    ]  # fmt: skip


def test_reply_threads_under_the_original() -> None:
    """The original's id is named, its subject taken, the date is the person's own."""
    found = parse_email(build())
    assert (found.subject, found.in_reply_to, found.references) == (
        "Re: Undangan wawancara", ("<u1@contoh.example>",), ("<u1@contoh.example>",),
    )  # fmt: skip
    assert found.field("date") == "Tue, 24 Nov 2026 09:00:00 +0700"


@pytest.mark.parametrize("length", [77, 78, 79, 84, 200, 900])
def test_f1_long_message_id_stays_intact_in_the_bytes(length: int) -> None:
    """Outlook's ids of 78 characters and more must not become encoded words."""
    long = "<" + "A" * (length - 12) + "@X.EXAMPLE>"
    assert len(long) == length
    data = build(original=replace(ORIGINAL, message_id=long, references=("<first@x.example>",)))
    assert f"\r\nIn-Reply-To: {long}\r\n".encode() in data
    assert data.count(long.encode()) == 2
    assert b"=?" not in data


def test_f2_folded_id_of_the_original_is_named_bare() -> None:
    """An id that came folded is answered without its blank."""
    original = parse_email(
        b"From: ratih@contoh.example\r\nMessage-ID:\r\n <HE1@contoh.example>\r\nSubject: Undangan\r\n\r\nIsi\r\n"
    )
    assert b"\r\nIn-Reply-To: <HE1@contoh.example>\r\n" in build(original=original)


def test_references_of_a_thousand_keep_the_first_and_the_last() -> None:
    """At most twenty ids, and the line within 998 characters."""
    many = tuple(f"<{number}.abcdefghij@contoh.example>" for number in range(1_000))
    found = parse_email(build(original=replace(ORIGINAL, references=many)))
    assert found.references == (many[0], *many[-18:], "<u1@contoh.example>")
    long = tuple(f"<{number:04d}{'x' * 80}@contoh.example>" for number in range(30))
    kept = parse_email(build(original=replace(ORIGINAL, references=long))).references
    assert (kept[0], kept[-1]) == (long[0], "<u1@contoh.example>")
    assert len("References: " + " ".join(kept)) <= 998


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        (b"References: <a@b.example><c@d.example>", ("<a@b.example>", "<c@d.example>", "<u1@contoh.example>")),
        (b'References: nobody\'s message of "(unknown date)"', ("<u1@contoh.example>",)),
        (b"References: <no-at> <u1@contoh.example> <a@b.example> <a@b.example>", ("<a@b.example>", "<u1@contoh.example>")),
        (b"In-Reply-To: <p@q.example>", ("<p@q.example>", "<u1@contoh.example>")),
        (b"In-Reply-To: <p@q.example> <r@s.example>", ("<u1@contoh.example>",)),
        (b"X-Nothing: 1", ("<u1@contoh.example>",)),
    ],
)
def test_references_hold_valid_ids_only(field: bytes, kept: tuple[str, ...]) -> None:
    """Ids run together are told apart, what is no id is left out, In-Reply-To serves where it names one mail."""
    raw = b"From: ratih@contoh.example\r\nMessage-ID: <u1@contoh.example>\r\n" + field + b"\r\n\r\nIsi\r\n"
    assert parse_email(build(original=parse_email(raw))).references == kept


def test_original_without_id_gives_no_in_reply_to() -> None:
    """Nothing is made up."""
    found = parse_email(build(original=replace(ORIGINAL, message_id=None, references=("<a@b.example>",))))
    assert (found.in_reply_to, found.references) == ((), ("<a@b.example>",))


def test_first_mail_has_the_subject_of_the_draft_and_no_thread() -> None:
    """Without an original a thread begins."""
    found = parse_email(build(original=None))
    assert (found.subject, found.in_reply_to, found.references) == ("Pembatalan wawancara", (), ())


def test_copies_never_go_to_oneself_or_twice() -> None:
    """Own addresses and those of To are left out of Cc."""
    agency = Address(None, "agen@perantara.example")
    found = parse_email(build(to=(HRD, HRD), cc=(SENDER, Address(None, "RATIH@contoh.example"), agency, agency)))
    assert ([one.email for one in found.to], [one.email for one in found.cc]) == ([HRD.email], [agency.email])


def test_reply_to_wins_over_from_and_elsewhere_is_said() -> None:
    """All of Reply-To, with a caution where its domain is another."""
    elsewhere = replace(ORIGINAL, reply_to=(Address(None, "jawab@lain.example"), Address("HRD", "hrd@contoh.example")))
    found = reply_recipients(elsewhere)
    assert [one.email for one in found.to] == ["jawab@lain.example", "hrd@contoh.example"]
    assert found.cautions == ("reply-to-elsewhere",)


def test_answer_to_all_leaves_out_own_addresses() -> None:
    """Everybody else only by choice, oneself never."""
    original = replace(
        ORIGINAL, to=(SENDER, Address(None, "rani.k@lain.example")), cc=(HRD, Address(None, "user@contoh.example"))
    )
    assert reply_recipients(original).cc == ()
    found = reply_recipients(original, own=("RANI@kirim.example", "rani.k@lain.example"), to_all=True)
    assert ([one.email for one in found.to], [one.email for one in found.cc]) == ([HRD.email], ["user@contoh.example"])


@pytest.mark.parametrize(
    ("field", "cautions"),
    [
        (b"Auto-Submitted: auto-generated", ("automatic",)),
        (b"Auto-Submitted: no", ()),
        (b"Precedence: bulk", ("automatic",)),
        (b"List-Id: <lowongan.contoh.example>", ("automatic",)),
        (b"Return-Path: <>", ("automatic",)),
        (b"X-Auto-Response-Suppress: All", ("automatic",)),
        (b"Reply-To: no-reply@contoh.example", ("no-reply",)),
        (b"X-Nothing: 1", ()),
    ],
)
def test_machine_mail_is_answered_with_a_caution(field: bytes, cautions: tuple[str, ...]) -> None:
    """The person is told before an answer goes to a machine."""
    raw = b"From: ratih@contoh.example\r\n" + field + b"\r\n\r\nIsi\r\n"
    assert reply_recipients(parse_email(raw)).cautions == cautions


def test_body_is_plain_seven_bit_quoted_printable() -> None:
    """Long lines are wrapped softly; "From ", dots and blanks at line ends are safe; the words come back."""
    text = f"From sini.\n.\n{'Kalimat – panjang sekali. ' * 40}\nTitik\t  \n\nRani"
    data = build(Draft(Channel.EMAIL, text, Language.ID))
    assert data.isascii()
    assert [line for line in data.split(b"\r\n") if len(line) > 76 or line.startswith((b"From ", b"."))] == []
    expected = "\n".join(line.rstrip() for line in text.split("\n")) + "\n"
    assert standard(data).get_content().replace("\r\n", "\n") == expected


def test_original_is_quoted_by_choice_only() -> None:
    """The attribution is in the language of the answer, at the original's own clock."""
    original = replace(ORIGINAL, date=datetime(2026, 11, 23, 10, 5, tzinfo=timezone(timedelta(hours=7))))
    assert parse_email(build(original=original)).text == DRAFT.text
    assert parse_email(build(original=original, quote_original=True)).text == DRAFT.text + (
        "\n\nPada Senin, 23 November 2026 pukul 10.05 WIB, Ratih Kurnia menulis:\n"
        "> Kami mengundang Saudari.\n>\n>> lama\n> Salam"
    )
    english = replace(DRAFT, language=Language.EN)
    said = "On Monday, 23 November 2026 at 10:05 a.m. WIB, Ratih Kurnia wrote:"
    assert said in parse_email(build(english, original=original, quote_original=True)).text.split("\n")


def test_rfc6047_calendar_is_a_form_of_the_message() -> None:
    """multipart/alternative of words and object, base64, the method on the part."""
    data = build(calendar=REPLY, calendar_method="reply")
    message = standard(data)
    words, part = message.iter_parts()
    assert (message.get_content_type(), words.get_content_type(), part.get_content_type()) == (
        "multipart/alternative", "text/plain", "text/calendar",
    )  # fmt: skip
    assert dict(part["content-type"].params) == {"charset": "utf-8", "method": "REPLY", "component": "VEVENT"}
    assert part["content-transfer-encoding"] == "base64"
    assert part.get_payload(decode=True) == REPLY


@pytest.mark.parametrize(
    ("calendar", "method"),
    [(REPLY, None), (REPLY, "COUNTER"), (None, "REPLY"), (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REPLY")],
)
def test_f6_calendar_with_another_method_is_refused(calendar: bytes | None, method: str | None) -> None:
    """A mismatch would be thrown away by the organiser's program."""
    with pytest.raises(PamitError) as caught:
        build(calendar=calendar, calendar_method=method)
    assert caught.value.code == "calendar-method"


def test_attachments_come_last_with_their_names() -> None:
    """Names survive in any alphabet and lose their folders."""
    data = build(
        calendar=REPLY,
        calendar_method="REPLY",
        attachments=(
            OutgoingFile("../rahasia/Surat pengunduran diri – Rani Kusuma.pdf", "application/pdf", b"%PDF-1.7\n\x00\xff"),
            OutgoingFile("C:\\berkas\\cv.pdf", "Application/PDF", b""),
        ),
    )
    message = standard(data)
    assert message.get_content_type() == "multipart/mixed"
    inner, first, second = message.iter_parts()
    assert inner.get_content_type() == "multipart/alternative"
    assert first.get_payload(decode=True) == b"%PDF-1.7\n\x00\xff"
    assert [one.name for one in parse_email(data).attachments] == ["Surat pengunduran diri – Rani Kusuma.pdf", "cv.pdf"]
    assert second.get_payload(decode=True) == b""


@given(st.text(alphabet=st.sampled_from(BREAKS + "aB:é,<>@\"'=?() "), max_size=40), st.integers(0, 5))
def test_t13_nothing_can_add_a_header_field(hostile: str, place: int) -> None:
    """Line ends of every kind in subject, names, the original's subject, file names: the set of fields stays as meant."""
    attack = f"x{hostile}\r\nBcc: pencuri@jahat.example{hostile}"
    settings: dict[str, Any] = [
        {"draft": replace(DRAFT, subject=attack), "original": None},
        {"sender": Address(attack, SENDER.email)},
        {"to": (Address(attack, HRD.email),)},
        {"original": replace(ORIGINAL, subject=attack)},
        {"attachments": (OutgoingFile(attack, "application/pdf", b"x"),)},
        {"original": replace(ORIGINAL, senders=(Address(attack, HRD.email),)), "quote_original": True},
    ][place]
    data = build(**settings)
    names = [name.lower() for name in standard(data).keys()]  # noqa: SIM118
    assert "bcc" not in names
    assert [name for name, _ in parse_email(data).fields] == names
    assert b"\nBcc" not in data.partition(b"\r\n\r\n")[0]


def test_t13_encoded_line_end_in_the_original_subject_is_a_blank() -> None:
    """A line end hidden in an encoded word does not come out again."""
    original = parse_email(b"From: ratih@contoh.example\r\nSubject: =?utf-8?q?x=0D=0ABcc:a@b.example?=\r\n\r\nIsi\r\n")
    assert parse_email(build(original=original)).subject == "Re: x Bcc:a@b.example"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"to": ()}, "no-recipient"),
        ({"to": (Address(None, "hrd"),)}, "bad-address"),
        ({"sender": Address("Rani", "rani@kirim.example\r\nBcc: a@b.example")}, "bad-address"),
        ({"to": (Address(None, "rätin@contoh.example"),)}, "address-needs-smtputf8"),
        ({"date": datetime(2026, 11, 24, 9, 0)}, "naive-time"),  # noqa: DTZ001
        ({"message_id": "<a@b.example>\r\nBcc: c@d.example"}, "bad-message-id"),
        ({"message_id": "a@b.example"}, "bad-message-id"),
        ({"draft": replace(DRAFT, text=" \n ")}, "empty"),
        ({"attachments": (OutgoingFile("a", "text/plain\r\nX: 1", b""),)}, "bad-content-type"),
    ],
)
def test_mail_that_cannot_be_right_is_refused(settings: dict[str, Any], code: str) -> None:
    """A clear word instead of a crash or a broken mail."""
    with pytest.raises(PamitError) as caught:
        build(**settings)
    assert caught.value.code == code


def test_same_arguments_give_the_same_bytes() -> None:
    """What was approved is what goes out."""
    assert build(calendar=REPLY, calendar_method="REPLY") == build(calendar=REPLY, calendar_method="REPLY")


def test_unsent_mail_opens_for_editing() -> None:
    """Only the file to be opened says so."""
    assert (parse_email(build(unsent=True)).field("x-unsent"), parse_email(build()).field("x-unsent")) == ("1", None)


def test_message_id_needs_randomness_and_a_domain() -> None:
    """128 bits at least; a domain in other letters is written in ASCII."""
    assert make_message_id(bytes(16), "bücher.example").endswith("@xn--bcher-kva.example>")
    for random, domain in ((bytes(15), "kirim.example"), (bytes(16), "kirim .example")):
        with pytest.raises(PamitError):
            make_message_id(random, domain)


def test_every_ugly_mail_can_be_answered(shared: Any) -> None:
    """Whatever came in, the answer is a sound mail or a clear refusal."""
    built = refused = 0
    for file in sorted((shared / "corpora").rglob("*.eml"))[:400]:
        try:
            original = parse_email(file.read_bytes())
            to = reply_recipients(original).to or (HRD,)
            data = build(to=to, original=original, quote_original=True)
        except PamitError:
            refused += 1
            continue
        built += 1
        assert [line for line in data.split(b"\r\n") if len(line) > 998] == []
        assert standard(data).defects == []
    assert built > 10 * refused


@given(st.text(max_size=300))
def test_words_of_any_kind_come_back(text: str) -> None:
    """Every letter that can be sent is read back by a second reader; line ends of every kind are one kind."""
    data = build(replace(DRAFT, text=f"Yth. {text}"))
    message = standard(data)
    assert message.defects == []
    said = message.get_content().replace("\r\n", "\n")
    assert [letter for letter in said if letter in BREAKS.replace("\n", "") or "\ud800" <= letter <= "\udfff"] == []
    assert parse_email(data).text.split() == clean_text(f"Yth. {text}").split()
    assert [line for line in said.split("\n") if line != line.rstrip()] == []
