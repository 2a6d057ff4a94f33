"""Reading mail: the words, the people, the calendar part; broken and hostile mails end in values or named errors."""

from __future__ import annotations

import base64
import email
import email.policy
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.errors import PamitError
from pamit.formats.email import Address, parse_email
from pamit.formats.email.charsets import decode_text
from pamit.formats.email.headers import decode_field, message_ids, parse_addresses, parse_date, parse_parameters
from pamit.formats.limits import Limits

HEAD = (
    "From: Rina Melati <rina@kertas.example>\r\nTo: Budi <budi@surat.example>\r\nSubject: Undangan wawancara\r\n"
    "Date: Mon, 23 Nov 2026 09:00:00 +0700\r\nMessage-ID:\r\n <a1@kertas.example>\r\nMIME-Version: 1.0\r\n"
)
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def mail(body: str, head: str = HEAD) -> bytes:
    return (head + body).encode()


def multipart(subtype: str, *parts: str, boundary: str = "batas") -> str:
    middle = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f"Content-Type: multipart/{subtype}; boundary={boundary}\r\n\r\n{middle}--{boundary}--\r\n"


def plain(text: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"


def html(text: str) -> str:
    return f"Content-Type: text/html; charset=utf-8\r\n\r\n{text}"


def test_simple_mail_gives_headers_and_words() -> None:
    """Who, when, what; the folded Message-ID comes without blanks (F2)."""
    read = parse_email(mail("\r\nYth. Saudara,\r\nbesok pukul 09.00.\r\n"))
    assert read.subject == "Undangan wawancara"
    assert read.sender == Address("Rina Melati", "rina@kertas.example")
    assert read.to == (Address("Budi", "budi@surat.example"),)
    assert read.date == datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=7)))
    assert read.message_id == "<a1@kertas.example>"
    assert read.text == "Yth. Saudara,\nbesok pukul 09.00."
    assert (read.text_source, read.defects) == ("plain", ())


def test_alternative_prefers_plain_words() -> None:
    """Of two equal forms the plain one is read."""
    read = parse_email(mail(multipart("alternative", plain("Besok pukul 09.00"), html("<p>Besok pukul 09.00</p>"))))
    assert (read.text, read.text_source) == ("Besok pukul 09.00", "plain")


@pytest.mark.parametrize("thin", ["", "\r\n \r\n", "Aktifkan HTML."])
def test_alternative_takes_html_where_plain_says_little(thin: str) -> None:
    """An empty plain part, as Outlook sends it, gives way to the HTML."""
    full = "<p>Kami mengundang Saudara untuk wawancara pada hari Kamis, 26 November 2026 pukul 09.00 WIB.</p>"
    read = parse_email(mail(multipart("alternative", plain(thin), html(full))))
    assert read.text == "Kami mengundang Saudara untuk wawancara pada hari Kamis, 26 November 2026 pukul 09.00 WIB."
    assert read.text_source == "html"


def test_nested_related_part_is_read() -> None:
    """HTML beside its pictures inside an alternative is found."""
    picture = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0="
    inner = multipart("related", html("<p>Halo <b>Budi</b></p>"), picture, boundary="dalam")
    read = parse_email(mail(multipart("alternative", plain(""), inner)))
    assert read.text == "Halo Budi"


def test_calendar_parts_are_kept_once() -> None:
    """The object as a form of the message and as a file is one object, with the part's method."""
    part = f"Content-Type: text/calendar; charset=utf-8; method=request\r\n\r\n{CALENDAR}"
    encoded = base64.encodebytes(CALENDAR.encode()).decode()
    copy = f"Content-Type: application/ics; name=invite.ics\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"
    read = parse_email(mail(multipart("mixed", multipart("alternative", plain("Halo"), part, boundary="dalam"), copy)))
    (calendar,) = read.calendars
    assert calendar.method == "REQUEST"
    assert calendar.data.strip() == CALENDAR.encode().strip()


def test_calendar_object_among_the_words_is_put_aside() -> None:
    """Where a wrapping is broken, the object is still found and does not clutter the words."""
    read = parse_email(mail(f"\r\nHalo\r\n\r\n{CALENDAR}\r\nSalam\r\n"))
    assert read.text == "Halo\n\nSalam"
    assert len(read.calendars) == 1


