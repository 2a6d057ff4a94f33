"""Purpose → moves → sentences: the message for a case, deterministic to the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict
from zlib import crc32

from pamit.domain.calendar.wording import write_moment, write_time
from pamit.domain.interview import Candidate, Case, Interview
from pamit.domain.message import Draft, MoveSpan
from pamit.domain.terms import Channel, Language, Move, Purpose, Reason, Register
from pamit.phrasing.frame import Frame, frame_of
from pamit.phrasing.outline import Form, form_of, outlines
from pamit.phrasing.phrasebook import Phrase, Phrasebook, Sentence, opening_of, phrasebook, shared_words
from pamit.phrasing.situation import Situation, read_situation
from pamit.phrasing.slots import propose_slots
from pamit.phrasing.subject import write_subject
from pamit.phrasing.wording import Facts, addressee_of, join_list, shorten, write_facts, write_questions

__all__ = ["Wish", "compose"]

_PROPOSES = frozenset({Purpose.RESCHEDULE})
"""The purposes for which times are proposed though the candidate named none (M12)."""

_CHANGES = frozenset({Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.CANCEL})
"""The purposes that change the interview itself, for which on its own day the reason must be urgent (T3)."""


class Wish(TypedDict):
    """How a message is to be: what :func:`compose` takes by name, for those who pass it on."""

    candidate: Candidate
    now: datetime
    language: NotRequired[Language]
    channel: NotRequired[Channel]
    reason: NotRequired[Reason | None]
    register: NotRequired[Register]
    variant: NotRequired[int]
    alternatives: NotRequired[tuple[datetime, ...]]
    note: NotRequired[str | None]
    to_agency: NotRequired[bool]


def compose(
    case: Case,
    purpose: Purpose,
    *,
    candidate: Candidate,
    now: datetime,
    language: Language = Language.ID,
    channel: Channel = Channel.EMAIL,
    reason: Reason | None = None,
    register: Register = Register.FORMAL,
    variant: int = 0,
    alternatives: tuple[datetime, ...] = (),
    note: str | None = None,
    to_agency: bool = False,
) -> Draft:
    """Compose the message.

    Same input, same letter. Variants 0, 1 and 2 differ in nearly every sentence; higher ones mix them.

    Args:
        now: the aware moment at which it would go out; it decides between *tomorrow* and *today*, and what is late.
        reason: worded in general terms (rules H1, H2) where the purpose gives reasons and this one explains it (an unsuitable
            role does not explain another time); nothing is ever invented.
        alternatives: aware moments: other times that suit (reschedule, confirm and others), the chosen option (confirm), or
            the expected arrival (running_late). A reschedule without any proposes times by
            :func:`pamit.phrasing.slots.propose_slots`.
        note: one sentence of the candidate's own, put where the reason stands.
        register: a letter is always formal (rule C8).
        to_agency: addressed to the agency that stands between (rule C7) instead of the employer.

    Returns:
        The draft, with the span of each move. For phone and in person the text is what to say, point by point.

    Raises:
        PamitError: where the phrasebook's files are not right.
    """
    if channel == Channel.LETTER:
        register = Register.FORMAL
    situation = read_situation(case, purpose, now)
    interview = case.interview
    form = form_of(channel)
    book = phrasebook(language, purpose)
    addressee = addressee_of(interview, language, register, agency=to_agency)
    facts = write_facts(
        interview,
        candidate,
        situation,
        addressee,
        language,
        introduced=form != Form.MAIL,
        whole_span=purpose == Purpose.CONFIRM,
        posted=channel == Channel.LETTER,
    )
    pick = _Pick(f"{candidate.name}|{interview.company}", variant)
    if purpose in _PROPOSES and not alternatives:
        alternatives = propose_slots(interview, now)
    clause = _write_reason(facts, book, reason, situation.today and purpose in _CHANGES, pick)
    # Three full dates are too many for one chat message (N4).
    short = form != Form.MAIL
    times = alternatives[: 2 if short else 3]
    _write_times(facts.values, interview, purpose, situation, times, language, short=short)
    flags = {
        **_flags(case, situation, facts, to_agency, reason, note, alternatives, channel),
        "person": addressee.is_person,
    }
    paragraphs = book.bodies[form, situation.today, register]
    subject = write_subject(purpose, interview, candidate, situation, channel, language)
    turn = pick.start + variant
    frame = frame_of(channel, candidate, situation, facts, addressee, subject, language, register, turn)
    text, moves = _assemble(paragraphs, frame, facts, flags, note, pick)
    spans = [*moves, *_fact_spans(text, facts, clause, reason, frame)]
    spans.sort(key=lambda span: (span.begin, span.end))
    return Draft(channel, text, language, purpose, subject, tuple(spans))


_FIRST_PERSON = frozenset({"saya", "i"})


class _Pick:
    """Chooses alternatives: the first three variants move through the lists in step, later ones out of step.

    A sentence that would open like an earlier one, or with the same word as the one before it ("saya" and "I": as the two
    before it), makes way for the next alternative, as far as there is one.
    """

    def __init__(self, seed: str, variant: int) -> None:
        # The start differs from person to person, so that the candidates of one centre do not all send one letter.
        self.start = crc32(seed.encode()) % 3
        self._variant = variant
        self._place = 0
        self._openings: set[str] = set()
        self._firsts = ("", "")

    def index(self, size: int) -> int:
        """The next place's choice among ``size`` alternatives."""
        self._place += 1
        turn = self._variant // 3
        return (self.start + self._variant + turn * self._place + turn // 3 * self._place**2) % size

    def reserve(self, opening: str) -> None:
        """Keep an opening from being used: a sentence that fills a placeholder begins with it."""
        self._openings.add(opening)

    def sentence(self, phrases: Sequence[Phrase]) -> str:
        """The template of the next sentence."""
        size = len(phrases)
        begin = self.index(size)
        chosen, least = phrases[begin], 4
        for step in range(size):
            phrase = phrases[(begin + step) % size]
            cost = 2 * (not phrase.openings.isdisjoint(self._openings)) + self._tires(phrase.first)
            if cost < least:
                chosen, least = phrase, cost
                if not cost:
                    break
        self._openings.update(chosen.openings)
        self._firsts = (self._firsts[1], chosen.first)
        return chosen.template

    def _tires(self, first: str) -> bool:
        before, last = self._firsts
        return first == last and (first == before or first not in _FIRST_PERSON)


def _write_reason(facts: Facts, book: Phrasebook, reason: Reason | None, today: bool, pick: _Pick) -> str | None:
    reasons = book.reasons_today if today else book.reasons
    if reason is None or reasons is None:
        return None
    clauses = reasons[reason]
    if not clauses:
        return None
    clause = clauses[pick.index(len(clauses))]
    group = outlines().reasons[book.purpose]
    frames = shared_words(book.language)["reason_sentences"][group]
    sentence = frames[pick.index(len(frames))].format(clause=clause)
    # English sets a comma before a clause with "as", which could be read otherwise ("attend as …").
    facts.values["because"] = f", {clause}" if clause.startswith("as ") else f" {clause}"
    facts.values["because_sentence"] = f" {sentence}"
    pick.reserve(opening_of(sentence))
    return clause


def _write_times(
    values: dict[str, str],
    interview: Interview,
    purpose: Purpose,
    situation: Situation,
    alternatives: tuple[datetime, ...],
    language: Language,
    *,
    short: bool,
) -> None:
    values["slots"] = values["slot_lines"] = values["eta"] = values["questions"] = ""
    if alternatives:
        words = shared_words(language)["lists"]
        written = [write_moment(slot, situation.zone, language) for slot in alternatives]
        if short:
            written = [shorten(text, situation.now.year) for text in written]
        values["slots"] = join_list(written, words["or"], words["comma"])
        values["slot_lines"] = "".join(f"\n- {slot}" for slot in written)
        eta = write_time(alternatives[0], situation.zone, language)
        values["eta"] = shorten(eta, situation.now.year) if short else eta
    if purpose == Purpose.ASK_DETAILS:
        values["questions"] = write_questions(interview, language)


def _flags(
    case: Case,
    situation: Situation,
    facts: Facts,
    to_agency: bool,
    reason: Reason | None,
    note: str | None,
    alternatives: tuple[datetime, ...],
    channel: Channel,
) -> Mapping[str, bool]:
    return {
        "late": situation.late,
        "second": situation.second,
        "met": situation.met,
        "dated": situation.dated,
        "ahead": situation.ahead,
        "today": situation.today,
        "over": situation.over,
        "slots": bool(alternatives),
        "options": bool(alternatives) and not situation.dated,
        "open": not alternatives and not situation.dated,
        "eta": bool(alternatives),
        "agency": to_agency,
        "copied": case.interview.agency is not None and not to_agency,
        "note": bool(note and note.strip()),
        "reason": reason is not None,
        "reach": bool(facts.values["reach"]),
        "letter": channel == Channel.LETTER,
        "waiting": situation.dated and not situation.ahead,
    }


def _assemble(
    paragraphs: Sequence[Sequence[Sentence]],
    frame: Frame,
    facts: Facts,
    flags: Mapping[str, bool],
    note: str | None,
    pick: _Pick,
) -> tuple[str, list[MoveSpan]]:
    parts: list[str] = []
    moves: list[MoveSpan] = []
    length = 0
    for text, move in frame.head:
        if move is not None:
            moves.append(MoveSpan(move, length, length + len(text.rstrip())))
        parts.append(text)
        length += len(text)
    values: Mapping[str, Any] = facts.values
    for paragraph in paragraphs:
        gap = ""
        for sentence in paragraph:
            if sentence.condition is not None and flags[sentence.condition] != sentence.wanted:
                continue
            text = pick.sentence(sentence.phrases).format_map(values) if sentence.phrases else _finish(note or "")
            if not text:
                continue
            parts.append(gap + text)
            length += len(gap)
            if sentence.move is not None:
                moves.append(MoveSpan(sentence.move, length, length + len(text)))
            length += len(text)
            gap = " "
        if gap:
            parts.append("\n\n")
            length += 2
    if not frame.tail:
        parts.pop()
    for text, move in frame.tail:
        if move is not None:
            moves.append(MoveSpan(move, length, length + len(text.rstrip())))
        parts.append(text)
        length += len(text)
    return "".join(parts), moves


def _finish(note: str) -> str:
    text = " ".join(note.split())
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def _fact_spans(text: str, facts: Facts, clause: str | None, reason: Reason | None, frame: Frame) -> list[MoveSpan]:
    found = []
    # The letter's head may carry company and subject; the body is where they are said.
    begin = frame.body_begin
    for move, written in (
        (Move.POSITION_NAMED, facts.position),
        (Move.COMPANY_NAMED, facts.company),
        (Move.DATETIME_NAMED, facts.moment),
        (Move.REASON_GIVEN, clause if reason != Reason.OTHER else None),
    ):
        if written:
            at = text.find(written, begin)
            if at < 0:
                at = text.find(written)
            if at >= 0:
                found.append(MoveSpan(move, at, at + len(written)))
    return found
