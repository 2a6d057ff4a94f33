"""The composer: purpose, moves and sentences joined to a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pamit.domain.interview import Candidate, Case, Contact, Interview
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language, Move, Purpose, Reason, Register
from pamit.phrasing import compose

from .scenes import AHEAD, CANDIDATE, LATE, NOW, TODAY, UNDATED, upcoming

FACTS = {Move.POSITION_NAMED, Move.COMPANY_NAMED, Move.DATETIME_NAMED, Move.REASON_GIVEN}
FRAME = {Move.SALUTATION, Move.CLOSING, Move.SIGNATURE, Move.CONTACT_INFO}


def write(case: Case, purpose: Purpose, channel: Channel = Channel.EMAIL, **options: object) -> Draft:
    """A message in Indonesian unless told otherwise."""
    settings: dict[str, object] = {"candidate": CANDIDATE, "now": NOW, "language": Language.ID, **options}
    return compose(case, purpose, channel=channel, **settings)  # type: ignore[arg-type]


def order(draft: Draft) -> list[Move]:
    """The moves as they stand, the facts within sentences left out."""
    return [span.move for span in draft.moves if span.move not in FACTS]


def test_same_input_gives_same_letter() -> None:
    """Composing is deterministic."""
    assert write(AHEAD, Purpose.DECLINE, variant=5) == write(AHEAD, Purpose.DECLINE, variant=5)


@pytest.mark.parametrize("purpose", Purpose)
def test_first_three_variants_differ(purpose: Purpose) -> None:
    """Variants 0, 1 and 2 are worded differently in nearly all sentences."""
    drafts = [write(AHEAD, purpose, variant=variant) for variant in range(3)]
    sentences = [
        {draft.text[span.begin : span.end] for span in draft.moves if span.move not in FRAME | FACTS} for draft in drafts
    ]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert len(sentences[one] & sentences[other]) <= 1


def test_candidates_of_one_centre_do_not_all_send_one_letter() -> None:
    """The first variant differs from person to person."""
    names = ("Dimas Pratama", "Sari Wulandari", "Yohanes Tanu", "Made Ayu Lestari", "Fajar Nugroho", "Intan Permata")
    texts = {write(AHEAD, Purpose.DECLINE, candidate=Candidate(name)).text.replace(name, "") for name in names}
    assert len(texts) == 3


def test_decline_mail_keeps_the_order_of_the_guide() -> None:
    """Thanks, decision, appreciation, door, wishes, thanks once more, closing."""
    assert order(write(AHEAD, Purpose.DECLINE)) == [
        Move.SALUTATION, Move.THANKS, Move.DECISION_CLEAR, Move.APPRECIATION, Move.APOLOGY, Move.DOOR_OPEN,
        Move.GOOD_WISHES, Move.THANKS, Move.CLOSING, Move.SIGNATURE, Move.CONTACT_INFO,
    ]  # fmt: skip


@pytest.mark.parametrize("purpose", [Purpose.CANCEL, Purpose.RESCHEDULE, Purpose.DECLINE])
@pytest.mark.parametrize("channel", Channel)
def test_message_of_the_same_day_leads_with_the_apology(purpose: Purpose, channel: Channel) -> None:
    """On the interview's own day the apology comes before everything but the greeting (M8)."""
    moves = order(write(TODAY, purpose, channel, reason=Reason.HEALTH))
    moves = [move for move in moves if move not in (Move.SALUTATION, Move.SIGNATURE)]
    assert moves[:2] == [Move.APOLOGY, Move.DECISION_CLEAR]


def test_late_answer_carries_an_apology() -> None:
    """An answer after 48 hours begs pardon for it; one in time does not (T1)."""
    assert "terlambat" in write(LATE, Purpose.RESCHEDULE).text or "baru" in write(LATE, Purpose.RESCHEDULE).text
    assert Move.APOLOGY in order(write(LATE, Purpose.CONFIRM))
    assert Move.APOLOGY not in order(write(AHEAD, Purpose.CONFIRM))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("purpose", Purpose)
def test_unknown_facts_leave_no_trace(language: Language, purpose: Purpose) -> None:
    """A message about an interview of which nothing is known reads naturally and names nothing."""
    for channel in Channel:
        for variant in range(3):
            draft = write(Case(Interview()), purpose, channel, language=language, candidate=Candidate("Dimas"), variant=variant)
            text = f"{draft.subject} {draft.text}" if draft.subject else draft.text
            for wrong in ("None", "{", "}", "  ", " ,", " .", "..", "di .", "at ."):
                assert wrong not in text, text


def test_reason_is_worded_as_chosen_and_no_other() -> None:
    """The chosen reason appears once; without one the message gives none (H1)."""
    given = write(AHEAD, Purpose.DECLINE, reason=Reason.HEALTH)
    none = write(AHEAD, Purpose.DECLINE)
    assert [span.move for span in given.moves].count(Move.REASON_GIVEN) == 1
    assert Move.REASON_GIVEN not in [span.move for span in none.moves]
    assert "karena" not in none.text


def test_purpose_without_reasons_ignores_one() -> None:
    """A confirmation or a thank-you gives no reason (M7)."""
    assert write(AHEAD, Purpose.CONFIRM, reason=Reason.HEALTH) == write(AHEAD, Purpose.CONFIRM)


@pytest.mark.parametrize("language", Language)
def test_reason_that_explains_nothing_is_left_out(language: Language) -> None:
    """An unsuitable role does not explain another time: the request stands alone, as without a reason (H1)."""
    given = write(AHEAD, Purpose.RESCHEDULE, language=language, reason=Reason.FOUND_UNSUITABLE)
    assert given == write(AHEAD, Purpose.RESCHEDULE, language=language)


