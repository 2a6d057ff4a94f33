"""The fourteen moves a check tells of: which of them a draft makes.

What counts as each is the contract of the batch interface; the order of the enumeration is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from pamit.domain.terms import Move
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.moves.facts import names_company, names_datetime, names_position
from pamit.etiquette.moves.form import has_closing, has_contact_info, has_salutation, has_signature
from pamit.etiquette.moves.reason import gives_reason
from pamit.etiquette.moves.speech import (
    apologises,
    asks_confirmation,
    decides_clearly,
    keeps_door_open,
    shows_enthusiasm,
    thanks,
)

__all__ = ["MOVES", "recognise"]

MOVES: dict[Move, Callable[[AnalysedDraft], bool]] = {
    Move.SALUTATION: has_salutation,
    Move.THANKS: thanks,
    Move.POSITION_NAMED: names_position,
    Move.COMPANY_NAMED: names_company,
    Move.DATETIME_NAMED: names_datetime,
    Move.DECISION_CLEAR: decides_clearly,
    Move.REASON_GIVEN: gives_reason,
    Move.APOLOGY: apologises,
    Move.DOOR_OPEN: keeps_door_open,
    Move.CONFIRMATION_REQUESTED: asks_confirmation,
    Move.ENTHUSIASM: shows_enthusiasm,
    Move.CLOSING: has_closing,
    Move.SIGNATURE: has_signature,
    Move.CONTACT_INFO: has_contact_info,
}


def recognise(draft: AnalysedDraft) -> dict[Move, bool]:
    """For each of the fourteen moves whether the draft makes it."""
    return {move: makes(draft) for move, makes in MOVES.items()}
