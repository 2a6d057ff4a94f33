"""Talk cards: what to say on the phone or face to face, the honest answer to "why?", likely questions, what to write down.

Sources: 003 alternatives A and D (order on the phone, what to bring), rules P3 (an honest answer), C4 (a written record
afterwards), C5 (in person), C6 (asking the reception for the address).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Unpack

from pamit.domain.calendar.wording import write_moment
from pamit.domain.interview import Candidate, Case
from pamit.domain.message import Draft
from pamit.domain.terms import SPOKEN, Channel, Language, Purpose, Reason, Register
from pamit.errors import ErrorKind, PamitError
from pamit.phrasing.composer import Wish, compose
from pamit.phrasing.outline import outlines
from pamit.phrasing.phrasebook import card_words, phrasebook, shared_words
from pamit.phrasing.situation import read_situation, zone_of
from pamit.phrasing.slots import propose_slots
from pamit.phrasing.wording import addressee_of, join_list, shorten, tidy, write_greeting, write_role

__all__ = ["Card", "CardSection", "reception_card", "talk_card"]

_REFUSALS = frozenset({Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.DECLINE_OFFER})


@dataclass(frozen=True)
class CardSection:
    """One block of a card: a heading and its lines, numbered where their order matters."""

    heading: str
    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Card:
    """A card to print or to keep in sight.

    Attributes:
        draft: what is to be said, as a draft that the checker can judge; None for the reception card.
    """

    title: str
    sections: tuple[CardSection, ...]
    draft: Draft | None = None

    def as_text(self) -> str:
        """The card as plain text."""
        blocks = [self.title]
        for section in self.sections:
            marks = (f"{number}." for number in range(1, len(section.lines) + 1))
            lines = [f"{next(marks) if section.numbered else '-'} {line}" for line in section.lines]
            blocks.append("\n".join([section.heading, *lines]))
        return "\n\n".join(blocks) + "\n"


def talk_card(case: Case, purpose: Purpose, **wish: Unpack[Wish]) -> Card:
    """The card for a call or a talk: what to say, the likely questions, what to note.

    Args:
        wish: as for :func:`pamit.phrasing.compose`; without a channel it is for a call.

    Raises:
        PamitError: ``card-channel`` for a channel that is written.
    """
    channel = wish.setdefault("channel", Channel.PHONE)
    if channel not in SPOKEN:
        raise PamitError(ErrorKind.INVALID, "card-channel", f"A talk card is for phone or in_person, not {channel.value}.")
    now, reason = wish["now"], wish.get("reason")
    language, to_agency = wish.setdefault("language", Language.ID), wish.get("to_agency", False)
    draft = compose(case, purpose, **wish)
    words = card_words(language)
    headings = words["headings"]
    group = "refuse" if purpose in _REFUSALS else "move" if purpose == Purpose.RESCHEDULE else "other"
    addressee = addressee_of(case.interview, language, wish.get("register", Register.FORMAL), agency=to_agency)
    number = case.interview.contact.phone if not to_agency else None
    whom = (
        headings["call"].format(whom=addressee.name, number=number or headings["no_number"])
        if channel == Channel.PHONE
        else headings["meet"].format(whom=addressee.name)
    )
    sections = [CardSection(headings["say"], tuple(draft.text.split("\n\n")), numbered=True)]
    why = _answer_why(words, purpose, language, reason, wish.get("note"))
    if why is not None:
        sections.append(CardSection(headings["why"], (why,)))
    slots = wish.get("alternatives") or (propose_slots(case.interview, now, count=2) if group == "move" else ())
    sections.append(CardSection(headings["counter"], _counter(words, group, reason, case, slots, now, language)))
    sections.append(CardSection(headings["note"], tuple(words["note"][group])))
    if channel == Channel.IN_PERSON:
        sections.append(CardSection(headings["bring"], tuple(words["bring"]["items"])))
    sections.append(CardSection(headings["record"], (words["record"]["text"],)))
    title = headings[channel.value].format(title=shared_words(language)["subjects"][purpose.value])
    return Card(f"{title}\n{whom}", tuple(sections), draft)


def reception_card(case: Case, *, candidate: Candidate, now: datetime, language: Language) -> Card:
    """A short card for asking the company's reception for the right address (rule C6; 002)."""
    words = card_words(language)
    reception = words["reception"]
    situation = read_situation(case, Purpose.DECLINE, now)
    name = addressee_of(case.interview, language, Register.FORMAL)
    question = reception["named"].format(name=name.name) if name.is_person else reception["question"]
    greeting = reception["greeting"].format(
        greeting=write_greeting(situation.now, language),
        candidate=candidate.name,
        role=write_role(case.interview, language),
    )
    company = tidy(case.interview.company)
    return Card(
        words["headings"]["reception"] + (f" ({company})" if company else ""),
        (
            CardSection(words["headings"]["say"], (greeting, question, reception["thanks"]), numbered=True),
            CardSection(words["headings"]["note"], tuple(reception["ask"])),
        ),
    )


def _answer_why(
    words: Mapping[str, Any], purpose: Purpose, language: Language, reason: Reason | None, note: str | None
) -> str | None:
    group = outlines().reasons.get(purpose)
    reasons = phrasebook(language, purpose).reasons
    if group is None or reasons is None:
        return None
    if note and note.strip():
        return " ".join(note.split())
    if reason is None or reason == Reason.OTHER or not reasons[reason]:
        return str(words["why"]["none" if purpose in _REFUSALS or purpose == Purpose.RECONSIDER else "none_move"])
    sentence = shared_words(language)["reason_sentences"][group][0].format(clause=reasons[reason][0])
    return str(words["why"]["given"]).format(sentence=sentence)


def _counter(
    words: Mapping[str, Any],
    group: str,
    reason: Reason | None,
    case: Case,
    slots: tuple[datetime, ...],
    now: datetime,
    language: Language,
) -> tuple[str, ...]:
    lists = shared_words(language)["lists"]
    zone = zone_of(case.interview)
    written = join_list(
        [shorten(write_moment(slot, zone, language), now.year) for slot in slots[:2]], lists["or"], lists["comma"]
    )
    question = words["headings"]["question"]
    pairs = list(words["counter"][group])
    if group == "refuse" and reason == Reason.OTHER_OFFER:
        pairs += words["counter"]["other_offer"]
    return tuple(f"{question.format(question=asked)} {answer.format(slots=written)}" for asked, answer in pairs)