def test_text_attachment_is_read_and_other_files_are_named() -> None:
    """A .txt file gives its words; a PDF only its name."""
    letter = "Content-Type: text/plain; name=surat.txt\r\nContent-Disposition: attachment\r\n\r\nPanggilan"
    scan = (
        "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''daftar%20hadir.pdf\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nJVBERg=="
    )
    read = parse_email(mail(multipart("mixed", plain("Terlampir."), letter, scan)))
    assert read.text == "Terlampir."
    assert [(file.name, file.text) for file in read.attachments] == [("surat.txt", "Panggilan"), ("daftar hadir.pdf", None)]


def test_forwarded_message_is_read_as_a_message() -> None:
    """A carried message keeps its own sender and words; its words are not the outer mail's."""
    inner = "Content-Type: message/rfc822\r\n\r\nFrom: hrd@kertas.example\r\nSubject: Asli\r\n\r\nDatanglah besok."
    read = parse_email(mail(multipart("mixed", plain("FYI"), inner)))
    (carried,) = read.forwarded
    assert (read.text, carried.subject, carried.text) == ("FYI", "Asli", "Datanglah besok.")
    assert carried.sender == Address(None, "hrd@kertas.example")


def test_format_flowed_lines_are_joined() -> None:
    """Soft line ends of RFC 3676 are undone, quotes and signatures kept."""
    body = (
        "Content-Type: text/plain; format=flowed\r\n\r\nKami mengundang \r\nSaudara.\r\n> lama \r\n> sekali\r\n-- \r\nRina\r\n"
    )
    assert parse_email(mail(body)).text == "Kami mengundang Saudara.\n> lama sekali\n--\nRina"


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "–é".encode(), "–é"),
        ("us-ascii", "–é".encode(), "–é"),
        ("X-UNKNOWN", "–é".encode(), "–é"),
        ("bad-charset", "\x93pukul\x94".encode("latin-1"), "“pukul”"),
        ("iso-8859-1", "\x93pukul\x94".encode("latin-1"), "“pukul”"),
        ("iso-8859-1", "–é".encode(), "–é"),
        ("hex", b"414243", "414243"),
        ("utf-16", "pukul".encode("utf-16"), "pukul"),
        ("gb2312", "面试".encode("gb18030"), "面试"),
        ("utf-8", b"\xff\xfe\xe9", "\ufffd"),
        (None, b"caf\xe9", "café"),
        ("a\x00b", b"x", "x"),
    ],
)
def test_any_charset_gives_characters(charset: str | None, data: bytes, text: str) -> None:
    """Unknown, wrong and dangerous codec names are mended, never raised."""
    assert decode_text(data, charset)[0] == text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (b"=?utf-8?q?Undangan_=E2=80=93_Gudang?=", "Undangan – Gudang"),
        (b"=?utf-8?b?4oCT?=\r\n =?utf-8?b?4oCT?=", "––"),
        (b"=?utf-8?q?=E2=80?= =?utf-8?q?=93?=", "–"),
        (b"Re: =?iso-8859-1?q?caf=E9?= baru", "Re: café baru"),
        (b"=?utf-8*id?q?Halo?=", "Halo"),
        (b"=?utf-8?q?dengan spasi mentah?=", "dengan spasi mentah"),
        (b"=?x-tak-ada?q?=E2=80=93?=", "–"),
        (b"=?utf-8?b?4oCT", "=?utf-8?b?4oCT"),
        (b"=?utf-8?q?satu=0D=0ABcc:_dua?=", "satu Bcc: dua"),
        ("tanpa kode – é".encode(), "tanpa kode – é"),
        (b"caf\xe9", "café"),
    ],
)
def test_encoded_words_are_decoded(field: bytes, text: str) -> None:
    """RFC 2047 in all its broken forms; line ends hidden inside become blanks (T13)."""
    assert decode_field(field) == text


@pytest.mark.parametrize(
    ("field", "addresses"),
    [
        (b"rina@kertas.example", [(None, "rina@kertas.example")]),
        (b'"Melati, Rina" <rina@kertas.example>', [("Melati, Rina", "rina@kertas.example")]),
        (b"rina@kertas.example (Rina Melati)", [("Rina Melati", "rina@kertas.example")]),
        (b"=?utf-8?q?R=C3=ADna?= <rina@kertas.example>", [("Rína", "rina@kertas.example")]),
        (b"=?utf-8?q?Rina_=3Crina=40kertas.example=3E?=", [("Rina", "rina@kertas.example")]),
        (b"Tim: a@kertas.example, B <b@kertas.example>;", [(None, "a@kertas.example"), ("B", "b@kertas.example")]),
        (b"undisclosed-recipients:;", []),
        (b"HRD <hrd@kertas.example", [("HRD", "hrd@kertas.example")]),
        (b"a@kertas.example(b@lain.example)", [("b@lain.example", "a@kertas.example")]),
        (b"<@rute.example:c@kertas.example>", [(None, "c@kertas.example")]),
        (b"HRD Kertas", [(None, "HRD Kertas")]),
        (b"", []),
    ],
)
def test_addresses_are_taken_apart(field: bytes, addresses: list[tuple[str | None, str]]) -> None:
    """Quotes, comments, groups and half-written mailboxes."""
    assert [(one.name, one.email) for one in parse_addresses(field, Limits())] == addresses


