"""A glance at a mail promises: every run of letters in its words and subject is seen, or the mail is read in full."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.errors import PamitError
from pamit.formats.email import EmailMessageParts, parse_email
from pamit.formats.email.glance import glance

RUN = re.compile(rb"[a-z]{2,}")
# Addresses of links are written out behind their text; a glance passes them over, and so does whoever uses it.
ADDRESS = ("://", "@", "www.")


def runs(mail: EmailMessageParts) -> set[bytes]:
    """The runs of letters in all words of a mail."""
    texts = [mail.subject or "", mail.text, *(file.text or "" for file in mail.attachments)]
    words = " ".join(word for text in texts for word in text.split() if not any(mark in word for mark in ADDRESS))
    found = set(RUN.findall(words.encode("utf-8", "replace").lower()))
    return found.union(*map(runs, mail.forwarded)) if mail.forwarded else found


def unseen(data: bytes) -> set[bytes] | None:
    """The runs that a glance misses; None where there is no glance."""
    seen = glance(data)
    if seen is None:
        return None
    letters = b"\n".join(seen.texts)
    return {run for run in runs(parse_email(data)) if run not in letters}


def has_calendar(mail: EmailMessageParts) -> bool:
    return bool(mail.calendars) or any(map(has_calendar, mail.forwarded))


def corpus(shared: Path) -> Iterator[bytes]:
    for folder in ("eml-invite", "eml-other", "malformed"):
        for path in sorted((shared / "corpora" / folder).iterdir()):
            yield path.read_bytes()


def test_glance_at_the_corpora_misses_nothing(shared: Path) -> None:
    """Mails of all kinds of programs, broken ones too."""
    looked = 0
    for data in corpus(shared):
        try:
            mail = parse_email(data)
        except PamitError:
            continue
        missed = unseen(data)
        if missed is None:
            continue
        looked += 1
        assert missed == set()
        seen = glance(data)
        assert seen is not None
        assert seen.has_calendar >= has_calendar(mail)
    assert looked > 250


def encoded(body: bytes, how: str) -> bytes:
    if how == "base64":
        return base64.encodebytes(body)
    if how == "quoted-printable":
        return binascii.b2a_qp(body)
    return body


CHARSETS = (
    "utf-8",
    "iso-8859-1",
    "windows-1252",
    "us-ascii",
    "utf-16",
    "utf-7",
    "gb2312",
    "shift_jis",
    "big5",
    "iso-2022-jp",
    "x-own",
)
WORDS = st.lists(
    st.sampled_from(
        [
            "wawancara",
            "Interview",
            "lamaran",
            "é",
            "面试",
            "pukul 10.00",
            "a=b",
            "<b>",
            "x" * 80,
            "=69",
            "&amp;",
            "\u00ad",
            "--",
            "From ",
        ]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=250, deadline=None)
@given(
    WORDS, st.sampled_from(CHARSETS), st.sampled_from(["7bit", "8bit", "base64", "quoted-printable", "BASE64", ""]),
    st.sampled_from(["text/plain", "text/html", "TEXT/Plain; format=flowed", "text/plain; format=flowed; delsp=yes"]),
    st.sampled_from(["bare", "mixed", "alternative", "nested", "digest"]), st.booleans(),
)  # fmt: skip
def test_glance_at_any_encoding_misses_nothing(
    words: list[str], charset: str, how: str, kind: str, shape: str, crlf: bool
) -> None:
    """Every transfer encoding and character set, in every place a text can stand."""
    text = " ".join(words) + "\n"
    try:
        body = text.encode("utf-8" if charset == "x-own" else charset, "replace")
    except LookupError:
        return
    part = (
        f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {how}\n\n".encode() + encoded(body, how.lower())
    )  # fmt: skip
    head = b"From: a@b.example\nSubject: =?utf-8?b?" + base64.b64encode(text.strip().encode()) + b"?=\n"
    wrapped = b"--=x\n" + part + b"\n--=x--\n"
    mail = {
        "bare": head + part,
        "mixed": head + b'Content-Type: multipart/mixed; boundary="=x"\n\nfoo\n' + wrapped,
        "alternative": head + b"Content-Type: multipart/alternative; boundary==x\n\n" + wrapped,
        "nested": head + b"Content-Type: multipart/mixed; boundary=out\n\n--out\n"
        b"Content-Type: multipart/related; boundary=\"=x\"\n\n" + wrapped + b"\n--out--\n",
        "digest": head + b"Content-Type: multipart/digest; boundary=out\n\n--out\n\n" + head + part + b"\n--out--\n",
    }[shape]  # fmt: skip
    missed = unseen(mail.replace(b"\n", b"\r\n") if crlf else mail)
    assert not missed


SPLITS = (
    "", "<b>", "</b>", "<span style='x'>", "<!-- c -->", "<!-- a > b -->", "&shy;", "&#173;", "\u200b", "&zwnj;", "<wbr>",
    "<i></i>", "</td><td>", "<br>", "<!--[if mso]>x<![endif]-->", '<a title="a>b">', "<o:p></o:p>",
    "<script>x</script>", "<style>p{x:1}</style>", "<style>a<b</style>", "<span style='display: none'>x</span>",
    "<i hidden>x</i>", "<b></b><em style='font-size:0'>x</em>", "<title>x</title>", "<select><option>x</select>",
    "<![endif]-->", "<a title='<style>'>",
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(["wawancara", "interview", "lamaran"]), st.lists(st.sampled_from(SPLITS), min_size=9, max_size=9),
    st.booleans(), st.sampled_from(["utf-8", "windows-1252"]),
)  # fmt: skip
def test_glance_at_html_sees_words_that_markup_splits(word: str, splits: list[str], entities: bool, charset: str) -> None:
    """Tags, comments, soft hyphens and letters written by number hide no word."""
    letters = "".join(
        (f"&#{ord(letter)};" if entities and number % 3 == 0 else letter) + split
        for number, (letter, split) in enumerate(zip(word, splits, strict=False))
    )
    body = f"<html><body><table><tr><td>{letters}</td></tr></table></body></html>".encode(charset, "xmlcharrefreplace")
    head = f"Subject: x\nContent-Type: text/html; charset={charset}\nContent-Transfer-Encoding: base64\n\n".encode()
    assert not unseen(head + base64.encodebytes(body))


@pytest.mark.parametrize(
    "html",
    [
        b"<head><title>promo</title></head><body><div style='display:none'>lihat dulu</div>wawancara",
        b"<table><tr><td>pekan ini</td></tr></table><!-- ende --><p>wawancara",
        b"<style>td{font:'a'}</style>\n<p style='font-size:0'>x</p><p>wawancara",
        b"di\xc3\xada &nbsp;&zwnj;&nbsp;&zwnj; wawancara",
    ],
)
def test_glance_at_usual_html_needs_no_reading_in_full(html: bytes) -> None:
    """Titles, lead-ins that are not shown, comments and fillers stand in most mails of shops."""
    seen = glance(b"Subject: x\nContent-Type: text/html; charset=utf-8\n\n" + html)
    assert seen is not None
    assert b"wawancara" in b"\n".join(seen.texts)


@pytest.mark.parametrize(
    "piece", [b"<title>", b"<i hidden>", b"hidden ", b"<!-- -->", b">", b"<style>x</style>", b"<b><style>", b"\n--"]
)
def test_glance_takes_no_longer_than_the_bytes(piece: bytes) -> None:
    """However often something stands that must be looked at."""
    head = b"Subject: x\nContent-Type: text/html; charset=utf-8\n\n"
    glance(head + piece * (2_000_000 // len(piece)))
    glance(head.replace(b"text/html", b"multipart/mixed; boundary=b") + b"--b\n" + head + piece * (2_000_000 // len(piece)))


@pytest.mark.parametrize(
    ("header", "is_seen"),
    [
        (b"Content-Type: image/png; name=a.png", False),
        (b"Content-Type: application/pdf", False),
        (b"Content-Type: text/plain", True),
        (b"Content-Type: application/octet-stream; name=note.txt", True),
        (b"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''n%6Fte%2Etxt", True),
    ],
)
def test_glance_decodes_only_what_holds_words(header: bytes, is_seen: bool) -> None:
    """A picture is passed over undecoded; a text is read whatever its name is written in."""
    part = header + b"\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"undangan wawancara")
    seen = glance(b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhalo\n--b\n" + part + b"--b--\n")
    assert seen is not None
    assert (b"wawancara" in b"\n".join(seen.texts)) is is_seen


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"Content-Type: application/octet-stream; name=invite.ics\n\nx\n",
        b"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*0=inv; filename*1=ite.ics\n\nx\n",
        b"Content-Type: text/plain\n\nhalo\nBEGIN:VCALENDAR\n",
    ],
)
def test_glance_sees_calendar_objects(part: bytes) -> None:
    """Whatever they are called."""
    seen = glance(b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + part + b"--b--\n")
    assert seen is not None
    assert seen.has_calendar


@pytest.mark.parametrize(
    "mail",
    [
        b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\nno part\n",
        b"Subject: x\nContent-Type: multipart/mixed\n\n--b\n\nhalo\n",
        b"Subject: x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogeA==\n",
        b"Subject: x\n\nha\x00lo\n",
        b"Subject: x\rno line end at all",
    ],
)
def test_glance_gives_none_where_it_cannot_promise(mail: bytes) -> None:
    """Then the mail is read in full."""
    assert glance(mail) is None