def test_letter_names_the_day_by_its_date() -> None:
    """A letter is read days later, so that "hari ini" would mislead."""
    assert "hari ini" in write(TODAY, Purpose.CANCEL, reason=Reason.HEALTH, variant=1).text
    assert "hari ini (" not in write(TODAY, Purpose.CANCEL, Channel.LETTER, reason=Reason.HEALTH, variant=1).text


def test_note_stands_after_the_decision() -> None:
    """The candidate's own sentence follows the decision, tidied to a sentence."""
    draft = write(AHEAD, Purpose.DECLINE, note="  saya  akan pindah ke Solo ")
    span = next(span for span in draft.moves if span.move == Move.REASON_GIVEN)
    decision = next(span for span in draft.moves if span.move == Move.DECISION_CLEAR)
    assert draft.text[span.begin : span.end] == "Saya akan pindah ke Solo."
    assert span.begin == decision.end + 1


def test_reschedule_proposes_times_by_itself() -> None:
    """Without times from the candidate two or three are proposed (M12); given ones are taken as they are."""
    own = NOW + timedelta(days=6)
    assert write(AHEAD, Purpose.RESCHEDULE).text.count("\n- ") == 3
    assert write(AHEAD, Purpose.RESCHEDULE, alternatives=(own,)).text.count("\n- ") == 1


def test_confirm_of_an_open_date_names_the_times_that_suit() -> None:
    """A confirmation answers a question for free times with those that suit."""
    draft = write(UNDATED, Purpose.CONFIRM, alternatives=(NOW + timedelta(days=3), NOW + timedelta(days=6)))
    assert "Jumat, 27 November 2026 pukul 09.00 WIB atau Senin, 30 November 2026 pukul 09.00 WIB" in draft.text


def test_arrival_of_a_latecomer_is_named() -> None:
    """The expected arrival is written where it is known."""
    draft = write(TODAY, Purpose.RUNNING_LATE, Channel.TEXT, alternatives=(NOW + timedelta(hours=3, minutes=20),))
    assert "pukul 12.20 WIB" in draft.text


def test_letter_stands_as_a_formal_letter() -> None:
    """Place and date, Hal, addressee, Dengan hormat, … Hormat saya, name, phone, mail (indonesia.md)."""
    blocks = write(AHEAD, Purpose.CANCEL, Channel.LETTER).text.split("\n\n")
    assert blocks[0] == "Bandung, 24 November 2026"
    assert blocks[1] == "Hal: Pembatalan wawancara 26 November 2026 untuk posisi Staf Gudang"
    assert blocks[2] == "Yth. Ibu Ratna Dewi\nPT Lembah Cahaya"
    assert blocks[3] == "Dengan hormat,"
    assert blocks[-3] == "Hormat saya,"
    assert blocks[-1].strip() == "Dimas Pratama\n0812-0000-1234\ndimas.pratama@mail.example"


def test_english_letter_closes_by_the_salutation() -> None:
    """A named person is written to sincerely, an office faithfully."""
    named = write(AHEAD, Purpose.CANCEL, Channel.LETTER, language=Language.EN)
    office = write(upcoming(contact=Contact()), Purpose.CANCEL, Channel.LETTER, language=Language.EN)
    assert "Yours sincerely," in named.text
    assert "Dear PT Lembah Cahaya Recruitment Team,\n" in office.text
    assert "Yours faithfully," in office.text


def test_chat_is_one_message_that_introduces_itself() -> None:
    """A chat message greets by the hour, says who writes, and has neither subject nor signature block."""
    draft = write(AHEAD, Purpose.CANCEL, Channel.TEXT)
    assert draft.subject is None
    assert draft.text.startswith("Selamat pagi, Ibu Ratna Dewi.")
    assert draft.text.count("Dimas Pratama") == 1


def test_friendly_register_mirrors_the_honorific() -> None:
    """ "Kak" is mirrored in the friendly register only."""
    case = upcoming(contact=Contact("Kak Ratna"))
    assert "Kak Ratna" in write(case, Purpose.CONFIRM, register=Register.FRIENDLY).text
    assert write(case, Purpose.CONFIRM).text.startswith("Yth. Bapak/Ibu Ratna,")


def test_agency_and_employer_each_learn_that_the_other_knows() -> None:
    """With an agency between, each is told that the other is informed (C7)."""
    from .scenes import AGENCY

    employer = write(AGENCY, Purpose.DECLINE)
    agency = write(AGENCY, Purpose.DECLINE, to_agency=True)
    assert "Jembatan Talenta" in employer.text
    assert employer.text.startswith("Yth. Ibu Ratna Dewi,")
    assert agency.text.startswith("Yth. Tim Jembatan Talenta,")


def test_zone_of_the_employer_is_written() -> None:
    """Hours are written at the employer's place."""
    case = upcoming(timezone="Asia/Makassar")
    assert "pukul 10.00 WITA" in write(case, Purpose.DECLINE).text


def test_appreciation_keeps_within_seventy_five_words() -> None:
    """Appreciation, door and wishes together stay short (M9)."""
    for purpose in (Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.DECLINE_OFFER):
        for language in Language:
            for variant in range(9):
                draft = write(AHEAD, purpose, language=language, variant=variant)
                words = sum(
                    len(draft.text[span.begin : span.end].split())
                    for span in draft.moves
                    if span.move in (Move.APPRECIATION, Move.DOOR_OPEN, Move.GOOD_WISHES)
                )
                assert words <= 75


def test_full_stop_of_a_company_is_not_doubled() -> None:
    """A company written with a full stop at its end does not double it."""
    case = replace(AHEAD, interview=replace(AHEAD.interview, company="PT Lembah Cahaya Tbk."))
    assert ".." not in write(case, Purpose.DECLINE).text