def test_message_ids_come_without_blanks() -> None:
    """Only ids count; garbage between them is passed over."""
    assert message_ids(b"nobody's message <a@b><c@d>\r\n <e@f> <g h>") == ("<a@b>", "<c@d>", "<e@f>")


def test_parameters_in_pieces_are_joined() -> None:
    """RFC 2231 continuations in any order, with and without percent-encoding."""
    value = b"attachment; filename*1=\"ran.txt\"; filename*0*=utf-8''lamp%69; size=3"
    assert parse_parameters(value) == ("attachment", {"size": "3", "filename": "lampiran.txt"})


@pytest.mark.parametrize(
    ("field", "moment"),
    [
        (b"Mon, 23 Nov 2026 09:00:00 +0700", datetime(2026, 11, 23, 2, tzinfo=UTC)),
        (b"23 Nov 2026 02:00:00 -0000", datetime(2026, 11, 23, 2, tzinfo=UTC)),
        (b"kemarin sore", None),
        (b"Mon, 99 Nov 2026 99:00:00 +9999", None),
        (b"", None),
    ],
)
def test_date_is_aware_or_none(field: bytes, moment: datetime | None) -> None:
    """A date is an instant or nothing."""
    assert parse_date(field) == moment


def test_several_senders_are_named_as_a_defect() -> None:
    """Two From fields are suspicious (T11)."""
    read = parse_email(b"From: a@kertas.example\r\nFrom: b@lain.example\r\nDate: Mon, 23 Nov 2026 09:00:00 +0700\r\n\r\nx")
    assert read.defects == ("several-senders",)


def test_missing_boundary_keeps_the_words() -> None:
    """A multipart without its parts is read as plain words."""
    read = parse_email(mail("Content-Type: multipart/mixed; boundary=tiada\r\n\r\nBesok pukul 09.00\r\n"))
    assert (read.text, read.defects) == ("Besok pukul 09.00", ("boundary-not-found",))


def test_unclosed_boundary_keeps_the_last_part() -> None:
    """A mail cut off in the middle gives what is there."""
    whole = mail(multipart("mixed", plain("satu"), plain("dua")))
    assert parse_email(whole[: whole.rindex(b"--batas--")]).text == "satu\n\ndua"


def test_lone_carriage_returns_are_line_ends() -> None:
    """Old Macs and broken relays."""
    assert parse_email(mail("\r\nsatu\r\ndua").replace(b"\r\n", b"\r")).text == "satu\ndua"


def test_mbox_line_is_no_header() -> None:
    """A stored message may begin with the mailbox's own line."""
    assert parse_email(b"From rina@kertas.example Mon Nov 23 09:00:00 2026\n" + mail("\r\nx")).subject == "Undangan wawancara"


def nested(depth: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(depth))


