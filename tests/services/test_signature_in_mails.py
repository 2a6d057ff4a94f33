"""The signature where it belongs: under mails alone, and never in the way of a check."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pamit.domain.interview import Candidate, Case, Contact, Interview
from pamit.domain.terms import Channel, Language, Purpose
from pamit.services.checking import check_message, context_of
from pamit.services.writing import write_message

from .conftest import NOW

SIGNATURE = "S1 Akuntansi, Universitas Contoh\nlinkedin.com/in/rani :)\nSenin 30 November 2026 gak sabar!!!"
PERSON = Candidate("Rani Kusuma", "rani@surel.example", "0812-0000-1234")
CASE = Case(
    Interview(
        company="PT Toko Baru", position="Kasir", start=NOW + timedelta(days=3), timezone="Asia/Jakarta", received=NOW,
        contact=Contact("Ibu Sinta", "sinta@toko.example"),
    )
)  # fmt: skip


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.DECLINE, Purpose.RESCHEDULE, Purpose.THANK_YOU])
def test_mail_ends_with_the_signature_and_is_judged_without_it(purpose: Purpose, language: Language) -> None:
    """Whatever stands in it, the report is that of the same mail without one."""
    signed = replace(PERSON, signature=SIGNATURE)
    mails = [
        write_message(CASE, purpose, candidate=one, now=NOW, language=language, channel=Channel.EMAIL)
        for one in (PERSON, signed)
    ]
    assert mails[1].text == f"{mails[0].text}\n{SIGNATURE}"
    assert mails[1].moves == mails[0].moves
    reports = [check_message(mail, context_of(CASE, one, NOW)) for mail, one in zip(mails, (PERSON, signed), strict=True)]
    assert reports[0] == reports[1]


@pytest.mark.parametrize("channel", [Channel.TEXT, Channel.LETTER])
def test_chat_and_letter_have_none(channel: Channel) -> None:
    """They are the same with a signature and without."""
    texts = {
        write_message(CASE, Purpose.DECLINE, candidate=one, now=NOW, channel=channel).text
        for one in (PERSON, replace(PERSON, signature=SIGNATURE))
    }
    assert len(texts) == 1


def test_changed_signature_is_judged_as_any_words() -> None:
    """Only what stands exactly as in the settings is left out."""
    signed = replace(PERSON, signature=SIGNATURE)
    mail = write_message(CASE, Purpose.DECLINE, candidate=signed, now=NOW, channel=Channel.EMAIL)
    changed = replace(mail, text=mail.text + " banget")
    report = check_message(changed, context_of(CASE, signed, NOW))
    assert any(one.begin is not None and one.begin >= len(mail.text) - len(SIGNATURE) for one in report.findings)
