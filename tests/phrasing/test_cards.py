"""Talk cards."""

from __future__ import annotations

import pytest

from pamit.domain.interview import Contact
from pamit.domain.terms import Channel, Language, Purpose, Reason
from pamit.errors import PamitError
from pamit.phrasing import reception_card, talk_card

from .scenes import AHEAD, CANDIDATE, NOW, upcoming


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("purpose", Purpose)
def test_card_holds_what_to_say_and_what_follows(language: Language, purpose: Purpose) -> None:
    """Every purpose has a card for the phone and one for a talk; in person also what to bring."""
    phone = talk_card(AHEAD, purpose, candidate=CANDIDATE, now=NOW, language=language, channel=Channel.PHONE)
    talk = talk_card(AHEAD, purpose, candidate=CANDIDATE, now=NOW, language=language, channel=Channel.IN_PERSON)
    assert phone.draft is not None
    assert "\n\n".join(phone.sections[0].lines) == phone.draft.text
    assert "+6281200005678" in phone.title
    assert len(talk.sections) == len(phone.sections) + 1
    for card in (phone, talk):
        assert not any(mark in card.as_text() for mark in ("{", "}", "None"))


def test_card_answers_why_with_the_reason_or_the_own_sentence() -> None:
    """The honest answer is the chosen reason, or the candidate's own words (P3)."""
    answers = []
    for reason, note in ((Reason.LOCATION, None), (None, "Saya pindah kota."), (None, None)):
        card = talk_card(
            AHEAD, Purpose.DECLINE, candidate=CANDIDATE, now=NOW, language=Language.ID, channel=Channel.PHONE,
            reason=reason, note=note,
        )  # fmt: skip
        answers.append(next(section for section in card.sections if section.heading == "Jika ditanya alasannya").lines[0])
    assert "cukup jauh" in answers[0]
    assert answers[1] == "Saya pindah kota."
    assert "menyimpan" not in answers[2]
    assert "simpan sendiri" in answers[2]


def test_card_is_for_talking_only() -> None:
    """A written channel has no card."""
    with pytest.raises(PamitError) as caught:
        talk_card(AHEAD, Purpose.DECLINE, candidate=CANDIDATE, now=NOW, language=Language.ID, channel=Channel.EMAIL)
    assert caught.value.code == "card-channel"


def test_reception_card_asks_for_the_person_or_the_team() -> None:
    """Who asks the reception asks for the named person, else for the recruitment team (C6)."""
    named = reception_card(AHEAD, candidate=CANDIDATE, now=NOW, language=Language.ID).as_text()
    team = reception_card(upcoming(contact=Contact()), candidate=CANDIDATE, now=NOW, language=Language.ID).as_text()
    assert "Ibu Ratna Dewi" in named
    assert "bagian rekrutmen" in team