HOSTILE: dict[str, tuple[bytes, str | None]] = {
    "nesting 500": (nested(500), "nested-too-deeply"),
    "nesting 5 000": (nested(5_000), "nested-too-deeply"),
    "rfc822 2 000 deep": (b"Content-Type: message/rfc822\n\n" * 2_000, "nested-too-deeply"),
    "10^5 parts": (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10**5, "too-many-parts"),
    "10^6 parts": (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10**6, "too-many-parts"),
    "10^6 false boundaries": (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--c\n\nx\n" * 10**6, None),
    "10^5 headers": (b"".join(b"X-%d: y\n" % number for number in range(10**5)), "too-many-headers"),
    "50 000 encoded words": (b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nx", "header-too-large"),
    "4 000 encoded words": (b"Subject: " + b"=?utf-8?q?a?= " * 4_000 + b"\n\nx", "too-many-encoded-words"),
    "20 000 addresses": (b"To: " + b"a@b.example, " * 20_000 + b"\n\nx", "header-too-large"),
    "3 000 addresses": (b"To: " + b"a@b.example, " * 3_000 + b"\n\nx", "too-many-addresses"),
    "open brackets": (b"From: " + b"(" * 60_000 + b"\n\nx", None),
    "quotes": (b"From: " + b'"' * 20_000 + b"\n\nx", None),
    "10^5 references": (b"References: " + b"<a@b> " * 10**5 + b"\n\nx", "header-too-large"),
    "9 000 references": (b"References: " + b"<a@b> " * 9_000 + b"\n\nx", None),
    "name in 5 000 pieces": (
        b"Content-Type: text/plain; " + b"; ".join(b"name*%d=x" % number for number in range(5_000)) + b"\n\nx",
        None,
    ),
    "50 MB line": (b"x" * 50_000_000, "too-large"),
    "24 MB line": (b"x" * 24_000_000, None),
    "5 MB subject": (b"Subject: " + b"x" * 5_000_000 + b"\n\nx", "header-too-large"),
    "NULs": (b"\0" * 5_000_000, None),
    "carriage returns": (b"\r" * 5_000_000, None),
    "soft line ends": (b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 4_000_000, None),
    "HTML nesting": (b"Content-Type: text/html\n\n" + b"<div>" * 400_000, None),
    "HTML in many parts": (
        b"Content-Type: multipart/mixed; boundary=b\n\n"
        + (b"--b\nContent-Type: text/html\n\n" + b"<p>x " * 9_000 + b"\n") * 400,
        None,
    ),
    "parameter quotes": (b"Content-Type: text/plain;" + b'a="' * 20_000 + b"\n\nx", None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_ends_soon_in_a_value_or_a_named_error(name: str) -> None:
    """Bombs of headers, parts, nesting, lines and markup (T3, T4, T5): limits come before parsers."""
    data, code = HOSTILE[name]
    found = None
    try:
        parse_email(data)
    except PamitError as error:
        found = error.code
    assert found == code


PIECES = st.sampled_from(
    [
        b"From: ", b"Subject: ", b"Date: ", b"Content-Type: ", b"multipart/mixed; boundary=b", b"text/html", b"message/rfc822",
        b"text/calendar; method=REQUEST", b"Content-Transfer-Encoding: base64", b"\r\n", b"\n", b"\n\n", b"--b", b"--b--",
        b"=?utf-8?q?", b"?=", b"<a@b>", b'"', b";", b"charset=", b"utf-16", b"name*0*=", b"(", b"\x00", b"\xff", b"=E2=80",
        b"BEGIN:VCALENDAR", b"END:VCALENDAR", b" ",
    ]
)  # fmt: skip


@given(st.binary(max_size=400) | st.lists(PIECES, max_size=40).map(b"".join))
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_without_other_errors(data: bytes) -> None:
    """Nothing but PamitError ever leaves the reader, and all values can be used."""
    try:
        read = parse_email(data)
    except PamitError:
        return
    assert all(isinstance(value, str) for _, value in read.fields)
    assert read.date is None or read.date.utcoffset() is not None


def corpus(shared: Path, pattern: str) -> list[Path]:
    folder = shared / "corpora"
    if not folder.is_dir():
        pytest.skip("the corpora are not beside this checkout")
    return sorted(folder.glob(pattern))


def test_corpora_mails_are_all_read(shared: Path) -> None:
    """Real, broken and hostile mails: every one becomes values, without any error."""
    files = corpus(shared, "*/*.eml")
    assert len([parse_email(path.read_bytes()) for path in files]) == len(files) > 300


def test_corpora_mails_have_as_many_text_parts_as_the_standard_parser_finds(shared: Path) -> None:
    """The own scan agrees with the standard library on well-formed mails."""
    from pamit.formats.email.structure import Entity, scan_structure

    def leaves(entity: Entity) -> list[str]:
        return [entity.content_type] if not entity.children else [kind for child in entity.children for kind in leaves(child)]

    differing = []
    for path in corpus(shared, "eml-*/*.eml"):
        data = path.read_bytes()
        theirs = email.message_from_bytes(data, policy=email.policy.compat32)
        # The standard library opens delivery reports into blocks; here they stay one part.
        split = {"message/delivery-status", "message/disposition-notification", "message/external-body"}
        if any(part.defects or part.get_content_type() in split for part in theirs.walk()):
            continue
        wanted = [part.get_content_type() for part in theirs.walk() if not part.is_multipart()]
        if leaves(scan_structure(data, Limits())) != wanted:
            differing.append(path.name)
    assert differing == []
