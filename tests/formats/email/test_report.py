"""Delivery reports and automatic answers."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.errors import PamitError
from pamit.formats.email import parse_email
from pamit.formats.email.report import DeliveryStatus, is_automatic_answer, read_delivery_report

OURS = "<pamit.aaaaaaaaaaaaaaaaaaaaaaaaaa@surat.example>"


def bounce(
    action: str = "failed", status: str = "5.1.1", returned: str = f"Message-ID: {OURS}\n", kind: str = "text/rfc822-headers"
) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.surat.example\nReturn-Path: <>\nSubject: Undelivered Mail Returned to Sender\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\nMIME-Version: 1.0\n\n'
        "--b\nContent-Type: text/plain\n\nMaaf.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.surat.example\n\n"
        f"Final-Recipient: rfc822; hrd@kertas.example\nAction: {action}\nStatus: {status} (x)\n"
        "Diagnostic-Code: smtp; 550 5.1.1 tidak ada\n\n"
        f"--b\nContent-Type: {kind}\n\n{returned}Subject: Wawancara\n\n--b--\n"
    ).encode()


def test_failed_delivery_names_the_mail_and_the_recipient() -> None:
    """Matched by the id in the returned header fields."""
    report = read_delivery_report(bounce())
    assert report is not None
    assert report.message_ids == (OURS,)
    assert report.recipients == (DeliveryStatus("hrd@kertas.example", "failed", "5.1.1", "550 5.1.1 tidak ada"),)
    assert report.has_failed


def test_delay_is_no_failure() -> None:
    """The server still tries."""
    report = read_delivery_report(bounce("delayed", "4.4.1"))
    assert report is not None
    assert not report.has_failed


def test_returned_message_and_replaced_id() -> None:
    """The whole mail may come back; a server that put in its own id kept ours beside it (F9)."""
    returned = f"Message-ID: <lain@outlook.example>\nX-Microsoft-Original-Message-ID: {OURS}\n"
    report = read_delivery_report(bounce(returned=returned, kind="message/rfc822"))
    assert report is not None
    assert set(report.message_ids) == {"<lain@outlook.example>", OURS}


def test_report_in_words_only() -> None:
    """Old servers write a plain mail from the postmaster."""
    words = f"From: Mailer-Daemon@mx.example\nSubject: failure notice\n\nSorry.\n\n--- copy ---\nMessage-ID: {OURS}\n".encode()
    report = read_delivery_report(words)
    assert report is not None
    assert (report.message_ids, report.has_failed) == ((OURS,), True)


@pytest.mark.parametrize(
    "data",
    [
        b"From: hrd@kertas.example\nSubject: failure notice\n\nKami gagal kirim.",
        b"From: postmaster@kertas.example\nSubject: Undangan wawancara\n\nHalo.",
        b"",
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nx\n--b--\n",
    ],
)
def test_other_mails_are_no_reports(data: bytes) -> None:
    """A person who writes about a failure, a postmaster who invites, a read receipt."""
    assert read_delivery_report(data) is None


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 900))
def test_damaged_reports_never_raise(noise: bytes, place: int) -> None:
    """Whatever stands in the middle of one, there is a report, none, or a limit."""
    data = bounce()
    with contextlib.suppress(PamitError):  # a limit
        read_delivery_report(data[:place] + noise + data[place:])


@pytest.mark.parametrize(
    ("head", "automatic"),
    [
        ("Auto-Submitted: auto-replied", True),
        ("Auto-Submitted: auto-replied (vacation)", True),
        ("Auto-Submitted: auto-generated", False),
        ("Auto-Submitted: no", False),
        ("X-Autoreply: yes", True),
        ("Precedence: auto_reply", True),
        ("Subject: Automatic reply: Wawancara", True),
        ("Subject: Balasan otomatis: Wawancara", True),
        ("Subject: Out of office", True),
        ("Subject: Re: Wawancara", False),
        ("Subject: Automation Engineer interview", False),
        ("Subject: Autocad drafter", False),
    ],
)
def test_automatic_answers(head: str, automatic: bool) -> None:
    """A machine that answers for an absent person; a robot that invites is none."""
    assert is_automatic_answer(parse_email(f"{head}\n\nx".encode())) is automatic


def test_reports_of_the_corpora_are_read(shared: Path) -> None:
    """Every real delivery report says for whom and whether it failed."""
    files = [file for file in sorted((shared / "corpora").rglob("*dsn*")) if b"message/delivery-status" in file.read_bytes()]
    if not files:
        pytest.skip("no delivery reports beside this checkout")
    for file in files:
        report = read_delivery_report(file.read_bytes())
        assert report is None or (report.recipients and report.recipients[0].recipient)
