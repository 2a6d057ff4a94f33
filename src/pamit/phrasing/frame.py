"""What stands around the body of a mail or letter: salutation, head, closing, name, contact lines.

Letter: place and date, "Hal", addressee, "Dengan hormat," … "Hormat saya,", room for a signature, name, phone and mail
(indonesia.md, formal letter; rule C8). Chat and talk greet and close in their own sentences.
"""

from __future__ import annotations

from dataclasses import dataclass

from pamit.domain.calendar.wording import write_day
from pamit.domain.interview import Candidate
from pamit.domain.terms import Channel, Language, Move, Register
from pamit.phrasing.phrasebook import shared_words
from pamit.phrasing.situation import Situation
from pamit.phrasing.wording import Addressee, Facts

__all__ = ["Frame", "frame_of"]

Part = tuple[str, Move | None]

_SIGNING_ROOM = "\n\n\n\n"


@dataclass(frozen=True)
class Frame:
    """The parts before and after the body, each with its move.

    Attributes:
        body_begin: where the body starts.
    """

    head: tuple[Part, ...] = ()
    tail: tuple[Part, ...] = ()

    @property
    def body_begin(self) -> int:
        return sum(len(text) for text, _ in self.head)


def frame_of(
    channel: Channel,
    candidate: Candidate,
    situation: Situation,
    facts: Facts,
    addressee: Addressee,
    subject: str | None,
    language: Language,
    register: Register,
    turn: int,
) -> Frame:
    """The frame for a channel; empty for chat and talk.

    Args:
        turn: which of the alternative closings is taken.
    """
    if channel == Channel.EMAIL:
        words = shared_words(language)["mail"][register.value]
        salutations, closings = words["salutation" if addressee.is_person else "salutation_office"], words["closing"]
        head: tuple[Part, ...] = ((salutations[turn % len(salutations)].format_map(facts.values) + "\n\n", Move.SALUTATION),)
        return Frame(head, _tail(closings[turn % len(closings)] + "\n", candidate, candidate.signature))
    if channel == Channel.LETTER:
        return _letter(candidate, situation, addressee, subject, language)
    return Frame()


def _letter(candidate: Candidate, situation: Situation, addressee: Addressee, subject: str | None, language: Language) -> Frame:
    words = shared_words(language)["letter"]
    day = write_day(situation.now.date(), language, weekday=False)
    place = f"{candidate.city.strip()}, {day}" if candidate.city and candidate.city.strip() else day
    to = words["addressee"].format(name=addressee.name)
    if addressee.organisation:
        to += f"\n{addressee.organisation}"
    line = words["subject"].format(subject=subject)
    opening = words["opening"].format(name=addressee.name)
    blocks: list[Part] = [(place + "\n\n", None)]
    if words["subject_first"]:
        blocks += [(line + "\n\n", None), (to + "\n\n", Move.SALUTATION), (opening + "\n\n", None)]
    else:
        blocks += [(to + "\n\n", None), (opening + "\n\n", Move.SALUTATION), (line + "\n\n", None)]
    close = words["named_close" if addressee.is_person else "office_close"]
    return Frame(tuple(blocks), _tail(close + _SIGNING_ROOM, candidate))


def _tail(closing: str, candidate: Candidate, signature: str | None = None) -> tuple[Part, ...]:
    parts: list[Part] = [(closing, Move.CLOSING)]
    contact = "\n".join(line for line in (candidate.phone, candidate.email) if line)
    parts.append((candidate.name + ("\n" if contact else ""), Move.SIGNATURE))
    if contact:
        parts.append((contact, Move.CONTACT_INFO))
    if signature:
        parts.append((f"\n{signature}", None))
    return tuple(parts)
