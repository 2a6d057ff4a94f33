"""Writing a message for a case; where it is to be spoken, the card for the talk with it."""

from __future__ import annotations

from typing import Unpack

from pamit.domain.interview import Case
from pamit.domain.message import Draft
from pamit.domain.terms import SPOKEN, Channel, Purpose
from pamit.phrasing import Card, Wish, talk_card
from pamit.phrasing import compose as write_message

__all__ = ["write_message", "write_spoken_or_sent"]


def write_spoken_or_sent(case: Case, purpose: Purpose, **wish: Unpack[Wish]) -> tuple[Draft, Card | None]:
    """The message, and the card where its channel is a call or a talk; see :func:`pamit.phrasing.compose`."""
    if wish.get("channel", Channel.EMAIL) in SPOKEN:
        card = talk_card(case, purpose, **wish)
        if card.draft is not None:
            return card.draft, card
    return write_message(case, purpose, **wish), None
