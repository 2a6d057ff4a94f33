"""The subject of a mail and the "Hal" line of a letter."""

from __future__ import annotations

import pytest

from pamit.domain.interview import Interview
from pamit.domain.terms import Channel, Language, Purpose
from pamit.phrasing.situation import read_situation
from pamit.phrasing.subject import write_subject

from .scenes import AHEAD, CANDIDATE, NOW


def subject(purpose: Purpose, channel: Channel, language: Language, interview: Interview = AHEAD.interview) -> str | None:
    situation = read_situation(AHEAD, purpose, NOW)
    return write_subject(purpose, interview, CANDIDATE, situation, channel, language)


def test_mail_subject_tells_purpose_position_and_name() -> None:
    """Purpose with the day, position, name (M17)."""
    assert subject(Purpose.CANCEL, Channel.EMAIL, Language.ID) == (
        "Pembatalan wawancara 26 November 2026 – Staf Gudang – Dimas Pratama"
    )
    assert subject(Purpose.WITHDRAW, Channel.EMAIL, Language.EN) == "Withdrawing my application – Staf Gudang – Dimas Pratama"


def test_letter_subject_leaves_the_name_to_the_signature() -> None:
    """A letter's subject has the position but not the name."""
    assert (
        subject(Purpose.WITHDRAW, Channel.LETTER, Language.ID)
        == "Pengunduran diri dari proses seleksi untuk posisi Staf Gudang"
    )


def test_unknown_position_is_left_out() -> None:
    """Without a position the subject still tells the purpose."""
    assert subject(Purpose.WITHDRAW, Channel.EMAIL, Language.ID, Interview()) == (
        "Pengunduran diri dari proses seleksi – Dimas Pratama"
    )


@pytest.mark.parametrize("channel", [Channel.TEXT, Channel.PHONE, Channel.IN_PERSON])
def test_chat_and_talk_have_no_subject(channel: Channel) -> None:
    """Only mail and letter carry a subject."""
    assert subject(Purpose.CANCEL, channel, Language.ID) is None
