"""Writing a message of a case."""

from __future__ import annotations

from datetime import datetime

from pamit.domain.interview import Candidate, Case
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language, Purpose, Reason, Register
from pamit.phrasing import compose
from pamit.phrasing.cards import Card, talk_card

__all__ = ["write_card", "write_message"]


def write_message(
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
    """Write one message; the same input gives the same letter.

    Args:
        now: the aware moment at which it would go out; it decides between *tomorrow* and *today*, and what is late.
        reason: the one the candidate chose; none is ever made up.
        alternatives: other times to propose when moving; working days and hours of the employer are proposed where empty.
        note: a sentence of the candidate's own, placed where the reason stands.
        to_agency: addressed to the agency that stands between (rule C7) instead of the employer.

    Raises:
        PamitError: where the phrasebook has no such message.
    """
    return compose(
        case,
        purpose,
        candidate=candidate,
        now=now,
        language=language,
        channel=channel,
        reason=reason,
        register=register,
        variant=variant,
        alternatives=alternatives,
        note=note,
        to_agency=to_agency,
    )


def write_card(
    case: Case,
    purpose: Purpose,
    *,
    candidate: Candidate,
    now: datetime,
    language: Language = Language.ID,
    channel: Channel = Channel.PHONE,
    reason: Reason | None = None,
    register: Register = Register.FORMAL,
    variant: int = 0,
    alternatives: tuple[datetime, ...] = (),
    note: str | None = None,
    to_agency: bool = False,
) -> Card:
    """Write the card for a call or a talk: what to say, the likely questions, what to note; see :func:`write_message`.

    Raises:
        PamitError: INVALID ``card-channel`` for a channel that is written.
    """
    return talk_card(
        case,
        purpose,
        candidate=candidate,
        now=now,
        language=language,
        channel=channel,
        reason=reason,
        register=register,
        variant=variant,
        alternatives=alternatives,
        note=note,
        to_agency=to_agency,
    )
